// The language an element stands in, through shadow roots.

/** The nearest `lang` above, as the page author set it; `undefined` when nobody did. */
export function languageOf(element: Element): string | undefined {
  for (let node: Node | null = element; node; node = parentOf(node)) {
    const language = node instanceof Element && node.getAttribute('lang');
    if (language) return language;
  }
  return undefined;
}

const parentOf = (node: Node): Node | null =>
  node instanceof ShadowRoot ? node.host : node.parentNode;
