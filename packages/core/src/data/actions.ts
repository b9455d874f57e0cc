/** Actions: messages and requests from page to page. Loaded when the page or a peer first uses one. */
import type { DataMessage } from '@rtc-elements/protocol';

import type { ActionAnswer, ActionOptions, ActionSent } from '../api/data-api.js';
import { readHow, type SendOptions } from '../api/send-rules.js';
import type { Requests } from '../signaling/requests.js';
import { leftError, RtcError } from '../state/errors.js';
import { mayData } from '../state/may-data.js';
import { packFrame } from './action-frames.js';
import type { ActionListeners } from './action-listeners.js';
import { ActionRequests } from './action-requests.js';
import { checkPayload } from './check-payload.js';
import { IncomingActions } from './incoming.js';
import { OutgoingActions } from './outgoing.js';
import type { Payload } from './payload.js';
import { openPeerPaths } from './peer-paths.js';
import type { DataContext } from './ports.js';

/** What is sent under which name. */
export interface ActionCall {
  readonly name: string;
  readonly options: ActionOptions;
  readonly payload: Payload;
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
      onOpen: (session) => this.#outgoing.onOpen(session),
      onMessage: (session, data) => this.#incoming.take(session, data),
      onReset: (session) => this.#forget(session),
      onClose: (session) => this.#forget(session),
    });
    this.#outgoing = new OutgoingActions(context, requests, paths);
  }

  receiveFromRoom({ from, data }: DataMessage): void {
    this.#incoming.takeFromRoom(from, data);
  }

  async send(call: ActionCall, how: unknown): Promise<readonly ActionSent[]> {
    const { to } = readHow('send', how);
    const { name, options } = call;
    const frame = packFrame({ action: name }, this.#check(call));
    return this.#outgoing.send(this.#addressees(to), frame, name, options);
  }

  /** The answer of the one that is asked. */
  async request(call: ActionCall, how: unknown): Promise<unknown> {
    const [answer] = await this.#ask(call, readHow('request', how));
    if (!answer || answer.error) throw answer?.error ?? leftError();
    return answer.value;
  }

  async requestMany(call: ActionCall, how: unknown): Promise<readonly ActionAnswer<unknown>[]> {
    return this.#ask(call, readHow('requestMany', how));
  }

  async #ask(
    call: ActionCall,
    { to, ...how }: SendOptions,
  ): Promise<readonly ActionAnswer<unknown>[]> {
    const payload = this.#check(call);
    const { name, options } = call;
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
    return Promise.all([...new Set(this.#addressees(to))].map(ask));
  }

  /** Default: everybody else. */
  #addressees(to: string | readonly string[] | undefined): readonly string[] {
    if (to === undefined) return this.#context.getSnapshot().peers.map(({ session }) => session);
    return typeof to === 'string' ? [to] : to;
  }

  /** What can be sent, by us. */
  #check({ payload }: ActionCall): Payload {
    const checked = checkPayload(payload);
    const { connection, you } = this.#context.getSnapshot();
    if (!you || connection === 'closed') throw leftError();
    if (!mayData(you)) throw forbiddenError();
    return checked;
  }

  #forget(session: string): void {
    this.#outgoing.forget(session);
    this.#incoming.forget(session, 'peer');
  }
}

const forbiddenError = (): RtcError =>
  new RtcError('not-allowed', 'You are not allowed to send to others. Ask a host of the room.');
