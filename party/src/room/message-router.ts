/** Passes each message of a member to the handler of its topic. Rates and rights are checked before. */
import {
  type AckMessage,
  type ClientMessage,
  type Fault,
  HEARTBEAT_REPLY,
  type SignalMessage,
} from '@rtc-elements/protocol';

import type { RoomConnection, RoomPorts } from '../ports.js';
import { relaySignal, relayTyping } from '../rules/relay.js';
import type { SessionRecord } from '../rules/room-book.js';
import type { HistoryStore } from '../storage/history-store.js';
import type { AccessControl } from './access-control.js';
import { ChatHandler } from './chat-handler.js';
import { relayData } from './data-relay.js';
import type { FaultHandler } from './fault-handler.js';
import type { IceHandler } from './ice-handler.js';
import { ModerationHandler } from './moderation-handler.js';
import { PresenceHandler } from './presence-handler.js';
import type { Roster } from './roster.js';
import type { StateHandler } from './state-handler.js';

export interface MessageRouterContext {
  readonly ports: RoomPorts;
  readonly roster: Roster;
  readonly accessControl: AccessControl;
  readonly history: HistoryStore;
  readonly state: StateHandler;
  readonly ice: IceHandler;
  readonly faults: FaultHandler;
  /** Removes everybody and unlocks the room. */
  readonly closeRoom: () => void;
}

export class MessageRouter {
  readonly #context: MessageRouterContext;
  readonly #chat: ChatHandler;
  readonly #moderation: ModerationHandler;
  readonly #presence: PresenceHandler;

  constructor(context: MessageRouterContext) {
    const { accessControl, closeRoom, faults, history, ports, roster } = context;
    this.#context = context;
    this.#chat = new ChatHandler({ ports, roster, history, faults });
    this.#moderation = new ModerationHandler(roster, accessControl, faults, closeRoom);
    this.#presence = new PresenceHandler(roster, history);
  }

  /**
   * Returns how many bytes the room sent because of it: the answer, or the message to others counted once. A promise
   * where the handler has to wait for something.
   */
  route(
    connection: RoomConnection,
    record: SessionRecord,
    message: Exclude<ClientMessage, AckMessage>,
  ): Promise<number> | number {
    const { ice, roster, state } = this.#context;
    switch (message.type) {
      case 'signal':
        return this.#relay(connection, record, message);
      case 'chat.send':
        return this.#chat.append(connection, record, message);
      case 'chat.edit':
      case 'chat.delete':
      case 'chat.react':
        return this.#chat.revise(connection, record, message);
      case 'chat.history':
        return this.#chat.page(connection, message);
      case 'chat.search':
        return this.#chat.search(connection, message);
      case 'typing':
        return roster.deliverFrom(record, relayTyping(roster.book, record.session, message.on));
      case 'data.send':
        return relayData(roster, connection, record, message);
      case 'presence.set':
        this.#presence.set(record, message);
        return 0;
      case 'roster.get':
        return this.#presence.sendRoster(connection, record);
      case 'moderate':
        return this.#moderation.moderate(connection, message);
      case 'state.set':
        return state.set(connection, record, message);
      case 'ice.get':
        return ice.renew(connection, record, message);
      case 'ping':
        connection.send(HEARTBEAT_REPLY);
        return 0;
      case 'leave':
        roster.remove(record, 'left', { code: 1000, text: 'goodbye' });
        return 0;
      case 'hello':
        return this.#refuse(connection, { code: 'out-of-order', detail: 'hello was said' });
    }
  }

  #relay(connection: RoomConnection, record: SessionRecord, message: SignalMessage): number {
    const { roster } = this.#context;
    const relayed = relaySignal(roster.book, record.session, message);
    if (!relayed.ok) return this.#refuse(connection, relayed.fault);
    // The first edition takes every signal for one of a link of the call (DL-1).
    if (message.link && !roster.noteOf(message.to)?.takesLinks) {
      const detail = 'no links for data there';
      return this.#refuse(connection, { code: 'unsupported', detail, ref: message.to });
    }
    return roster.deliverFrom(record, relayed.delivery);
  }

  #refuse(connection: RoomConnection, fault: Fault): number {
    this.#context.faults.refuse(connection, fault);
    return 0;
  }
}
