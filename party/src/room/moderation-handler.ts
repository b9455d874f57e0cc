/** Where hosts have their way (MO-2). Whether somebody may is asked before they come here. */
import { CLOSE, type Fault, type ModerateMessage } from '@rtc-elements/protocol';

import type { AccessControl } from './access-control.js';
import type { Roster } from './roster.js';
import type { RoomConnection } from '../ports.js';
import { post } from './send.js';
import type { Refuse } from './room-handler.js';
import { moderate } from '../rules/moderation.js';
import type { SessionRecord } from '../rules/room-book.js';

/** Who is meant, where somebody is. */
const NOT_HERE: Pick<Fault, 'code' | 'detail'> = { code: 'not-found', detail: 'nobody like that' };

export class ModerationHandler {
  readonly #members: Roster;
  readonly #door: AccessControl;
  readonly #refuse: Refuse;
  /** Puts everybody out. */
  readonly #closeRoom: () => void;

  constructor(members: Roster, door: AccessControl, refuse: Refuse, closeRoom: () => void) {
    this.#members = members;
    this.#door = door;
    this.#refuse = refuse;
    this.#closeRoom = closeRoom;
  }

  moderate(connection: RoomConnection, message: ModerateMessage): void {
    const { ref } = message;
    if (!this.#carryOut(message)) return this.#refuse(connection, { ...NOT_HERE, ref });
    post(connection, { type: 'done', ref });
  }

  /** `false`: whoever is meant is not here. */
  #carryOut(message: ModerateMessage): boolean {
    switch (message.action) {
      case 'mute':
      case 'lower-hand':
      case 'role':
        return this.#with(message.session, (record) =>
          this.#members.update(record, moderate(record, message)),
        );
      case 'remove':
        return this.#with(message.session, (record) =>
          this.#members.remove(record, 'removed', { code: CLOSE.removed, text: 'by a host' }),
        );
      case 'ban':
        return this.#ban(message.user);
      case 'unban':
        this.#door.unban(message.user);
        return true;
      case 'lock':
        this.#door.lock(message.on);
        return true;
      case 'admit':
        return this.#door.admit(message.session);
      case 'deny':
        return this.#door.deny(message.session);
      case 'close':
        this.#closeRoom();
        return true;
    }
  }

  #with(session: string, task: (record: SessionRecord) => void): boolean {
    const record = this.#members.book.sessions.get(session);
    if (record) task(record);
    return record !== undefined;
  }

  /** Also of somebody who is not here now, and may be back. */
  #ban(user: string): boolean {
    const theirs = [...this.#members.book.sessions.values()].filter((one) => one.user === user);
    const waiting = this.#door.door.waiting.find((one) => one.user === user);
    this.#door.ban(user, theirs[0]?.name ?? waiting?.name ?? user);
    for (const record of theirs) {
      this.#members.remove(record, 'banned', { code: CLOSE.banned, text: 'by a host' });
    }
    return true;
  }
}
