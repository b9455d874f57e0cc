// What a caller may choose, and its checked and completed form.
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

/** `false`: never asked for. `'muted'`: asked for, starts off. A string: that device id. */
export type MediaChoice = boolean | 'muted' | { readonly deviceId: string };

export interface RoomOptions {
  /** The edge room's host or URL (`my-room.example.workers.dev`, `http://localhost:8787`). Default: the page's origin. */
  readonly host?: string;
  /** `^[A-Za-z0-9_-]{1,64}$`. */
  readonly room: string;
  /** What others see; 1 to 64 code points. May be empty until `join({ name })` says it. */
  readonly name: string;
  /** Default `true`. */
  readonly audio?: MediaChoice;
  /** Default `true`. */
  readonly video?: MediaChoice;
  /**
   * A microphone that is turned off stays open: it is on again at once, as push-to-talk needs, and
   * `RoomState.you.speaking` tells who talks into it. Default: off is released, and its light goes out.
   */
  readonly holdMicrophone?: boolean;
  /** Enter the call on joining. `false`: chat only, until `enterCall()`. Default `true`. */
  readonly call?: boolean;
  /** `relay`: never show our addresses to peers; needs a TURN server. */
  readonly privacy?: 'relay';
  /** The pass that the deployment asks for: a JWT of your backend (EN-7). */
  readonly token?: string;
  /**
   * Fetches a fresh token; asked at every new connection, and once more when the room refuses what it
   * gave. Wins over `token`.
   */
  readonly tokenProvider?: () => Promise<string>;
  /** Used beside those the room names. */
  readonly iceServers?: readonly RTCIceServer[];
  /** Cap of the mesh, ourselves included. Default: what the room says. */
  readonly maxPeers?: number;
  /** Send less: smaller, slower pictures, and a plainer voice. Receiving less is up to `Room.show`. */
  readonly dataSaver?: boolean;
  /** Custom presence data. */
  readonly meta?: Meta;
  /** Stops a join under way; after it has succeeded, use `leave()`. */
  readonly signal?: AbortSignal;
  /** For other worlds than a browser, and for tests. */
  readonly ports?: Partial<Ports>;
}

/** Which room to look into without joining it. */
export type PeekOptions = Pick<RoomOptions, 'host' | 'room' | 'token' | 'tokenProvider' | 'signal'>;

/** Which room, and which servers beside those that it names, a network is checked for. */
export type CheckOptions = PeekOptions &
  Pick<RoomOptions, 'iceServers'> & {
    /** For tests, and for other worlds than a browser. */
    readonly ports?: Partial<Omit<Ports, 'media'>>;
  };

/** Options with every default filled in and the address worked out. */
export type CompleteOptions = Omit<RoomOptions, 'host'> &
  Required<Pick<RoomOptions, 'audio' | 'video' | 'call' | 'iceServers' | 'meta'>> & {
    /** The room's WebSocket address. */
    readonly url: string;
  };

/** Checks what the caller chose and fills in the rest. Throws an RtcError that names what is wrong. */
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

/** Throws `bad-name` unless others could be shown this name. */
export function checkName(name: string): void {
  if (isDisplayName(name, LIMITS.nameLength)) return;
  throw new RtcError(
    'bad-name',
    `Choose a name of 1 to ${LIMITS.nameLength} characters, without line breaks.`,
  );
}

/** Throws unless the metadata fits a roster line (PR-1). */
export function checkMeta(meta: Meta): void {
  if (utf8Length(JSON.stringify(meta)) <= LIMITS.metaBytes) return;
  throw new RtcError('protocol', `Keep "meta" below ${LIMITS.metaBytes} bytes of JSON.`);
}

/** The WebSocket address of a room (EN-1). Throws `bad-host` or `bad-room-name`. */
export function roomUrl(host: string | undefined, room: string): string {
  if (!isRoomName(room)) {
    throw new RtcError(
      'bad-room-name',
      'A room name has 1 to 64 characters: letters, digits, "-" and "_".',
    );
  }
  const page = (globalThis as { location?: Location }).location;
  const url = parseHost(host ?? page?.origin ?? '', page);
  url.pathname = url.pathname.replace(/\/+$/, '') + roomPath(room);
  return url.href;
}

function parseHost(host: string, page: Location | undefined): URL {
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
  // The page's own host, served without TLS: its room is too.
  else if (page?.protocol === 'http:' && page.host === url.host) url.protocol = 'ws:';
  return url;
}

/** Of a kind that a room can have, and nothing in it that would be lost. Chromium lets spaces into hosts. */
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
