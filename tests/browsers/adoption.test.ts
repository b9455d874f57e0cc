// A running call in an element that the page moves: into a frame, into a popup, and back.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import type { Page } from 'puppeteer-core';

import type { RoomWindow } from '../support/browsers/hands.js';
import { until } from '../support/browsers/launch.js';
import { page as html, roomTag, SCRIPT } from '../support/browsers/pages.js';
import { readComplaints, waitForMedia, waitForMoreMedia } from '../support/browsers/probe.js';
import { useSite } from '../support/browsers/site.js';

const body = `${roomTag({ room: 'moved' })}<iframe srcdoc="<!doctype html><title>A frame</title>"></iframe>`;

const site = useSite({
  browsers: ['chromium', 'firefox'],
  pages: () => ({ '/moved': html(SCRIPT, body) }),
});

/** What a test can say of the room, wherever it is. */
interface Moved extends Window {
  readonly moved: HTMLElement & { readonly client: { readonly id?: unknown } };
}

for (const name of ['chromium', 'firefox'] as const) {
  describe(`an element in a call that is moved into another document, in ${name}`, () => {
    let page: Page;
    let other: Page;

    before(async () => {
      await site.start();
      page = await site.open('/moved', site[name]);
      other = await site.call({ room: 'moved', name: 'Ben' });
      await Promise.all([waitForMedia(page, 1), waitForMedia(other, 1)]);
      await page.evaluate(() => {
        const room = document.querySelector('rtc-room');
        Object.assign(window, { moved: room, client: (room as unknown as Moved['moved']).client });
      });
    });
    after(() => Promise.all([page.close(), other.close()]));

    /** Moves it, and waits until it looks as it should and plays the other's picture there. */
    const move = async (where: 'frame' | 'popup' | 'page'): Promise<void> => {
      await page.evaluate((to) => {
        const frame = document.querySelector('iframe')?.contentDocument;
        const popup =
          to === 'popup' ? window.open('about:blank', '', 'width=700,height=600') : null;
        const target = to === 'frame' ? frame : (popup?.document ?? document);
        Object.assign(window, { popup });
        target?.body.append((window as unknown as Moved).moved);
      }, where);
      await until(
        page,
        `the picture of the other in the ${where}`,
        () => {
          const { moved } = window as unknown as Moved;
          const all = (root: ParentNode): Element[] =>
            [...root.querySelectorAll('*')].flatMap((one) => [
              one,
              ...(one.shadowRoot ? all(one.shadowRoot) : []),
            ]);
          const inside = all(moved.shadowRoot as ShadowRoot);
          const header = inside.find(({ localName }) => localName === 'header');
          const videos = inside.filter(
            ({ localName }) => localName === 'video',
          ) as HTMLVideoElement[];
          return (
            header !== undefined &&
            getComputedStyle(header).display === 'flex' &&
            inside.every((one) => one.ownerDocument === moved.ownerDocument) &&
            videos.some((video) => video.videoWidth > 0 && !video.paused && video.currentTime > 0)
          );
        },
        [],
      );
    };

    for (const where of ['frame', 'popup', 'page'] as const) {
      it(`goes on in a ${where}`, async () => {
        await move(where);
        await Promise.all([waitForMoreMedia(page), waitForMoreMedia(other)]);
        await other.evaluate(async (text) => {
          await (window.probe.find('rtc-room')[0] as RoomWindow).sendMessage(text);
        }, `said to the ${where}`);
        await until(
          page,
          'the message',
          (text: string) => {
            const { client } = window as unknown as {
              client: { getSnapshot(): { chat: { entries: readonly { text: string }[] } } };
            };
            return client.getSnapshot().chat.entries.some((entry) => entry.text === text);
          },
          [`said to the ${where}`],
        );
        const isSame = await page.evaluate(() => {
          const { moved, client } = window as unknown as Moved & { client: unknown };
          return moved.client === client;
        });
        assert.equal(isSame, true, 'the stay is the same');
        assert.deepEqual(await readComplaints(page), []);
      });
    }
  });
}
