// The language of a page, as far as it says one.

/** The nearest `lang` above an element, through shadow roots, as the author wrote it; `undefined` if there is none. */
export function languageOf(element: Element): string | undefined {
  for (let node: Node | null = element; node; node = parentOf(node)) {
    const language = node instanceof Element && node.getAttribute('lang');
    if (language) return language;
  }
  return undefined;
}

const parentOf = (node: Node): Node | null =>
  node instanceof ShadowRoot ? node.host : node.parentNode;

/** A page may say any `lang`; `undefined`, which is the browser's own, for one that is no language. */
export function supportedLanguage(language: string | undefined): string | undefined {
  try {
    return language ? Intl.getCanonicalLocales(language)[0] : undefined;
  } catch {
    return undefined;
  }
}
