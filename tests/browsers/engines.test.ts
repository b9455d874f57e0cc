// A call that moves from the mesh to an engine and back: real devices, real connections and the real room.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import type { Page } from 'puppeteer-core';

import { bundle, inline } from '../support/browsers/bundle.js';
import { until } from '../support/browsers/launch.js';
import type { EnginePage } from '../support/browsers/engine-page.js';
import { countHeld, readComplaints } from '../support/browsers/probe.js';
import { useSite } from '../support/browsers/site.js';

const NAMES = ['ann', 'ben'] as const satisfies readonly (keyof EnginePage)[];

const site = useSite({
  browsers: ['chromium', 'firefox'],
  pages: async () => {
    const script = inline(await bundle('tests/support/browsers/engine-page.ts'));
    const head = '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Two</title>';
    return { '/two': `${head}</head><body>${script}</body></html>` };
  },
});

/** Waits until each of the two sees new frames of what they receive of the other now. */
async function waitForPictures(page: Page): Promise<void> {
  const before = await page.evaluate(
    (names) => names.map((name) => window.enginePage.videoOf(name)?.currentTime ?? 0),
    [...NAMES],
  );
  await until(
    page,
    'new pictures of both',
    (names: readonly ('ann' | 'ben')[], times: readonly number[]) =>
      names.every((name, index) => {
        const video = window.enginePage.videoOf(name);
        const [track] = (video?.srcObject as MediaStream | null)?.getVideoTracks() ?? [];
        const [peer] = window.enginePage[name].getSnapshot().peers;
        // With another track, time begins anew.
        const isNew = video && video.currentTime > 0 && video.currentTime !== times[index];
        return isNew && video.videoWidth > 0 && track?.id === peer?.tracks.camera;
      }),
    [[...NAMES], before],
  );
}

/** Of each: what of the other is heard and seen, and which tracks of their own are sent. */
const mediaOf = (page: Page) =>
  page.evaluate(
    (names) =>
      names.map((name) => {
        const room = window.enginePage[name];
        return {
          receives: Object.keys(room.getSnapshot().peers[0]?.tracks ?? {}).sort(),
          camera: room.media.getTrack('camera')?.id,
          microphone: room.media.getTrack('microphone')?.id,
        };
      }),
    [...NAMES],
  );

const move = (page: Page, engine: string): Promise<void> =>
  page.evaluate(
    async (to, names) => {
      await Promise.all(names.map((name) => window.enginePage[name].moveCall(to)));
    },
    engine,
    [...NAMES],
  );

/** Waits until `count` peer connections are open, and `calls` on the engine. */
const waitForCalls = (page: Page, count: number, calls: number): Promise<void> =>
  until(
    page,
    `${count} connections and ${calls} calls on the engine`,
    (connections: number, onEngine: number) =>
      window.probe.connections.filter((one) => one.connectionState !== 'closed').length ===
        connections && window.enginePage.network.calls.size === onEngine,
    [count, calls],
  );

const mute = (page: Page, isOn: boolean): Promise<void> =>
  page.evaluate((on) => window.enginePage.ann.media.setMicrophone(on), isOn);

/** Waits until Ben hears Ann, or does not. */
const waitForSound = (page: Page, isHeard: boolean): Promise<void> =>
  until(
    page,
    isHeard ? 'sound of Ann' : 'silence of Ann',
    (wanted: boolean) => {
      const [peer] = window.enginePage.ben.getSnapshot().peers;
      return (peer?.tracks.microphone !== undefined) === wanted;
    },
    [isHeard],
  );

for (const name of ['chromium', 'firefox'] as const) {
  describe(`a call that moves, in ${name}`, () => {
    it('goes from the mesh to an engine and back, with what is on and without what is off', async () => {
      await site.start();
      const page = await site.open(`/two?room=engines-${name}`, site[name]);
      await waitForSound(page, true);
      await waitForPictures(page);
      await waitForCalls(page, 2, 0);
      await mute(page, false);
      await waitForSound(page, false);
      const before = await mediaOf(page);
      assert.deepEqual(
        before.map(({ receives }) => receives),
        [['camera', 'microphone'], ['camera']],
      );
      for (const engine of ['fake', 'mesh'] as const) {
        await move(page, engine);
        await waitForPictures(page);
        await (engine === 'fake' ? waitForCalls(page, 0, 2) : waitForCalls(page, 2, 0));
        assert.deepEqual(await mediaOf(page), before, `the same tracks go out over ${engine}`);
      }
      // Two cameras and a microphone: what an engine had copied is released.
      assert.deepEqual(await countHeld(page), { connections: 2, tracks: 3, sockets: 2 });
      await mute(page, true);
      await waitForSound(page, true);
      assert.deepEqual(await readComplaints(page), []);
      await page.close();
    });
  });
}
