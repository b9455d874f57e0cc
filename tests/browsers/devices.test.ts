// What a browser can answer instead of a camera: said in the element, and the join goes on without.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';

import type { Browser, Page } from 'puppeteer-core';

import { closeBrowsers, launch, open, until } from '../support/browsers.js';
import { type Edge, startEdge } from '../support/e2e-edge.js';
import { press, type RoomWindow, waitForPeers, waitForText } from '../support/e2e-hands.js';
import {
  page as html,
  type PageServer,
  roomTag,
  SCRIPT,
  servePages,
} from '../support/e2e-pages.js';
import { waitForMedia } from '../support/e2e-probe.js';

/** What `getUserMedia` rejects with, and the code that it must become. */
const REFUSALS = [
  { name: 'NotAllowedError', message: 'Permission denied', code: 'permission-denied' },
  { name: 'NotAllowedError', message: 'Permission dismissed', code: 'permission-dismissed' },
  { name: 'NotFoundError', message: 'Requested device not found', code: 'device-not-found' },
  { name: 'NotReadableError', message: 'Device in use', code: 'device-busy' },
  { name: 'AbortError', message: 'Starting videoinput failed', code: 'device-failed' },
  { name: 'OverconstrainedError', message: '', code: 'device-overconstrained' },
] as const;

interface Switches {
  refusal: { readonly name: string; readonly message: string } | null;
}

let edge: Edge;
let site: PageServer;
let frames: PageServer;
let browser: Browser;
let other: Page;

before(async () => {
  edge = await startEdge();
  const room = { host: edge.url, room: 'devices' };
  const bare = html(`${edge.url}${SCRIPT}`, roomTag({ ...room, name: 'Refused' }));
  frames = await servePages({ pages: { '/': bare } });
  const frame = `<iframe src="${frames.url.replace('127.0.0.1', 'localhost')}"></iframe>`;
  const pages = {
    '/': bare,
    '/other': html(`${edge.url}${SCRIPT}`, roomTag({ ...room, name: 'Other' })),
    '/listener': html(
      `${edge.url}${SCRIPT}`,
      roomTag({ ...room, name: 'Listener', audio: 'off', video: 'off' }),
    ),
    '/frame': html('data:text/javascript,', frame),
  };
  site = await servePages({ pages });
  browser = await launch('chromium');
  other = await open(browser, `${site.url}/other`);
});

after(async () => {
  await closeBrowsers();
  await Promise.all([site?.close(), frames?.close()]);
  await edge?.close();
});

afterEach(async () => {
  for (const context of browser.browserContexts()) {
    const isOthers = context === other.browserContext();
    if (!isOthers) await Promise.all((await context.pages()).map((page) => page.close()));
  }
  await waitForPeers(other, 0);
});

/** Lets the page's switch decide what the devices answer. */
function refuseDevices(): void {
  const devices = navigator.mediaDevices;
  const real = devices.getUserMedia.bind(devices);
  const page = window as unknown as Switches;
  page.refusal = JSON.parse(decodeURIComponent(location.hash.slice(1))) as Switches['refusal'];
  devices.getUserMedia = (constraints) =>
    page.refusal
      ? Promise.reject(new DOMException(page.refusal.message, page.refusal.name))
      : real(constraints);
}

describe('a device that cannot be had', () => {
  for (const { name, message, code } of REFUSALS) {
    it(`is "${code}" when the browser says ${name}: the join goes on, and a retry works`, async () => {
      const hash = encodeURIComponent(JSON.stringify({ name, message }));
      const page = await open(browser, `${site.url}/#${hash}`, { before: refuseDevices });
      await waitForPeers(page, 1);
      await waitForProblem(page, code);
      await waitForText(page, await problemText(page));
      await waitForFrames(page);

      await page.evaluate(() => {
        (window as unknown as Switches).refusal = null;
      });
      for (const source of ['microphone', 'camera'] as const) {
        await press(page, 'Try again');
        await waitForSource(page, source);
      }
      await waitForMedia(other, 1);
    });
  }

  it('is "policy-blocked" in a frame that is not allowed to ask', async () => {
    const page = await open(browser, `${site.url}/frame`);
    const inner = await page.waitForFrame((frame) => frame.parentFrame() !== null);
    await inner.waitForFunction(
      () => {
        const [room] = window.probe.find('rtc-room') as RoomWindow[];
        return room?.client?.getSnapshot().media.camera.problem?.code === 'policy-blocked';
      },
      { polling: 50 },
    );
  });

  it('is "insecure-context" on a page that came over http', async () => {
    const rules = ['--host-resolver-rules=MAP insecure.example 127.0.0.1'];
    const insecure = await launch('chromium', { args: rules });
    const page = await open(insecure, site.url.replace('127.0.0.1', 'insecure.example'));
    await waitForPeers(page, 1);
    await waitForProblem(page, 'insecure-context');
    await waitForText(page, await problemText(page));
    await insecure.close();
  });

  it('is "device-unplugged" when it goes away in the call, which goes on', async () => {
    const page = await open(browser, `${site.url}/#null`, { before: refuseDevices });
    await Promise.all([waitForMedia(page, 1), waitForMedia(other, 1)]);
    await page.evaluate(() => {
      // It was the only one, so another one does not take its place.
      (window as unknown as Switches).refusal = { name: 'NotFoundError', message: 'not found' };
      for (const track of window.probe.tracks.filter(({ kind }) => kind === 'video')) {
        // What an unplugged device looks like to a page: the track ends without being stopped by it.
        track.stop();
        track.dispatchEvent(new Event('ended'));
      }
    });
    await waitForProblem(page, 'device-unplugged');
    await waitForText(page, await problemText(page));
    await waitForFrames(page);
  });
});

const HELD = 'sound is held back';

/** Tells by itself, because whatever puppeteer asks of a page counts as a gesture of its user. */
function reportButton(): void {
  const timer = setInterval(() => {
    const buttons = window.probe.find('button');
    if (!buttons.some(({ textContent }) => textContent.includes('Turn on sound'))) return;
    clearInterval(timer);
    console.info('sound is held back');
  }, 50);
}

describe('sound that the browser holds back', () => {
  it('is asked for by one button, and is heard after it', { timeout: 60_000 }, async () => {
    const args = ['--autoplay-policy=document-user-activation-required'];
    // One who sends nothing: Chromium lets a page that captures play by itself.
    const strict = await launch('chromium', { args });
    let hear = (): void => undefined;
    const held = new Promise<void>((resolve) => (hear = resolve));
    const onConsole = (_: string, text: string): void => void (text === HELD && hear());
    const page = await open(strict, `${site.url}/listener`, { before: reportButton, onConsole });
    await held;
    await press(page, 'Turn on sound');
    await page.waitForFunction(() => {
      const sounds = window.probe.find('audio, video') as HTMLMediaElement[];
      const remote = sounds.filter(({ muted, srcObject }) => !muted && srcObject !== null);
      return remote.length > 0 && remote.every(({ paused }) => !paused);
    });
    const left = await page.evaluate(
      () =>
        window.probe
          .find('button')
          .filter((one) => one.checkVisibility() && one.textContent.includes('Turn on sound'))
          .length,
    );
    assert.equal(left, 0);
    await waitForMedia(page, 1);
    await strict.close();
  });
});

const waitForProblem = (page: Page, code: string): Promise<void> =>
  until(
    page,
    `camera problem ${code}`,
    (wanted: string) => {
      const [room] = window.probe.find('rtc-room') as RoomWindow[];
      return room?.client.getSnapshot().media.camera.problem?.code === wanted;
    },
    [code],
  );

const waitForSource = (page: Page, source: 'microphone' | 'camera'): Promise<void> =>
  until(
    page,
    `${source} on`,
    (kind: 'microphone' | 'camera') => {
      const [room] = window.probe.find('rtc-room') as RoomWindow[];
      return room?.client.getSnapshot().media[kind].status === 'on';
    },
    [source],
  );

const problemText = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const [room] = window.probe.find('rtc-room') as RoomWindow[];
    return room?.client.getSnapshot().media.camera.problem?.message ?? 'no message';
  });

/** Waits until pictures of the other side arrive. */
const waitForFrames = (page: Page): Promise<void> =>
  until(
    page,
    'pictures of the other side',
    async () => {
      for (const connection of window.probe.connections) {
        for (const entry of (await connection.getStats()).values()) {
          if (entry.type === 'inbound-rtp' && entry.framesDecoded > 5) return true;
        }
      }
      return false;
    },
    [],
  );
