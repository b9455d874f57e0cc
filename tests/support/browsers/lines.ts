/** What a person does with the lines of a chat: points at them, reads them, looks for them. */
import type { ElementHandle, Page } from 'puppeteer-core';

import { until } from './launch.js';
import { control, press } from './hands.js';

/** Waits for the line that says `text`, and returns its row. */
export async function lineOf(page: Page, text: string): Promise<ElementHandle<HTMLElement>> {
  const handle = await page.waitForFunction(
    (wanted: string) =>
      window.probe
        .find('[part~=text]')
        .find((one) => one.checkVisibility() && one.textContent.trim() === wanted)
        ?.closest<HTMLElement>('[data-seq]'),
    { polling: 50 },
    text,
  );
  return handle.asElement() as ElementHandle<HTMLElement>;
}

/** Points at a line, and clicks on what its toolbar offers: React, Reply or More. */
export async function pressOnLine(page: Page, text: string, name: string): Promise<void> {
  const row = await lineOf(page, text);
  await row.hover();
  await row.dispose();
  const button = await page.waitForFunction(
    (label: string) =>
      window.probe
        .find('[part~=toolbar] button')
        .find((one) => one.getAttribute('aria-label') === label),
    { polling: 50 },
    name,
  );
  await (button.asElement() as ElementHandle<HTMLElement>).click();
  await button.dispose();
}

/** Opens the search, if need be, and looks for `words`. */
export async function searchFor(page: Page, words: string): Promise<void> {
  await press(page, 'Search messages');
  const field = await control(page, 'Search messages');
  await field.type(words);
  await field.press('Enter');
  await field.dispose();
}

/** Waits until the line that says `text` has focus and stands within its log. */
export const waitForReveal = (page: Page, text: string): Promise<void> =>
  until(
    page,
    `"${text}" in view, with focus`,
    (wanted: string) => {
      const row = window.probe.find('.row:focus')[0];
      const outer = row?.closest('.scroller')?.getBoundingClientRect();
      const inner = row?.getBoundingClientRect();
      return (
        row?.querySelector('[part~=text]')?.textContent.trim() === wanted &&
        !!inner &&
        !!outer &&
        inner.top >= outer.top &&
        inner.bottom <= outer.bottom
      );
    },
    [text],
  );

/** How many lines the log has drawn. */
export const countLines = (page: Page): Promise<number> =>
  page.evaluate(() => window.probe.find('[data-seq]').length);
