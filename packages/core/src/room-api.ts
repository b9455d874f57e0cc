/** What `createRoom()` and `joinRoom()` return, as interfaces. The classes behind them are private. */
import type { ChatPage, Meta, Source } from '@rtc-elements/protocol';

import type { RoomEventMap } from './room-events.js';
import type { RoomState } from './state/room-state.js';
import type { TypedEventTarget } from './support/typed-event-target.js';

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
   * Starts sharing a screen, window or tab. Resolves once it is shared.
   * `hint`: `detail` for text (sharp, few frames), `motion` for video. Default `detail`.
   * @throws RtcError `screen-cancelled`, `unsupported`, `policy-blocked` …
   */
  shareScreen(options?: {
    readonly audio?: boolean;
    readonly hint?: 'detail' | 'motion';
  }): Promise<void>;
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
   * @throws RtcError `text-empty`, `text-too-long`, `outbox-full`, `aborted` (left before it was sent).
   */
  send(text: string): Promise<{ readonly id: string; readonly seq: number; readonly at: number }>;
  /** Loads the page before `before` (default: before the oldest shown) into the snapshot, and returns it. */
  history(options?: { readonly before?: number; readonly limit?: number }): Promise<ChatPage>;
  /** Call on every keystroke, and with `false` when the field is emptied or sent; told at the pace of CH-6. */
  setTyping(on: boolean): void;
  /** Sends a failed line again. */
  retry(id: string): void;
  /** Takes back a failed or pending line. */
  discard(id: string): void;
}

/** What can be told about oneself. */
export interface PresenceUpdate {
  readonly name?: string;
  /** Until the first time, `away` is told while the page is hidden and out of the call. */
  readonly state?: 'active' | 'away';
  readonly hand?: boolean;
  readonly meta?: Meta;
}

/** One stay in one room. */
export interface Room extends TypedEventTarget<RoomEventMap> {
  /** The present state; the same object until something changes. */
  getSnapshot(): RoomState;
  /** Calls `listener` after every change; call the result to stop. */
  subscribe(listener: () => void): () => void;
  readonly media: RoomMedia;
  readonly chat: RoomChat;
  /**
   * Enters. Resolves with the first welcome; keeps trying while the host cannot be reached.
   * Never rejected because of a missing device: see `RoomState.media`.
   * @throws RtcError when the room refuses, or `aborted`.
   */
  join(options?: { readonly name?: string; readonly signal?: AbortSignal }): Promise<void>;
  /** From chat only into the call, with `audio` and `video` as chosen. */
  enterCall(): Promise<void>;
  /** Back to chat only: closes every link, releases every device. */
  leaveCall(): Promise<void>;
  setPresence(update: PresenceUpdate): void;
  /** The live track behind an id of the snapshot; `session` may be our own. */
  getTrack(session: string, source: Source): MediaStreamTrack | null;
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
