/** What peers send, on either way: read within bounds, refused from listeners, and given to who hears it (DA-2, DA-3). */
import type { ActionSource, DataWay } from '../api/data-api.js';
import { RtcError } from '../state/errors.js';
import { mayData } from '../state/may-data.js';
import { logWarning } from '../support/log.js';
import type { ActionListener, ActionListeners } from './action-listeners.js';
import type { ActionRequests } from './action-requests.js';
import { fromBase64, readActionFrame } from './action-frames.js';
import { checkSchema } from './check-schema.js';
import { checkPayload, MOST_BYTES } from './check-payload.js';
import { type Payload, readPayload } from './payload.js';
import type { DataContext } from './ports.js';
import { MOST_ROOM_BYTES } from './room-way.js';
import type { ActionMessage, RemoteFault } from './rules/action-message.js';
import { PART_KIND, PartJoiner } from './rules/parts.js';

/** Requests of one peer that are being answered at a time. */
const MOST_ANSWERING = 64;

/** What waits for the first listener of the page, in messages and bytes. */
const MOST_HELD = 64;
const MOST_HELD_BYTES = 1_048_576;

type Call = Extract<ActionMessage, { type: 'call' }>;

/** What answers a request. */
export type SendReply = (
  to: string,
  request: number,
  reply: { readonly payload?: Payload; readonly error?: { code: RemoteFault; message: string } },
) => void;

interface Held {
  readonly call: Call;
  readonly source: ActionSource;
}

export class IncomingActions {
  readonly #context: Pick<DataContext, 'clock' | 'getSnapshot'>;
  readonly #listeners: ActionListeners;
  readonly #requests: Pick<ActionRequests, 'take'>;
  readonly #reply: SendReply;
  readonly #joiners = new Map<string, PartJoiner>();
  readonly #answering = new Map<string, number>();
  #held: Held[] = [];
  #heldBytes = 0;

  constructor(
    context: Pick<DataContext, 'clock' | 'getSnapshot'>,
    listeners: ActionListeners,
    requests: Pick<ActionRequests, 'take'>,
    reply: SendReply,
  ) {
    this.#context = context;
    this.#listeners = listeners;
    this.#requests = requests;
    this.#reply = reply;
    // Once the task is over, because a page begins to hear its actions one after another.
    listeners.onFirst = () => void Promise.resolve().then(() => this.#release());
  }

  /** A frame of a link. */
  take(session: string, data: string | ArrayBuffer): void {
    this.#take(session, typeof data === 'string' ? data : new Uint8Array(data), 'peer');
  }

  /** The base64 of a frame that came through the room. */
  takeFromRoom(session: string, data: string): void {
    try {
      this.#take(session, fromBase64(data), 'room');
    } catch {
      // No base64: its sender is not of ours.
    }
  }

  /** What has not arrived of messages in parts will not. */
  forget(session: string, via: DataWay): void {
    this.#joiners.delete(`${via} ${session}`);
  }

  #take(session: string, frame: string | Uint8Array, via: DataWay): void {
    const peer = this.#context.getSnapshot().peers.find((one) => one.session === session);
    if (!peer) return;
    const isPart = typeof frame !== 'string' && frame[0] === PART_KIND;
    const whole = isPart ? this.#join(session, frame, via) : frame;
    const message = whole && readActionFrame(whole);
    if (!message) return;
    if (message.type !== 'call') return this.#requests.take(session, via, message);
    if (!mayData(peer)) return;
    const source = { from: session, via };
    if (!this.#listeners.isEmpty) return this.#deliver(message, source);
    this.#hold({ call: message, source }, whole.length);
  }

  #join(session: string, part: Uint8Array, via: DataWay): Uint8Array | null {
    const key = `${via} ${session}`;
    const most = via === 'peer' ? MOST_BYTES : MOST_ROOM_BYTES;
    // The header of the largest frame comes on top.
    const joiner = this.#joiners.get(key) ?? new PartJoiner(most + 1_024);
    this.#joiners.set(key, joiner);
    return joiner.add(part, this.#context.clock.now());
  }

  #hold(held: Held, bytes: number): void {
    if (this.#held.length >= MOST_HELD || this.#heldBytes + bytes > MOST_HELD_BYTES) return;
    this.#held.push(held);
    this.#heldBytes += bytes;
  }

  #release(): void {
    const held = this.#held;
    this.#held = [];
    this.#heldBytes = 0;
    for (const { call, source } of held) this.#deliver(call, source);
  }

  #deliver(call: Call, source: ActionSource): void {
    const listeners = this.#listeners.of(call.action);
    if (call.request !== null) return void this.#answer(call, call.request, source);
    for (const listener of listeners) {
      if (!listener.isRequest) void this.#tell(listener, call, source);
    }
  }

  /** At once, unless the schema takes its time. */
  #tell(listener: ActionListener, { action, data }: Call, source: ActionSource): void {
    const warn = (error: unknown): void =>
      logWarning(`A message of "${action}" was not heard.`, error);
    try {
      const checked = checkSchema(listener.schema, data);
      if (!(checked instanceof Promise)) return void listener.call(checked.value, source);
      checked.then(({ value }) => listener.call(value, source)).catch(warn);
    } catch (error) {
      warn(error);
    }
  }

  async #answer({ action, data }: Call, request: number, source: ActionSource): Promise<void> {
    const { from } = source;
    const refuse = (code: RemoteFault, message: string): void =>
      this.#reply(from, request, { error: { code, message } });
    const listener = this.#listeners.of(action).find(({ isRequest }) => isRequest);
    if (!listener) return refuse('not-found', `Nothing there answers "${action}".`);
    const answering = this.#answering.get(from) ?? 0;
    if (answering >= MOST_ANSWERING) return refuse('flooded', 'Too many requests at once. Wait.');
    this.#answering.set(from, answering + 1);
    try {
      const { value } = await checkSchema(listener.schema, data);
      const answer = readPayload(await listener.call(value, source));
      this.#reply(from, request, { payload: checkPayload(answer) });
    } catch (error) {
      const isOurs = error instanceof RtcError;
      // What an unexpected error says may be nobody else's business.
      if (isOurs && error.code === 'bad-argument') refuse('bad-argument', error.message);
      else refuse('failed', isOurs ? error.message : 'It failed there.');
      if (!isOurs) logWarning(`What answers "${action}" has thrown.`, error);
    } finally {
      const left = (this.#answering.get(from) ?? 1) - 1;
      if (left > 0) this.#answering.set(from, left);
      else this.#answering.delete(from);
    }
  }
}
