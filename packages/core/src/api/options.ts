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
import type { Engines } from '../call/ports.js';
import type { Ports } from '../ports.js';

/**
 * Which device to use. `false`: none, and the browser never asks. `true`: the default device. `'muted'`:
 * permission is asked for, but the device starts off. `deviceId`: that device.
 */
export type MediaChoice = boolean | 'muted' | { readonly deviceId: string };

export interface RoomOptions {
  /**
   * The host or URL of the edge room (`my-room.example.workers.dev`, `http://localhost:8787`). Default:
   * the page's origin.
   */
  readonly host?: string;
  /** The name of the room: `^[A-Za-z0-9_-]{1,64}$`. */
  readonly room: string;
  /** The name that others see, 1 to 64 code points. May be empty until `join({ name })` gives one. */
  readonly name: string;
  /** Default `true`. */
  readonly audio?: MediaChoice;
  /** Default `true`. */
  readonly video?: MediaChoice;
  /**
   * Keeps the microphone open while it is turned off, so that it is on again at once, as push-to-talk
   * needs, and `RoomState.you.speaking` shows when somebody talks into it. By default, a microphone
   * that is turned off is released and its light goes out.
   */
  readonly holdMicrophone?: boolean;
  /** Whether to enter the call on joining. `false`: chat only, until `enterCall()`. Default `true`. */
  readonly call?: boolean;
  /** `relay`: hides our addresses from peers. Needs a TURN server. */
  readonly privacy?: 'relay';
  /** The token that the deployment requires: a JWT from your backend (EN-7). */
  readonly token?: string;
  /**
   * Fetches a fresh token. Called for every new connection, and once more if the room refuses the
   * token. Takes precedence over `token`.
   */
  readonly tokenProvider?: () => Promise<string>;
  /** ICE servers to use in addition to those that the room provides. */
  readonly iceServers?: readonly RTCIceServer[];
  /** The most people in the mesh, ourselves included. Default: the room's limit. */
  readonly maxPeers?: number;
  /** What may connect the call in place of the mesh, by name; each is loaded when it is used. */
  readonly engines?: Engines;
  /** The engine that the call begins with. Default `mesh`, which needs no `engines`. */
  readonly engine?: string;
  /**
   * Sends less: video at a lower resolution and frame rate, audio at a lower bitrate. Use `Room.show` to
   * receive less.
   */
  readonly dataSaver?: boolean;
  /** Custom presence data, at most 512 bytes of JSON (PR-1). */
  readonly meta?: Meta;
  /** Aborts a join in progress. Once it has succeeded, use `leave()`. */
  readonly signal?: AbortSignal;
  /** For environments other than a browser, and for tests. */
  readonly ports?: Partial<Ports>;
}

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

/**
 * Checks the caller's options and fills in the defaults.
 * @throws RtcError `bad-name`, `bad-host`, `bad-room-name`; `protocol` if `meta` is too large.
 */
export function completeOptions(options: RoomOptions): CompleteOptions {
  const { host, ...rest } = options;
  const name = options.name.trim();
  if (name !== '') checkName(name);
  checkMeta(options.meta ?? {});
  return {
    audio: true,
    video: true,
    call: true,
    iceServers: [],
    meta: {},
    ...rest,
    name,
    url: roomUrl(host, options.room),
  };
}

/** Throws `bad-name` unless the name can be shown to others. */
export function checkName(name: string): void {
  if (isDisplayName(name, LIMITS.nameLength)) return;
  throw new RtcError(
    'bad-name',
    `Choose a name of 1 to ${LIMITS.nameLength} characters, without line breaks.`,
  );
}

/** Whether a room takes this as a value of metadata. A page without types may give anything. */
const isScalar = (value: unknown): boolean =>
  value === null || ['string', 'number', 'boolean'].includes(typeof value);

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
  !(url.username || url.search || url.hash);

function toUrl(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

const isLoopback = (hostname: string): boolean =>
  /^(.+\.)?localhost$|^127\.|^\[::1\]$/.test(hostname);
