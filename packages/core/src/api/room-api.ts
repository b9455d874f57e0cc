/** What `createRoom()` and `joinRoom()` return, as interfaces. The classes behind them are private. */
import type {
  ChatPage,
  Json,
  MediaSource,
  Meta,
  Role,
  ShownSize,
  Source,
  StateEntry,
} from '@rtc-elements/protocol';

import type { Diagnostics } from '../diagnostics/diagnostics.js';
import type { RoomEventMap } from './room-events.js';
import type { RoomState } from '../state/room-state.js';
import type { TypedEventTarget } from '../support/typed-event-target.js';

/** How a screen is shared. */
export interface ScreenOptions {
  /** With its sound, where the browser can; never with what this page plays, which would come back. */
  readonly audio?: boolean;
  /** `detail` for text (sharp, few frames), `motion` for video. Default `detail`. */
  readonly hint?: 'detail' | 'motion';
  /** A camera, as a second one that shows a thing: no picker opens. */
  readonly deviceId?: string;
}

/** Our devices. Usable before joining (a lobby), and kept into the call. */
export interface RoomMedia {
  /**
   * Microphone on, off, or on with this device. Off releases the device, so its light goes out.
   * @throws RtcError with a device code; the snapshot's `problem` says the same.
   */
  setMicrophone(choice: boolean | { readonly deviceId: string }): Promise<void>;
  /** Camera on, off, or on with this device; as above. */
  setCamera(choice: boolean | { readonly deviceId: string }): Promise<void>;
  /**
   * Starts sharing a screen, window or tab in place of the one shared before. Resolves once it is shared.
   * @throws RtcError `screen-cancelled`, `unsupported`, `policy-blocked` …
   */
  shareScreen(options?: ScreenOptions): Promise<void>;
  stopScreen(): void;
  /** The output that elements play to; `null` for the default. */
  setSpeaker(deviceId: string | null): void;
  /** Our own live track. */
  getTrack(source: Source): MediaStreamTrack | null;
}

export interface RoomChat {
  /**
   * Says `text` to everybody. The line shows at once as pending and goes out as soon as it can.
   * Resolves with its number once the room has stored it durably (CH-1).
   * @throws RtcError `text-empty`, `text-too-long`, `outbox-full`, `not-allowed`, `aborted` (left
   * before it was sent).
   */
  send(
    text: string,
    options?: {
      /** The `seq` of the line that this one answers. */
      readonly replyTo?: number;
    },
  ): Promise<{ readonly id: string; readonly seq: number; readonly at: number }>;
  /**
   * Another text for a line of ours. Resolves once it is stored; everybody sees the line change.
   * @throws RtcError as of `RoomModeration`; also `text-empty`, `text-too-long`.
   */
  edit(seq: number, text: string): Promise<void>;
  /** Takes back a line of ours; a host may take back any. It keeps its place, empty. */
  delete(seq: number): Promise<void>;
  /** Reacts to a line with one emoji, or with `on: false` does so no more. */
  react(seq: number, emoji: string, on?: boolean): Promise<void>;
  /**
   * The newest lines before `before` that have `query` in them, whatever the case (CH-9). What is found
   * stands outside of the log, so it is returned only.
   */
  search(
    query: string,
    options?: { readonly before?: number; readonly limit?: number },
  ): Promise<ChatPage>;
  /**
   * A page of at most `limit` lines. Before `before` (default: the oldest shown) it is put into the
   * snapshot, too; after `after` it is returned only, as what follows is in the snapshot already or
   * does not touch it.
   */
  history(options?: {
    readonly before?: number;
    readonly after?: number;
    readonly limit?: number;
  }): Promise<ChatPage>;
  /**
   * Everything up to `seq` has been seen (default: the newest line shown). Call it as often as you
   * like: it is told at most every 2 s, and only forward (CH-7).
   */
  markRead(seq?: number): void;
  /** Call on every keystroke, and with `false` when the field is emptied or sent; told at the pace of CH-6. */
  setTyping(on: boolean): void;
  /** Sends a failed line again. */
  retry(id: string): void;
  /** Takes back a failed or pending line. */
  discard(id: string): void;
}

/**
 * What a host can do (MO-2). Each promise settles with the room's answer; nothing is shown before it.
 * @throws RtcError `not-allowed`, `not-found`, `flooded` (see its `retryAfterMs`), `host-unreachable`
 * (the connection broke before the answer came), `timeout`, `part-unavailable`, `aborted`.
 */
export interface RoomModeration {
  /** Turns off what somebody sends; they may turn it on again themselves. */
  mute(session: string, source: MediaSource): Promise<void>;
  lowerHand(session: string): Promise<void>;
  /** Puts a session out of the room; it may come back. */
  remove(session: string): Promise<void>;
  /** Puts every session of a user out of the room, and keeps them out. */
  ban(user: string): Promise<void>;
  unban(user: string): Promise<void>;
  /** Locks or opens the door; whoever comes to a locked room waits, see `RoomState.access`. */
  lock(on: boolean): Promise<void>;
  /** Lets somebody in who waits. */
  admit(session: string): Promise<void>;
  /** Turns somebody away who waits. */
  deny(session: string): Promise<void>;
  setRole(session: string, role: Role): Promise<void>;
  /** Ends the stay of everybody. */
  close(): Promise<void>;
}

/** A few small values that everybody in the room shares (ST-1); all of them are in the snapshot. */
export interface RoomSharedState {
  /** The value as the room has it, with its revision; `null`: there is none. */
  get(key: string): StateEntry | null;
  /**
   * Sets a value for everybody. With `rev` only if it is still of that revision (0: only if there is
   * none yet). Resolves once it is stored.
   * @throws RtcError `conflict` (the snapshot has the present value by then); else as of `RoomModeration`.
   */
  set(key: string, value: Json, options?: { readonly rev?: number }): Promise<void>;
  /** Takes a value away; as above. */
  delete(key: string, options?: { readonly rev?: number }): Promise<void>;
}

/** What can be told about oneself. */
export interface PresenceUpdate {
  readonly name?: string;
  /** Until the first time, `away` is told while the page is hidden and out of the call. */
  readonly state?: 'active' | 'away';
  readonly hand?: boolean;
  readonly meta?: Meta;
}

/**
 * What `Room.simulate()` can make happen.
 * - `socket-drop`: the connection to the room breaks, and is opened again as after a network failure.
 * - `socket-half-open`: it stays open, but nothing that comes in on it is heard, until the heartbeat
 *   finds out.
 * - `ice-fail`: each link does what it does when its path has failed: it looks for another one. The path
 *   is as good as before, so that `link.status` need not change.
 * - `turn-expire`: as when a TURN server refuses our credentials: fresh ones are asked for. Once for each
 *   set of credentials, and at most every 30 s, as after a refusal.
 * - `rebuild`: each link begins again on a new connection.
 * - `device-lost`: the microphone and the camera in use end, as when they are unplugged.
 */
export type SimulatedFault =
  'socket-drop' | 'socket-half-open' | 'ice-fail' | 'turn-expire' | 'rebuild' | 'device-lost';

/** One stay in one room. */
export interface Room extends TypedEventTarget<RoomEventMap> {
  /** The present state; the same object until something changes. */
  getSnapshot(): RoomState;
  /** Calls `listener` after every change; call the result to stop. */
  subscribe(listener: () => void): () => void;
  readonly media: RoomMedia;
  readonly chat: RoomChat;
  readonly moderation: RoomModeration;
  readonly sharedState: RoomSharedState;
  /**
   * Enters. Resolves with the first welcome; keeps trying while the host cannot be reached, and waits
   * at a locked door (`connection` is `waiting`).
   * Never rejected because of a missing device: see `RoomState.media`.
   * @throws RtcError when the room refuses (`auth`, `forbidden`, `banned`, `room-full` …), or `aborted`.
   */
  join(options?: { readonly name?: string; readonly signal?: AbortSignal }): Promise<void>;
  /** From chat only into the call, with `audio` and `video` as chosen. */
  enterCall(): Promise<void>;
  /** Back to chat only: closes every link, releases every device. */
  leaveCall(): Promise<void>;
  setPresence(update: PresenceUpdate): void;
  /** Another try for a peer whose `link.status` is `failed`, as a button of a page may ask for. */
  retryPeer(session: string): void;
  /** The live track behind an id of the snapshot; `session` may be our own. */
  getTrack(session: string, source: Source): MediaStreamTrack | null;
  /**
   * How large you show somebody's picture, in device pixels, or `null` while you do not: they send no
   * more than that. Call it whenever the size changes; what you never tell is sent as their number
   * suggests. While the page is hidden nothing counts as shown.
   */
  show(session: string, source: 'camera' | 'screen', size: ShownSize | null): void;
  /**
   * Makes a fault happen, for tests and for trying out a page. Everything that follows is real: the
   * room finds out as it would, and mends itself. Resolves once the fault was made.
   * @throws RtcError `not-found`: no such fault, or nothing there for it to happen to; `part-unavailable`;
   * `aborted`.
   */
  simulate(fault: SimulatedFault): Promise<void>;
  /**
   * How the call does, for a bug report: plain data, to be sent as JSON. Says nothing that people said
   * or are called, and no address, token, device name or id. Also after the room was left.
   * @throws RtcError `part-unavailable`.
   */
  diagnostics(): Promise<Diagnostics>;
  /** Leaves for good: closes the socket and every link, stops every track. Idempotent. */
  leave(): Promise<void>;
}

/** Who is in a room, as a lobby shows it before joining. */
export interface RoomPeople {
  /** Everybody, named or not. */
  readonly count: number;
  /** Names of the first few, in the order they joined. */
  readonly names: readonly string[];
}
