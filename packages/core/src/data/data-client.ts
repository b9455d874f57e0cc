// Room.data, as a page has it from the start; what carries it out is loaded when it is first used.
import type { DataMessage } from '@rtc-elements/protocol';

import { ACTION_RULES } from '../api/action-rules.js';
import type { Action, ActionAnswer, ActionOptions, RoomData } from '../api/data-api.js';
import { checkMethods } from '../api/method-rules.js';
import type { Requests } from '../signaling/requests.js';
import type { RtcError } from '../state/errors.js';
import { loadModule } from '../support/lazy-module.js';
import { loadOnce } from '../support/load-once.js';
import { type ActionListener, ActionListeners } from './action-listeners.js';
import type { ActionCall, Actions } from './actions.js';
import { readPayload } from './payload.js';
import type { DataContext } from './ports.js';

/** How many messages of the room wait while the code for actions loads. */
const MOST_WAITING = 256;

export class DataClient implements RoomData {
  readonly #context: DataContext;
  readonly #load: () => Promise<Actions>;
  readonly #listeners = new ActionListeners();
  #waiting = 0;

  constructor(context: DataContext, requests: Requests) {
    this.#context = context;
    this.#load = loadOnce(async () => {
      const { Actions } = await loadModule(import('./actions.js'));
      return new Actions(context, requests, this.#listeners);
    });
    context.whenWanted('actions', () => this.#want());
  }

  action<T = unknown, R = unknown>(name: string, options: ActionOptions<T> = {}): Action<T, R> {
    const call = (data: T): ActionCall => ({ name, options, payload: readPayload(data) });
    const listen = (isRequest: boolean, heard: unknown): (() => void) => {
      const listener = { schema: options.schema, isRequest, call: heard } as ActionListener;
      const end = this.#listeners.add(name, listener);
      this.#want();
      return end;
    };
    const action: Action<T, R> = {
      name,
      send: async (data, how) => {
        const sent = call(data);
        return (await this.#load()).send(sent, how);
      },
      request: async (data, how) => {
        const asked = call(data);
        return (await (await this.#load()).request(asked, how)) as R;
      },
      requestMany: async (data, how) => {
        const asked = call(data);
        return (await (await this.#load()).requestMany(asked, how)) as readonly ActionAnswer<R>[];
      },
      onReceive: (listener) => listen(false, listener),
      onRequest: (handler) => listen(true, handler),
    };
    checkMethods(action, ACTION_RULES, 'action.');
    return action;
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
}
