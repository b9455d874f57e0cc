// Puts classes behind their tags.

/** Defines what is not defined yet, so that two bundles on one page do not collide. Nothing on a server. */
export function define(elements: Readonly<Record<string, CustomElementConstructor>>): void {
  if (typeof customElements === 'undefined') return;
  for (const [tag, element] of Object.entries(elements)) {
    if (!customElements.get(tag)) customElements.define(tag, element);
  }
}
