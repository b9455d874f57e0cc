// Registers custom elements.
import { attendPage } from '../session/attend-page.js';

/**
 * Skips tags that are defined already, so that two bundles can share a page. Does nothing on a server.
 */
export function define(elements: Readonly<Record<string, CustomElementConstructor>>): void {
  if (typeof customElements === 'undefined') return;
  // An element that is not ours may be in the page before the first of ours.
  attendPage();
  for (const [tag, element] of Object.entries(elements)) {
    if (!customElements.get(tag)) customElements.define(tag, element);
  }
}
