// Where each message of the room goes.
import { NotifyEvent } from '../api/room-events.js';
import type { ChatClient } from '../chat/chat-client.js';
import type { DataClient } from '../data/data-client.js';
import type { LinkDemand } from '../data/link-demand.js';
import type { WaitingRoom } from '../moderation/waiting-room.js';
import type { Requests } from '../signaling/requests.js';
import type { Routes } from '../signaling/signaling-handlers.js';
import type { CallControl } from './call-control.js';
import type { Presence } from './presence.js';
import type { CallControlHost } from './call-control.js';
import type { RoomContext } from './room-context.js';

/** The parts of a room that take messages. */
export interface Receivers {
  readonly context: RoomContext & Pick<CallControlHost, 'reportError'>;
  readonly call: CallControl;
  readonly chat: ChatClient;
  readonly data: DataClient;
  readonly links: LinkDemand;
  readonly presence: Presence;
  readonly requests: Requests;
  readonly waitingRoom: WaitingRoom;
  /** The roster has changed. */
  reconcile(): void;
}

export function createRoutes(room: Receivers): Routes {
  const { call, chat, context, data, links, presence, requests, waitingRoom } = room;
  const toRequests = requests.receive.bind(requests);
  return {
    error: (message) => {
      if (message.code === 'rate-limited') presence.announceIn(message.retryAfterMs);
      if (message.code === 'unsupported') links.module?.refuse(message.ref ?? '');
      const news = requests.onError(message);
      if (news) context.reportError(news);
    },
    presence: (message) => {
      context.dispatch({ joined: [], changed: [], left: [], ...message });
      room.reconcile();
    },
    roster: (message) => {
      context.dispatch(message);
      room.reconcile();
    },
    signal: (signal) => (signal.link ? links : call).receiveSignal(signal),
    'chat.message': (message) => chat.receive(message),
    typing: (message) => chat.receiveTyping(message),
    access: (message) => waitingRoom.receive(message),
    state: (message) => context.dispatch({ ...message, type: 'shared-state' }),
    data: (message) => data.receive(message),
    'data.ack': toRequests,
    notify: (message) => context.dispatchEvent(new NotifyEvent(message)),
    done: toRequests,
    ice: toRequests,
    'chat.ack': toRequests,
    'chat.page': toRequests,
  };
}
