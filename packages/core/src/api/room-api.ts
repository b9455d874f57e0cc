/** Interfaces of what `createRoom()` and `joinRoom()` return. The classes behind them are private. */
import type {
  ChatFile,
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
import type { EncryptionKeys, SimulatedFault } from './call-api.js';
import type { RoomData } from './data-api.js';
import type { EphemeralValue } from './ephemeral-api.js';
import type { RoomFiles } from './files-api.js';
import type { RoomMedia } from './media-api.js';
import type { OptionChanges } from './option-rules.js';
import type { RoomEventMap } from './room-events.js';
import type { RoomState } from '../state/room-state.js';
import type { TypedEventTarget } from '../support/typed-event-target.js';

export type { EncryptionKeys, SimulatedFault } from './call-api.js';
export type * from './data-api.js';
export type { PublishOptions, RoomMedia, ScreenOptions, TrackProcessor } from './media-api.js';

export interface RoomChat {
  /**
   * Sends `text` to everybody. The message is shown as pending at once and sent as soon as possible.
   * Resolves with its number, `seq`, once the room has stored it durably (CH-1).
   * Messages are sent in order, and leaving waits for those on their way. The browser keeps what is not stored in the
   * room for 24 h, by room and user: the next stay shows it as `failed` with the problem `not-sent`, for `retry()` or
   * `discard()`.
   * A message with a file is not kept, as the page has the file.
   * @throws RtcError `text-empty`, `text-too-long`, `outbox-full`, `not-allowed`, `not-sent` (the room was left before
   * the message was stored), `unsupported` (a file, to a room of an older version), `aborted` (the room had been left, or the message was discarded).
   */
  send(
    text: string,
    options?: {
      /** The `seq` of the message that this one replies to. */
      readonly replyTo?: number;
      /**
       * A file that the message tells of: the room keeps this, and no byte of the file. `text` says the same in words,
       * for clients that know no files (CH-11).
       */
      readonly file?: ChatFile;
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

/** The sound of what `Room.attach()` has attached. */
export interface RoomAudio {
  /**
   * Plays what the browser has refused to play (`RoomState.soundProblem`). Must be called within a click. Resolves
   * once all of it plays, at once if nothing waits.
   * @throws RtcError `playback-blocked` if the browser still refuses.
   */
  start(): Promise<void>;
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
 * One room, and our stays in it: one at a time.
 *
 * Whatever is called with an argument that it does not take throws `bad-argument` or, if it returns a promise, rejects
 * with it. Methods work without their object: `button.onclick = room.leave`.
 *
 * The last wish wins. What starts something (`join`, `enterCall`, `moveCall`, `setEncryption`, and in `media`
 * `setMicrophone`, `setCamera`, `shareScreen`) may have to wait for a file, a device, a person or the room. If something
 * else is wanted meanwhile, it rejects with `aborted` at once, whatever comes later is released, and nothing of it stays.
 * While a start is pending, asking for the same again is answered with its outcome. What stops something (`leave`,
 * `leaveCall`, `stopScreen`, a device that is set to `false`, keys that are set to `null`) takes effect at once, needs
 * nothing to be loaded, and does not reject: if it is overtaken, it resolves.
 */
export interface Room extends TypedEventTarget<RoomEventMap> {
  /** The current state; the same object until something changes. */
  getSnapshot(): RoomState;
  /** Calls `listener` after every change. Call the returned function to unsubscribe. */
  subscribe(listener: () => void): () => void;
  readonly media: RoomMedia;
  readonly chat: RoomChat;
  readonly moderation: RoomModeration;
  readonly sharedState: RoomSharedState;
  readonly files: RoomFiles;
  readonly audio: RoomAudio;
  readonly data: RoomData;
  /**
   * Enters the room. Resolves when the room first welcomes us. Keeps trying while the host cannot be
   * reached, and stays in the waiting room of a locked room (`connection` is `waiting`).
   * Never rejects because of a missing device: see `RoomState.media`. A room that was left, or whose stay was
   * ended, can be joined again: the snapshot begins anew, and devices are as the person left them.
   * @throws RtcError `bad-name`; why the room refused (`token-expired`, `forbidden`, `banned`, `room-full` …);
   * `aborted`; `unsupported`, at once, where there is no `WebSocket`, or no `RTCPeerConnection` for the call that the
   * options ask for: see `Ports`.
   */
  join(options?: { readonly name?: string; readonly signal?: AbortSignal }): Promise<void>;
  /**
   * Enters the call from chat only. The devices are as the person has switched them last, or else as `audio` and `video` in
   * the options say; what a host has turned off stays off.
   * @throws RtcError `part-unavailable` if the call or the code for devices cannot be loaded; `aborted` if
   * the call was left meanwhile; `unsupported` where there is no `RTCPeerConnection`.
   */
  enterCall(): Promise<void>;
  /** Goes back to chat only: closes every link and releases every device. Resolves once the room shows it. */
  leaveCall(): Promise<void>;
  /**
   * Connects everybody anew through another engine of `RoomOptions.engines`, or `mesh`, and then ends the
   * present connections: media goes on without a break. Meant for whoever moves everybody at about the
   * same time; people who are not there yet are waited for, but no longer than 8 s. If the engine does
   * not open, the call goes on as it is.
   * @throws RtcError `not-found` (no such engine), `part-unavailable`, `engine-failed`, `timeout`,
   * `aborted` (we are in no call and enter none; it was left, or moved elsewhere).
   */
  moveCall(engine: string): Promise<void>;
  /**
   * Encrypts our media from person to person, so that no server of the call can see or hear them; `null`:
   * no longer. Nothing is sent before the keys are in force, or if they cannot be. May be called before
   * joining, and again with the next keys. When it turns encryption on or off in a call, every connection
   * is made anew, which shows for about a second.
   * @throws RtcError `encryption-failed` (the keys, or the worker); `unsupported` (the browser, the codec
   * or the engine cannot); `part-unavailable`; `timeout`; `aborted` (other keys were set meanwhile, or the room was left).
   */
  setEncryption(keys: EncryptionKeys | null): Promise<void>;
  /**
   * Changes options of the room, before it is joined, in it, or between two stays. What cannot change, or has
   * the wrong type, is refused with one warning on the console. The guide says when each option counts
   * (options.md).
   */
  configure(settings: OptionChanges): void;
  /** May be called as often as you like: others see at most five changes a second, and always the last one. */
  setPresence(update: PresenceUpdate): void;
  /** Tries again to connect to a peer whose `link.status` is `failed`, for a "Try again" button. */
  retryPeer(session: string): void;
  /** The live track of a session in the snapshot, our own included; `null` while there is none. */
  getTrack(session: string, source: Source): MediaStreamTrack | null;
  /**
   * Plays a source of somebody in an element of the page, from the moment it is sent until the returned function is called
   * or `signal` aborts: the present track, as tracks are replaced, on the speaker of `media.setSpeaker()`.
   * `session: null` stands for ourselves, also before joining. Several sources of one person can share an element. An
   * element that shows only pictures is muted; its volume, and otherwise whether it is muted, belong to the page. If the
   * browser refuses to play, `RoomState.soundProblem` is set, and `audio.start()` plays it within a click.
   */
  attach(
    element: HTMLMediaElement,
    session: string | null,
    source: Source,
    options?: { readonly signal?: AbortSignal },
  ): () => void;
  /**
   * Says how large you show somebody's picture, in device pixels, or `null` while you do not show it; they
   * send no more than that. Call it whenever the size changes. A picture whose size you never give is
   * sent at a size that suits the number of people. While the page is hidden, nothing counts as shown.
   */
  show(session: string, source: 'camera' | 'screen', size: ShownSize | null): void;
  /**
   * What everybody has under this name for the moment, such as where their pointer is: the latest wins, nothing is
   * stored, and it is gone when they are. `name` is as a key of the shared state. The same object each time.
   * @throws RtcError `bad-argument` also for a 17th name.
   */
  ephemeral<T = unknown>(name: string): EphemeralValue<T>;
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
  /**
   * Ends our stay: stops every track and closes every link at once. The socket stays for up to 2 s if messages are on
   * their way. Resolves once it is closed. Idempotent. `join()` begins another stay.
   */
  leave(): Promise<void>;
}

/** Who is in a room, for a lobby to show before joining. */
export interface RoomPeople {
  /** How many people are in the room, including those not in `names`. */
  readonly count: number;
  /** The names of the first few, in the order they joined. */
  readonly names: readonly string[];
  /** How many of them are in the call, and how many it has places for; absent if an older room does not say. */
  readonly inCall?: number;
  readonly meshMembers?: number;
}
