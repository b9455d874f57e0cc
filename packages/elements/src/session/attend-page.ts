// What is done once for a page, not for an element.
import { ContextRoot } from '@lit/context';

import { hearRequest, nameAction } from './requests/hear-request.js';

const attended = new WeakSet<Document>();

/**
 * Listens to what no element of ours has heard: contexts that are asked for before their provider is
 * there, and requests from outside of a room. `page`: where an element of ours is. Call it as often as you like.
 * Does nothing on a server.
 */
export function attendPage(page: Document | undefined = globalThis.document): void {
  const view = page?.defaultView;
  if (!page || !view || attended.has(page)) return;
  attended.add(page);
  new ContextRoot().attach(page.documentElement);
  view.addEventListener('rtc-request', nameAction, true);
  view.addEventListener('rtc-request', (event) => hearRequest(event, () => null));
}
