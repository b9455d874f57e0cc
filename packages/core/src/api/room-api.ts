/** Interfaces of what `createRoom()` and `joinRoom()` return. The classes behind them are private. */
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
  /**
   * Shares the sound too, where the browser supports it. Sound that this page plays is left out, so
   * that nobody hears themselves.
   */
  readonly audio?: boolean;
  /** `detail` keeps text sharp at a low frame rate; `motion` is for video. Default `detail`. */
  readonly hint?: 'detail' | 'motion';
  /** Shares this camera instead, such as a document camera. No picker opens. */
  readonly deviceId?: string;
}

/** Our devices. They can be used before joining, as in a lobby, and stay on when the call begins. */
export interface RoomMedia {
  /**
   * Turns the microphone on, off, or on with the given device. Off releases the device, so its
   * light goes out.
   * @throws RtcError with a device code, which is also in the snapshot's `problem`; `part-unavailable`
   * if the code for devices cannot be loaded; `aborted`.
   */
  setMicrophone(choice: boolean | { readonly deviceId: string }): Promise<void>;
  /** Turns the camera on, off, or on with the given device. Throws as `setMicrophone()` does. */
  setCamera(choice: boolean | { readonly deviceId: string }): Promise<void>;
  /**
   * Shares a screen, window or tab, replacing the one shared before. Resolves once it is shared.
   * @throws RtcError `screen-cancelled`, `unsupported`, `policy-blocked` …; `part-unavailable` if the
   * code for devices cannot be loaded; `aborted` (also when sharing was ended meanwhile).
   */
  shareScreen(options?: ScreenOptions): Promise<void>;
  stopScreen(): void;
  /** Sets the audio output that the elements play to; `null` is the default output. */
  setSpeaker(deviceId: string | null): void;
  /** Our own live track, or `null` while there is none. */
  getTrack(source: Source): MediaStreamTrack | null;
}

export interface RoomChat {
  /**
   * Sends `text` to everybody. The message is shown as pending at once and sent as soon as possible.
   * Resolves with its number, `seq`, once the room has stored it durably (CH-1).
   * @throws RtcError `text-empty`, `text-too-long`, `outbox-full`, `not-allowed`, `aborted` (the room was
   * left, or the message discarded, before it was stored).
   */
  send(
    text: string,
    options?: {
      /** The `seq` of the message that this one replies to. */
      readonly replyTo?: number;
    },
  ): Promise<{ readonly id: string; readonly seq: number; readonly at: number }>;
  /**
   * Changes the text of a message of ours, for everybody. Resolves once the new text is stored.
   * @throws RtcError as `RoomModeration` does; also `text-empty`, `text-too-long`.
   */
  edit(seq: number, text: string): Promise<void>;
  /**
   * Deletes a message of ours; a host may delete any message. The message keeps its place, without text.
   * @throws RtcError as `RoomModeration` does.
   */
  delete(seq: number): Promise<void>;
  /**
   * Reacts to a message with one emoji; `on: false` withdraws the reaction.
   * @throws RtcError as `RoomModeration` does; also `protocol` if `emoji` is not one emoji.
   */
  react(seq: number, emoji: string, on?: boolean): Promise<void>;
  /**
   * Finds the newest messages before `before` that contain `query`, ignoring case (CH-9). The results
   * are returned only and do not enter the snapshot, as they need not adjoin the messages shown.
   * @throws RtcError as `RoomModeration` does; also `text-empty`.
   */
  search(
    query: string,
    options?: { readonly before?: number; readonly limit?: number },
  ): Promise<ChatPage>;
  /**
   * Fetches a page of at most `limit` messages. A page before `before` (default: the oldest message
   * shown) is also added to the snapshot. A page after `after` is returned only: those messages are in
   * the snapshot already, or do not adjoin it. A lost connection only delays the page.
   * @throws RtcError `not-allowed`, `aborted` …
   */
  history(options?: {
    readonly before?: number;
    readonly after?: number;
    readonly limit?: number;
  }): Promise<ChatPage>;
  /**
   * Marks everything up to `seq` as read (default: the newest message shown). Call it as often as you
   * like: the room is told at most once every 2 s, and the mark only moves forward (CH-7).
   */
  markRead(seq?: number): void;
  /**
   * Call it on every keystroke, and with `false` when the field is emptied or sent. The room is told at
   * the rate of CH-6.
   */
  setTyping(on: boolean): void;
  /** Sends a failed message again. */
  retry(id: string): void;
  /** Discards a failed or pending message. Has no effect while the message is being sent. */
  discard(id: string): void;
}

/**
 * What a host can do (MO-2). Each promise settles with the room's answer; the snapshot does not change
 * before that.
 * @throws RtcError `not-allowed`, `not-found`, `flooded` (see its `retryAfterMs`), `host-unreachable`
 * (not connected, or the connection broke before the answer arrived), `timeout` (no answer within
 * 10 s), `aborted` (the room was left).
 */
export interface RoomModeration {
  /** Turns off somebody's microphone, camera or screen. They can turn it on again themselves. */
  mute(session: string, source: MediaSource): Promise<void>;
  lowerHand(session: string): Promise<void>;
  /** Removes a session from the room; it may come back. */
  remove(session: string): Promise<void>;
  /** Removes every session of a user from the room and keeps that user out. */
  ban(user: string): Promise<void>;
  unban(user: string): Promise<void>;
  /**
   * Locks or unlocks the room. People who come to a locked room are kept in the waiting room, see
   * `RoomState.access`.
   */
  lock(on: boolean): Promise<void>;
  /** Admits somebody from the waiting room. */
  admit(session: string): Promise<void>;
  /** Turns away somebody in the waiting room. */
  deny(session: string): Promise<void>;
  setRole(session: string, role: Role): Promise<void>;
  /** Closes the room, for everybody. */
  close(): Promise<void>;
}

/** A few small values shared by everybody in the room (ST-1). The snapshot contains all of them. */
export interface RoomSharedState {
  /** The value stored in the room, with its revision; `null` if there is none. */
  get(key: string): StateEntry | null;
  /**
   * Sets a value for everybody. With `rev`, only if the stored value still has that revision (0: only if
   * there is none yet). Resolves once the value is stored.
   * @throws RtcError `conflict` (by then the snapshot has the current value); `protocol` if the key is
   * malformed or the value too large; otherwise as `RoomModeration` does.
   */
  set(key: string, value: Json, options?: { readonly rev?: number }): Promise<void>;
  /** Deletes a value, under the same conditions and with the same errors as `set()`. */
  delete(key: string, options?: { readonly rev?: number }): Promise<void>;
}

/** What we can tell others about ourselves. Omitted fields stay as they are. */
export interface PresenceUpdate {
  readonly name?: string;
  /** Until this is first set, we are `away` while the page is hidden and we are not in the call. */
  readonly state?: 'active' | 'away';
  readonly hand?: boolean;
  readonly meta?: Meta;
}

/**
 * What `Room.simulate()` can make happen.
 * - `socket-drop`: the connection to the room breaks and is reopened, as after a network failure.
 * - `socket-half-open`: the connection stays open, but everything that arrives on it is ignored until
 *   the heartbeat notices.
 * - `ice-fail`: each link reacts as if its path had failed and looks for another one. The path itself
 *   still works, so `link.status` need not change.
 * - `turn-expire`: the room is asked for fresh ICE credentials, as when a TURN server refuses ours. Happens
 *   once per set of credentials and at most every 30 s, as after a real refusal.
 * - `rebuild`: each link starts over on a new `RTCPeerConnection`.
 * - `device-lost`: the tracks of the microphone and the camera in use end, as when they are unplugged.
 */
export type SimulatedFault =
  'socket-drop' | 'socket-half-open' | 'ice-fail' | 'turn-expire' | 'rebuild' | 'device-lost';

/**
 * Keys by which media are encrypted from person to person. Everybody in the call needs the same ones: how
 * they get them is up to the page.
 */
export interface EncryptionKeys {
  /**
   * At most 16, by an index from 0 to 15 that is sent along: for AES-GCM (128 or 256 bits), usable to
   * encrypt and decrypt. A key that is used no longer stays in the map until everybody has the next one.
   */
  readonly keys: ReadonlyMap<number, CryptoKey>;
  /** The index of the key that we encrypt with. */
  readonly sendWith: number;
  /**
   * The address of `frame-worker.js`, if it is not beside the script that loads it; needed if that script
   * comes from another origin, as workers must not. May be a `TrustedScriptURL`.
   */
  readonly workerUrl?: string | URL;
}

/** One stay in one room. */
export interface Room extends TypedEventTarget<RoomEventMap> {
  /** The current state; the same object until something changes. */
  getSnapshot(): RoomState;
  /** Calls `listener` after every change. Call the returned function to unsubscribe. */
  subscribe(listener: () => void): () => void;
  readonly media: RoomMedia;
  readonly chat: RoomChat;
  readonly moderation: RoomModeration;
  readonly sharedState: RoomSharedState;
  /**
   * Enters the room. Resolves when the room first welcomes us. Keeps trying while the host cannot be
   * reached, and stays in the waiting room of a locked room (`connection` is `waiting`).
   * Never rejects because of a missing device: see `RoomState.media`.
   * @throws RtcError `bad-name`; why the room refused (`auth`, `forbidden`, `banned`, `room-full` …);
   * `aborted`.
   */
  join(options?: { readonly name?: string; readonly signal?: AbortSignal }): Promise<void>;
  /**
   * Enters the call from chat only, with `audio` and `video` as in the options.
   * @throws RtcError `part-unavailable` if the call or the code for devices cannot be loaded; `aborted` if
   * the call was left meanwhile.
   */
  enterCall(): Promise<void>;
  /** Goes back to chat only: closes every link and releases every device. */
  leaveCall(): Promise<void>;
  /**
   * Connects everybody anew through another engine of `RoomOptions.engines`, or `mesh`, and then ends the
   * present connections: media goes on without a break. Meant for whoever moves everybody at about the
   * same time; people who are not there yet are waited for, but no longer than 8 s. If the engine does
   * not open, the call goes on as it is.
   * @throws RtcError `not-found` (no such engine), `part-unavailable`, `engine-failed`, `timeout`,
   * `aborted` (the call was left, or moved elsewhere).
   */
  moveCall(engine: string): Promise<void>;
  /**
   * Encrypts our media from person to person, so that no server of the call can see or hear them; `null`:
   * no longer. Nothing is sent before the keys are in force, or if they cannot be. May be called before
   * joining, and again with the next keys. When it turns encryption on or off in a call, every connection
   * is made anew, which shows for about a second.
   * @throws RtcError `encryption-failed` (the keys, or the worker); `unsupported` (the browser, the codec
   * or the engine cannot); `part-unavailable`; `timeout`; `aborted`.
   */
  setEncryption(keys: EncryptionKeys | null): Promise<void>;
  /** May be called as often as you like: others see at most five changes a second, and always the last one. */
  setPresence(update: PresenceUpdate): void;
  /** Tries again to connect to a peer whose `link.status` is `failed`, for a "Try again" button. */
  retryPeer(session: string): void;
  /** The live track of a session in the snapshot, our own included; `null` while there is none. */
  getTrack(session: string, source: Source): MediaStreamTrack | null;
  /**
   * Says how large you show somebody's picture, in device pixels, or `null` while you do not show it; they
   * send no more than that. Call it whenever the size changes. A picture whose size you never give is
   * sent at a size that suits the number of people. While the page is hidden, nothing counts as shown.
   */
  show(session: string, source: 'camera' | 'screen', size: ShownSize | null): void;
  /**
   * Causes a fault, for tests and for trying out a page. What follows is real: the room detects the
   * fault and recovers as usual. Resolves once the fault has been caused.
   * @throws RtcError `not-found` (there is no such fault, or nothing it could affect);
   * `part-unavailable`; `aborted`.
   */
  simulate(fault: SimulatedFault): Promise<void>;
  /**
   * Describes how the call is doing, for a bug report: plain data that can be sent as JSON. It contains
   * no messages, names, addresses, tokens, device names or ids. Works after the room was left, too.
   * @throws RtcError `part-unavailable`.
   */
  diagnostics(): Promise<Diagnostics>;
  /** Leaves the room for good: closes the socket and every link and stops every track. Idempotent. */
  leave(): Promise<void>;
}

/** Who is in a room, for a lobby to show before joining. */
export interface RoomPeople {
  /** How many people are in the room, including those not in `names`. */
  readonly count: number;
  /** The names of the first few, in the order they joined. */
  readonly names: readonly string[];
}
