/** The way in: from `hello` to `welcome`, to a place at the door, or to a close (EN-3, EN-5, MO-3). */
import { CLOSE, type Fault, type HelloMessage } from '@rtc-elements/protocol';

import type { Connections } from './connections.js';
import type { Metrics } from './metrics.js';
import type { AccessControl } from './access-control.js';
import type { HistoryStore } from '../storage/history-store.js';
import type { Roster } from './roster.js';
import type { IssuedIceServers, RoomConnection, RoomPorts } from '../ports.js';
import { post } from './send.js';
import { admit, type Admission, checkVersion, type Identity } from '../rules/admit.js';
import { handOutOffers } from '../rules/relay.js';
import { entryOf, rosterOf } from '../rules/room-book.js';
import type { StateHandler } from './state-handler.js';

/** What it asks of the room behind it. */
export interface JoinHandlerContext {
  readonly ports: RoomPorts;
  readonly members: Roster;
  readonly attendance: Connections;
  readonly door: AccessControl;
  readonly history: HistoryStore;
  readonly state: StateHandler;
  readonly counters: Metrics;
  close(connection: RoomConnection, code: number, reason: string): void;
  turnAway(connection: RoomConnection, fault: Fault, code: number, retryAfterMs?: number): void;
  /** Deadlines have changed. */
  rearm(): void;
}

type Joining = Extract<Admission, { kind: 'joined' | 'resumed' }> & IssuedIceServers;

export class JoinHandler {
  readonly #side: JoinHandlerContext;

  constructor(side: JoinHandlerContext) {
    this.#side = side;
  }

  /** `isAdmitted`: a host has let them in. */
  async enter(connection: RoomConnection, hello: HelloMessage, isAdmitted: boolean): Promise<void> {
    const { ports, members, attendance, door, counters, close, turnAway } = this.#side;
    const fault = checkVersion(hello);
    if (fault) return turnAway(connection, fault, CLOSE.badMessage);
    const known = await this.#learn(connection, hello);
    if (!attendance.get(connection.id)) return;
    if (!known) return close(connection, CLOSE.retryLater, 'the room could not be read');
    const { identity, grant } = known;
    const admission = admit(members.book, door.door, {
      hello,
      identity,
      connection: connection.id,
      now: ports.clock.now(),
      members: ports.settings.limits.members,
      isAdmitted,
    });
    switch (admission.kind) {
      case 'refused':
        counters.count('refusals');
        return turnAway(connection, admission.fault, admission.close, admission.retryAfterMs);
      case 'waiting':
        door.letWait(connection, hello, identity);
        return this.#side.rearm();
      case 'joined':
      case 'resumed':
        return this.#welcome(connection, hello, { ...admission, ...grant });
    }
  }

  /** Who it is, and what they will need; `null`: not to be had now. */
  async #learn(
    connection: RoomConnection,
    hello: HelloMessage,
  ): Promise<{ identity: Identity; grant: IssuedIceServers } | null> {
    const { iceGrants, identify, log, name } = this.#side.ports;
    const identified = identify(name(), hello, connection.note);
    const granted = identified.then(({ user }) => iceGrants.grant(user, connection.note));
    try {
      const [identity, grant] = await Promise.all([identified, granted, this.#side.history.load()]);
      return { identity, grant };
    } catch (error) {
      log.warn('enter-failed', { error: String(error) });
      return null;
    }
  }

  /** Nothing is awaited here, so nobody sees a half of it. */
  #welcome(connection: RoomConnection, hello: HelloMessage, joining: Joining): void {
    const { members, counters, ports, door, history, state } = this.#side;
    const { clock, name, settings } = ports;
    const { record, kind, iceServers, ttlMs } = joining;
    this.#makeWay(joining);
    if (members.book.sessions.size === 0) ports.log.info('room-open', { room: name() });
    const offers = kind === 'joined' ? (hello.offers ?? []) : [];
    const handed = handOutOffers(members.book, record, offers, settings.limits.meshMembers);
    members.announceEntry(record);
    // Others see the newcomer before they hear from it; it hears of itself in `welcome` alone.
    if (handed.deliveries.length > 0) members.announcer.flush();
    else members.announcer.settle();
    // The first words of a link go before our own: everything else waits for them.
    for (const delivery of handed.deliveries) members.deliver(delivery);
    connection.setNote({ ...connection.note, session: record.session });
    members.keep(record);
    members.announcer.noteTold(record.session);
    counters.count(kind === 'joined' ? 'joins' : 'resumes');
    post(connection, {
      type: 'welcome',
      session: record.session,
      resumed: kind === 'resumed',
      you: entryOf(record),
      peers: rosterOf(members.book, record.session),
      seq: members.announcer.seq,
      room: name(),
      iceServers,
      ...(ttlMs !== null && { iceTtlMs: ttlMs }),
      chat: history.welcome(hello),
      limits: settings.limits,
      serverTime: clock.now(),
      ...(hello.offers && { offers: hello.offers.map((_, index) => handed.takers[index] ?? null) }),
    });
    state.tell(connection, kind === 'resumed');
    door.tell(record);
    this.#side.rearm();
  }

  /** Closes what a session leaves behind as it comes in. */
  #makeWay({ replaced, outdated }: Joining): void {
    const { attendance, close, members } = this.#side;
    const former = replaced === null ? undefined : attendance.get(replaced);
    if (former) close(former, CLOSE.replaced, 'this session goes on in another connection');
    for (const session of outdated) {
      const record = members.book.sessions.get(session);
      if (record) members.remove(record, 'replaced');
    }
  }
}
