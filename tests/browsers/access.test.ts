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

describe('what data is shown by', () => {
  it('has nothing serious for axe: files that are offered, on their way and here', async () => {
    const { ann, ben } = await offerFile();
    await expectNoBarriers(ben, 'file-drop, offered');
    await pauseFile(ann);
    await press(ben, 'Accept: plan.bin');
    await control(ben, 'Cancel: plan.bin');
    await expectNoBarriers(ben, 'file-drop, on its way');
    await press(ann, 'Resume: plan.bin');
    await control(ben, 'Save: plan.bin');
    await expectNoBarriers(ben, 'file-drop, here');
    await Promise.all([ann.close(), ben.close()]);
  });

  it('has nothing serious for axe: where somebody points', async () => {
    const { ann, ben } = await point();
    await expectNoBarriers(ben, 'cursors');
    await Promise.all([ann.close(), ben.close()]);
  });

  it('is seen in forced colours: the place to drop files, their icons and bars', async () => {
    const { ann, ben } = await offerFile();
    const system = await forceColors(ben);
    assert.equal(await styleOf(ben, '[part=zone]', 'border-top-color'), system.CanvasText);
    await ben.evaluate(() => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(['x'], 'x.txt'));
      const init = { dataTransfer, bubbles: true, composed: true, cancelable: true };
      document.querySelector('rtc-files')?.dispatchEvent(new DragEvent('dragover', init));
    });
    await until(ben, 'files over it', () => window.probe.find('.zone.over').length === 1, []);
    assert.equal(await styleOf(ben, '[part=zone]', 'border-top-color'), system.Highlight);
    assert.equal(await styleOf(ben, '.sign', 'border-top-width'), '1px');
    await pauseFile(ann);
    await press(ben, 'Accept: plan.bin');
    await control(ben, 'Cancel: plan.bin');
    assert.equal(await styleOf(ben, 'progress', 'appearance'), 'auto');
    await Promise.all([ann.close(), ben.close()]);
  });

  it('is seen in forced colours: where somebody points, and their name', async () => {
    const { ann, ben } = await point();
    const system = await forceColors(ben);
    assert.equal(await styleOf(ben, '.cursor svg', 'fill'), system.CanvasText);
    assert.equal(await styleOf(ben, '.cursor svg', 'stroke'), system.Canvas);
    assert.equal(await styleOf(ben, '.cursor .name', 'color'), system.CanvasText);
    assert.equal(await styleOf(ben, '.cursor .name', 'background-color'), system.Canvas);
    assert.equal(await styleOf(ben, '.cursor .name', 'border-top-width'), '1px');
    await Promise.all([ann.close(), ben.close()]);
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

/** Two people on the example, one of whom offers the other a file. */
async function offerFile(): Promise<{ readonly ann: Page; readonly ben: Page }> {
  const ann = await site.open('/examples/file-drop/');
  const ben = await site.open('/examples/file-drop/');
  const hasPeer = (): boolean =>
    window.probe.find('[part=zone]').some((one) => one.textContent.includes('or paste'));
  await until(ann, 'somebody to send to', hasPeer, []);
  await ann.evaluate(async () => {
    const [list] = window.probe.find('rtc-files') as unknown as {
      sendFiles(file: File): Promise<void>;
    }[];
    await list?.sendFiles(new File([new Uint8Array(3_000_000)], 'plan.bin'));
  });
  await control(ben, 'Accept: plan.bin');
  return { ann, ben };
}

/** Pauses what is offered before it is accepted, so that it stays on its way. */
const pauseFile = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const [room] = window.probe.find('rtc-room') as RoomWindow[];
    const files = room?.client.files;
    files?.pause(files.getSnapshot()[0]?.id ?? '');
  });

/** Two people on the example, one of whom points at the board. */
async function point(): Promise<{ readonly ann: Page; readonly ben: Page }> {
  const [ann, ben] = [await arrive('Ann'), await arrive('Ben')];
  const board = await ann.waitForSelector('#board');
  await board?.hover();
  const isSeen = (): boolean => window.probe.find('.cursor:not(.away)').length === 1;
  await until(ben, 'where Ann points', isSeen, []);
  return { ann, ben };
}

async function arrive(name: string): Promise<Page> {
  const page = await site.open('/examples/cursors/');
  const field = await page.waitForSelector('input[name=name]');
  await field?.type(name);
  await press(page, 'Join');
  return page;
}

/** As in a mode of high contrast. What the colours of the system are then. */
async function forceColors(
  page: Page,
): Promise<Readonly<Record<'Canvas' | 'CanvasText' | 'Highlight', string>>> {
  // It ends with the session, and that with the page.
  const session = await page.createCDPSession();
  const features = [{ name: 'forced-colors', value: 'active' }];
  await session.send('Emulation.setEmulatedMedia', { features });
  return page.evaluate(() => {
    const probe = document.body.appendChild(document.createElement('span'));
    const colorOf = (name: string): string => {
      probe.style.color = name;
      return getComputedStyle(probe).color;
    };
    return {
      Canvas: colorOf('Canvas'),
      CanvasText: colorOf('CanvasText'),
      Highlight: colorOf('Highlight'),
    };
  });
}

/** What a page shows of the first element that matches, in whatever shadow root. */
const styleOf = (page: Page, selector: string, property: string): Promise<string> =>
  page.evaluate(
    (wanted, name) => {
      const [element] = window.probe.find(wanted);
      return element ? getComputedStyle(element).getPropertyValue(name) : 'none';
    },
    selector,
    property,
  );

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
