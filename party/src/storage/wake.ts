// Rebuilds the room after sleep, a move or a crash: from storage, and from the sockets still open.
import type { RoomConnection } from '../ports.js';
import { bookOf, isReachable, type RoomBook, type SessionRecord } from '../rules/room-book.js';
import type { RosterCounters } from './session-store.js';

export interface Awakened {
  readonly book: RoomBook;
  /** Sessions whose socket broke meanwhile; their grace begins now, as nobody saw when. */
  readonly lost: readonly SessionRecord[];
  /** Sockets that speak for no session of the book any more. */
  readonly stray: readonly RoomConnection[];
}

/** Matches what is stored with what is open. */
export function awaken(
  records: readonly SessionRecord[],
  counters: RosterCounters,
  connections: readonly RoomConnection[],
  now: number,
): Awakened {
  const open = new Map(connections.map((connection) => [connection.id, connection]));
  const lost: SessionRecord[] = [];
  const awake = records.map((record) => {
    if (!isReachable(record) || open.has(record.connection)) return record;
    const without = { ...record, lostAt: now };
    lost.push(without);
    return without;
  });
  const spoken = new Set(awake.filter(isReachable).map((record) => record.connection));
  const stray = connections.filter(({ id, note }) => note.session !== null && !spoken.has(id));
  return { book: bookOf(awake, counters.calls), lost, stray };
}
