/** Passes each message of a member to the handler of its topic. Rates and rights are checked before. */
import { type ClientMessage, HEARTBEAT_REPLY } from '@rtc-elements/protocol';

import type { RoomConnection, RoomPorts } from '../ports.js';
import { relaySignal, relayTyping } from '../rules/relay.js';
import type { SessionRecord } from '../rules/room-book.js';
import type { HistoryStore } from '../storage/history-store.js';
import type { AccessControl } from './access-control.js';
import { ChatHandler } from './chat-handler.js';
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
    this.#chat = new ChatHandler(ports, roster, history, faults);
    this.#moderation = new ModerationHandler(roster, accessControl, faults, closeRoom);
    this.#presence = new PresenceHandler(roster, history);
  }

  /** Returns a promise where the handler has to wait for something. */
  route(
    connection: RoomConnection,
    record: SessionRecord,
    message: ClientMessage,
  ): Promise<void> | void {
    const { faults, ice, roster, state } = this.#context;
    switch (message.type) {
      case 'signal': {
        const relayed = relaySignal(roster.book, record.session, message);
        if (!relayed.ok) return faults.refuse(connection, relayed.fault);
        return roster.deliverFrom(record, relayed.delivery);
      }
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
      case 'presence.set':
        return this.#presence.set(record, message);
      case 'roster.get':
        return this.#presence.sendRoster(connection, record);
      case 'moderate':
        return this.#moderation.moderate(connection, message);
      case 'state.set':
        return state.set(connection, record, message);
      case 'ice.get':
        return ice.renew(connection, record, message);
      case 'ping':
        return connection.send(HEARTBEAT_REPLY);
      case 'leave':
        return roster.remove(record, 'left', { code: 1000, text: 'goodbye' });
      case 'hello':
        return faults.refuse(connection, { code: 'out-of-order', detail: 'hello was said' });
    }
  }
}
