// What is done once for a page, not for an element.
import { ContextRoot } from '@lit/context';

import { hearRequest, nameAction } from './requests/hear-request.js';

let isAttended = false;

/**
 * Listens to what no element of ours has heard: contexts that are asked for before their provider is
 * there, and requests from outside of a room. Call it as often as you like. Does nothing on a server.
 */
export function attendPage(): void {
  if (isAttended || typeof document === 'undefined') return;
  isAttended = true;
  new ContextRoot().attach(document.documentElement);
  window.addEventListener('rtc-request', nameAction, true);
  window.addEventListener('rtc-request', (event) => hearRequest(event, () => null));
}
