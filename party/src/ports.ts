/**
 * What a room needs of the runtime it lives on. A host (`hosts/`) brings the real things; tests
 * bring theirs. Nothing here names a runtime.
 */
import type { HelloMessage, IceServer, RoomLimits } from '@rtc-elements/protocol';

import type { Identity } from './rules/admit.js';

/** Wall clock and short timers. Long waits use {@link RoomStore.setAlarm}, which survives sleep. */
export interface RoomClock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs `task` once after `ms`; call the result to cancel. */
  setTimer(ms: number, task: () => void): () => void;
}

/** What a socket carries through the sleep of its room. Below 1 KiB, whatever is in it. */
export interface ConnectionNote {
  /** The session it speaks for; `null` before `welcome`. */
  readonly session: string | null;
  readonly openedAt: number;
  /** A frame arrived about then; 0: none yet. Written at most every few seconds. */
  readonly seenAt: number;
  /** The network address, where the edge knows it. */
  readonly address: string | null;
  /** Reached through a loopback name: a room on the developer's own machine. */
  readonly local: boolean;
  /** Whom the edge found in the token; `null`: it asked for none, the room is open. */
  readonly identity: Identity | null;
}

/** One open socket. No method throws, whatever has become of it. */
export interface RoomConnection {
  /** Minted by the edge, never the client's choice (EN-2). */
  readonly id: string;
  send(text: string): void;
  close(code: number, reason: string): void;
  readonly note: ConnectionNote;
  setNote(note: ConnectionNote): void;
  /** When the runtime last answered a heartbeat of it by itself; 0 for never (PR-3). */
  heardAt(): number;
}

export interface ListRange {
  readonly prefix: string;
  /** Inclusive. */
  readonly start?: string;
  /** Exclusive. */
  readonly end?: string;
  readonly reverse?: boolean;
  readonly limit?: number;
}

/** Keys and values that outlive the room's memory. */
export interface RoomStore {
  get<T>(key: string): Promise<T | undefined>;
  list<T>(range: ListRange): Promise<ReadonlyMap<string, T>>;
  /** Resolves once the write is durable. */
  put(entries: Readonly<Record<string, unknown>>): Promise<void>;
  /** As `put`, but nothing waits for it: for what a later `hello` can mend. */
  putSoon(entries: Readonly<Record<string, unknown>>): void;
  deleteSoon(keys: readonly string[]): void;
  /** Erases everything, the alarm included. */
  clear(): Promise<void>;
  /** The one alarm of the room; it calls `Room.alarm()`, also after a restart. */
  setAlarm(at: number): void;
}

/** Who asks, as far as the edge knows. */
export type Asker = Pick<ConnectionNote, 'local' | 'identity'>;

/** Judges who says `hello`, or asks for something before. */
export type Identify = (
  room: string,
  hello: Pick<HelloMessage, 'key'>,
  asker: Asker,
) => Promise<Identity>;

/** ICE servers, and for how long their credentials hold. */
export interface IssuedIceServers {
  readonly iceServers: readonly IceServer[];
  /** From now; `null`: for ever. */
  readonly ttlMs: number | null;
}

/** Gives out ICE servers, with credentials made for one user where there are any. */
export interface IceServerIssuer {
  /**
   * Never rejects: without its provider, what is granted holds for a short time. `mostMs`: what is
   * made for `user` need not hold for longer.
   */
  grant(user: string, asker: Pick<Asker, 'local'>, mostMs?: number): Promise<IssuedIceServers>;
}

/** One line per event. Quiet by default: only the life of rooms is `info`. */
export interface RoomLog {
  info(event: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(event: string, fields?: Readonly<Record<string, unknown>>): void;
}

/** What a deployment chooses. */
export interface RoomSettings {
  readonly limits: RoomLimits;
}

/** The world of one room. */
export interface RoomPorts {
  /** A function, as some runtimes do not know the name while an alarm runs. */
  readonly name: () => string;
  readonly clock: RoomClock;
  readonly store: RoomStore;
  readonly identify: Identify;
  readonly iceGrants: IceServerIssuer;
  readonly settings: RoomSettings;
  readonly log: RoomLog;
}
