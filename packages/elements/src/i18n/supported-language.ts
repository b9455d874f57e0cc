// What a page says of its language, as far as it is one.

/** A page may say any `lang`; `undefined`, the browser's own, for one that is none. */
export function supportedLanguage(language: string | undefined): string | undefined {
  try {
    return language ? Intl.getCanonicalLocales(language)[0] : undefined;
  } catch {
    return undefined;
  }
}
