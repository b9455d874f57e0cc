/**
 * One room: events in, deliveries and writes out. Carries out what `rules/` decide, with a desk for
 * each kind of business; knows of no runtime (`hosts/` do) and runs in memory in tests.
 */
import {
  type ClientMessage,
  CLOSE,
  type Decoded,
  decodeClientMessage,
  type Fault,
  HEARTBEAT_REPLY,
  LIMITS,
  TIMES,
} from '@rtc-elements/protocol';

import type { RoomAnswer } from './http-answer.js';
import { Connections } from './connections.js';
import { ChatHandler } from './chat-handler.js';
import { Metrics } from './metrics.js';
import { AccessControl } from './access-control.js';
import { HistoryStore } from '../storage/history-store.js';
import { awaken } from '../storage/wake.js';
import { JoinHandler } from './join-handler.js';
import { HttpHandler, type RoomRequest } from './http-handler.js';
import { IceHandler } from './ice-handler.js';
import { Roster } from './roster.js';
import { RateLimiters } from './rate-limiters.js';
import { ModerationHandler } from './moderation-handler.js';
import type { RoomConnection, RoomPorts } from '../ports.js';
import { post } from './send.js';
import { isAllowed } from '../rules/permissions.js';
import { changePresence } from '../rules/presence.js';
import { rateOf, refOf } from '../rules/rate-limit.js';
import { relaySignal } from '../rules/relay.js';
import { isReachable, rosterOf, type SessionRecord } from '../rules/room-book.js';
import { EMPTY_STATE } from '../rules/shared-state.js';
import { relayTyping } from '../rules/typing.js';
import { StateHandler } from './state-handler.js';

export class EdgeRoom {
  readonly #ports: RoomPorts;
  readonly #attendance: Connections;
  readonly #members: Roster;
  readonly #door: AccessControl;
  readonly #history: HistoryStore;
  readonly #chat: ChatHandler;
  readonly #state: StateHandler;
  readonly #ice: IceHandler;
  readonly #moderation: ModerationHandler;
  readonly #front: HttpHandler;
  readonly #entrance: JoinHandler;
  readonly #busy = new Map<string, Promise<void>>();
  readonly #meters = new RateLimiters();
  readonly #counters: Metrics;

  constructor(ports: RoomPorts) {
    this.#ports = ports;
    this.#attendance = new Connections(ports.clock, ports.store);
    this.#counters = new Metrics(ports.clock.now());
    const close = this.#close.bind(this);
    const refuse = this.#refuse.bind(this);
    this.#members = new Roster(ports, this.#attendance, {
      close,
      onGone: (record) => this.#onGone(record),
      onHost: (record) => this.#door.tell(record),
    });
    this.#door = new AccessControl(ports, this.#attendance, this.#members, {
      close,
      letIn: (connection, hello) => {
        const enter = () => this.#entrance.enter(connection, hello, true);
        void this.#inOrder(connection.id, enter);
      },
    });
    this.#history = new HistoryStore(ports.store, ports.settings.limits.historyMessages);
    this.#chat = new ChatHandler(ports, this.#members, this.#history, refuse);
    this.#state = new StateHandler(ports, this.#members, refuse);
    this.#ice = new IceHandler(ports, this.#door, this.#meters, refuse);
    this.#moderation = new ModerationHandler(this.#members, this.#door, refuse, () =>
      this.#empty(),
    );
    this.#entrance = new JoinHandler({
      ports,
      members: this.#members,
      attendance: this.#attendance,
      door: this.#door,
      history: this.#history,
      state: this.#state,
      counters: this.#counters,
      close,
      turnAway: this.#turnAway.bind(this),
      rearm: this.#rearm.bind(this),
    });
    this.#front = new HttpHandler({
      ports,
      members: this.#members,
      door: this.#door,
      history: this.#history,
      state: this.#state,
      ice: this.#ice,
      meters: this.#meters,
      counters: this.#counters,
      sockets: () => this.#attendance.size,
      erase: () => this.#erase(),
    });
  }

  /** Before any event: takes up storage and the sockets that are open (EN-5). */
  async wake(connections: readonly RoomConnection[]): Promise<void> {
    const [{ records, counters }, { door, knocks }, state] = await Promise.all([
      this.#members.load(),
      this.#door.load(),
      this.#state.load(),
    ]);
    const { book, lost, stray } = awaken(records, counters, connections, this.#ports.clock.now());
    for (const connection of connections) this.#attendance.add(connection);
    this.#members.start(book, counters, lost);
    this.#door.start(door, knocks);
    this.#state.start(state);
    if (connections.length > 0) {
      this.#ports.log.info('room-wake', { room: this.#ports.name(), sockets: connections.length });
    }
    for (const connection of stray) this.#close(connection, CLOSE.retryLater, 'join again');
    this.#rearm();
  }

  /** A socket opens; `readHello` reads the `hello` that came with it (EN-10). Never rejects. */
  open(connection: RoomConnection, readHello?: () => Promise<string>): Promise<void> | void {
    const { id, note } = connection;
    const { openedAt, address } = note;
    this.#attendance.add(connection);
    if (address !== null && this.#meters.take('joins', address, openedAt) > 0) {
      return this.#close(connection, CLOSE.retryLater, 'too many joins from this address');
    }
    // Sockets that never say hello must not add up either.
    if (this.#attendance.size > this.#ports.settings.limits.members + LIMITS.members) {
      return this.#close(connection, CLOSE.retryLater, 'too many connections');
    }
    const awaitHello = (): void => this.#attendance.awaitHello(openedAt);
    if (!readHello) return awaitHello();
    return this.#inOrder(id, async () => {
      await this.#take(id, await readHello());
      // Only now, as an alarm is a write to the disk, and most often there is nothing to wait for.
      if (this.#attendance.get(id)?.note.session === null) awaitHello();
    });
  }

  /** A frame has arrived. Frames of one socket are worked off in order. Never rejects. */
  receive(id: string, data: unknown): Promise<void> {
    return this.#inOrder(id, () => {
      const connection = this.#attendance.get(id);
      if (connection) this.#attendance.noteSeen(connection);
      return this.#take(id, data);
    });
  }

  /** A socket has closed, for whatever reason. */
  closed(connection: RoomConnection, code: number): void {
    const { id } = connection;
    this.#forget(id);
    const record = this.#members.of(connection);
    if (!record || record.connection !== id) return;
    // EN-10: of a session that began with this socket's request, its client may never have heard.
    const isNews = record.joinedAt >= connection.note.openedAt;
    if (code === 1000 || code === 1001) this.#members.remove(record, 'left');
    else if (isNews && !this.#attendance.hasHeard(connection)) this.#members.remove(record, 'lost');
    else if (isReachable(record)) this.#members.lose(record);
    this.#members.announcer.settle();
  }

  /** The alarm rang: sweeps, and sets the next (EN-3, EN-5, MO-3, PR-3). */
  alarm(): void {
    this.#door.sweep();
    const { speechless, gone } = this.#attendance.rang(this.#members.book, this.#door.door);
    for (const id of speechless) {
      const connection = this.#attendance.get(id);
      if (connection) this.#close(connection, CLOSE.idle, 'no hello in time');
    }
    for (const { session, reason } of gone) {
      const record = this.#members.book.sessions.get(session);
      const ending = { code: CLOSE.idle, text: 'silent for too long' } as const;
      if (record) this.#members.remove(record, reason, ending);
    }
    this.#members.announcer.settle();
  }

  /** A request over HTTP that the edge let through. */
  request(request: RoomRequest): Promise<RoomAnswer> {
    return this.#front.answer(request);
  }

  /** Resolves when nothing is being worked on. */
  async idle(): Promise<void> {
    while (this.#busy.size > 0) await Promise.all(this.#busy.values());
  }

  /** After whatever else the socket `id` still has under way. */
  #inOrder(id: string, task: () => Promise<void> | undefined): Promise<void> {
    const before = this.#busy.get(id);
    const work = before ? before.then(task) : task();
    if (!work) return Promise.resolve();
    const done = work
      .catch((error: unknown) => this.#ports.log.warn('event-failed', { error: String(error) }))
      .finally(() => {
        this.#members.announcer.settle();
        if (this.#busy.get(id) === done) this.#busy.delete(id);
      });
    this.#busy.set(id, done);
    return done;
  }

  #take(id: string, data: unknown): Promise<void> | undefined {
    const connection = this.#attendance.get(id);
    if (!connection) return undefined;
    const decoded = decodeClientMessage(data);
    const record = this.#members.of(connection);
    if (!record) return this.#greet(connection, decoded);
    const work = decoded.ok
      ? this.#serve(connection, record, decoded.message)
      : this.#refuse(connection, decoded.fault);
    this.#members.announcer.settle();
    return work ?? undefined;
  }

  /** The first frame of a socket: `hello`, or the end of it (EN-3). */
  #greet(connection: RoomConnection, decoded: Decoded<ClientMessage>): Promise<void> | undefined {
    if (!decoded.ok) {
      const close = decoded.fault.code === 'too-big' ? CLOSE.tooBig : CLOSE.badMessage;
      this.#turnAway(connection, decoded.fault, close);
    } else if (decoded.message.type === 'ping') connection.send(HEARTBEAT_REPLY);
    else if (decoded.message.type === 'hello' && !this.#door.isWaiting(connection)) {
      return this.#entrance.enter(connection, decoded.message, false);
    } else if (decoded.message.type === 'leave') {
      this.#close(connection, 1000, 'goodbye');
    } else {
      const detail = 'the first frame is hello, and then comes a welcome';
      this.#turnAway(connection, { code: 'out-of-order', detail }, CLOSE.badMessage);
    }
    return undefined;
  }

  /** A frame of a member: within its rate, within its rights, and to its desk. */
  #serve(
    connection: RoomConnection,
    record: SessionRecord,
    message: ClientMessage,
  ): Promise<void> | void {
    const waitMs = this.#measure(record, message);
    const ref = refOf(message);
    if (waitMs > 0) {
      const fault = { code: 'rate-limited', detail: 'too much, too fast' } as const;
      return this.#refuse(connection, { ...fault, ...(ref && { ref }) }, waitMs);
    }
    if (!isAllowed(record, message)) {
      const fault = { code: 'forbidden', detail: `not for a ${record.role}` } as const;
      return this.#refuse(connection, { ...fault, ...(ref && { ref }) });
    }
    return this.#workOff(connection, record, message);
  }

  #workOff(
    connection: RoomConnection,
    record: SessionRecord,
    message: ClientMessage,
  ): Promise<void> | void {
    const members = this.#members;
    switch (message.type) {
      case 'signal': {
        const relayed = relaySignal(members.book, record.session, message);
        if (!relayed.ok) return this.#refuse(connection, relayed.fault);
        return members.deliverFrom(record, relayed.delivery);
      }
      case 'chat.send':
        return this.#chat.say(connection, record, message);
      case 'chat.edit':
      case 'chat.delete':
      case 'chat.react':
        return this.#chat.revise(connection, record, message);
      case 'chat.history':
        return this.#chat.show(connection, message);
      case 'chat.search':
        return this.#chat.search(connection, message);
      case 'typing':
        return members.deliverFrom(record, relayTyping(members.book, record.session, message.on));
      case 'presence.set':
        return members.update(
          record,
          changePresence(members.book, record, message, this.#history.seq),
        );
      case 'roster.get':
        return this.#sendRoster(connection, record);
      case 'moderate':
        return this.#moderation.moderate(connection, message);
      case 'state.set':
        return this.#state.set(connection, record, message);
      case 'ice.get':
        return this.#ice.renew(connection, record, message);
      case 'ping':
        return connection.send(HEARTBEAT_REPLY);
      case 'leave':
        return members.remove(record, 'left', { code: 1000, text: 'goodbye' });
      case 'hello':
        return this.#refuse(connection, { code: 'out-of-order', detail: 'hello was said' });
    }
  }

  /** 0: within the rates of the session and of its user (LI-4). Otherwise: not for so long. */
  #measure({ session, user }: SessionRecord, message: ClientMessage): number {
    const rate = rateOf(message);
    if (!rate) return 0;
    this.#counters.count(rate === 'signals' ? 'signals' : 'frames');
    const now = this.#ports.clock.now();
    const waitMs = this.#meters.take(rate, session, now);
    if (waitMs > 0 || rate === 'signals') return waitMs;
    const own = this.#meters.take('userMessages', user, now);
    return own > 0 || message.type !== 'chat.search'
      ? own
      : this.#meters.take('searches', user, now);
  }

  #sendRoster(connection: RoomConnection, record: SessionRecord): void {
    const { announcer, book } = this.#members;
    announcer.noteTold(record.session);
    post(connection, { type: 'roster', seq: announcer.seq, peers: rosterOf(book) });
  }

  /** Says what was wrong; whoever goes on like that is put out for a while (LI-4, UN-1). */
  #refuse(connection: RoomConnection, fault: Fault, retryAfterMs?: number): void {
    if (this.#meters.take('faults', connection.id, this.#ports.clock.now()) === 0) {
      const after = retryAfterMs === undefined ? {} : { retryAfterMs };
      return post(connection, { type: 'error', ...fault, ...after });
    }
    const record = this.#members.of(connection);
    if (record) this.#door.coolDown(record.user);
    this.#counters.count('floods');
    this.#ports.log.warn('flood', { room: this.#ports.name() });
    const flood = { code: 'rate-limited', detail: 'too much, too fast' } as const;
    this.#turnAway(connection, flood, CLOSE.flood, TIMES.floodMs);
    if (record) this.#members.remove(record, 'removed');
  }

  #turnAway(connection: RoomConnection, fault: Fault, code: number, retryAfterMs?: number): void {
    const after = retryAfterMs === undefined ? {} : { retryAfterMs };
    post(connection, { type: 'error', ...fault, ...after });
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
    this.#door.forget(id);
  }

  #onGone({ session }: SessionRecord): void {
    this.#meters.forget(session);
    if (this.#members.book.sessions.size > 0) return;
    this.#ports.log.info('room-empty', { room: this.#ports.name() });
    // Nobody is left to open it (MO-3).
    this.#door.lock(false);
  }

  #rearm(): void {
    this.#attendance.rearm(this.#members.book, this.#door.door);
  }

  /** Everybody out; whoever comes next finds the room open (MO-2). */
  #empty(): void {
    this.#door.clear();
    for (const record of [...this.#members.book.sessions.values()]) {
      this.#members.remove(record, 'removed', { code: CLOSE.room, text: 'closed' });
    }
  }

  /** Everybody out, and nothing remembered. */
  async #erase(): Promise<void> {
    this.#empty();
    this.#door.reset();
    await this.idle();
    await this.#ports.store.clear();
    this.#history.forget();
    this.#state.start(EMPTY_STATE);
    this.#ports.log.info('room-erased', { room: this.#ports.name() });
    this.#rearm();
  }
}
