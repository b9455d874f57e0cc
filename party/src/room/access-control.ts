/** Controls who may enter a room: the waiting room, the lock, bans and cool-downs (MO-2, MO-3, LI-4). */
import { CLOSE, type HelloMessage } from '@rtc-elements/protocol';

import type { RoomConnection, RoomPorts } from '../ports.js';
import {
  accessMessage,
  addWaiting,
  ban,
  coolDown,
  isWorthTelling,
  OPEN_ACCESS,
  overdueWaiting,
  removeWaiting,
  type RoomAccess,
  unban,
} from '../rules/access.js';
import type { Identity } from '../rules/admit.js';
import { may } from '../rules/permissions.js';
import type { SessionRecord } from '../rules/room-book.js';
import { AccessStore, type JoinRequest } from '../storage/access-store.js';
import type { Connections } from './connections.js';
import type { Roster } from './roster.js';
import { send } from './send.js';

export interface AccessControlContext {
  readonly ports: RoomPorts;
  readonly connections: Connections;
  readonly roster: Roster;
  /** Lets somebody in from the waiting room, with the `hello` of their join request. */
  readonly onAdmitted: (connection: RoomConnection, hello: HelloMessage) => void;
}

export class AccessControl {
  readonly #context: AccessControlContext;
  readonly #store: AccessStore;
  /** The `hello` of everybody in the waiting room, by session. */
  readonly #hellos = new Map<string, HelloMessage>();
  #access: RoomAccess = OPEN_ACCESS;

  constructor(context: AccessControlContext) {
    this.#context = context;
    this.#store = new AccessStore(context.ports.store);
  }

  get access(): RoomAccess {
    return this.#access;
  }

  load(): ReturnType<AccessStore['load']> {
    return this.#store.load();
  }

  /** Restores the state from before a sleep, without the join requests whose socket has closed since. */
  start(access: RoomAccess, requests: readonly JoinRequest[]): void {
    this.#access = access;
    for (const { person, hello } of requests) {
      if (!this.#context.connections.get(person.session)) this.#store.remove(person.session);
      else {
        this.#access = addWaiting(this.#access, person);
        this.#hellos.set(person.session, hello);
      }
    }
  }

  isWaiting(connection: RoomConnection): boolean {
    return this.#hellos.has(connection.id);
  }

  /**
   * Takes a join request, which replaces the one that the user has. Its early offers are dropped: they would be
   * stale once a host admits it.
   */
  addRequest(
    connection: RoomConnection,
    { offers: _, ...hello }: HelloMessage,
    identity: Identity,
  ): void {
    const { user } = identity;
    const former = this.#access.waiting.find((one) => one.user === user);
    const since = former?.since ?? this.#context.ports.clock.now();
    const person = { session: connection.id, user, name: identity.name ?? hello.name, since };
    this.#hellos.set(connection.id, hello);
    this.#store.add({ person, hello });
    send(connection, { type: 'wait' });
    this.#update(addWaiting(removeWaiting(this.#access, former?.session ?? ''), person));
    if (former) this.#closeFormer(former.session);
  }

  /** The person waits in another socket from now on. */
  #closeFormer(session: string): void {
    const { connections } = this.#context;
    const connection = connections.get(session);
    this.#hellos.delete(session);
    this.#store.remove(session);
    if (connection) {
      connections.close(connection, CLOSE.replaced, 'the knock goes on in another connection');
    }
  }

  /** Admits a join request. `false` if there is none for `session`. */
  admit(session: string): boolean {
    const connection = this.#context.connections.get(session);
    const hello = this.#hellos.get(session);
    if (!connection || !hello) return false;
    this.forget(session);
    this.#context.onAdmitted(connection, hello);
    return true;
  }

  /** Denies a join request and closes its socket. `false` if there is none for `session`. */
  deny(session: string, code: number = CLOSE.locked, text = 'nobody let you in'): boolean {
    const { connections } = this.#context;
    const connection = connections.get(session);
    if (!connection || !this.#hellos.has(session)) return false;
    this.forget(session);
    connections.close(connection, code, text);
    return true;
  }

  /** Drops the join request of `session`, if there is one. */
  forget(session: string): void {
    if (!this.#hellos.delete(session)) return;
    this.#store.remove(session);
    this.#update(removeWaiting(this.#access, session));
  }

  /** Locks the room, or unlocks it and admits everybody who waits. */
  lock(on: boolean): void {
    if (this.#access.locked === on) return;
    this.#update({ ...this.#access, locked: on });
    if (!on) for (const { session } of this.#access.waiting) this.admit(session);
  }

  ban(user: string, name: string): void {
    for (const person of this.#access.waiting) {
      if (person.user === user) this.deny(person.session, CLOSE.banned, 'a host keeps you out');
    }
    this.#update(ban(this.#access, { user, name }));
  }

  unban(user: string): void {
    this.#update(unban(this.#access, user));
  }

  /** Keeps out a user who flooded the room (LI-4). */
  coolDown(user: string): void {
    this.#access = coolDown(this.#access, user, this.#context.ports.clock.now());
    this.#store.save(this.#access);
  }

  /** Denies the join requests that no host answered in time. */
  denyOverdue(): void {
    for (const { session } of overdueWaiting(this.#access, this.#context.ports.clock.now())) {
      this.deny(session);
    }
  }

  /** Denies every join request and unlocks the room. */
  clear(): void {
    for (const { session } of this.#access.waiting) this.deny(session, CLOSE.room, 'closed');
    this.lock(false);
  }

  /**
   * Nobody is left to unlock the room (MO-3) or, unless tokens say who may moderate, to end a ban. Whoever
   * comes next is not bound by what somebody decided who is gone.
   */
  release(): void {
    if (!this.#context.ports.settings.asksForTokens && this.#access.banned.length > 0) {
      this.#update({ ...this.#access, banned: [] });
    }
    this.lock(false);
  }

  /** Forgets the bans and cool-downs as well, as in a new room. */
  reset(): void {
    this.#access = OPEN_ACCESS;
  }

  /** Tells a newcomer or a new host who may enter, if anything is restricted. */
  tell(record: SessionRecord): void {
    const forHost = may(record, 'moderate');
    const connection = this.#context.roster.connectionOf(record);
    if (connection && isWorthTelling(this.#access, forHost)) {
      send(connection, accessMessage(this.#access, forHost));
    }
  }

  /** Stores the new state. Everybody is told of the lock, only hosts of the rest. */
  #update(access: RoomAccess): void {
    const wasLocked = this.#access.locked;
    this.#access = access;
    this.#store.save(access);
    const forHosts = accessMessage(access, true);
    const { roster } = this.#context;
    if (wasLocked !== access.locked) roster.broadcast(accessMessage(access, false), forHosts);
    else roster.sendToHosts(forHosts);
  }
}
