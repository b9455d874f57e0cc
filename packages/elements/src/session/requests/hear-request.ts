// Hears the requests of elements that are not ours. Whoever hears one first answers it, and nobody else.
import type { SharedRoom } from '../shared-room.js';
import type { ForeignRequest } from './foreign-requests.js';
import { carryOut } from './carry-out.js';
import { loadMore } from './load-more.js';
import { failed } from './outcome.js';
import type { RequestOutcome } from './request-map.js';
import { takeTurn } from './request-order.js';

const KEY = Symbol.for('rtc-elements.requests');

/** The requests that somebody answers. On `globalThis`, so that all bundles on a page share it. */
const answered = ((globalThis as { [KEY]?: WeakSet<Event> })[KEY] ??= new WeakSet());

/** Makes `result` the answer to a request, and nobody else's. Returns `false` if it has one already. */
export function answerWith(event: Event, makeResult: () => Promise<RequestOutcome>): boolean {
  if (answered.has(event)) return false;
  answered.add(event);
  // Fails without an exception if the event is frozen.
  Reflect.set(event, 'result', makeResult());
  return true;
}

/** Answers a request that came up to an element, whose room is `around()`, or to the window. */
export function hearRequest(event: Event, around: () => SharedRoom | null): void {
  const path = event.composedPath();
  const inside = path.slice(0, path.indexOf(event.currentTarget ?? window));
  const turn = takeTurn();
  const inTurn: typeof carryOut = (action, shared) => carryOut(action, shared, turn);
  answerWith(event, () =>
    loadMore().then(
      ({ answerForeignRequest }) =>
        answerForeignRequest(event, { path: inside, around, carryOut: inTurn }),
      failed,
    ),
  );
}

/** Gives a request an `action`, so that listeners need not know what kind of event it is. */
export function nameAction(event: ForeignRequest): void {
  try {
    if (!('action' in event)) Reflect.set(event, 'action', event.detail);
  } catch {
    // A getter of `detail` threw; it is read, and refused, when the request is answered.
  }
}
