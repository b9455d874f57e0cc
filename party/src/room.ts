/**
 * One room: events in, deliveries and writes out. Carries out what `rules/` decide; knows of no
 * runtime (`hosts/` do) and runs in memory in tests.
 */
import {
  type ChatHistoryMessage,
  type ChatSendMessage,
  CLOSE,
  type ClientMessage,
  type Decoded,
  decodeClientMessage,
  type Departure,
  type Fault,
  HEARTBEAT_REPLY,
  type HelloMessage,
  LIMITS,
  type PresenceMessage,
} from '@rtc-elements/protocol';

import { Announcer } from './announcer.js';
import { Attendance } from './attendance.js';
import { HistoryStore } from './edge/history-store.js';
import { SessionStore } from './edge/session-store.js';
import { awaken } from './edge/wake.js';
import { Meters } from './meters.js';
import type { IceGrant, RoomConnection, RoomPorts } from './ports.js';
import { deliver, post, tellPresence } from './post.js';
import { admit, type Admission, checkVersion } from './rules/admit.js';
import { applyPresence, differenceOf } from './rules/presence.js';
import { rateOf, refOf } from './rules/rate-limit.js';
import { handOutOffers, relaySignal } from './rules/relay.js';
import {
  bookOf,
  type Delivery,
  entryOf,
  isReachable,
  listeners,
  peopleOf,
  putSession,
  removeSession,
  type RoomBook,
  rosterOf,
  type SessionRecord,
} from './rules/room-book.js';
import { relayTyping } from './rules/typing.js';

type Joining = Exclude<Admission, { kind: 'refused' }> & IceGrant;

export class Room {
  readonly #ports: RoomPorts;
  readonly #attendance: Attendance;
  readonly #busy = new Map<string, Promise<void>>();
  readonly #meters = new Meters();
  readonly #sessions: SessionStore;
  readonly #history: HistoryStore;
  readonly #announcer: Announcer;
  #book: RoomBook = bookOf([], 0);

  constructor(ports: RoomPorts) {
    this.#ports = ports;
    this.#attendance = new Attendance(ports.clock, ports.store);
    this.#sessions = new SessionStore(ports.store);
    this.#history = new HistoryStore(ports.store, ports.settings.limits.historyMessages);
    this.#announcer = new Announcer(ports.clock, (common, own) => this.#tell(common, own));
  }

  /** Before any event: takes up storage and the sockets that are open (EN-5). */
  async wake(connections: readonly RoomConnection[]): Promise<void> {
    const { records, counters } = await this.#sessions.load();
    const now = this.#ports.clock.now();
    const { book, lost, stray } = awaken(records, counters, connections, now);
    this.#book = book;
    this.#announcer.startAt(counters.seq);
    for (const connection of connections) this.#attendance.add(connection);
    if (connections.length > 0) {
      this.#ports.log.info('room-wake', { room: this.#ports.name(), sockets: connections.length });
    }
    for (const connection of stray) this.#close(connection, CLOSE.retryLater, 'join again');
    for (const record of lost) {
      this.#sessions.save(record);
      this.#announcer.note({
        kind: 'changed',
        change: { session: record.session, state: 'reconnecting' },
      });
    }
    this.#attendance.rearm(this.#book);
  }

  /** A socket has opened. */
  open(connection: RoomConnection): void {
    const { openedAt, address } = connection.note;
    this.#attendance.add(connection);
    if (address !== null && this.#meters.take('joins', address, openedAt) > 0) {
      return this.#close(connection, CLOSE.retryLater, 'too many joins from this address');
    }
    // Sockets that never say hello must not add up either.
    if (this.#attendance.size > this.#ports.settings.limits.members + LIMITS.members) {
      return this.#close(connection, CLOSE.retryLater, 'too many connections');
    }
    this.#attendance.awaitHello(openedAt);
  }

  /** A frame has arrived. Frames of one socket are worked off in order. Never rejects. */
  receive(id: string, data: unknown): Promise<void> {
    const before = this.#busy.get(id);
    const work = before ? before.then(() => this.#handle(id, data)) : this.#handle(id, data);
    if (!work) return Promise.resolve();
    const done = work
      .catch((error: unknown) => this.#ports.log.warn('event-failed', { error: String(error) }))
      .finally(() => {
        this.#announcer.settle();
        if (this.#busy.get(id) === done) this.#busy.delete(id);
      });
    this.#busy.set(id, done);
    return done;
  }

  /** A socket has closed, for whatever reason. */
  closed(connection: RoomConnection, code: number): void {
    const { id, note } = connection;
    this.#forget(id);
    const record = this.#book.sessions.get(note.session ?? '');
    if (!record || record.connection !== id) return;
    if (code === 1000 || code === 1001) this.#remove(record, 'left');
    else if (isReachable(record)) this.#lose(record);
    this.#announcer.settle();
  }

  /** The alarm rang: sweeps, and sets the next (EN-3, EN-5, PR-3). */
  alarm(): void {
    const { speechless, gone } = this.#attendance.rang(this.#book);
    for (const id of speechless) {
      const connection = this.#attendance.get(id);
      if (connection) this.#close(connection, CLOSE.idle, 'no hello in time');
    }
    for (const { session, reason } of gone) {
      const record = this.#book.sessions.get(session);
      if (record) this.#remove(record, reason, CLOSE.idle, 'silent for too long');
    }
    this.#announcer.settle();
  }

  /** For a lobby: who is here. */
  people(): { readonly count: number; readonly names: readonly string[] } {
    return peopleOf(this.#book);
  }

  /** Resolves when nothing is being worked on. */
  async idle(): Promise<void> {
    while (this.#busy.size > 0) await Promise.all(this.#busy.values());
  }

  #handle(id: string, data: unknown): Promise<void> | undefined {
    const connection = this.#attendance.get(id);
    if (!connection) return undefined;
    this.#attendance.noteSeen(connection);
    const decoded = decodeClientMessage(data);
    const record = this.#book.sessions.get(connection.note.session ?? '');
    if (!record) return this.#greet(connection, decoded);
    const work = decoded.ok
      ? this.#serve(connection, record, decoded.message)
      : this.#refuse(connection, decoded.fault);
    this.#announcer.settle();
    return work ?? undefined;
  }

  /** The first frame of a socket: `hello`, or the end of it (EN-3). */
  #greet(connection: RoomConnection, decoded: Decoded<ClientMessage>): Promise<void> | undefined {
    if (!decoded.ok) {
      const close = decoded.fault.code === 'too-big' ? CLOSE.tooBig : CLOSE.badMessage;
      this.#turnAway(connection, decoded.fault, close);
    } else if (decoded.message.type === 'hello') return this.#enter(connection, decoded.message);
    else if (decoded.message.type === 'ping') connection.send(HEARTBEAT_REPLY);
    else {
      const detail = 'the first frame is hello';
      this.#turnAway(connection, { code: 'out-of-order', detail }, CLOSE.badMessage);
    }
    return undefined;
  }

  async #enter(connection: RoomConnection, hello: HelloMessage): Promise<void> {
    const fault = checkVersion(hello);
    if (fault) return this.#turnAway(connection, fault, CLOSE.badMessage);
    const { clock, iceGrants, identify, log, name, settings } = this.#ports;
    const identified = identify(name(), hello, connection.note);
    const granted = identified.then(({ user }) => iceGrants.grant(user, connection.note));
    const known = await Promise.all([identified, granted, this.#history.load()]).catch(
      (error: unknown) => log.warn('enter-failed', { error: String(error) }),
    );
    if (!this.#attendance.get(connection.id)) return;
    if (!known) return this.#close(connection, CLOSE.retryLater, 'the room could not be read');
    const admission = admit(this.#book, {
      hello,
      identity: known[0],
      connection: connection.id,
      now: clock.now(),
      members: settings.limits.members,
    });
    if (admission.kind === 'refused') {
      return this.#turnAway(connection, admission.fault, admission.close);
    }
    this.#welcome(connection, hello, { ...admission, ...known[1] });
  }

  /** Nothing is awaited here, so nobody sees a half of it. */
  #welcome(connection: RoomConnection, hello: HelloMessage, joining: Joining): void {
    const { clock, name, settings } = this.#ports;
    const { record, kind } = joining;
    this.#makeWay(joining);
    if (this.#book.sessions.size === 0) this.#ports.log.info('room-open', { room: name() });
    const offers = kind === 'joined' ? (hello.offers ?? []) : [];
    const handed = handOutOffers(this.#book, record, offers, settings.limits.meshMembers);
    this.#announceEntry(record);
    // Others see the newcomer before they hear from it; it hears of itself in `welcome` alone.
    if (handed.deliveries.length > 0) this.#announcer.flush();
    else this.#announcer.settle();
    // The first words of a link go before our own: everything else waits for them.
    for (const delivery of handed.deliveries) deliver(this.#book, this.#attendance, delivery);
    connection.setNote({ ...connection.note, session: record.session });
    this.#keep(record);
    this.#announcer.noteTold(record.session);
    post(connection, {
      type: 'welcome',
      session: record.session,
      resumed: kind === 'resumed',
      you: entryOf(record),
      peers: rosterOf(this.#book, record.session),
      seq: this.#announcer.seq,
      room: name(),
      iceServers: joining.iceServers,
      chat: this.#history.welcome(hello.lastSeq),
      limits: settings.limits,
      serverTime: clock.now(),
      ...(hello.offers && { offers: hello.offers.map((_, index) => handed.takers[index] ?? null) }),
    });
    this.#attendance.rearm(this.#book);
  }

  /** Closes what a session leaves behind as it comes in. */
  #makeWay({ replaced, outdated }: Joining): void {
    const former = replaced === null ? undefined : this.#attendance.get(replaced);
    if (former) this.#close(former, CLOSE.replaced, 'this session goes on in another connection');
    for (const session of outdated) {
      const record = this.#book.sessions.get(session);
      if (record) this.#remove(record, 'replaced');
    }
  }

  #announceEntry(record: SessionRecord): void {
    const before = this.#book.sessions.get(record.session);
    const change = before ? differenceOf(before, record) : null;
    if (!before) this.#announcer.note({ kind: 'joined', entry: entryOf(record) });
    else if (change) this.#announcer.note({ kind: 'changed', change });
  }

  /** A frame of a member. */
  #serve(
    connection: RoomConnection,
    record: SessionRecord,
    message: ClientMessage,
  ): Promise<void> | void {
    const rate = rateOf(message);
    const waitMs = rate ? this.#meters.take(rate, record.session, this.#ports.clock.now()) : 0;
    if (waitMs > 0) {
      const ref = refOf(message);
      const fault = {
        code: 'rate-limited',
        detail: `too many ${rate}`,
        ...(ref && { ref }),
      } as const;
      return this.#refuse(connection, fault, waitMs);
    }
    switch (message.type) {
      case 'signal': {
        const relayed = relaySignal(this.#book, record.session, message);
        if (!relayed.ok) return this.#refuse(connection, relayed.fault);
        return this.#deliverFrom(record, relayed.delivery);
      }
      case 'chat.send':
        return this.#say(connection, record, message);
      case 'chat.history':
        return this.#showHistory(connection, message);
      case 'typing':
        return this.#deliverFrom(record, relayTyping(this.#book, record.session, message.on));
      case 'presence.set':
        return this.#update(record, applyPresence(this.#book, record, message));
      case 'roster.get':
        return this.#sendRoster(connection, record);
      case 'ping':
        return connection.send(HEARTBEAT_REPLY);
      case 'leave':
        return this.#remove(record, 'left', 1000, 'goodbye');
      case 'hello':
        return this.#refuse(connection, { code: 'out-of-order', detail: 'hello was said' });
    }
  }

  async #say(
    connection: RoomConnection,
    author: SessionRecord,
    send: ChatSendMessage,
  ): Promise<void> {
    const { clock, log } = this.#ports;
    const said = await this.#history.append(author, send, clock.now()).catch((error: unknown) => {
      log.warn('not-stored', { error: String(error) });
    });
    if (!said) {
      const detail = 'the room could not store it; send it again with the same id';
      return this.#refuse(connection, { code: 'not-stored', detail, ref: send.id });
    }
    post(connection, { type: 'chat.ack', id: send.id, ...said.receipt });
    if (!said.message) return;
    const to = listeners(this.#book, author.session);
    this.#deliverFrom(author, { to, message: { type: 'chat.message', message: said.message } });
  }

  async #showHistory(connection: RoomConnection, request: ChatHistoryMessage): Promise<void> {
    const page = await this.#history.page(request.before, request.limit);
    post(connection, { type: 'chat.page', ref: request.ref, ...page });
  }

  #sendRoster(connection: RoomConnection, record: SessionRecord): void {
    this.#announcer.noteTold(record.session);
    const peers = rosterOf(this.#book);
    post(connection, { type: 'roster', seq: this.#announcer.seq, peers });
  }

  #update(before: SessionRecord, after: SessionRecord): void {
    const change = differenceOf(before, after);
    if (!change) return;
    this.#keep(after);
    this.#announcer.note({ kind: 'changed', change });
  }

  /** Its socket broke: it keeps its place for a while (EN-5). */
  #lose(record: SessionRecord): void {
    const now = this.#ports.clock.now();
    this.#update(record, { ...record, lostAt: now });
    this.#attendance.awaitReturn(now);
  }

  #remove(record: SessionRecord, reason: Departure, code?: number, text = ''): void {
    const connection = this.#attendance.get(record.connection);
    this.#book = removeSession(this.#book, record.session);
    this.#sessions.remove(record.session);
    this.#meters.forget(record.session);
    this.#announcer.note({ kind: 'left', departed: { session: record.session, reason } });
    if (connection && code !== undefined) this.#close(connection, code, text);
    if (this.#book.sessions.size === 0)
      this.#ports.log.info('room-empty', { room: this.#ports.name() });
  }

  #keep(record: SessionRecord): void {
    this.#book = putSession(this.#book, record);
    this.#sessions.save(record);
  }

  /** Tells one frame of presence, and writes its number down. */
  #tell(common: PresenceMessage, own: ReadonlyMap<string, PresenceMessage>): boolean {
    const told = tellPresence(this.#book, this.#attendance, common, own);
    this.#sessions.saveCounters({ seq: common.seq, calls: this.#book.calls });
    return told > 0;
  }

  #deliverFrom(sender: SessionRecord, delivery: Delivery): void {
    this.#announcer.ensureTold(sender.session);
    deliver(this.#book, this.#attendance, delivery);
  }

  /** Says what was wrong; whoever goes on like that is put out (LI-4, UN-1). */
  #refuse(connection: RoomConnection, fault: Fault, retryAfterMs?: number): void {
    if (this.#meters.take('faults', connection.id, this.#ports.clock.now()) === 0) {
      const after = retryAfterMs === undefined ? {} : { retryAfterMs };
      return post(connection, { type: 'error', ...fault, ...after });
    }
    const record = this.#book.sessions.get(connection.note.session ?? '');
    if (record) this.#remove(record, 'removed');
    this.#close(connection, CLOSE.flood, 'too much, too fast');
  }

  #turnAway(connection: RoomConnection, fault: Fault, code: number): void {
    post(connection, { type: 'error', ...fault });
    this.#close(connection, code, fault.code);
  }

  /** Nothing that still arrives from it is heard. */
  #close(connection: RoomConnection, code: number, reason: string): void {
    this.#forget(connection.id);
    connection.close(code, reason);
  }

  #forget(id: string): void {
    this.#attendance.delete(id);
    this.#meters.forget(id);
  }
}
