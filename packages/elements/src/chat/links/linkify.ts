// Finds the links in a chat text. Pure. The result is rendered as text nodes and plain anchors.
import LinkifyIt from 'linkify-it';

import { isHonestHost } from './honest-host.js';

/** A piece of a text. The joined pieces are the original text. */
export interface TextPiece {
  readonly text: string;
  /** Set if the piece is a link: an absolute http, https or mailto URL. */
  readonly href?: string;
}

/**
 * What an address can be written with, in one go: ASCII without spaces, quotes and brackets that enclose it, and
 * letters, marks and digits of any script. Punctuation of other scripts, dashes, emoji and whatever cannot be seen
 * or reorders text belong to the sentence around it.
 */
const RUN =
  /(?:[!#-;=?-[\]_a-z~]|(?![\0-\x7f]|\p{Default_Ignorable_Code_Point})\p{ID_Continue})+/gu;

/** Where a link begins. It may follow a script that puts no space between words. */
const START = /(?<![\p{Script=Latin}\p{Nd}_])(?:https?:\/\/|mailto:|(?<![.@/-])www\.)/giu;

/** The longest address, in UTF-16 code units: what a message can hold. */
const MOST_UNITS = 8_192;

/** How many addresses of one text are looked at: a list that somebody reads, but not a message that is one. */
const MOST_STARTS = 200;

/** How far a host is looked for behind a sign, in UTF-16 code units. */
const MOST_BEHIND = 256;

/** Punctuation and marks of emphasis that end a sentence rather than an address. */
const TRAILING = /[.,;:!?'*_~]+$/;

const SAFE_PROTOCOLS: readonly string[] = ['http:', 'https:', 'mailto:'];

/** Knows how hosts, ports, paths and brackets in them are written. It decides nothing about where a link begins. */
const grammar = new LinkifyIt({}, { fuzzyLink: false, fuzzyEmail: false });

/** Splits a text into plain pieces and links, in one pass. */
export function linkify(text: string): readonly TextPiece[] {
  const pieces: TextPiece[] = [];
  let plainFrom = 0;
  let starts = 0;
  for (const { 0: run, index: runAt } of text.matchAll(RUN)) {
    if (run.length > MOST_UNITS) continue;
    const behind = text.slice(runAt + run.length, runAt + run.length + MOST_BEHIND);
    for (const start of startsIn(text, run, runAt)) {
      if (start < plainFrom) continue;
      if ((starts += 1) > MOST_STARTS) break;
      const link = linkAt(run.slice(start - runAt), behind);
      if (!link) continue;
      if (start > plainFrom) pieces.push({ text: text.slice(plainFrom, start) });
      pieces.push(link);
      plainFrom = start + link.text.length;
    }
  }
  if (plainFrom < text.length) pieces.push({ text: text.slice(plainFrom) });
  return pieces;
}

/** Where links may begin in a run, as positions in the text. What comes before the run counts, too. */
function* startsIn(text: string, run: string, runAt: number): Iterable<number> {
  const from = Math.max(0, runAt - 2);
  for (const { index } of text.slice(from, runAt + run.length).matchAll(START)) yield from + index;
}

/** The link at the start of `run`, if there is one. `after` is the text behind the run. */
function linkAt(run: string, after: string): TextPiece | null {
  const [, scheme = ''] = /^(https?:|mailto:)?/i.exec(run) ?? [];
  const tail = scheme ? run.slice(scheme.length) : `//${run}`;
  const length = grammar.testSchemaAt(hideAddress(tail), scheme || 'https:', 0);
  if (length === 0) return null;
  const written = tail.slice(0, length).replace(TRAILING, '');
  const text = scheme ? scheme + written : written.slice(2);
  const host = hostOf(written);
  if (host === null) return null;
  const isCut = written.length === tail.length && written.endsWith(host);
  if (isCut && continues(after)) return null;
  const url = toUrl((scheme || 'https:') + written);
  const goesTo = url && hostnameOf(url);
  return url && goesTo !== null && isHonestHost(host, goesTo) ? { text, href: url.href } : null;
}

/** An address in brackets, which the grammar does not know, looks like a name to it. */
const hideAddress = (tail: string): string =>
  tail.replace(/^\/\/\[[\da-f:.]+\]/i, (address) => `//${'a'.repeat(address.length - 2)}`);

/** The host, as a person reads it; `null` if a name or password comes before it, which hides where it leads. */
function hostOf(written: string): string | null {
  if (!written.startsWith('//')) return written.slice(written.lastIndexOf('@') + 1);
  const [authority = ''] = written.slice(2).split(/[/?#]/, 1);
  return authority.includes('@') ? null : authority.replace(/:\d*$/, '');
}

/** Whether a host seems to go on behind a sign that is no part of one, or behind what cannot be seen. */
function continues(after: string): boolean {
  const [between = '', blank = '', signs = ''] =
    /^([\p{Default_Ignorable_Code_Point}\p{Cf}]*)(\p{S}*)/u.exec(after) ?? [];
  const rest = after.slice(between.length);
  const goesOn = blank !== '' && /^[\p{L}\p{N}.]/u.test(rest);
  return goesOn || (blank + signs !== '' && /^[^\s/?#]*\.[\p{L}\p{N}]/u.test(rest));
}

function toUrl(address: string): URL | null {
  try {
    const url = new URL(address);
    return SAFE_PROTOCOLS.includes(url.protocol) ? url : null;
  } catch {
    return null;
  }
}

/** The host as a browser or a mail program looks it up. */
const hostnameOf = ({ protocol, hostname, pathname }: URL): string | null =>
  protocol === 'mailto:'
    ? (toUrl(`https://${pathname.slice(pathname.lastIndexOf('@') + 1)}`)?.hostname ?? null)
    : hostname;
