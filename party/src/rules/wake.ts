// Rebuilds a room after sleep, a move or a crash from the stored sessions and the open sockets (EN-5).
import {
  type AbsentHost,
  type AssignedRole,
  bookOf,
  isReachable,
  type RoomBook,
  type SessionRecord,
} from './room-book.js';

/** What was stored. */
interface Stored {
  readonly records: readonly SessionRecord[];
  /** `calls`: the last `call` number given. */
  readonly counters: { readonly calls: number };
  readonly absentHosts: readonly AbsentHost[];
  readonly roles: readonly AssignedRole[];
}

/** An open socket, and the session that it belonged to before the sleep, if any. */
interface OpenSocket {
  readonly id: string;
  readonly note: { readonly session: string | null };
}

export interface Awakened<Socket> {
  readonly book: RoomBook;
  /** Sessions that lost their socket. Their grace starts now, as nobody saw when it broke. */
  readonly lost: readonly SessionRecord[];
  /** Sockets whose session is no longer in the book, or has another socket. */
  readonly stray: readonly Socket[];
}

/** Matches the stored sessions with the open sockets. */
export function awaken<Socket extends OpenSocket>(
  { records, counters, absentHosts, roles }: Stored,
  sockets: readonly Socket[],
  now: number,
): Awakened<Socket> {
  const open = new Set(sockets.map(({ id }) => id));
  const lost: SessionRecord[] = [];
  const awake = records.map((record) => {
    if (!isReachable(record) || open.has(record.connection)) return record;
    const without = { ...record, lostAt: now };
    lost.push(without);
    return without;
  });
  const inUse = new Set(awake.filter(isReachable).map((record) => record.connection));
  const stray = sockets.filter(({ id, note }) => note.session !== null && !inUse.has(id));
  return { book: bookOf(awake, counters.calls, { absentHosts, roles }), lost, stray };
}
