/** Names of files as strangers give them, made such that they show what they are and lead nowhere. */
import { encodeUtf8 } from './bytes.js';
import { MAX_NAME_BYTES, MAX_PATH_BYTES } from './limits.js';

/** What is seen as nothing, or turns what follows it around: "fdp.exe" would be read as "exe.pdf". */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}\u115f\u1160\u3164\uffa0]/gu;

/** What no common file system takes in a name, and what leads out of a folder. */
const FORBIDDEN = /[\\/:*?"<>|]/gu;

/** Names that Windows takes for devices, with any ending. */
const RESERVED = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?=\.|$)/iu;

const FALLBACK = 'file';

/** One name, without folders: the last step if it is a path. Never empty. */
export function cleanName(name: string): string {
  const steps = name.split(/[\\/]/u).filter((step) => step.trim() !== '');
  return cleanStep(steps.at(-1) ?? '');
}

/** A path in a folder: steps with `/` between them, none of which leads up. Never empty. */
export function cleanPath(path: string): string {
  const steps = path.split(/[\\/]/u).filter((step) => !/^[\s.]*$/u.test(step));
  const clean = steps.map(cleanStep);
  while (clean.length > 1 && encodeUtf8(clean.join('/')).length > MAX_PATH_BYTES) clean.shift();
  return clean.length === 0 ? FALLBACK : clean.join('/');
}

function cleanStep(step: string): string {
  const visible = step
    .replace(INVISIBLE, '')
    .replace(FORBIDDEN, '_')
    .normalize('NFC')
    // Windows drops them at the end; at the beginning a file would be hidden.
    .replace(/^[\s.]+|[\s.]+$/gu, '')
    .replace(/\s+/gu, ' ');
  const name = RESERVED.test(visible) ? `_${visible}` : visible;
  return shorten(name === '' ? FALLBACK : name);
}

/** Keeps the ending: it says what a file is. */
function shorten(name: string): string {
  if (encodeUtf8(name).length <= MAX_NAME_BYTES) return name;
  const dot = name.lastIndexOf('.');
  const ending = dot > 0 && name.length - dot <= 16 ? name.slice(dot) : '';
  const letters = [...name.slice(0, name.length - ending.length)];
  const room = MAX_NAME_BYTES - encodeUtf8(ending).length;
  let bytes = 0;
  const kept = letters.filter((letter) => (bytes += encodeUtf8(letter).length) <= room);
  return kept.join('').trimEnd() + ending;
}

/** Names such that none occurs twice, whatever its case: "a.txt", "a (2).txt". */
export function distinctPaths(paths: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  const next = new Map<string, number>();
  return paths.map((path) => {
    let free = path;
    while (taken.has(free.toLowerCase())) {
      const number = (next.get(path.toLowerCase()) ?? 1) + 1;
      next.set(path.toLowerCase(), number);
      free = numbered(path, number);
    }
    taken.add(free.toLowerCase());
    return free;
  });
}

function numbered(path: string, number: number): string {
  const dot = path.lastIndexOf('.');
  const isEnding = dot > path.lastIndexOf('/') + 1;
  return isEnding ? `${path.slice(0, dot)} (${number})${path.slice(dot)}` : `${path} (${number})`;
}

/** A type as a sender claims it, or '' if it is none. */
export const cleanType = (type: string): string =>
  /^[a-z]+\/[\w.+-]{1,100}$/iu.test(type) ? type.toLowerCase() : '';

/** What a browser would run if somebody opened it: scripts, and documents that may have scripts. */
const ACTIVE = /html|[/+]xml$|xsl|script|ecma|css|flash/u;

/** The type under which it is safe to hand out received bytes. */
export const inertType = (type: string): string =>
  type === '' || ACTIVE.test(type) ? 'application/octet-stream' : type;
