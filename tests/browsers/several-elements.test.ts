// Several elements of one room on a page: one session, one sound, one title, and nobody corrects the other.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import type { Page } from 'puppeteer-core';

import type { RtcRoom } from '../../packages/elements/src/room/rtc-room.js';
import { type RoomWindow, waitForPeers } from '../support/browsers/hands.js';
import { launch, open, until } from '../support/browsers/launch.js';
import {
  page as html,
  type PageServer,
  roomTag,
  SCRIPT,
  servePages,
} from '../support/browsers/pages.js';
import { readComplaints, waitForMedia, waitForMoreMedia } from '../support/browsers/probe.js';
import { useSite } from '../support/browsers/site.js';

const base = useSite();

declare global {
  interface Window {
    /** The most that was heard at once, and what was told to the page, while an element followed another. */
    overlap?: { heard: number; told: string[] };
  }
}

/** What is heard on the page now: the tracks that unpaused elements play. */
const readHeard = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      (window.probe.find('audio') as HTMLAudioElement[]).filter(
        ({ srcObject, paused }) => srcObject && !paused,
      ).length,
  );

/** The label of the button to leave in each room element. */
const readTexts = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    window.probe.find('[part~=button-leave]').map(({ ariaLabel }) => ariaLabel ?? ''),
  );

const sayByCode = (page: Page, text: string): Promise<void> =>
  page.evaluate(async (words) => {
    await (window.probe.find('rtc-room')[0] as RoomWindow).sendMessage(words);
  }, text);

/** How often the room elements render during ten frames in which nothing happens. */
const countRenders = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    let renders = 0;
    const counter = { hostUpdated: () => (renders += 1) };
    const rooms = window.probe.find('rtc-room') as RtcRoom[];
    for (const room of rooms) room.addController(counter);
    for (let frame = 0; frame < 10; frame += 1) await new Promise(requestAnimationFrame);
    for (const room of rooms) room.removeController(counter);
    return renders;
  });

for (const name of ['chromium', 'firefox'] as const) {
  describe(`two <rtc-room> of one room in ${name}`, () => {
    let site: PageServer;
    let other: Page;
    let page: Page;

    before(async () => {
      const room = `twin-${name}`;
      // Both in view: browsers pause pictures that nobody can see.
      const half = roomTag({ room, style: 'block-size: 45vh' });
      const pages = {
        '/one': html(SCRIPT, roomTag({ room, name: 'Other' })),
        '/twin': html(SCRIPT, `<main></main>${half}${half}`),
        '/elsewhere': html('data:text/javascript,', ''),
      };
      site = await servePages({ pages, behind: base.edge.url });
      other = await open(base.chromium, `${site.url}/one`);
      page = await open(
        name === 'chromium' ? base.chromium : await launch(name),
        `${site.url}/twin`,
      );
      await Promise.all([waitForMedia(page, 1), waitForMedia(other, 1)]);
    });

    after(async () => {
      await Promise.all([page.close(), other.close()]);
      await site.close();
    });

    it('show one session, and play it once', async () => {
      await waitForPeers(other, 1);
      const sessions = await page.evaluate(
        () =>
          new Set((window.probe.find('rtc-room') as RoomWindow[]).map(({ client }) => client)).size,
      );
      assert.equal(sessions, 1);
      await until(
        page,
        'a picture of the other in each',
        () =>
          (window.probe.find('rtc-tile') as (HTMLElement & { self: boolean })[]).filter(
            ({ self, shadowRoot }) =>
              !self && (shadowRoot?.querySelector('video')?.videoWidth ?? 0) > 0,
          ).length === 2,
        [],
      );
      assert.equal(await readHeard(page), 1);
    });

    it('do not correct the texts of each other', async () => {
      await page.evaluate(() => {
        const words = [{ leave: 'Verlassen' }, { leave: 'Quitter' }];
        for (const room of window.probe.find('rtc-room') as RtcRoom[])
          room.messages = words.shift() ?? {};
      });
      await until(
        page,
        'the texts of the first',
        () =>
          window.probe
            .find('[part~=button-leave]')
            .some(({ ariaLabel }) => ariaLabel === 'Verlassen'),
        [],
      );
      assert.deepEqual(await readTexts(page), ['Verlassen', 'Verlassen']);
      // Sound and pictures go on, so there is something to render now and then.
      const renders = await countRenders(page);
      assert.ok(renders < 40, `${renders} renders in ten frames`);
      await waitForMoreMedia(page);
    });

    if (name === 'chromium') {
      it('count once in the title, which stays that of the page', async () => {
        const tab = await open(page.browserContext(), `${site.url}/elsewhere`);
        await tab.bringToFront();
        await until(page, 'hidden', () => document.hidden, []);
        await sayByCode(other, 'one');
        await until(page, 'a count', () => document.title === '(1) Test page', []);
        await page.evaluate(() => (document.title = 'Another page'));
        await until(page, 'the title of the page', () => document.title === '(1) Another page', []);
        await sayByCode(other, 'two');
        await until(page, 'the next count', () => document.title === '(2) Another page', []);
        await page.bringToFront();
        await until(page, 'no count', () => document.title === 'Another page', []);
        await tab.close();
      });
    }

    it('hand everything on when one goes 300 ms after the next has come', async () => {
      const connections = await page.evaluate(() => window.probe.connections.length);
      await page.evaluate(() => {
        const overlap = (window.overlap = { heard: 0, told: [] as string[] });
        for (const type of ['rtc-join', 'rtc-leave'])
          document.addEventListener(type, () => overlap.told.push(type));
        const watch = (): void => {
          const audios = window.probe.find('audio') as HTMLAudioElement[];
          const heard = audios.filter(({ srcObject, paused }) => srcObject && !paused).length;
          overlap.heard = Math.max(overlap.heard, heard);
          requestAnimationFrame(watch);
        };
        watch();
        const [old, second] = window.probe.find('rtc-room') as RtcRoom[];
        second?.remove();
        const next = old?.cloneNode() as RtcRoom;
        next.messages = { leave: 'Salir' };
        document.querySelector('main')?.append(next);
        // As a transition between pages does it.
        const fade = old?.animate({ opacity: [1, 0] }, 300);
        void fade?.finished.then(() => old?.remove());
      });
      await until(page, 'one element', () => window.probe.find('rtc-room').length === 1, []);
      await until(
        page,
        'its texts',
        () => {
          const labels = window.probe.find('[part~=button-leave]').map((one) => one.ariaLabel);
          return labels.length > 0 && labels.every((label) => label === 'Salir');
        },
        [],
      );
      await waitForMoreMedia(page);
      await until(
        page,
        'its sound',
        () => (window.probe.find('audio') as HTMLAudioElement[]).some(({ paused }) => !paused),
        [],
      );
      assert.equal(await readHeard(page), 1);
      assert.deepEqual(await page.evaluate(() => window.overlap), { heard: 1, told: [] });
      assert.equal(await page.evaluate(() => window.probe.connections.length), connections);
      await waitForPeers(other, 1);
      assert.deepEqual(await readComplaints(page), []);
    });

    it('leave with the last of them, and say so once', async () => {
      await page.evaluate(() => {
        const [room] = window.probe.find('rtc-room') as RtcRoom[];
        room?.addEventListener('rtc-leave', ({ reason }) => window.overlap?.told.push(reason));
        room?.remove();
      });
      await waitForPeers(other, 0, 5_000);
      assert.deepEqual(await page.evaluate(() => window.overlap?.told), ['left']);
      assert.equal(await readHeard(page), 0);
    });
  });
}
