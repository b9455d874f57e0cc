// The language that a page declares.

/**
 * The nearest `lang` attribute at or above an element, across shadow roots; `undefined` if there is
 * none.
 */
export function languageOf(element: Element): string | undefined {
  for (let node: Node | null = element; node; node = parentOf(node)) {
    // An element of another document is no `Element` of this one.
    const language = (node as Partial<Element>).getAttribute?.('lang');
    if (language) return language;
  }
  return undefined;
}

const parentOf = (node: Node): Node | null =>
  node.parentNode ?? (node as Partial<ShadowRoot>).host ?? null;

/**
 * The canonical form of a `lang`; `undefined`, which stands for the browser's language, if it is not
 * valid.
 */
export function supportedLanguage(language: string | undefined): string | undefined {
  try {
    return language ? Intl.getCanonicalLocales(language)[0] : undefined;
  } catch {
    return undefined;
  }
}
