// What a browser can answer instead of a camera, and when it holds sound back: said in the element, and
// the join goes on without.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';

import type { Browser, Frame, Page } from 'puppeteer-core';

import { closeBrowsers, launch, open, until } from '../support/browsers/launch.js';
import { type Edge, startEdge } from '../support/browsers/edge.js';
import {
  press,
  type RoomWindow,
  waitForPeers,
  waitForProblem,
  waitForText,
} from '../support/browsers/hands.js';
import {
  page as html,
  type PageServer,
  roomTag,
  SCRIPT,
  servePages,
} from '../support/browsers/pages.js';
import { waitForMedia } from '../support/browsers/probe.js';

/** What `getUserMedia` rejects with, and the code that it must become. */
const REFUSALS = [
  { name: 'NotAllowedError', message: 'Permission denied', code: 'permission-denied' },
  { name: 'NotAllowedError', message: 'Permission dismissed', code: 'permission-dismissed' },
  { name: 'NotFoundError', message: 'Requested device not found', code: 'device-not-found' },
  { name: 'NotReadableError', message: 'Device in use', code: 'device-busy' },
  { name: 'AbortError', message: 'Starting videoinput failed', code: 'device-failed' },
  { name: 'OverconstrainedError', message: '', code: 'device-overconstrained' },
] as const;

const SOURCES = ['microphone', 'camera'] as const;

interface Switches {
  refusal: { readonly name: string; readonly message: string } | null;
}

let edge: Edge;
let site: PageServer;
let frames: PageServer;
let browser: Browser;
let firefox: Browser;
let other: Page;
const guests: Page[] = [];

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
  [browser, firefox] = await Promise.all([launch('chromium'), launch('firefox')]);
  other = await open(browser, `${site.url}/other`);
});

after(async () => {
  await closeBrowsers();
  await Promise.all([site?.close(), frames?.close()]);
  await edge?.close();
});

afterEach(async () => {
  await Promise.all(guests.splice(0).map((page) => page.close()));
  await waitForPeers(other, 0);
});

/** Somebody in the call with `other`, until the test is over. */
async function visit(...where: Parameters<typeof open>): Promise<Page> {
  const page = await open(...where);
  guests.push(page);
  return page;
}

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
    it(`59: is "${code}" when the browser says ${name}: the join goes on, and a retry works`, async () => {
      const hash = encodeURIComponent(JSON.stringify({ name, message }));
      const page = await visit(browser, `${site.url}/#${hash}`, { before: refuseDevices });
      await waitForPeers(page, 1);
      await waitForProblem(page, 'camera', code);
      await waitForText(page, await problemText(page));
      await waitForFrames(page);

      await page.evaluate(() => {
        (window as unknown as Switches).refusal = null;
      });
      for (const source of SOURCES) {
        await press(page, 'Try again');
        await waitForProblem(page, source, null);
      }
      await waitForMedia(other, 1);
    });
  }

  it('59: is each of these in Firefox, one try after another, and is had in the end', async () => {
    const [first] = REFUSALS;
    const hash = encodeURIComponent(JSON.stringify(first));
    const page = await visit(firefox, `${site.url}/#${hash}`, { before: refuseDevices });
    await waitForPeers(page, 1);
    await waitForFrames(page);
    for (const refusal of REFUSALS) {
      await page.evaluate((next) => {
        (window as unknown as Switches).refusal = next;
      }, refusal);
      if (refusal !== first) await tryBothAgain(page);
      for (const source of SOURCES) await waitForProblem(page, source, refusal.code);
      await waitForText(page, await problemText(page));
    }
    await page.evaluate(() => {
      (window as unknown as Switches).refusal = null;
    });
    await tryBothAgain(page);
    for (const source of SOURCES) await waitForProblem(page, source, null);
    await waitForMedia(other, 1);
  });

  for (const name of ['Chromium', 'Firefox'] as const) {
    it(`59: is "policy-blocked" in a frame that is not allowed to ask, in ${name}`, async () => {
      const page = await visit(name === 'Firefox' ? firefox : browser, `${site.url}/frame`);
      const inner = await page.waitForFrame((frame) => frame.parentFrame() !== null);
      await waitForPeers(inner, 1);
      await waitForProblem(inner, 'camera', 'policy-blocked');
      await waitForText(inner, await problemText(inner));
      await waitForFrames(inner);
    });
  }

  it('59: is "insecure-context" on a page that came over http', async () => {
    const rules = ['--host-resolver-rules=MAP insecure.example 127.0.0.1'];
    const insecure = await launch('chromium', { args: rules });
    const page = await visit(insecure, site.url.replace('127.0.0.1', 'insecure.example'));
    await waitForPeers(page, 1);
    await waitForProblem(page, 'camera', 'insecure-context');
    await waitForText(page, await problemText(page));
  });

  it('61: is "device-unplugged" when it goes away in the call, which goes on', async () => {
    const page = await visit(browser, `${site.url}/#null`, { before: refuseDevices });
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
    await waitForProblem(page, 'camera', 'device-unplugged');
    await waitForText(page, await problemText(page));
    await waitForFrames(page);
  });
});

/** For a word that may never come. */
const TIMEOUT = { timeout: 60_000 };

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

/** As browsers are that hold sound back, and where the answer to every question is no. */
const STRICT = {
  Chromium: {
    args: [
      '--autoplay-policy=document-user-activation-required',
      '--use-fake-ui-for-media-stream=deny',
    ],
  },
  Firefox: {
    prefs: {
      'media.autoplay.default': 1,
      'media.navigator.permission.disabled': false,
      'permissions.default.camera': 2,
      'permissions.default.microphone': 2,
    },
  },
} as const;

describe('sound that the browser holds back', () => {
  const strict = new Map<keyof typeof STRICT, Browser>();

  before(async () => {
    strict.set('Chromium', await launch('chromium', STRICT.Chromium));
    strict.set('Firefox', await launch('firefox', STRICT.Firefox));
  });

  for (const [who, path] of [
    // One who sends nothing: Chromium lets a page that captures play by itself.
    ['a listener', '/listener'],
    ['whoever is refused the microphone', '/'],
  ] as const) {
    for (const name of ['Chromium', 'Firefox'] as const) {
      it(
        `63: is asked for by one button, and all of it heard by ${who} after it, in ${name}`,
        TIMEOUT,
        async () => {
          await startScreen(other);
          let hear = (): void => undefined;
          const held = new Promise<void>((resolve) => (hear = resolve));
          const onConsole = (_: string, text: string): void => void (text === HELD && hear());
          const before = reportButton;
          const where = strict.get(name) as Browser;
          const page = await visit(where, `${site.url}${path}`, { before, onConsole });
          await held;
          await press(page, 'Turn on sound');
          await page.waitForFunction(() => {
            const sounds = window.probe.find('audio, video') as HTMLMediaElement[];
            const remote = sounds.filter(({ muted, srcObject }) => !muted && srcObject !== null);
            // A voice and the sound of a screen.
            return remote.length === 2 && remote.every(({ paused }) => !paused);
          });
          const left = await page.evaluate(
            () =>
              window.probe
                .find('button')
                .filter((one) => one.checkVisibility() && one.textContent.includes('Turn on sound'))
                .length,
          );
          assert.equal(left, 0);
          if (path === '/') await waitForProblem(page, 'microphone', 'permission-denied');
          await waitForMedia(page, 1);
        },
      );
    }
  }
});

/** With its sound, unless it is shared already. */
const startScreen = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const { media } = (window.probe.find('rtc-room')[0] as RoomWindow).client;
    if (!media.getTrack('screen')) await media.shareScreen({ audio: true });
  });

/** Clicks the button of either card. */
const tryBothAgain = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const buttons = window.probe.controls().filter(({ name }) => name === 'Try again');
    buttons.forEach(({ element }) => element.click());
  });

const problemText = (page: Page | Frame): Promise<string> =>
  page.evaluate(() => {
    const [room] = window.probe.find('rtc-room') as RoomWindow[];
    return room?.client.getSnapshot().media.camera.problem?.message ?? 'no message';
  });

/** Waits until pictures of the other side arrive. */
const waitForFrames = (page: Page | Frame): Promise<void> =>
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
