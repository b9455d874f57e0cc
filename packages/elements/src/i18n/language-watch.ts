// Watches the language that is declared around elements.
import { languageOf } from './language.js';

interface Watched {
  /** Everything around the element that may contain a `lang`: its document, and each shadow root. */
  readonly roots: readonly Node[];
  look(): void;
}

interface Watch {
  readonly elements: Map<Element, Watched>;
  observer: MutationObserver | null;
}

const KEY = Symbol.for('rtc-elements.languages');

/** On `globalThis`, so that all bundles on a page share one observer. */
const page = ((globalThis as { [KEY]?: Watch })[KEY] ??= { elements: new Map(), observer: null });

/**
 * Calls `listener` when another `lang` applies to `element`, its own or one above it, until the function is called
 * that is returned. Call that when the element is moved.
 */
export function watchLanguage(element: Element, listener: () => void): () => void {
  let language = languageOf(element);
  const look = (): void => {
    const before = language;
    language = languageOf(element);
    if (language !== before) listener();
  };
  const roots: Node[] = [];
  for (let at: Node | undefined = element; at; at = (at as Partial<ShadowRoot>).host)
    roots.push((at = at.getRootNode()));
  page.elements.set(element, { roots, look });
  page.observer ??= new MutationObserver(() => {
    for (const watched of [...page.elements.values()]) watched.look();
  });
  observe(page.observer, roots);
  return () => release(element);
}

function release(element: Element): void {
  page.elements.delete(element);
  page.observer?.disconnect();
  if (page.elements.size === 0) page.observer = null;
  else for (const { roots } of page.elements.values()) observe(page.observer, roots);
}

function observe(observer: MutationObserver | null, roots: readonly Node[]): void {
  for (const root of roots) observer?.observe(root, { subtree: true, attributeFilter: ['lang'] });
}
