// Registers custom elements.

/**
 * Skips tags that are defined already, so that two bundles can share a page. Does nothing on a server.
 */
export function define(elements: Readonly<Record<string, CustomElementConstructor>>): void {
  if (typeof customElements === 'undefined') return;
  for (const [tag, element] of Object.entries(elements)) {
    if (!customElements.get(tag)) customElements.define(tag, element);
  }
}
