// Keeps the focus in an element when what had it goes: it never falls to the body of the page. Loads with the first
// focus in any element.

/** An element of ours, as far as the focus is concerned. */
export interface Keeper extends HTMLElement {
  readonly updateComplete: Promise<boolean>;
  readonly renderRoot: ParentNode;
  /** What in it is to have the focus: another element of ours finds the place in itself. */
  focusPlace?(): HTMLElement | null | undefined;
}

/** Elements that have lost the focus, and may have no place for it yet. */
const owing = new WeakSet<Element>();

/** Whether it has lost the focus, and there was no place for it yet. */
export const owesFocus = (element: Element): boolean => owing.has(element);

/**
 * Call it after an update of an element that held the focus before. If what had it is gone, or can have it no longer,
 * another place in the element, or in one around it, has it. Whoever has the focus meanwhile keeps it.
 */
export async function keepFocus(element: Keeper): Promise<void> {
  owing.delete(element);
  if (!isLost(element)) return;
  // Before anything else happens: the element itself may be about to go.
  const around: Keeper[] = [];
  for (
    let at: Node | undefined = element;
    at;
    at = at.parentNode ?? (at as Partial<ShadowRoot>).host
  )
    if (isKeeper(at)) around.push(at);
  for (const one of around) owing.add(one);
  for (const one of around) {
    await settle(one);
    if (!isLost(element)) break;
    enter(one);
  }
  if (!isLost(element)) for (const one of around) owing.delete(one);
}

/** Focuses the place for it in an element, or else the element itself, if the page made that possible. */
export function enter(element: Keeper, options?: FocusOptions): void {
  const place = element.focusPlace?.() ?? placeIn(element.renderRoot);
  if (place && isKeeper(place)) enter(place, options);
  else HTMLElement.prototype.focus.call(place ?? element, options);
}

/** After everything in it has rendered, however deep. */
async function settle(element: Keeper): Promise<void> {
  await element.updateComplete;
  const inside = [...(element.shadowRoot?.querySelectorAll('*') ?? [])];
  await Promise.all(inside.filter(isKeeper).map(settle));
}

/**
 * What is marked by `data-focus`, or else the first control that can be used, or else the first other element that can
 * have the focus, such as a heading.
 */
function placeIn(root: ParentNode): HTMLElement | undefined {
  const all = [...root.querySelectorAll<HTMLElement>(`[data-focus], ${CONTROLS}, [tabindex="-1"]`)];
  const rank = (one: HTMLElement): number =>
    one.matches('[data-focus]') ? 0 : one.matches(CONTROLS) ? 1 : 2;
  return all.filter(isUsable).sort((one, other) => rank(one) - rank(other))[0];
}

const CONTROLS =
  ':is(button, input, select, textarea, a[href], [tabindex="0"]):not([tabindex="-1"])';

const isKeeper = (node: Node): node is Keeper => 'renderRoot' in node;

const isUsable = (element: Element): boolean =>
  !element.matches(':disabled') && element.checkVisibility({ visibilityProperty: true });

/** Whether nothing in the document of an element has the focus, or something that can have it no longer. */
function isLost({ ownerDocument: page }: Element): boolean {
  let at = page.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return !at || at === page.body || !isUsable(at);
}
