/** Working a page by keyboard alone. */
import type { Page } from 'puppeteer-core';

/** More stops than any page of ours has, twice around. */
const MAX_STOPS = 120;

/** Presses Tab until the focus is on the control with this name; fails when it never gets there. */
export async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const seen = new Set<string>();
  for (let stop = 0; stop < MAX_STOPS; stop += 1) {
    const focused = await nameOfFocused(page);
    if (typeof name === 'string' ? focused === name : name.test(focused)) return;
    seen.add(focused);
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never reaches ${name}; it reaches ${[...seen].join(', ')}`);
}

/** As assistive technology hears it, by the browser's own tree. */
async function nameOfFocused(page: Page): Promise<string> {
  const focused = await page.evaluateHandle(() => {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    return at;
  });
  const element = focused.asElement();
  if (!element) return '';
  const node = await page.accessibility.snapshot({ root: element, interestingOnly: false });
  await focused.dispose();
  return node?.name ?? '';
}
