// Tracks of a page and processed devices, as somebody in another browser sees them: the code is that of the guide.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import type { Page } from 'puppeteer-core';

import { press, type RoomWindow } from '../support/browsers/hands.js';
import { until } from '../support/browsers/launch.js';
import { waitForMedia } from '../support/browsers/probe.js';
import { useSite } from '../support/browsers/site.js';
import { snippet } from '../support/guide.js';

const PUBLISH = snippet('own-media', 'Send a track of your own', 'js');
const PROCESS = snippet('own-media', 'Change what a device gives', 'js');

/** A canvas that is always painted in this color, so that there is always another picture of it. */
const paint = (color: string): string => `
  document.querySelector('canvas')?.remove();
  const painted = document.body.appendChild(document.createElement('canvas'));
  const brush = painted.getContext('2d');
  setInterval(() => {
    brush.fillStyle = '${color}';
    brush.fillRect(0, 0, painted.width, painted.height);
  }, 50);`;

/** Runs the code of a page of the guide, with \`room\`. Returns the code of the error, if any. */
const run = (page: Page, code: string): Promise<string> =>
  page.evaluate(async (text) => {
    const [element] = window.probe.find('rtc-room') as RoomWindow[];
    const Code = Object.getPrototypeOf(async () => undefined).constructor as new (
      ...words: string[]
    ) => (room: unknown) => Promise<void>;
    return new Code('room', text)(element?.client).then(
      () => 'done',
      (error: unknown) => (error as { code?: string }).code ?? String(error),
    );
  }, code);

/** Resolves once the picture of the other person has this color: the mean of all its points. */
const waitForColor = (page: Page, what: 'red' | 'grey' | 'colored'): Promise<void> =>
  until(
    page,
    `a picture that is ${what}`,
    (wanted) => {
      const isTheirs = (video: HTMLVideoElement): boolean => {
        const [track] = (video.srcObject as MediaStream | null)?.getVideoTracks() ?? [];
        return track !== undefined && !window.probe.tracks.includes(track);
      };
      const videos = (window.probe.find('video') as HTMLVideoElement[]).filter(isTheirs);
      const video = videos.find(({ videoWidth }) => videoWidth > 0);
      const context = new OffscreenCanvas(8, 8).getContext('2d');
      if (!video || !context) return false;
      context.drawImage(video, 0, 0, 8, 8);
      const { data } = context.getImageData(0, 0, 8, 8);
      const [red, green, blue] = [0, 1, 2].map((channel) => {
        let sum = 0;
        for (let at = channel; at < data.length; at += 4) sum += data[at] ?? 0;
        return sum / 64;
      }) as [number, number, number];
      const spread = Math.max(red, green, blue) - Math.min(red, green, blue);
      if (wanted === 'red') return red > 150 && green < 90 && blue < 90;
      return wanted === 'grey' ? spread < 12 && red > 5 : spread > 40;
    },
    [what],
  );

/** The state of our camera, as the room shows it. */
const camera = (page: Page): Promise<{ status: string; code: string | undefined }> =>
  page.evaluate(() => {
    const [element] = window.probe.find('rtc-room') as RoomWindow[];
    const state = element?.client.getSnapshot().media.camera;
    return { status: state?.status ?? '', code: state?.problem?.code };
  });

const site = useSite({ browsers: ['chromium', 'firefox'] });

describe('what a page sends of its own', () => {
  it('is a canvas in place of the camera, which is turned off and on, and comes along into the next stay', async () => {
    for (const [sender, receiver] of [
      [site.chromium, site.firefox],
      [site.firefox, site.chromium],
    ] as const) {
      const room = `canvas-${sender === site.chromium ? 'c' : 'f'}`;
      const ann = await site.call({ room, name: 'Ann' }, sender);
      const ben = await site.call({ room, name: 'Ben' }, receiver);
      await Promise.all([ann, ben].map((page) => waitForMedia(page, 1)));
      assert.equal(await run(ann, `${paint('red')}\n${PUBLISH}`), 'done');
      await waitForColor(ben, 'red');
      const held = await ann.evaluate(
        () =>
          window.probe.tracks.filter(
            ({ kind, readyState }) => kind === 'video' && readyState === 'live',
          ).length,
      );
      assert.equal(held, 0, 'the camera is released');
      await press(ann, 'Camera');
      assert.equal((await camera(ann)).status, 'off');
      await press(ann, 'Camera');
      await waitForColor(ben, 'red');
      const again = 'await room.leave(); await room.join();';
      assert.equal(await run(ann, again), 'done');
      await waitForColor(ben, 'red');
      await Promise.all([ann, ben].map((page) => page.close()));
    }
  });

  it('is what a processor makes of the camera, and nothing when that fails, until somebody turns it on', async () => {
    for (const [sender, receiver] of [
      [site.chromium, site.firefox],
      [site.firefox, site.chromium],
    ] as const) {
      const room = `effect-${sender === site.chromium ? 'c' : 'f'}`;
      const ann = await site.call({ room, name: 'Ann' }, sender);
      const ben = await site.call({ room, name: 'Ben' }, receiver);
      await waitForColor(ben, 'colored');
      assert.equal(await run(ann, PROCESS), 'done');
      await waitForColor(ben, 'grey');
      const again = 'await room.leave(); await room.join();';
      assert.equal(await run(ann, again), 'done');
      await waitForColor(ben, 'grey');
      const standStill = PROCESS.replace('video.requestVideoFrameCallback(paint);\n  };', '};');
      assert.notEqual(standStill, PROCESS);
      assert.equal(await run(ann, standStill), 'done');
      await until(
        ann,
        'the camera off, as the picture stands still',
        () => {
          const [element] = window.probe.find('rtc-room') as RoomWindow[];
          return element?.client.getSnapshot().media.camera.problem?.code === 'processor-failed';
        },
        [],
      );
      assert.deepEqual(await camera(ann), { status: 'off', code: 'processor-failed' });
      assert.equal(await run(ann, 'await room.media.setCamera(true);'), 'done');
      await waitForColor(ben, 'colored');
      await Promise.all([ann, ben].map((page) => page.close()));
    }
  });
});
