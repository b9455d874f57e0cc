// A room reduced to what its capabilities need of it: a snapshot, a clock, and somewhere to send to.
import type { ClientMessage, ErrorMessage, PeerEntry, ServerMessage } from '@rtc-elements/protocol';

import type { RoomContext } from '../../packages/core/src/room/room-context.js';
import { deriveEvents } from '../../packages/core/src/room/derive-events.js';
import { type Answer, Requests } from '../../packages/core/src/signaling/requests.js';
import type { RtcError } from '../../packages/core/src/state/errors.js';
import { initialState } from '../../packages/core/src/state/initial-state.js';
import { reduce } from '../../packages/core/src/state/reduce.js';
import { SendRate } from '../../packages/core/src/signaling/send-rate.js';
import type { RoomChange } from '../../packages/core/src/state/room-change.js';
import type { RoomState } from '../../packages/core/src/state/room-state.js';
import { FakeClock } from './fake-clock.js';

export class FakeRoomContext implements RoomContext {
  readonly clock = new FakeClock();
  readonly sendRate = new SendRate(this.clock);
  readonly sent: ClientMessage[] = [];
  readonly events: Event[] = [];
  readonly requests = new Requests(this);
  isReachable = true;
  readonly takes: string[] = [];
  state: RoomState = initialState('test');

  features = (): readonly string[] => this.takes;

  getSnapshot = (): RoomState => this.state;

  dispatch(change: RoomChange): void {
    const before = this.state;
    this.state = reduce(before, change);
    this.events.push(...deriveEvents(change, before, this.state, () => null));
  }

  /** The room welcomes us. */
  welcome(you: PeerEntry, peers: readonly PeerEntry[] = []): void {
    this.dispatch({
      type: 'welcomed',
      you,
      peers,
      chat: { messages: [], more: false, rev: 0 },
      limits: { members: 100, meshMembers: 8, historyMessages: 10 },
      clockOffsetMs: 0,
      resumed: false,
    });
  }

  /** Hears of every event, as a listener of a page does. */
  onEvent: (event: Event) => void = () => undefined;

  dispatchEvent(event: Event): void {
    this.events.push(event);
    this.onEvent(event);
  }

  send(message: ClientMessage): boolean {
    if (this.isReachable) this.sent.push(message);
    return this.isReachable;
  }

  /** The id of what was asked last. */
  get ref(): string {
    const message = this.sent.at(-1);
    if (!message) return '';
    return 'ref' in message ? message.ref : 'id' in message ? message.id : '';
  }

  answer(answer: Extract<ServerMessage, Answer>): void {
    this.requests.receive(answer);
  }

  refuse(code: ErrorMessage['code'], retryAfterMs?: number): void {
    const when = retryAfterMs === undefined ? {} : { retryAfterMs };
    this.requests.onError({ type: 'error', code, detail: '', ref: this.ref, ...when });
  }
}

/** What came of a promise: its value, `done` for none, or the code of its error. */
export const outcome = (verb: Promise<unknown>): Promise<unknown> =>
  verb.then(
    (value) => value ?? 'done',
    (error: unknown) => (error as RtcError).code,
  );
