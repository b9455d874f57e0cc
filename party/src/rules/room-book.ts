// The book of who is in the room: plain values and the functions that turn one book into the next.
import type {
  Departure,
  MediaFlags,
  MediaSource,
  Meta,
  PeerEntry,
  Permission,
  Role,
  ServerMessage,
} from '@rtc-elements/protocol';

/** One session as the room keeps and stores it. */
export interface SessionRecord {
  readonly session: string;
  readonly user: string;
  readonly name: string;
  /** A token gave the name: it is not for them to change. */
  readonly named: boolean;
  readonly role: Role;
  /** What a token allows, whatever the role; `null`: what the role may. */
  readonly can: readonly Permission[] | null;
  /** A token gave the role; else the room did, and may make them host (MO-1). */
  readonly appointed: boolean;
  readonly joinedAt: number;
  /** What the client says of itself; shown while it has a socket. */
  readonly mood: 'active' | 'away';
  /** Place in the order of entering the call; 0 outside it. */
  readonly call: number;
  readonly media: MediaFlags;
  readonly hand: boolean;
  readonly meta: Meta;
  /** Turned off by a host (MO-2). */
  readonly muted: readonly MediaSource[];
  /** The newest chat number it has seen (CH-7). */
  readonly read: number;
  /** The socket it speaks through, or spoke through last. */
  readonly connection: string;
  /** When that socket broke; 0 while it is open. */
  readonly lostAt: number;
}

/** Everybody in the room, in the order they joined. */
export interface RoomBook {
  readonly sessions: ReadonlyMap<string, SessionRecord>;
  /** The last number given to somebody who entered the call; never given again. */
  readonly calls: number;
}

/** A message and whom it is for (sessions). */
export interface Delivery {
  readonly to: readonly string[];
  readonly message: ServerMessage;
}

/** A session went, and why. */
export interface DepartedSession {
  readonly session: string;
  readonly reason: Departure;
}

/** Whether it can hear us now. */
export const isReachable = (record: SessionRecord): boolean => record.lostAt === 0;

/** The book of a room that woke up: records of storage in the order they joined. */
export function bookOf(records: Iterable<SessionRecord>, calls: number): RoomBook {
  const sorted = [...records].sort((a, b) => a.joinedAt - b.joinedAt);
  return {
    sessions: new Map(sorted.map((record) => [record.session, record])),
    calls: sorted.reduce((last, record) => Math.max(last, record.call), calls),
  };
}

/** Adds a session, or replaces its record in place. */
export function putSession(book: RoomBook, record: SessionRecord): RoomBook {
  const sessions = new Map(book.sessions).set(record.session, record);
  return { sessions, calls: Math.max(book.calls, record.call) };
}

/** Takes a session out. */
export function removeSession(book: RoomBook, session: string): RoomBook {
  const sessions = new Map(book.sessions);
  sessions.delete(session);
  return { ...book, sessions };
}

/** The roster line that others see (PR-1). A broken socket shows as `reconnecting`. */
export const entryOf = (record: SessionRecord): PeerEntry => ({
  session: record.session,
  user: record.user,
  name: record.name,
  role: record.role,
  ...(record.can && { can: record.can }),
  joinedAt: record.joinedAt,
  state: isReachable(record) ? record.mood : 'reconnecting',
  call: record.call,
  media: record.media,
  hand: record.hand,
  meta: record.meta,
  muted: record.muted,
  read: record.read,
});

/** Every roster line, save `except`. */
export function rosterOf(book: RoomBook, except?: string): PeerEntry[] {
  const entries: PeerEntry[] = [];
  for (const record of book.sessions.values()) {
    if (record.session !== except) entries.push(entryOf(record));
  }
  return entries;
}

/** Sessions that can hear something now, save `except`. */
export function listeners(book: RoomBook, except?: string): string[] {
  const sessions: string[] = [];
  for (const record of book.sessions.values()) {
    if (isReachable(record) && record.session !== except) sessions.push(record.session);
  }
  return sessions;
}

/** Names that a lobby is told. */
const LOBBY_NAMES = 8;

/** For a lobby: how many are here, and the first few names in the order they joined. */
export function peopleOf(book: RoomBook): { readonly count: number; readonly names: string[] } {
  const names = [...book.sessions.values()].slice(0, LOBBY_NAMES).map((record) => record.name);
  return { count: book.sessions.size, names };
}
