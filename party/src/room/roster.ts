/**
 * The sessions of a room, their copy in storage, and what the others are told of each change. Refers
 * to sockets by id only.
 */
import type {
  CloseCode,
  Departure,
  PresenceMessage,
  Role,
  ServerMessage,
} from '@rtc-elements/protocol';

import type { ConnectionNote, RoomConnection, RoomPorts } from '../ports.js';
import { assignRole } from '../rules/assigned-roles.js';
import { endAbsences, expectHost, isHostExpected, successor } from '../rules/hosts.js';
import { withRole } from '../rules/moderation.js';
import { may } from '../rules/permissions.js';
import { differenceOf } from '../rules/presence.js';
import {
  bookOf,
  type Delivery,
  entryOf,
  isReachable,
  putSession,
  removeSession,
  type RoomBook,
  type SessionRecord,
} from '../rules/room-book.js';
import { type RosterCounters, SessionStore } from '../storage/session-store.js';
import type { Connections } from './connections.js';
import { PresenceBroadcaster } from './presence-broadcaster.js';
import { broadcastPresence, deliver } from './send.js';

export interface RosterHandlers {
  /** A session has left for good. */
  onRemoved(record: SessionRecord): void;
  /** A session may moderate from now on. */
  onHost(record: SessionRecord): void;
  /** Nobody is here, and no host is expected back. */
  onAbandoned(): void;
}

/** The code and reason with which a socket is closed when its session is removed. */
export interface SocketClose {
  readonly code: CloseCode | 1000;
  readonly text: string;
}

/** Departures after which a host may come back as host. Whom another host sent away may not. */
const MAY_RETURN: readonly Departure[] = ['left', 'lost', 'replaced'];

export class Roster {
  readonly #ports: RoomPorts;
  readonly #connections: Connections;
  readonly #handlers: RosterHandlers;
  readonly #sessions: SessionStore;
  readonly broadcaster: PresenceBroadcaster;
  #book: RoomBook = bookOf([], 0);

  constructor(ports: RoomPorts, connections: Connections, handlers: RosterHandlers) {
    this.#ports = ports;
    this.#connections = connections;
    this.#handlers = handlers;
    this.#sessions = new SessionStore(ports.store);
    this.broadcaster = new PresenceBroadcaster(ports.clock, (common, own) =>
      this.#sendPresence(common, own),
    );
  }

  get book(): RoomBook {
    return this.#book;
  }

  load(): ReturnType<SessionStore['load']> {
    return this.#sessions.load();
  }

  /** Restores the state from before a sleep. The sessions in `lost` have no socket any more. */
  start(book: RoomBook, counters: RosterCounters, lost: readonly SessionRecord[]): void {
    this.#book = book;
    this.broadcaster.startAt(counters.seq);
    for (const record of lost) {
      this.#sessions.save(record);
      const change = { session: record.session, state: 'reconnecting' } as const;
      this.broadcaster.add({ kind: 'changed', change });
    }
  }

  /** The session of a socket, if it has one. */
  recordOf({ note }: RoomConnection): SessionRecord | undefined {
    return this.#book.sessions.get(note.session ?? '');
  }

  connectionOf(record: SessionRecord): RoomConnection | undefined {
    return this.#connections.get(record.connection);
  }

  /** What is known of the client of a session; `undefined`: it has no socket. */
  noteOf(session: string): ConnectionNote | undefined {
    const record = this.#book.sessions.get(session);
    return record && this.connectionOf(record)?.note;
  }

  /** Announces a session that is about to be added, or resumed in another socket. */
  announceEntry(record: SessionRecord): void {
    const before = this.#book.sessions.get(record.session);
    const change = before ? differenceOf(before, record) : null;
    if (!before) this.broadcaster.add({ kind: 'joined', entry: entryOf(record) });
    else if (change) this.broadcaster.add({ kind: 'changed', change });
  }

  /** Adds or replaces a session without announcing it. */
  put(record: SessionRecord): void {
    this.#book = putSession(this.#book, record);
    this.#sessions.save(record);
    if (may(record, 'moderate')) {
      this.#setAbsences(endAbsences(this.#book, this.#ports.clock.now(), record.user));
    }
  }

  /** Replaces the record of a session, and announces what others see change. */
  update(before: SessionRecord, after: SessionRecord): void {
    const change = differenceOf(before, after);
    if (!change) return;
    this.put(after);
    this.broadcaster.add({ kind: 'changed', change });
    if (may(after, 'moderate') && !may(before, 'moderate')) this.#handlers.onHost(after);
    else if (may(before, 'moderate') && !may(after, 'moderate')) this.#ensureHost();
  }

  /** Gives a role to a user, in each session that they have and will have until nobody is here (MO-2). */
  assignRole(user: string, role: Role): void {
    this.#setRoles(assignRole(this.#book, user, role));
    const theirs = [...this.#book.sessions.values()].filter((record) => record.user === user);
    for (const record of theirs) this.update(record, withRole(record, role));
  }

  /** The socket of a session broke: the session keeps its place for a while (EN-5). */
  markLost(record: SessionRecord): void {
    const now = this.#ports.clock.now();
    this.update(record, { ...record, lostAt: now });
    this.#connections.awaitReturn(now);
  }

  /** The socket of a session, if it had one, has closed. `hasLeft`: its client said that it is for good. */
  lose(connection: RoomConnection, hasLeft = false): void {
    const record = this.recordOf(connection);
    if (!record || record.connection !== connection.id) return;
    // A session that began with this socket's request may be unknown to its client (EN-10).
    const isNew = record.joinedAt >= connection.note.openedAt;
    if (hasLeft) this.remove(record, 'left');
    else if (isNew && !this.#connections.hasHeard(connection)) this.remove(record, 'lost');
    else if (isReachable(record)) this.markLost(record);
  }

  /** Removes a session, and closes its socket where `close` is given. */
  remove(record: SessionRecord, reason: Departure, close?: SocketClose): void {
    const connection = this.connectionOf(record);
    this.#book = removeSession(this.#book, record.session);
    this.#sessions.remove(record.session);
    this.broadcaster.add({ kind: 'left', departed: { session: record.session, reason } });
    if (connection && close) this.#connections.close(connection, close.code, close.text);
    this.#handlers.onRemoved(record);
    if (MAY_RETURN.includes(reason)) {
      this.#setAbsences(expectHost(this.#book, record, this.#ports.clock.now()));
    }
    this.#afterDeparture();
  }

  /** Hosts who are not back in time are not host again. Called by the alarm. */
  endAbsences(): void {
    const ended = endAbsences(this.#book, this.#ports.clock.now());
    if (ended === this.#book) return;
    this.#setAbsences(ended);
    this.#afterDeparture();
  }

  /** No role from before counts: the room begins anew. */
  forgetRoles(): void {
    this.#setAbsences({ ...this.#book, absentHosts: [] });
    this.#setRoles({ ...this.#book, roles: [] });
  }

  /** Returns the size of the message, in bytes. */
  deliver(delivery: Delivery): number {
    return deliver(this.#book, this.#connections, delivery);
  }

  /** Delivers something that `sender` caused. Its presence goes first, so nobody hears from a stranger. */
  deliverFrom(sender: SessionRecord, delivery: Delivery): number {
    this.broadcaster.flushFor(sender.session);
    return this.deliver(delivery);
  }

  /** To every session with a socket. Hosts get `toHosts` instead. Returns the size of the larger one, in bytes. */
  broadcast(message: ServerMessage, toHosts: ServerMessage = message): number {
    const bytes = this.deliver({ to: this.#reachable(false), message });
    return Math.max(bytes, this.sendToHosts(toHosts));
  }

  /** To every session that may moderate. */
  sendToHosts(message: ServerMessage): number {
    return this.deliver({ to: this.#reachable(true), message });
  }

  #reachable(hosts: boolean): string[] {
    return [...this.#book.sessions.values()]
      .filter((record) => isReachable(record) && may(record, 'moderate') === hosts)
      .map(({ session }) => session);
  }

  /** Gives a room without a host a new one, unless roles come from tokens or a host may come back (MO-1). */
  #ensureHost(): void {
    const next = successor(this.#book, this.#ports.clock.now());
    if (next) this.assignRole(next.user, 'host');
  }

  #afterDeparture(): void {
    this.#ensureHost();
    const isHostComing = isHostExpected(this.#book, this.#ports.clock.now());
    if (this.#book.sessions.size > 0 || isHostComing) return;
    this.forgetRoles();
    this.#handlers.onAbandoned();
  }

  #setRoles(book: RoomBook): void {
    const isSame = book.roles.length + this.#book.roles.length === 0;
    this.#book = book;
    if (!isSame) this.#sessions.saveRoles(book.roles);
  }

  #setAbsences(book: RoomBook): void {
    const isSame = book.absentHosts.length + this.#book.absentHosts.length === 0;
    this.#book = book;
    if (isSame) return;
    this.#sessions.saveAbsentHosts(book.absentHosts);
    for (const { until } of book.absentHosts) this.#connections.awaitHost(until);
  }

  /** Sends one presence frame and stores its number. `false` if nobody was there. */
  #sendPresence(common: PresenceMessage, own: ReadonlyMap<string, PresenceMessage>): boolean {
    const count = broadcastPresence(this.#book, this.#connections, common, own);
    this.#sessions.saveCounters({ seq: common.seq, calls: this.#book.calls });
    return count > 0;
  }
}
