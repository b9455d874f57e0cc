/** Actions: messages and requests from page to page. Loaded when the page or a peer first uses one. */
import type { DataMessage } from '@rtc-elements/protocol';

import type {
  ActionAnswer,
  ActionOptions,
  ActionSent,
  ActionRequestOptions,
} from '../api/data-api.js';
import type { Requests } from '../signaling/requests.js';
import { leftError, RtcError } from '../state/errors.js';
import { mayData } from '../state/may-data.js';
import { packFrame } from './action-frames.js';
import type { ActionListeners } from './action-listeners.js';
import { ActionRequests } from './action-requests.js';
import { IncomingActions } from './incoming.js';
import { OutgoingActions } from './outgoing.js';
import type { Payload } from './payload.js';
import { openPeerPaths } from './peer-paths.js';
import type { DataContext } from './ports.js';

/** What is sent, and how. */
export interface ActionCall {
  readonly name: string;
  readonly options: ActionOptions;
  readonly payload: Payload;
  /** Default: everybody else. */
  readonly to: readonly string[] | undefined;
}

export class Actions {
  readonly #context: DataContext;
  readonly #outgoing: OutgoingActions;
  readonly #incoming: IncomingActions;
  readonly #requests: ActionRequests;

  constructor(context: DataContext, requests: Pick<Requests, 'ask'>, listeners: ActionListeners) {
    this.#context = context;
    this.#requests = new ActionRequests(context);
    this.#incoming = new IncomingActions(
      context,
      listeners,
      this.#requests,
      (to, reply, answer) => {
        const { error, payload = {} } = answer;
        const frame = packFrame({ reply, ...(error && { error }) }, payload);
        void this.#outgoing.send([to], frame, '');
      },
    );
    const paths = openPeerPaths(context, 'actions', {
      onOpen: () => undefined,
      onMessage: (session, data) => this.#incoming.take(session, data),
      onReset: (session) => this.#forget(session),
      onClose: (session) => this.#forget(session),
    });
    this.#outgoing = new OutgoingActions(context, requests, paths);
  }

  receiveFromRoom({ from, data }: DataMessage): void {
    this.#incoming.takeFromRoom(from, data);
  }

  async send({ name, options, payload, to }: ActionCall): Promise<readonly ActionSent[]> {
    this.#requireRight();
    const frame = packFrame({ action: name }, payload);
    return this.#outgoing.send(to ?? this.#everybody, frame, name, options);
  }

  async request(
    { name, options, payload, to }: ActionCall,
    how: ActionRequestOptions,
  ): Promise<readonly ActionAnswer<unknown>[]> {
    this.#requireRight();
    const ask = (session: string): Promise<ActionAnswer<unknown>> =>
      this.#requests.ask(
        session,
        async (request) => {
          const frame = packFrame({ action: name, request }, payload);
          const [sent] = await this.#outgoing.send([session], frame, name, options);
          return sent ?? { session, error: leftError() };
        },
        how,
      );
    return Promise.all([...new Set(to ?? this.#everybody)].map(ask));
  }

  get #everybody(): readonly string[] {
    return this.#context.getSnapshot().peers.map(({ session }) => session);
  }

  #requireRight(): void {
    const { connection, you } = this.#context.getSnapshot();
    if (!you || connection === 'closed') throw leftError();
    if (!mayData(you)) throw forbiddenError();
  }

  #forget(session: string): void {
    this.#outgoing.forget(session);
    this.#incoming.forget(session, 'peer');
  }
}

const forbiddenError = (): RtcError =>
  new RtcError('not-allowed', 'You are not allowed to send to others. Ask a host of the room.');
