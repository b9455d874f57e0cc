// The options that a caller may pass, and their checked and completed form.
import {
  isDisplayName,
  isRoomName,
  LIMITS,
  type Meta,
  roomPath,
  utf8Length,
} from '@rtc-elements/protocol';

import { RtcError } from '../state/errors.js';
import type { Ports } from '../ports.js';
import { logWarning } from '../support/log.js';
import { checkTexts, readOptions, sortOptions } from './option-rules.js';
import type { RoomOptions } from './room-options.js';

export type { MediaChoice, RoomOptions } from './room-options.js';

/** Which room `peekRoom()` asks about. */
export type PeekOptions = Pick<RoomOptions, 'host' | 'room' | 'token' | 'tokenProvider' | 'signal'>;

/** The room that `checkNetwork()` checks the network for, and ICE servers in addition to the room's. */
export type CheckOptions = PeekOptions &
  Pick<RoomOptions, 'iceServers'> & {
    /** For environments other than a browser, and for tests. */
    readonly ports?: Partial<Omit<Ports, 'media'>>;
  };

/** The options with every default filled in and the room's address resolved. */
export type CompleteOptions = Omit<RoomOptions, 'host'> &
  Required<Pick<RoomOptions, 'audio' | 'video' | 'call' | 'iceServers' | 'meta'>> & {
    /** The room's WebSocket address. */
    readonly url: string;
  };

/** What an option is that nobody gives. */
export const DEFAULT_OPTIONS = {
  audio: true,
  video: true,
  call: true,
  iceServers: [],
  meta: {},
} as const satisfies Partial<RoomOptions>;

/** A device whose wish cannot be read is not opened. */
const UNREADABLE: Readonly<Record<string, false>> = { audio: false, video: false };

/**
 * Checks the caller's options and fills in the defaults. An option of the wrong type is refused with a
 * warning on the console.
 * @throws RtcError `bad-name`, `bad-host`, `bad-room-name`; `protocol` if `meta` is too large; `bad-argument` if there
 * are no options.
 */
export function completeOptions(options: RoomOptions): CompleteOptions {
  const read = readOptions('createRoom', options);
  checkTexts(read);
  const { valid, refused } = sortOptions(read);
  const safe: Record<string, unknown> = {};
  for (const [option, why] of refused) {
    logWarning(`The option "${option}" was refused. ${why}`);
    if (option in UNREADABLE) safe[option] = UNREADABLE[option];
  }
  const { host, ...rest } = { ...valid, ...safe } as unknown as RoomOptions;
  const name = rest.name.trim();
  if (name !== '') checkName(name);
  checkMeta(rest.meta ?? {});
  const given = Object.entries(rest).filter(([, value]) => value !== undefined);
  return {
    ...DEFAULT_OPTIONS,
    ...(Object.fromEntries(given) as typeof rest),
    name,
    url: roomUrl(host, rest.room),
  };
}

/** Throws `bad-name` unless the name can be shown to others. */
export function checkName(name: string): void {
  if (isDisplayName(name, LIMITS.nameLength)) return;
  throw new RtcError(
    'bad-name',
    `Choose a name of 1 to ${LIMITS.nameLength} characters that can be seen, without line breaks.`,
  );
}

/** Whether a room takes this as a value of metadata. A page without types may give anything. */
const isScalar = (value: unknown): boolean =>
  value === null || ['string', 'boolean'].includes(typeof value) || Number.isFinite(value);

/** Throws `protocol` unless the metadata fits into a roster entry (PR-1). */
export function checkMeta(meta: Meta): void {
  const isFlat = Object.entries(meta).every(([key, value]) => key !== '' && isScalar(value));
  if (isFlat && utf8Length(JSON.stringify(meta)) <= LIMITS.metaBytes) return;
  throw new RtcError(
    'protocol',
    `Keep "meta" below ${LIMITS.metaBytes} bytes of JSON, with texts, numbers, booleans and null as values.`,
  );
}

/** What an address depends on. Workers and servers have no page. */
type Page = Pick<Location, 'origin' | 'protocol' | 'host'>;

/** The WebSocket address of a room (EN-1). Throws `bad-host` or `bad-room-name`. */
export function roomUrl(
  host: string | undefined,
  room: string,
  page: Page | undefined = (globalThis as { location?: Location }).location,
): string {
  const url = parseHost(host ?? ownHost(page), page);
  if (!isRoomName(room)) {
    throw new RtcError(
      'bad-room-name',
      'A room name has 1 to 64 characters: letters, digits, "-" and "_".',
    );
  }
  url.pathname = url.pathname.replace(/\/+$/, '') + roomPath(room);
  return url.href;
}

/** A sandboxed page, `about:srcdoc` and a file have the origin "null". Throws `bad-host`. */
function ownHost(page: Page | undefined): string {
  if (page?.origin && page.origin !== 'null') return page.origin;
  throw new RtcError('bad-host', 'This page has no host of its own. Give the host of the room.');
}

function parseHost(host: string, page: Page | undefined): URL {
  const text = host.trim();
  const named = text.includes('://');
  const url = toUrl(named ? text : `wss://${text}`);
  if (!url || !isPlain(url)) {
    throw new RtcError(
      'bad-host',
      `"${text}" is no host. Give one such as "example.com" or "http://localhost:8787".`,
    );
  }
  if (named) url.protocol = url.protocol.replace('http', 'ws');
  else if (isLoopback(url.hostname)) url.protocol = 'ws:';
  // If the page's own host serves it without TLS, the room there has no TLS either.
  else if (page?.protocol === 'http:' && page.host === url.host) url.protocol = 'ws:';
  return url;
}

/**
 * Whether a room can have this URL and none of it would be dropped. The host is checked because Chromium
 * accepts spaces in it.
 */
const isPlain = (url: URL): boolean =>
  /^(http|ws)s?:$/.test(url.protocol) &&
  /^[\w.:[\]-]+$/.test(url.hostname) &&
  // The address of a room in place of its host, or one address after another.
  !/\/parties(\/|$)|\/\/./.test(url.pathname) &&
  !(url.username || url.search || url.hash);

function toUrl(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

/** Whether a host is this machine. */
export const isLoopback = (hostname: string): boolean =>
  /^(.+\.)?localhost$|^127\.|^\[::1\]$/.test(hostname);
