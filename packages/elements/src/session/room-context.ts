// The context through which elements find the room of an enclosing element.
import { ContextRoot, createContext } from '@lit/context';

import type { SharedRoom } from './shared-room.js';

const KEY = Symbol.for('rtc-elements.room');

/**
 * The key of the context that every `rtc-*` element provides and consumes. Use it with `@lit/context`
 * or any other implementation of the context community protocol. It is a registered symbol, so that all
 * bundles on a page share it. The value is `null` while the provider has no room.
 */
export const roomContext = createContext<SharedRoom | null, typeof KEY>(KEY);

let root: ContextRoot | null = null;

/**
 * Repeats unanswered requests when a provider appears later, so that the order of upgrades does not
 * matter.
 */
export function repeatLateRequests(): void {
  if (root) return;
  root = new ContextRoot();
  root.attach(document.documentElement);
}
