// Everybody can use it: axe on the example pages in every state, and a whole call by keyboard.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import type { Page } from 'puppeteer-core';

import { until } from '../support/browsers/launch.js';
import { findBarriers } from '../support/browsers/axe.js';
import {
  control,
  joinFromLobby,
  press,
  type RoomWindow,
  say,
  waitForConnection,
  waitForLine,
  waitForText,
} from '../support/browsers/hands.js';
import { tabTo } from '../support/browsers/keyboard.js';
import { waitForMedia } from '../support/browsers/probe.js';
import { useSite } from '../support/browsers/site.js';

const WIDTHS = [320, 1280] as const;
const SCHEMES = ['light', 'dark'] as const;

const site = useSite();

describe('axe', () => {
  it('finds nothing serious on hello: lobby, call, after it', async () => {
    const page = await site.open('/examples/hello/');
    await control(page, 'Your name');
    await expectNoBarriers(page, 'hello, lobby');
    await joinFromLobby(page, 'Aisha');
    const other = await site.open('/examples/hello/');
    await joinFromLobby(other, 'Ben');
    await Promise.all([waitForMedia(page, 1), waitForMedia(other, 1)]);
    await say(other, 'hello from Ben');
    await waitForLine(page, 'hello from Ben');
    await expectNoBarriers(page, 'hello, call');
    await press(page, /^People/);
    await expectNoBarriers(page, 'hello, people');
    await page.evaluate(() => (window.probe.find('rtc-room') as RoomWindow[])[0]?.client.leave());
    await waitForText(page, 'You left');
    await expectNoBarriers(page, 'hello, after');
    await Promise.all([page.close(), other.close()]);
  });

  it('finds nothing serious on workspace: form, chat, call, chat again', async () => {
    const page = await site.open('/examples/workspace/');
    await expectNoBarriers(page, 'workspace, form');
    await (await control(page, 'Your name')).type('Aisha');
    await press(page, 'Open the workspace');
    await say(page, 'good morning');
    await waitForLine(page, 'good morning');
    await expectNoBarriers(page, 'workspace, chat');
    await press(page, 'Meeting');
    await control(page, 'Leave');
    await expectNoBarriers(page, 'workspace, call');
    await press(page, 'Leave');
    await until(page, 'no meeting', () => window.probe.find('rtc-room').length === 0, []);
    await say(page, 'still here');
    await waitForLine(page, 'still here');
    await page.close();
  });
});

describe('the keyboard alone', () => {
  it('works a whole call', async () => {
    const page = await site.open('/examples/hello/');
    await control(page, 'Your name');
    await tabTo(page, 'Your name');
    await page.keyboard.type('Kim');
    await tabTo(page, /^Join/);
    await page.keyboard.press('Enter');
    await waitForConnection(page, 'connected');

    await tabTo(page, 'Microphone');
    await page.keyboard.press('Space');
    await waitForFlag(page, 'microphone', false);
    await page.keyboard.press('Enter');
    await waitForFlag(page, 'microphone', true);
    await tabTo(page, 'Camera');
    await page.keyboard.press('Enter');
    await waitForFlag(page, 'camera', false);
    await tabTo(page, 'Share screen');
    await page.keyboard.press('Enter');
    await waitForFlag(page, 'screen', true);
    await tabTo(page, /^(Stop sharing|Share screen)$/);
    await page.keyboard.press('Enter');
    await waitForFlag(page, 'screen', false);

    await tabTo(page, 'People');
    await page.keyboard.press('Enter');
    await until(page, 'the list', () => window.probe.find('rtc-participants').length === 1, []);
    await tabTo(page, 'Message');
    await page.keyboard.type('typed without a mouse');
    await page.keyboard.press('Enter');
    await waitForLine(page, 'typed without a mouse');

    await tabTo(page, 'Leave');
    await page.keyboard.press('Enter');
    await waitForConnection(page, 'closed');
    await tabTo(page, 'Join again');
    await page.keyboard.press('Enter');
    await waitForConnection(page, 'connected');
    await page.close();
  });
});

async function expectNoBarriers(page: Page, state: string): Promise<void> {
  for (const width of WIDTHS) {
    await page.setViewport({ width, height: 800 });
    for (const scheme of SCHEMES) {
      await page.emulateMediaFeatures([
        { name: 'prefers-color-scheme', value: scheme },
        // What fades in has less contrast for a moment.
        { name: 'prefers-reduced-motion', value: 'reduce' },
      ]);
      assert.deepEqual(await findBarriers(page), [], `${state}, ${width} px, ${scheme}`);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(overflow <= 0, `${state}: ${overflow} px wider than ${width}`);
    }
  }
  await page.setViewport({ width: 1280, height: 800 });
}

const waitForFlag = (page: Page, source: 'microphone' | 'camera' | 'screen', on: boolean) =>
  until(
    page,
    `${source} ${on ? 'on' : 'off'}`,
    (kind: 'microphone' | 'camera' | 'screen', wanted: boolean) => {
      const [room] = window.probe.find('rtc-room') as RoomWindow[];
      return (room?.client.getSnapshot().media[kind].status === 'on') === wanted;
    },
    [source, on],
  );
