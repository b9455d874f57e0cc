/** Handles `hello`: answers with `welcome`, sends to the waiting room, or closes (EN-3, EN-5, MO-3). */
import {
  ACKNOWLEDGES,
  CARRIES_DATA,
  CLOSE,
  type Fault,
  type HelloMessage,
  IGNORES_UNKNOWN,
  LINKS_DATA,
  ROOM_FEATURES,
  TAKES_PAGES,
  TIMES,
} from '@rtc-elements/protocol';

import type { IssuedIceServers, RoomConnection, RoomPorts } from '../ports.js';
import { admit, type Admission, type Identity } from '../rules/admit.js';
import { addressOf } from '../rules/counted-by.js';
import { handOutOffers } from '../rules/relay.js';
import { entryOf, rosterOf } from '../rules/room-book.js';
import type { HistoryStore } from '../storage/history-store.js';
import type { AccessControl } from './access-control.js';
import type { Connections } from './connections.js';
import type { FaultHandler } from './fault-handler.js';
import type { Metrics } from './metrics.js';
import type { RateLimiters } from './rate-limiters.js';
import type { Roster } from './roster.js';
import { send } from './send.js';
import type { StateHandler } from './state-handler.js';

export interface JoinHandlerContext {
  readonly ports: RoomPorts;
  readonly connections: Connections;
  readonly roster: Roster;
  readonly accessControl: AccessControl;
  readonly history: HistoryStore;
  readonly state: StateHandler;
  readonly faults: FaultHandler;
  readonly limiters: RateLimiters;
  readonly metrics: Metrics;
}

const UNREADABLE: Fault = { code: 'unavailable', detail: 'the room cannot be read at present' };

type Joining = Extract<Admission, { kind: 'joined' | 'resumed' }> & IssuedIceServers;

export class JoinHandler {
  readonly #context: JoinHandlerContext;

  constructor(context: JoinHandlerContext) {
    this.#context = context;
  }

  /** `isAdmitted`: a host has admitted them from the waiting room. */
  async enter(connection: RoomConnection, hello: HelloMessage, isAdmitted: boolean): Promise<void> {
    const { ports, roster, connections, accessControl, faults } = this.#context;
    const prepared = await this.#prepare(connection, hello);
    if (!connections.get(connection.id)) return;
    if (!prepared)
      return faults.turnAway(connection, UNREADABLE, CLOSE.retryLater, TIMES.unavailableMs);
    const { identity, issued } = prepared;
    const admission = admit(roster.book, accessControl.access, {
      hello,
      identity,
      connection: connection.id,
      now: ports.clock.now(),
      members: ports.settings.limits.members,
      membersPerAddress: ports.settings.membersPerAddress,
      address: addressOf(connection.note),
      waitingFromAddress: this.#countWaiting(addressOf(connection.note)),
      isAdmitted,
    });
    switch (admission.kind) {
      case 'refused': {
        const { fault: refusal, close, retryAfterMs } = admission;
        return faults.turnAway(connection, refusal, close, retryAfterMs);
      }
      case 'waiting':
        if (!this.#mayKnock(connection, identity)) return;
        accessControl.addRequest(connection, hello, identity);
        return connections.rearm(roster.book, accessControl.access);
      case 'joined':
      case 'resumed':
        return this.#welcome(connection, hello, { ...admission, ...issued });
    }
  }

  /** How many people wait who come from an address. */
  #countWaiting(address: string | null): number {
    if (address === null) return 0;
    const { accessControl, connections } = this.#context;
    return accessControl.access.waiting.filter(({ session }) => {
      const note = connections.get(session)?.note;
      return note !== undefined && addressOf(note) === address;
    }).length;
  }

  /** Hosts are told of each knock, so a user has few of them, and so has an address. */
  #mayKnock(connection: RoomConnection, { user }: Identity): boolean {
    const { faults, limiters, ports } = this.#context;
    const now = ports.clock.now();
    const address = addressOf(connection.note);
    const waitMs =
      limiters.take('knocks', user, now) ||
      (address === null ? 0 : limiters.take('knocks', address, now));
    if (waitMs === 0) return true;
    const fault = { code: 'rate-limited', detail: 'too many knocks' } as const;
    faults.turnAway(connection, fault, CLOSE.retryLater, waitMs);
    return false;
  }

  /** Everything that has to be awaited before the admission; `null` if some of it is not available. */
  async #prepare(
    connection: RoomConnection,
    hello: HelloMessage,
  ): Promise<{ identity: Identity; issued: IssuedIceServers } | null> {
    const { history, ports } = this.#context;
    const { iceServers, identify, log, name } = ports;
    const identifying = identify(name(), hello, connection.note);
    const issuing = identifying.then(({ user }) => iceServers.issue(user, connection.note));
    try {
      const [identity, issued] = await Promise.all([identifying, issuing, history.load()]);
      return { identity, issued };
    } catch (error) {
      log.warn('enter-failed', { error: String(error) });
      return null;
    }
  }

  /** Awaits nothing, so nobody sees a session that has half joined. */
  #welcome(connection: RoomConnection, hello: HelloMessage, joining: Joining): void {
    const { connections, roster, metrics, ports, accessControl, history, state } = this.#context;
    const { clock, name, settings } = ports;
    const { record, kind, iceServers, ttlMs } = joining;
    this.#closeFormer(joining);
    if (roster.book.sessions.size === 0) ports.log.info('room-open', { room: name() });
    const takers = this.#announce(hello, joining);
    const { capabilities = [] } = hello;
    const takesNew = capabilities.includes(IGNORES_UNKNOWN);
    connection.setNote({
      ...connection.note,
      session: record.session,
      takesPages: capabilities.includes(TAKES_PAGES),
      takesNew,
      ...(capabilities.includes(CARRIES_DATA) && { takesData: true }),
      ...(capabilities.includes(LINKS_DATA) && { takesLinks: true }),
    });
    roster.put(record);
    roster.broadcaster.markInformed(record.session);
    metrics.count(kind === 'joined' ? 'joins' : 'resumes');
    send(connection, {
      type: 'welcome',
      session: record.session,
      resumed: kind === 'resumed',
      you: entryOf(record),
      peers: rosterOf(roster.book, record.session),
      seq: roster.broadcaster.seq,
      room: name(),
      iceServers,
      ...(ttlMs !== null && { iceTtlMs: ttlMs }),
      chat: history.welcome(hello),
      limits: settings.limits,
      serverTime: clock.now(),
      ...(hello.offers && { offers: hello.offers.map((_, index) => takers[index] ?? null) }),
      // Clients of the first edition refuse a key that they do not know (UN-4).
      ...(takesNew && { features: ROOM_FEATURES }),
    });
    state.sendAll(connection, kind === 'resumed');
    accessControl.tell(record);
    connections.get(connection.id)?.restart(isMarked(hello));
    connections.rearm(roster.book, accessControl.access);
  }

  /**
   * Tells the others of the session, and delivers its early offers before anything else, as links wait
   * for them. Returns the taker of each offer.
   */
  #announce(hello: HelloMessage, { kind, record }: Joining): readonly (string | null)[] {
    const { ports, roster } = this.#context;
    const { meshMembers } = ports.settings.limits;
    const offers = kind === 'joined' ? (hello.offers ?? []) : [];
    const { deliveries, takers } = handOutOffers(roster.book, record, offers, meshMembers);
    roster.announceEntry(record);
    // Takers must see the newcomer before they get its offer. Its own entry comes in `welcome` only.
    if (deliveries.length > 0) roster.broadcaster.flush();
    else roster.broadcaster.settle();
    for (const delivery of deliveries) roster.deliver(delivery);
    return takers;
  }

  /** Closes the former socket of a resumed session, and removes outdated sessions of the same user. */
  #closeFormer({ replaced, outdated }: Joining): void {
    const { connections, roster } = this.#context;
    const former = replaced === null ? undefined : connections.get(replaced);
    if (former) {
      connections.close(former, CLOSE.replaced, 'this session goes on in another connection');
    }
    for (const session of outdated) {
      const record = roster.book.sessions.get(session);
      if (record) roster.remove(record, 'replaced');
    }
  }
}

/** Whether the client answers marks (FL-1). It knows that the room wants that only from `welcome.features`. */
const isMarked = ({ capabilities = [] }: HelloMessage): boolean =>
  capabilities.includes(ACKNOWLEDGES) && capabilities.includes(IGNORES_UNKNOWN);
