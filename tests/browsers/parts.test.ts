// The screens beside the file: each is fetched once, when it is wanted or stands in the page, and focus follows.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import type { Page } from 'puppeteer-core';

import { until } from '../support/browsers/launch.js';
import { joinFromLobby, press } from '../support/browsers/hands.js';
import { page as html, SCRIPT } from '../support/browsers/pages.js';
import { readComplaints } from '../support/browsers/probe.js';
import { useSite } from '../support/browsers/site.js';

/** The chunks that a person alone in a room meets, by the names that `rollup.config.mjs` gives them. */
const PARTS = ['background', 'chat', 'focus', 'interface', 'panels', 'preflight', 'screens'].map(
  (name) => `rtc-elements-${name}.min.js`,
);

const site = useSite({
  pages: () => ({
    '/room': html(SCRIPT, '<rtc-room room="parts"></rtc-room>'),
    '/tag': html(SCRIPT, '<rtc-room room="tag"><rtc-participants></rtc-participants></rtc-room>'),
  }),
});

/** The names of the parts that were fetched, in order. */
const fetched = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .map(({ name }) => name.split('/').at(-1) ?? '')
      .filter((name) => /^rtc-elements-/.test(name)),
  );

/** Waits until focus is on what matches, through every shadow root. */
const waitForFocus = (page: Page, selector: string): Promise<void> =>
  until(
    page,
    `focus on ${selector}`,
    (wanted: string) => {
      let focused = document.activeElement;
      while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
      return focused?.matches(wanted) === true;
    },
    [selector],
  );

describe('the parts of the file', () => {
  it('are fetched once each, whatever is opened how often', async () => {
    const page = await site.open('/room');
    await joinFromLobby(page, 'Aisha');
    for (const panel of ['chat', 'people', 'chat']) {
      await page.evaluate((name) => {
        window.probe.find(`[part~=button-${name}]`)[0]?.click();
      }, panel);
    }
    await until(page, 'a chat', () => window.probe.find('rtc-chat-log:defined').length === 1, []);
    await press(page, /^Leave/);
    await until(page, 'the end', () => window.probe.find('rtc-leaving').length === 1, []);
    assert.deepEqual((await fetched(page)).sort(), [...PARTS].sort());
    assert.deepEqual(await readComplaints(page), []);
    await page.close();
  });

  it('define a tag that stands in the page by itself', async () => {
    const page = await site.open('/tag');
    await until(
      page,
      'a list',
      () => document.querySelector('rtc-participants:defined') !== null,
      [],
    );
    assert.deepEqual(await readComplaints(page), []);
    await page.close();
  });
});

describe('focus', () => {
  it('goes to the microphone, into a panel and out of it, and to the way back', async () => {
    const page = await site.open('/room');
    await joinFromLobby(page, 'Aisha');
    await waitForFocus(page, '[part~=button-mic]');
    await press(page, /^Chat/);
    await waitForFocus(page, 'textarea[part~=field]');
    await press(page, /^Close/);
    await waitForFocus(page, '[part~=button-chat]');
    await press(page, /^Leave/);
    await waitForFocus(page, '[part~=rejoin]');
    await page.keyboard.press('Enter');
    await waitForFocus(page, '[part~=button-mic]');
    await page.close();
  });
});
