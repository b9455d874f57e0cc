// Screens in a call: shown to everybody while they are shared, gone when the browser ends them.
import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';

import type { Browser, BrowserContext, Page } from 'puppeteer-core';

import { launch, until } from '../support/browsers/launch.js';
import { press, type RoomWindow, waitForText } from '../support/browsers/hands.js';
import { waitForMedia, waitForMoreMedia } from '../support/browsers/probe.js';
import { useSite } from '../support/browsers/site.js';

// Its Chromium gives a painted monitor with sound for a screen, without a question.
const site = useSite({
  pages: () => ({
    '/film': '<!doctype html><title>A film in another tab</title><h1>A film</h1>',
  }),
});
const guests: Page[] = [];

/** Somebody of this name in the call, until the test is over. */
async function join(name: string, where?: Browser | BrowserContext): Promise<Page> {
  const page = await site.call({ room: 'screens', name }, where, { before: recordCapture });
  guests.push(page);
  return page;
}

afterEach(async () => {
  await Promise.all(guests.splice(0).map((page) => page.close()));
});

/** Music stays what it is. */
const PLAIN = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };

describe('a shared screen', () => {
  it("62: is gone for everybody when the browser's own bar ends it, and the camera goes on", async () => {
    // The tab that is shared is closed: what the browser does then is what its "Stop sharing" does.
    const args = ['--auto-select-tab-capture-source-by-title=A film in another tab'];
    const browser = await launch('chromium', { args, without: ['--use-fake-ui-for-media-stream'] });
    const context = await browser.createBrowserContext();
    for (const name of ['camera', 'microphone']) {
      await context.setPermission(site.url, { permission: { name }, state: 'granted' });
    }
    const film = await site.open('/film', context);
    const aisha = await join('Aisha', context);
    const ben = await join('Ben');
    await Promise.all([waitForMedia(aisha, 1), waitForMedia(ben, 1)]);
    await press(aisha, 'Share screen');
    await waitForTiles(ben, { screens: 1, cameras: 2 });
    await waitForPlaying(ben, 'screen');
    const { asked, given } = await readSound(aisha);
    assert.deepEqual(given, { ...PLAIN, suppressLocalAudioPlayback: false });
    // Other tabs do not play our call, so only of a whole system it is given.
    assert.equal(asked?.['restrictOwnAudio'], true);

    await film.close();
    await waitForTiles(ben, { screens: 0, cameras: 2 }, 1_000);
    await waitForTiles(aisha, { screens: 0, cameras: 2 });
    assert.deepEqual(await sent(aisha), { microphone: true, camera: true, screen: false });
    await waitForMoreMedia(ben);
  });

  it('62: is gone for everybody when Firefox ends it, and the camera goes on', async () => {
    const aisha = await join('Aisha', await launch('firefox'));
    const ben = await join('Ben');
    await Promise.all([waitForMedia(aisha, 1), waitForMedia(ben, 1)]);
    await aisha.evaluate(paintScreen);
    await press(aisha, 'Share screen');
    await waitForTiles(ben, { screens: 1, cameras: 2 });
    await waitForPlaying(ben, 'screen');
    await aisha.evaluate(() => {
      const { media } = (window.probe.find('rtc-room')[0] as RoomWindow).client;
      const track = media.getTrack('screen');
      track?.stop();
      track?.dispatchEvent(new Event('ended'));
    });
    await waitForTiles(ben, { screens: 0, cameras: 2 }, 1_000);
    await waitForTiles(aisha, { screens: 0, cameras: 2 });
    assert.deepEqual(await sent(aisha), { microphone: true, camera: true, screen: false });
    await waitForMoreMedia(ben);
  });

  it('62: is seen by who comes later, beside that of somebody else, each with its sound', async () => {
    const aisha = await join('Aisha');
    await waitForText(aisha, 'Nobody else is in the call yet');
    await press(aisha, 'Share screen');
    await waitForTiles(aisha, { screens: 1, cameras: 1 });
    const ben = await join('Ben');
    await waitForTiles(ben, { screens: 1, cameras: 2 });
    await press(ben, 'Share screen');
    const chen = await join('Chen');
    for (const page of [aisha, ben, chen]) {
      await waitForTiles(page, { screens: 2, cameras: 3 });
      await waitForPlaying(page, 'screen');
    }
    await waitForPlaying(chen, 'camera');
    await waitForSounds(chen, 4);

    await press(aisha, 'Share screen');
    await waitForTiles(chen, { screens: 1, cameras: 3 });
    await waitForSounds(chen, 3);
    await waitForPlaying(chen, 'screen');
  });

  it('62: keeps its text sharp or its film smooth, as it was shared, and may be a second camera', async () => {
    const aisha = await join('Aisha');
    const ben = await join('Ben');
    await Promise.all([waitForMedia(aisha, 1), waitForMedia(ben, 1)]);
    await share(aisha, { hint: 'detail' });
    await waitForSender(aisha, { hint: 'detail', prefers: 'maintain-resolution', frameRate: 15 });
    await share(aisha, { hint: 'motion' });
    await waitForSender(aisha, { hint: 'motion', prefers: 'maintain-framerate', frameRate: 30 });
    await waitForPlaying(ben, 'screen');

    const cameras = await aisha.evaluate(() => {
      const { devices, camera } = (
        window.probe.find('rtc-room')[0] as RoomWindow
      ).client.getSnapshot().media;
      return devices
        .filter(({ kind, deviceId }) => kind === 'videoinput' && deviceId !== camera.deviceId)
        .map(({ deviceId }) => deviceId);
    });
    assert.equal(cameras.length, 1);
    await share(aisha, { deviceId: cameras[0] ?? '' });
    await waitForTiles(ben, { screens: 1, cameras: 2 });
    await waitForPlaying(ben, 'screen');
    await waitForPlaying(ben, 'camera');
    assert.deepEqual(await sent(aisha), { microphone: true, camera: true, screen: true });
  });
});

const share = (page: Page, options: object): Promise<void> =>
  page.evaluate(async (how) => {
    const { media } = (window.probe.find('rtc-room')[0] as RoomWindow).client;
    await media.shareScreen(how);
  }, options);

/** What everybody is told of what we send. */
const sent = (page: Page): Promise<unknown> =>
  page.evaluate(
    () => (window.probe.find('rtc-room')[0] as RoomWindow).client.getSnapshot().you?.media,
  );

const waitForTiles = (
  page: Page,
  wanted: { readonly screens: number; readonly cameras: number },
  timeout?: number,
): Promise<void> =>
  until(
    page,
    `${wanted.screens} screens and ${wanted.cameras} cameras on the stage`,
    ({ screens, cameras }: typeof wanted) => {
      const count = (source: string): number =>
        window.probe.find(`rtc-tile[source=${source}]`).length;
      return count('screen') === screens && count('camera') === cameras;
    },
    [wanted],
    timeout,
  );

/** Waits until the picture of every tile of this kind goes on. */
const waitForPlaying = (page: Page, source: 'camera' | 'screen'): Promise<void> =>
  until(
    page,
    `every ${source} with a picture that goes on`,
    (kind: string) => {
      const marks = ((window as { seen?: WeakMap<object, number> }).seen ??= new WeakMap());
      return window.probe.find(`rtc-tile[source=${kind}]`).every((tile) => {
        const video = tile.shadowRoot?.querySelector('video');
        const track = (video?.srcObject as MediaStream | null)?.getVideoTracks()[0];
        if (!video || !track) return false;
        const first = marks.get(track);
        if (first === undefined) marks.set(track, video.currentTime);
        return first !== undefined && video.currentTime > first;
      });
    },
    [source],
  );

/** Waits until so many voices and screens of others are heard. */
const waitForSounds = (page: Page, count: number): Promise<void> =>
  until(
    page,
    `${count} sounds`,
    (wanted: number) => {
      const heard = (window.probe.find('audio') as HTMLAudioElement[]).filter(
        ({ paused, srcObject }) => !paused && srcObject !== null,
      );
      return heard.length === wanted;
    },
    [count],
  );

type Settings = Readonly<Record<string, unknown>>;

/** Remembers how the page asks for a screen. */
function recordCapture(): void {
  const devices = navigator.mediaDevices;
  const real = devices.getDisplayMedia.bind(devices);
  devices.getDisplayMedia = (options) => {
    (window as { asked?: unknown }).asked = options?.audio;
    return real(options);
  };
}

/** Puts a painted screen in the place of the one that Firefox has not got without a desktop. */
function paintScreen(): void {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d');
  let turn = 0;
  setInterval(() => {
    if (!context) return;
    context.fillStyle = (turn += 1) % 2 ? 'navy' : 'olive';
    context.fillRect(0, 0, canvas.width, canvas.height);
  }, 50);
  navigator.mediaDevices.getDisplayMedia = () => Promise.resolve(canvas.captureStream(20));
}

/** How the page has asked for the sound of its screen, and what it was given. */
const readSound = (page: Page): Promise<{ readonly asked?: Settings; readonly given: Settings }> =>
  page.evaluate(
    (names) => {
      const { media } = (window.probe.find('rtc-room')[0] as RoomWindow).client;
      const settings = Object.entries(media.getTrack('screen-audio')?.getSettings() ?? {});
      return {
        asked: (window as { asked?: Settings }).asked ?? {},
        given: Object.fromEntries(settings.filter(([name]) => names.includes(name))),
      };
    },
    [...Object.keys(PLAIN), 'suppressLocalAudioPlayback'],
  );

/** Waits until our screen is sent with this hint, and with what it asks for. */
const waitForSender = (
  page: Page,
  wanted: { readonly hint: string; readonly prefers: string; readonly frameRate: number },
): Promise<void> =>
  until(
    page,
    `a screen sent for ${wanted.hint}`,
    ({ hint, prefers, frameRate }: typeof wanted) => {
      const { media } = (window.probe.find('rtc-room')[0] as RoomWindow).client;
      const track = media.getTrack('screen');
      const senders = window.probe.connections.flatMap((pc) => pc.getSenders());
      const sender = senders.find((one) => one.track === track);
      const { encodings = [], degradationPreference } = sender?.getParameters() ?? {};
      return (
        track?.contentHint === hint &&
        degradationPreference === prefers &&
        encodings[0]?.maxFramerate === frameRate
      );
    },
    [wanted],
  );
