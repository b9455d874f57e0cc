/**
 * Everybody in the room: the book, its copy in storage, and what the others are told of each change.
 * Knows sockets by name only.
 */
import type { CloseCode, Departure, PresenceMessage, ServerMessage } from '@rtc-elements/protocol';

import { PresenceBroadcaster } from './presence-broadcaster.js';
import type { Connections } from './connections.js';
import { type RosterCounters, SessionStore } from '../storage/session-store.js';
import type { RoomConnection, RoomPorts } from '../ports.js';
import { deliver, tellPresence } from './send.js';
import { may, successor } from '../rules/permissions.js';
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

export interface RosterHandlers {
  /** Shuts a socket; nothing that still arrives from it is heard. */
  close(connection: RoomConnection, code: number, reason: string): void;
  /** A session is gone for good. */
  onGone(record: SessionRecord): void;
  /** Somebody may moderate from now on. */
  onHost(record: SessionRecord): void;
}

/** Why a socket is closed along with its session. */
export interface Ending {
  readonly code: CloseCode | 1000;
  readonly text: string;
}

export class Roster {
  readonly #ports: RoomPorts;
  readonly #attendance: Connections;
  readonly #handlers: RosterHandlers;
  readonly #sessions: SessionStore;
  readonly announcer: PresenceBroadcaster;
  #book: RoomBook = bookOf([], 0);

  constructor(ports: RoomPorts, attendance: Connections, handlers: RosterHandlers) {
    this.#ports = ports;
    this.#attendance = attendance;
    this.#handlers = handlers;
    this.#sessions = new SessionStore(ports.store);
    this.announcer = new PresenceBroadcaster(ports.clock, (common, own) => this.#tell(common, own));
  }

  get book(): RoomBook {
    return this.#book;
  }

  load(): ReturnType<SessionStore['load']> {
    return this.#sessions.load();
  }

  /** After sleep: whoever is in `lost` is shown without a socket. */
  start(book: RoomBook, counters: RosterCounters, lost: readonly SessionRecord[]): void {
    this.#book = book;
    this.announcer.startAt(counters.seq);
    for (const record of lost) {
      this.#sessions.save(record);
      const change = { session: record.session, state: 'reconnecting' } as const;
      this.announcer.note({ kind: 'changed', change });
    }
  }

  /** The session that a socket speaks for. */
  of({ note }: RoomConnection): SessionRecord | undefined {
    return this.#book.sessions.get(note.session ?? '');
  }

  connectionOf(record: SessionRecord): RoomConnection | undefined {
    return this.#attendance.get(record.connection);
  }

  /** Somebody new, or back in another socket. */
  announceEntry(record: SessionRecord): void {
    const before = this.#book.sessions.get(record.session);
    const change = before ? differenceOf(before, record) : null;
    if (!before) this.announcer.note({ kind: 'joined', entry: entryOf(record) });
    else if (change) this.announcer.note({ kind: 'changed', change });
  }

  keep(record: SessionRecord): void {
    this.#book = putSession(this.#book, record);
    this.#sessions.save(record);
  }

  update(before: SessionRecord, after: SessionRecord): void {
    const change = differenceOf(before, after);
    if (!change) return;
    this.keep(after);
    this.announcer.note({ kind: 'changed', change });
    if (may(after, 'moderate') && !may(before, 'moderate')) this.#handlers.onHost(after);
    else if (may(before, 'moderate') && !may(after, 'moderate')) this.#crown();
  }

  /** Its socket broke: it keeps its place for a while (EN-5). */
  lose(record: SessionRecord): void {
    const now = this.#ports.clock.now();
    this.update(record, { ...record, lostAt: now });
    this.#attendance.awaitReturn(now);
  }

  remove(record: SessionRecord, reason: Departure, ending?: Ending): void {
    const connection = this.connectionOf(record);
    this.#book = removeSession(this.#book, record.session);
    this.#sessions.remove(record.session);
    this.announcer.note({ kind: 'left', departed: { session: record.session, reason } });
    if (connection && ending) this.#handlers.close(connection, ending.code, ending.text);
    this.#handlers.onGone(record);
    this.#crown();
  }

  deliver(delivery: Delivery): void {
    deliver(this.#book, this.#attendance, delivery);
  }

  /** Nobody hears from somebody they have not been told of. */
  deliverFrom(sender: SessionRecord, delivery: Delivery): void {
    this.announcer.ensureTold(sender.session);
    this.deliver(delivery);
  }

  /** To everybody within reach; something else to whoever may moderate. */
  tellAll(message: ServerMessage, toHosts: ServerMessage = message): void {
    this.deliver({ to: this.#within(false), message });
    this.tellHosts(toHosts);
  }

  /** To whoever may moderate. */
  tellHosts(message: ServerMessage): void {
    this.deliver({ to: this.#within(true), message });
  }

  #within(hosts: boolean): string[] {
    return [...this.#book.sessions.values()]
      .filter((record) => isReachable(record) && may(record, 'moderate') === hosts)
      .map(({ session }) => session);
  }

  /** A room without a host gets one, where roles are the room's to give (MO-1). */
  #crown(): void {
    const heir = successor(this.#book);
    if (heir) this.update(heir, { ...heir, role: 'host' });
  }

  /** Tells one frame of presence, and writes its number down. */
  #tell(common: PresenceMessage, own: ReadonlyMap<string, PresenceMessage>): boolean {
    const told = tellPresence(this.#book, this.#attendance, common, own);
    this.#sessions.saveCounters({ seq: common.seq, calls: this.#book.calls });
    return told > 0;
  }
}
