/** Carries out what hosts do to others and to the room (MO-2). The caller has checked their rights. */
import {
  CLOSE,
  encode,
  type Fault,
  type ModerateMessage,
  utf8Length,
} from '@rtc-elements/protocol';

import type { RoomConnection } from '../ports.js';
import { accessMessage } from '../rules/access.js';
import { moderate } from '../rules/moderation.js';
import type { SessionRecord } from '../rules/room-book.js';
import type { AccessControl } from './access-control.js';
import type { FaultHandler } from './fault-handler.js';
import type { Roster } from './roster.js';
import { send } from './send.js';

/** What hosts are told of with the whole list of who is banned and who waits. */
const CHANGES_ACCESS = new Set<ModerateMessage['action']>([
  'ban',
  'unban',
  'lock',
  'admit',
  'deny',
]);

/** The answer if the session in question is not here. */
const NOT_HERE: Pick<Fault, 'code' | 'detail'> = { code: 'not-found', detail: 'nobody like that' };

export class ModerationHandler {
  readonly #roster: Roster;
  readonly #accessControl: AccessControl;
  readonly #faults: FaultHandler;
  /** Removes everybody and unlocks the room. */
  readonly #closeRoom: () => void;

  constructor(
    roster: Roster,
    accessControl: AccessControl,
    faults: FaultHandler,
    closeRoom: () => void,
  ) {
    this.#roster = roster;
    this.#accessControl = accessControl;
    this.#faults = faults;
    this.#closeRoom = closeRoom;
  }

  /** Returns how many bytes were sent because of it. */
  moderate(connection: RoomConnection, message: ModerateMessage): number {
    const { ref } = message;
    const isDone = this.#carryOut(message);
    if (isDone) send(connection, { type: 'done', ref });
    else this.#faults.refuse(connection, { ...NOT_HERE, ref });
    return CHANGES_ACCESS.has(message.action) ? this.#accessBytes() : 0;
  }

  #accessBytes(): number {
    return utf8Length(encode(accessMessage(this.#accessControl.access, true)));
  }

  /** `false` if the session in question is not here. */
  #carryOut(message: ModerateMessage): boolean {
    switch (message.action) {
      case 'role':
        return this.#with(message.session, ({ user }) =>
          this.#roster.assignRole(user, message.role),
        );
      case 'mute':
      case 'lower-hand':
        return this.#with(message.session, (record) =>
          this.#roster.update(record, moderate(record, message)),
        );
      case 'remove':
        return this.#with(message.session, (record) =>
          this.#roster.remove(record, 'removed', { code: CLOSE.removed, text: 'by a host' }),
        );
      case 'ban':
        return this.#ban(message.user);
      case 'unban':
        this.#accessControl.unban(message.user);
        return true;
      case 'lock':
        this.#accessControl.lock(message.on);
        return true;
      case 'admit':
        return this.#accessControl.admit(message.session);
      case 'deny':
        return this.#accessControl.deny(message.session);
      case 'close':
        this.#closeRoom();
        return true;
    }
  }

  #with(session: string, task: (record: SessionRecord) => void): boolean {
    const record = this.#roster.book.sessions.get(session);
    if (record) task(record);
    return record !== undefined;
  }

  /** Bans a user, even one who is not here now but may come back. */
  #ban(user: string): boolean {
    const theirs = [...this.#roster.book.sessions.values()].filter((one) => one.user === user);
    const waiting = this.#accessControl.access.waiting.find((one) => one.user === user);
    this.#accessControl.ban(user, theirs[0]?.name ?? waiting?.name ?? user);
    for (const record of theirs) {
      this.#roster.remove(record, 'banned', { code: CLOSE.banned, text: 'by a host' });
    }
    return true;
  }
}
