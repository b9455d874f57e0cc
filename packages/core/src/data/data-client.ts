// Room.data, as a page has it from the start; what carries it out is loaded when it is first used.
import type { DataMessage } from '@rtc-elements/protocol';

import { checkAction } from '../api/action-rules.js';
import type { Action, ActionOptions, RoomData } from '../api/data-api.js';
import type { Requests } from '../signaling/requests.js';
import type { RtcError } from '../state/errors.js';
import { loadModule } from '../support/lazy-module.js';
import { type ActionListener, ActionListeners } from './action-listeners.js';
import type { Actions } from './actions.js';
import { readPayload } from './payload.js';
import type { DataContext } from './ports.js';

/** How many messages of the room wait while the code for actions loads. */
const MOST_WAITING = 256;

export class DataClient implements RoomData {
  readonly #context: DataContext;
  readonly #requests: Requests;
  readonly #listeners = new ActionListeners();
  #actions: Promise<Actions> | null = null;
  #waiting = 0;

  constructor(context: DataContext, requests: Requests) {
    this.#context = context;
    this.#requests = requests;
    context.whenWanted('actions', () => this.#want());
  }

  action<T = unknown, R = unknown>(name: string, options: ActionOptions<T> = {}): Action<T, R> {
    const call = (data: T, to?: string | readonly string[]) => {
      const all = typeof to === 'string' ? [to] : to;
      return { name, options, payload: readPayload(data), to: all };
    };
    const listen = (isRequest: boolean, heard: unknown): (() => void) => {
      const listener = { schema: options.schema, isRequest, call: heard } as ActionListener;
      const end = this.#listeners.add(name, listener);
      this.#want();
      return end;
    };
    return checkAction<T, R>({
      name,
      send: async (data, { to } = {}) => {
        const sent = call(data, to);
        return (await this.#load()).send(sent);
      },
      request: async (data, { to, ...how }) => {
        const asked = call(data, to);
        const [answer] = await (await this.#load()).request(asked, how);
        if (!answer || answer.error) throw answer?.error as RtcError;
        return answer.value as R;
      },
      requestMany: async (data, { to, ...how } = {}) => {
        const asked = call(data, to);
        const answers = await (await this.#load()).request(asked, how);
        return answers as Awaited<ReturnType<Action<T, R>['requestMany']>>;
      },
      onReceive: (listener) => listen(false, listener),
      onRequest: (handler) => listen(true, handler),
    });
  }

  receive(message: DataMessage): void {
    if (this.#waiting >= MOST_WAITING) return;
    this.#waiting += 1;
    this.#load()
      .then((actions) => actions.receiveFromRoom(message))
      .catch(() => undefined)
      .finally(() => (this.#waiting -= 1));
  }

  /** If it cannot be loaded, the next use tries again. */
  #want(): void {
    this.#load().catch((error: unknown) => this.#context.reportError(error as RtcError));
  }

  #load(): Promise<Actions> {
    if (this.#actions) return this.#actions;
    const actions = loadModule(import('./actions.js')).then(
      ({ Actions }) => new Actions(this.#context, this.#requests, this.#listeners),
    );
    actions.catch(() => (this.#actions = null));
    return (this.#actions = actions);
  }
}
