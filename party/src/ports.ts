/**
 * What a room needs from its runtime. A host (`hosts/`) supplies the real things, tests supply their
 * own. Nothing here names a runtime.
 */
import type { HelloMessage, IceServer, RoomLimits } from '@rtc-elements/protocol';

import type { Identity } from './rules/admit.js';
import type { BacklogRecord } from './rules/backlog.js';

/** The time, and short timers. Long waits use {@link RoomStore.setAlarm}, which outlasts sleep. */
export interface RoomClock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs `task` once after `ms`. Call the result to cancel it. */
  setTimer(ms: number, task: () => void): () => void;
  /** Resolves after other events of the room had their turn, for work that takes long. */
  nextTurn(): Promise<void>;
}

/** What a socket keeps while its room sleeps. Always below 1 KiB. */
export interface ConnectionNote {
  /** The session of the socket; `null` before `welcome`. */
  readonly session: string | null;
  readonly openedAt: number;
  /** About when the last frame arrived; 0 if none has. Updated at most every 10 s. */
  readonly seenAt: number;
  /** An id that stands for the network address; `null` if the edge does not know it. */
  readonly address: string | null;
  /** Whether the client's `hello` said that it takes pages (PG-1). */
  readonly takesPages: boolean;
  /** Its client takes data through the room (DA-1). Notes of an older room have none. */
  readonly takesData?: true;
  /** Its client takes signals of links for data alone (DL-1). */
  readonly takesLinks?: true;
  /** Whether it said that it ignores what it does not know (UN-4). */
  readonly takesNew: boolean;
  /** Whether the room was reached by a loopback name, that is, on the developer's own machine. */
  readonly local: boolean;
  /** Who the token names; `null` in an open room, where the edge asks for none. */
  readonly identity: Identity | null;
  /** What the client has not acknowledged (FL-1). Up to a second old. */
  readonly backlog?: BacklogRecord;
}

/** One open socket. No method throws, whatever the state of the socket. */
export interface RoomConnection {
  /** Made by the edge, never chosen by the client (EN-2). */
  readonly id: string;
  /** `bytes` is the size of `text` in UTF-8, where the caller knows it. */
  send(text: string, bytes?: number): void;
  close(code: number, reason: string): void;
  readonly note: ConnectionNote;
  setNote(note: ConnectionNote): void;
  /** When the runtime last answered a heartbeat without waking the room; 0 if it never did (PR-3). */
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

/** Keys and values that outlast the room's memory. */
export interface RoomStore {
  get<T>(key: string): Promise<T | undefined>;
  list<T>(range: ListRange): Promise<ReadonlyMap<string, T>>;
  /** Resolves once the write is durable. */
  put(entries: Readonly<Record<string, unknown>>): Promise<void>;
  /** Writes without waiting, for data whose loss a later `hello` repairs. */
  putSoon(entries: Readonly<Record<string, unknown>>): void;
  deleteSoon(keys: readonly string[]): void;
  /** Erases everything, including the alarm. */
  clear(): Promise<void>;
  /** Sets the one alarm of the room, which calls `EdgeRoom.alarm()`, even after a restart. */
  setAlarm(at: number): void;
}

/** What the edge knows of who sends a request. */
export type Asker = Pick<ConnectionNote, 'local' | 'identity' | 'address'>;

/** Establishes who sends a `hello`, or a request without one. Rejects if that cannot be known. */
export type Identify = (
  room: string,
  hello: Pick<HelloMessage, 'key'>,
  asker: Asker,
) => Promise<Identity>;

/** ICE servers, and how long their credentials are valid. */
export interface IssuedIceServers {
  readonly iceServers: readonly IceServer[];
  /** Counted from now, in ms; `null` if they do not expire. */
  readonly ttlMs: number | null;
}

/** Issues ICE servers. Credentials, where there are any, are made for one user. */
export interface IceServerIssuer {
  /**
   * Never rejects: if the provider fails, the fallback is valid for a short time. Credentials made for
   * `user` are valid for `mostMs` at most. `null`: nobody has shown who they are yet.
   */
  issue(user: string | null, asker: Asker, mostMs?: number): Promise<IssuedIceServers>;
}

/** One line per event. `info` is for the life of rooms only, so the log is quiet by default. */
export interface RoomLog {
  info(event: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(event: string, fields?: Readonly<Record<string, unknown>>): void;
}

/** The settings of a deployment that a room needs. */
export interface RoomSettings {
  readonly limits: RoomLimits;
  /** How many members without a token one network address may have in the room (LI-5). */
  readonly membersPerAddress: number;
  /** Whether nobody enters without a token. Otherwise the room is open, and decides who is host. */
  readonly asksForTokens: boolean;
}

/** Everything that one room needs from outside. */
export interface RoomPorts {
  /** A function, because some runtimes do not know the name while an alarm runs. */
  readonly name: () => string;
  readonly clock: RoomClock;
  readonly store: RoomStore;
  readonly identify: Identify;
  readonly iceServers: IceServerIssuer;
  readonly settings: RoomSettings;
  readonly log: RoomLog;
}
