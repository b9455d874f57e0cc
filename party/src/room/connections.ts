/**
 * The open sockets of a room: when each was last heard, how much it has not acknowledged, and the alarm by which
 * those that have been silent for too long are found (EN-3, EN-5, FL-1, MO-1, MO-3, PR-3).
 */
import { CLOSE, TIMES } from '@rtc-elements/protocol';

import type { RoomConnection, RoomPorts } from '../ports.js';
import type { RoomAccess } from '../rules/access.js';
import { addressOf } from '../rules/counted-by.js';
import { findOverdue, type Overdue } from '../rules/deadlines.js';
import type { RoomBook } from '../rules/room-book.js';
import { MeteredConnection } from './metered-connection.js';

/** How often `seenAt` is written to a socket's note, which outlasts sleep. */
const NOTE_SEEN_MS = 10_000;
/** How soon a backlog is. A room cannot sleep before that. */
const NOTE_BACKLOG_MS = 1_000;

export interface ConnectionsHandlers {
  /** A socket is gone. */
  onForget(id: string): void;
  /** The room closed a socket before it had a session, for whatever reason but its own wish. */
  onRefused(): void;
  /** Whether anybody is in the room, or expected back. */
  isInUse(): boolean;
  /** A deadline is due. The alarm calls the same. */
  onDue(): void;
  /** A socket was closed because its client does not read. The room's end may never hear that it has closed. */
  onUnread(connection: RoomConnection): void;
}

export class Connections {
  readonly #ports: Pick<RoomPorts, 'clock' | 'store'>;
  readonly #handlers: ConnectionsHandlers;
  readonly #connections = new Map<string, MeteredConnection>();
  readonly #seenAt = new Map<string, number>();
  /** The addresses of sockets that the room has closed, until their other end agrees or is gone. */
  readonly #closing = new Map<string, string>();
  /** Sockets whose note does not have their present backlog. */
  readonly #unsaved = new Set<MeteredConnection>();
  #cancelSave: (() => void) | null = null;
  #alarmAt: number | null = null;
  #timerAt: number | null = null;
  #cancelTimer: () => void = () => undefined;

  constructor(ports: Pick<RoomPorts, 'clock' | 'store'>, handlers: ConnectionsHandlers) {
    this.#ports = ports;
    this.#handlers = handlers;
  }

  /** How many sockets are open, with or without a session. */
  get size(): number {
    return this.#connections.size;
  }

  /** How many of the open sockets of an address fit. */
  countFrom(address: string, fits: (connection: RoomConnection) => boolean): number {
    const isFrom = ({ note }: RoomConnection): boolean => addressOf(note) === address;
    return [...this.#connections.values()].filter((one) => isFrom(one) && fits(one)).length;
  }

  /** How many sockets of an address the room has closed that are still there: clients need not answer a close frame. */
  countClosing(address: string): number {
    return [...this.#closing.values()].filter((one) => one === address).length;
  }

  get(id: string): MeteredConnection | undefined {
    return this.#connections.get(id);
  }

  add(connection: RoomConnection): void {
    const metered = new MeteredConnection(connection, {
      onChange: (one) => this.#saveSoon(one),
      onFull: (one) => this.#closeUnread(one),
    });
    this.#connections.set(connection.id, metered);
  }

  /** Drops a socket that has closed. */
  gone(id: string): void {
    this.#closing.delete(id);
    this.forget(id);
  }

  /** Drops a socket: what still arrives from it is ignored. */
  forget(id: string): void {
    const connection = this.#connections.get(id);
    if (connection) this.#unsaved.delete(connection);
    if (this.#unsaved.size === 0) {
      this.#cancelSave?.();
      this.#cancelSave = null;
    }
    this.#connections.delete(id);
    this.#seenAt.delete(id);
    this.#handlers.onForget(id);
  }

  /** Closes a socket. Frames that still arrive from it are ignored. */
  close(connection: RoomConnection, code: number, reason: string): void {
    if (connection.note.session === null && code >= CLOSE.badMessage) this.#handlers.onRefused();
    this.forget(connection.id);
    const address = addressOf(connection.note);
    if (address !== null) this.#closing.set(connection.id, address);
    connection.close(code, reason);
  }

  #closeUnread(connection: MeteredConnection): void {
    if (this.get(connection.id) !== connection) return;
    this.close(connection, CLOSE.idle, 'too much is unread');
    // Later, because whoever is sending now has more to send, and others to send it to.
    queueMicrotask(() => this.#handlers.onUnread(connection));
  }

  #saveSoon(connection: MeteredConnection): void {
    this.#unsaved.add(connection);
    this.#cancelSave ??= this.#ports.clock.setTimer(NOTE_BACKLOG_MS, () => {
      this.#cancelSave = null;
      for (const one of this.#unsaved) one.saveBacklog();
      this.#unsaved.clear();
    });
  }

  /** Notes that a frame has arrived. */
  noteSeen(connection: RoomConnection): void {
    const now = this.#ports.clock.now();
    this.#seenAt.set(connection.id, now);
    const { note } = connection;
    if (now - note.seenAt > NOTE_SEEN_MS) connection.setNote({ ...note, seenAt: now });
  }

  /** Whether anything has arrived on the socket itself, which proves that the other end opened it. */
  hasHeard(connection: RoomConnection): boolean {
    return connection.note.seenAt > 0 || connection.heardAt() > 0;
  }

  /** A socket has `TIMES.helloMs` to say `hello`. */
  awaitHello(openedAt: number): void {
    this.#arm(openedAt + TIMES.helloMs);
  }

  /** A session has `TIMES.resumeGraceMs` to come back. */
  awaitReturn(lostAt: number): void {
    this.#arm(lostAt + TIMES.resumeGraceMs);
  }

  /** A host is expected back until then. */
  awaitHost(until: number): void {
    this.#arm(until);
  }

  /** Called by the alarm: finds what is overdue, and sets the next alarm. */
  takeOverdue(book: RoomBook, access: RoomAccess): Overdue {
    const overdue = this.#findOverdue(book, access);
    this.#alarmAt = null;
    if (overdue.nextAt !== null) this.#arm(overdue.nextAt);
    return overdue;
  }

  /** Moves the alarm to the next deadline, so that a sleeping room wakes no more often than it must. */
  rearm(book: RoomBook, access: RoomAccess): void {
    // What it was for is among the deadlines, and a timer keeps a room awake.
    this.#cancelTimer();
    this.#timerAt = null;
    const { nextAt } = this.#findOverdue(book, access);
    if (nextAt === null || nextAt === this.#alarmAt) return;
    this.#alarmAt = null;
    this.#arm(nextAt);
  }

  /** An alarm is a write, and stays in storage until it fires. Strangers cause none: they get a timer (EN-3). */
  #arm(at: number): void {
    if (this.#alarmAt !== null && this.#alarmAt <= at) return;
    if (!this.#handlers.isInUse()) return this.#startTimer(at);
    this.#alarmAt = at;
    this.#ports.store.setAlarm(at);
  }

  #startTimer(at: number): void {
    if (this.#timerAt !== null && this.#timerAt <= at) return;
    const { clock } = this.#ports;
    this.#timerAt = at;
    this.#cancelTimer();
    this.#cancelTimer = clock.setTimer(Math.max(0, at - clock.now()), () => {
      this.#timerAt = null;
      this.#handlers.onDue();
    });
  }

  #findOverdue(book: RoomBook, { waiting }: RoomAccess): Overdue {
    const waitingSessions = new Set(waiting.map(({ session }) => session));
    const sockets = [...this.#connections.values()]
      .filter(({ id, note }) => note.session === null && !waitingSessions.has(id))
      .map(({ id, note }) => ({ connection: id, openedAt: note.openedAt }));
    const sessions = [...book.sessions.values()].map(({ session, connection, lostAt, mood }) => ({
      session,
      lostAt,
      isAway: mood === 'away',
      seenAt: this.#lastSeen(connection),
    }));
    const waitingSince = waiting.map(({ since }) => since);
    const hostsUntil = book.absentHosts.map(({ until }) => until);
    const deadlines = { sockets, sessions, waitingSince, hostsUntil };
    return findOverdue(deadlines, this.#ports.clock.now());
  }

  #lastSeen(id: string): number {
    const connection = this.#connections.get(id);
    if (!connection) return 0;
    const { openedAt, seenAt } = connection.note;
    return Math.max(openedAt, seenAt, this.#seenAt.get(id) ?? 0, connection.heardAt());
  }
}
