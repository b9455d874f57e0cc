// Gives a shadow root its styles, in whichever document it is.
import { adoptStyles, type CSSResult, type CSSResultOrNative } from 'lit';

/** By document, and by what they were made of. */
const copies = new WeakMap<Document, Map<CSSResultOrNative, CSSStyleSheet>>();

/** A constructed sheet belongs to one document: others get copies of their own, one for all elements. */
export function giveStyles(root: ShadowRoot, styles: readonly CSSResultOrNative[]): void {
  const { ownerDocument: page } = root;
  const { defaultView: view } = page;
  if (page === document) return adoptStyles(root, [...styles]);
  // A document without a window shows nothing. An element that comes out of it is adopted once more.
  if (!view) return;
  const own = copies.get(page) ?? new Map<CSSResultOrNative, CSSStyleSheet>();
  copies.set(page, own);
  root.adoptedStyleSheets = styles.map((style) => {
    const copy = own.get(style) ?? new view.CSSStyleSheet();
    if (!own.has(style)) copy.replaceSync(textOf(style));
    own.set(style, copy);
    return copy;
  });
}

const textOf = (style: CSSResultOrNative): string =>
  (style as Partial<CSSResult>).cssText ??
  [...(style as CSSStyleSheet).cssRules].map(({ cssText }) => cssText).join('');
