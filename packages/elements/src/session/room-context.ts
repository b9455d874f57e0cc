// The context under which an element finds the room of the provider around it.
import { ContextRoot, createContext } from '@lit/context';

import type { SharedRoom } from './shared-room.js';

const KEY = Symbol.for('rtc-elements.room');

/**
 * The key of the context that every `rtc-*` element provides and consumes, for use with `@lit/context`
 * or any other implementation of the community's context protocol. A registered symbol, so that the
 * bundles on a page share it. The value is `null` while the provider has no room.
 */
export const roomContext = createContext<SharedRoom | null, typeof KEY>(KEY);

let root: ContextRoot | null = null;

/** Has requests that nobody answered repeated when a provider appears above them later. */
export function repeatLateRequests(): void {
  if (root) return;
  root = new ContextRoot();
  root.attach(document.documentElement);
}
