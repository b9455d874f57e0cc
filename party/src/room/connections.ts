/**
 * The open sockets of a room: who is heard, when last, and the one alarm by which the silent are
 * found (EN-3, EN-5, MO-3, PR-3).
 */
import { TIMES } from '@rtc-elements/protocol';

import type { RoomClock, RoomConnection, RoomStore } from '../ports.js';
import { callRoll, type RollCall } from '../rules/deadlines.js';
import type { RoomAccess } from '../rules/access.js';
import type { RoomBook } from '../rules/room-book.js';

/** How often what was heard is written down for after a sleep. */
const NOTE_SEEN_MS = 10_000;

export class Connections {
  readonly #clock: RoomClock;
  readonly #store: RoomStore;
  readonly #connections = new Map<string, RoomConnection>();
  readonly #seenAt = new Map<string, number>();
  #alarmAt: number | null = null;

  constructor(clock: RoomClock, store: RoomStore) {
    this.#clock = clock;
    this.#store = store;
  }

  /** How many sockets are open, with or without a session. */
  get size(): number {
    return this.#connections.size;
  }

  get(id: string): RoomConnection | undefined {
    return this.#connections.get(id);
  }

  add(connection: RoomConnection): void {
    this.#connections.set(connection.id, connection);
  }

  delete(id: string): void {
    this.#connections.delete(id);
    this.#seenAt.delete(id);
  }

  /** A frame came in. */
  noteSeen(connection: RoomConnection): void {
    const now = this.#clock.now();
    this.#seenAt.set(connection.id, now);
    const { note } = connection;
    if (now - note.seenAt > NOTE_SEEN_MS) connection.setNote({ ...note, seenAt: now });
  }

  /** Whether anything was said on the socket itself, which tells that it is open at the other end, too. */
  hasHeard(connection: RoomConnection): boolean {
    return connection.note.seenAt > 0 || connection.heardAt() > 0;
  }

  /** A socket has `TIMES.helloMs` to say hello. */
  awaitHello(openedAt: number): void {
    this.#arm(openedAt + TIMES.helloMs);
  }

  /** A session has `TIMES.resumeGraceMs` to come back. */
  awaitReturn(lostAt: number): void {
    this.#arm(lostAt + TIMES.resumeGraceMs);
  }

  /** The alarm rang: who is overdue. Sets the next one. */
  rang(book: RoomBook, door: RoomAccess): RollCall {
    const call = this.#call(book, door);
    this.#alarmAt = null;
    if (call.nextAt !== null) this.#arm(call.nextAt);
    return call;
  }

  /** Sets the alarm to when it is really due, so that it wakes a sleeping room no more than it must. */
  rearm(book: RoomBook, door: RoomAccess): void {
    const { nextAt } = this.#call(book, door);
    if (nextAt === null || nextAt === this.#alarmAt) return;
    this.#alarmAt = null;
    this.#arm(nextAt);
  }

  #arm(at: number): void {
    if (this.#alarmAt !== null && this.#alarmAt <= at) return;
    this.#alarmAt = at;
    this.#store.setAlarm(at);
  }

  #call(book: RoomBook, { waiting }: RoomAccess): RollCall {
    const atDoor = new Set(waiting.map(({ session }) => session));
    const strangers = [...this.#connections.values()]
      .filter(({ id, note }) => note.session === null && !atDoor.has(id))
      .map(({ id, note }) => ({ connection: id, openedAt: note.openedAt }));
    const members = [...book.sessions.values()].map(({ session, connection, lostAt, mood }) => ({
      session,
      lostAt,
      isAway: mood === 'away',
      seenAt: this.#lastSeen(connection),
    }));
    const since = waiting.map((person) => person.since);
    return callRoll({ strangers, members, since }, this.#clock.now());
  }

  #lastSeen(id: string): number {
    const connection = this.#connections.get(id);
    if (!connection) return 0;
    const { openedAt, seenAt } = connection.note;
    return Math.max(openedAt, seenAt, this.#seenAt.get(id) ?? 0, connection.heardAt());
  }
}
