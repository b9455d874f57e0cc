// The sessions of a room as one plain value, and the functions that make the next value from it.
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

/** One session, as the room keeps it and stores it. Storage has these keys. */
export interface SessionRecord {
  readonly session: string;
  readonly user: string;
  readonly name: string;
  /** A token set the name, so the member cannot change it. */
  readonly named: boolean;
  readonly role: Role;
  /** The permissions of a token, whatever the role; `null`: those of the role. */
  readonly can: readonly Permission[] | null;
  /** A token set the role. Otherwise the room did, and it may make this session host (MO-1). */
  readonly appointed: boolean;
  readonly joinedAt: number;
  /** The client's own presence, shown while it has a socket. */
  readonly mood: 'active' | 'away';
  /** The place in the order of entering the call; 0 outside it. */
  readonly call: number;
  readonly media: MediaFlags;
  readonly hand: boolean;
  readonly meta: Meta;
  /** Sources that a host turned off (MO-2). */
  readonly muted: readonly MediaSource[];
  /** The `seq` of the newest chat message that the member has seen (CH-7). */
  readonly read: number;
  /** The id of its socket, or of its last one. */
  readonly connection: string;
  /** When that socket broke; 0 while it is open. */
  readonly lostAt: number;
  /** The address that the session counts for (LI-5). It goes to nobody. Older records have none. */
  readonly address?: string | null;
}

/** A host whose session has ended, and until when they are host again if they come back (MO-1). */
export interface AbsentHost {
  readonly user: string;
  readonly until: number;
}

/** A role that a host has given to a user (MO-2). */
export interface AssignedRole {
  readonly user: string;
  readonly role: Role;
}

/** All sessions of a room, in the order in which they joined. */
export interface RoomBook {
  readonly sessions: ReadonlyMap<string, SessionRecord>;
  /** The last `call` number given. Numbers are never reused. */
  readonly calls: number;
  /** Hosts who may come back. Oldest first. */
  readonly absentHosts: readonly AbsentHost[];
  /** What hosts have decided, oldest first. It ends when nobody is in the room. */
  readonly roles: readonly AssignedRole[];
}

/** A message, and the sessions it is for. */
export interface Delivery {
  readonly to: readonly string[];
  readonly message: ServerMessage;
}

/** A session that left, and why. */
export interface DepartedSession {
  readonly session: string;
  readonly reason: Departure;
}

/** Whether the session has a socket. */
export const isReachable = (record: SessionRecord): boolean => record.lostAt === 0;

/** A book made from stored records, which come in any order. */
export function bookOf(
  records: Iterable<SessionRecord>,
  calls: number,
  { absentHosts = [], roles = [] }: Partial<Pick<RoomBook, 'absentHosts' | 'roles'>> = {},
): RoomBook {
  const sorted = [...records].sort((a, b) => a.joinedAt - b.joinedAt);
  return {
    sessions: new Map(sorted.map((record) => [record.session, record])),
    calls: sorted.reduce((last, record) => Math.max(last, record.call), calls),
    absentHosts,
    roles,
  };
}

/** Adds a session, or replaces its record in place. */
export function putSession(book: RoomBook, record: SessionRecord): RoomBook {
  const sessions = new Map(book.sessions).set(record.session, record);
  return { ...book, sessions, calls: Math.max(book.calls, record.call) };
}

export function removeSession(book: RoomBook, session: string): RoomBook {
  const sessions = new Map(book.sessions);
  sessions.delete(session);
  return { ...book, sessions };
}

/** Entries by record. Every newcomer gets all of them, so each is made once and encoded once (`pages`). */
const entries = new WeakMap<SessionRecord, PeerEntry>();

/** The roster entry that others see (PR-1), the same object each time. */
export function entryOf(record: SessionRecord): PeerEntry {
  const entry = entries.get(record) ?? makeEntry(record);
  entries.set(record, entry);
  return entry;
}

/** A session without a socket shows as `reconnecting`. */
const makeEntry = (record: SessionRecord): PeerEntry => ({
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

/** Every roster entry but that of `except`. */
export function rosterOf(book: RoomBook, except?: string): PeerEntry[] {
  const roster: PeerEntry[] = [];
  for (const record of book.sessions.values()) {
    if (record.session !== except) roster.push(entryOf(record));
  }
  return roster;
}

/** Every session with a socket but `except`. */
export function listeners(book: RoomBook, except?: string): string[] {
  const sessions: string[] = [];
  for (const record of book.sessions.values()) {
    if (isReachable(record) && record.session !== except) sessions.push(record.session);
  }
  return sessions;
}

/** How many names a lobby is told. */
const LOBBY_NAMES = 8;

/** What a lobby is told before anybody joins. */
export interface People {
  readonly count: number;
  readonly names: readonly string[];
  readonly inCall: number;
}

/** How many are in the room and in its call and, unless it is locked, the names of those who joined first. */
export function peopleOf(book: RoomBook, isLocked: boolean): People {
  const all = [...book.sessions.values()];
  const first = isLocked ? [] : all.slice(0, LOBBY_NAMES);
  return {
    count: all.length,
    names: first.map((record) => record.name),
    inCall: all.filter(({ call }) => call > 0).length,
  };
}
