/** Keeps the door of a room: who waits at it, who is kept out, and who is told of that (MO-2, MO-3). */
import { CLOSE, type HelloMessage } from '@rtc-elements/protocol';

import type { Connections } from './connections.js';
import { AccessStore, type JoinRequest } from '../storage/access-store.js';
import type { Roster } from './roster.js';
import type { RoomConnection, RoomPorts } from '../ports.js';
import { post } from './send.js';
import type { Identity } from '../rules/admit.js';
import {
  accessOf,
  ban,
  coolDown,
  type RoomAccess,
  isPlain,
  letWait,
  OPEN_DOOR,
  stopWaiting,
  tiredOfWaiting,
  unban,
} from '../rules/access.js';
import { may } from '../rules/permissions.js';
import type { SessionRecord } from '../rules/room-book.js';

export interface AccessControlHandlers {
  /** Shuts a socket; nothing that still arrives from it is heard. */
  close(connection: RoomConnection, code: number, reason: string): void;
  /** Somebody may come in now, with the words that they knocked with. */
  letIn(connection: RoomConnection, hello: HelloMessage): void;
}

export class AccessControl {
  readonly #ports: RoomPorts;
  readonly #attendance: Connections;
  readonly #members: Roster;
  readonly #handlers: AccessControlHandlers;
  readonly #store: AccessStore;
  readonly #hellos = new Map<string, HelloMessage>();
  #door: RoomAccess = OPEN_DOOR;

  constructor(
    ports: RoomPorts,
    attendance: Connections,
    members: Roster,
    handlers: AccessControlHandlers,
  ) {
    this.#ports = ports;
    this.#attendance = attendance;
    this.#members = members;
    this.#handlers = handlers;
    this.#store = new AccessStore(ports.store);
  }

  get door(): RoomAccess {
    return this.#door;
  }

  load(): ReturnType<AccessStore['load']> {
    return this.#store.load();
  }

  /** After sleep. Whoever waited and has gone meanwhile is forgotten. */
  start(door: RoomAccess, knocks: readonly JoinRequest[]): void {
    this.#door = door;
    for (const { person, hello } of knocks) {
      if (!this.#attendance.get(person.session)) this.#store.remove(person.session);
      else {
        this.#door = letWait(this.#door, person);
        this.#hellos.set(person.session, hello);
      }
    }
  }

  isWaiting(connection: RoomConnection): boolean {
    return this.#hellos.has(connection.id);
  }

  /** Their offers would be stale by the time they come in. */
  letWait(connection: RoomConnection, { offers: _, ...hello }: HelloMessage, who: Identity): void {
    const person = {
      session: connection.id,
      user: who.user,
      name: who.name ?? hello.name,
      since: this.#ports.clock.now(),
    };
    this.#hellos.set(connection.id, hello);
    this.#store.add({ person, hello });
    post(connection, { type: 'wait' });
    this.#change(letWait(this.#door, person));
  }

  /** Lets in whoever waits as `session`. `false`: nobody does. */
  admit(session: string): boolean {
    const connection = this.#attendance.get(session);
    const hello = this.#hellos.get(session);
    if (!connection || !hello) return false;
    this.forget(session);
    this.#handlers.letIn(connection, hello);
    return true;
  }

  /** Turns away whoever waits as `session`. `false`: nobody does. */
  deny(session: string, code: number = CLOSE.locked, text = 'nobody let you in'): boolean {
    const connection = this.#attendance.get(session);
    if (!connection || !this.#hellos.has(session)) return false;
    this.forget(session);
    this.#handlers.close(connection, code, text);
    return true;
  }

  /** Whoever waited as `session` does so no more. */
  forget(session: string): void {
    if (!this.#hellos.delete(session)) return;
    this.#store.remove(session);
    this.#change(stopWaiting(this.#door, session));
  }

  lock(on: boolean): void {
    if (this.#door.locked === on) return;
    this.#change({ ...this.#door, locked: on });
    if (!on) for (const { session } of this.#door.waiting) this.admit(session);
  }

  ban(user: string, name: string): void {
    for (const one of this.#door.waiting) {
      if (one.user === user) this.deny(one.session, CLOSE.banned, 'a host keeps you out');
    }
    this.#change(ban(this.#door, { user, name }));
  }

  unban(user: string): void {
    this.#change(unban(this.#door, user));
  }

  /** Keeps somebody out who flooded the room (LI-4). */
  coolDown(user: string): void {
    this.#door = coolDown(this.#door, user, this.#ports.clock.now());
    this.#store.save(this.#door);
  }

  /** Turns away whom no host admitted in time. */
  sweep(): void {
    for (const { session } of tiredOfWaiting(this.#door, this.#ports.clock.now())) {
      this.deny(session);
    }
  }

  /** Everybody who waits goes, and the lock with them. */
  clear(): void {
    for (const { session } of this.#door.waiting) this.deny(session, CLOSE.room, 'closed');
    this.lock(false);
  }

  /** The door of a new room: nobody is kept out any more. */
  reset(): void {
    this.#door = OPEN_DOOR;
  }

  /** To a newcomer or a new host, where there is something to say. */
  tell(record: SessionRecord): void {
    const forHost = may(record, 'moderate');
    const connection = this.#members.connectionOf(record);
    if (connection && !isPlain(this.#door, forHost))
      post(connection, accessOf(this.#door, forHost));
  }

  #change(door: RoomAccess): void {
    const before = accessOf(this.#door, false);
    this.#door = door;
    this.#store.save(door);
    const forAll = accessOf(door, false);
    const forHosts = accessOf(door, true);
    if (before.locked !== forAll.locked) this.#members.tellAll(forAll, forHosts);
    else this.#members.tellHosts(forHosts);
  }
}
