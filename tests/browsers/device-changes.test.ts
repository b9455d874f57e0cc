// Devices that go, come back or fall silent in the middle of a call, in both browsers.
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';

import type { Page } from 'puppeteer-core';

import { launch, until } from '../support/browsers/launch.js';
import {
  press,
  type RoomWindow,
  waitForPeers,
  waitForProblem,
  waitForText,
} from '../support/browsers/hands.js';
import { waitForMedia, waitForMoreMedia } from '../support/browsers/probe.js';
import { useSite } from '../support/browsers/site.js';
import { installRack } from '../support/browsers/rack.js';

const SOURCES = ['microphone', 'camera'] as const;

const site = useSite({ browsers: [] });

// Most of their time both wait until it is clear that a device gives nothing: they do so together.
describe('a device in a call', { concurrency: true }, () => {
  for (const name of ['chromium', 'firefox'] as const) {
    describe(name, { concurrency: false }, () => proveIn(name));
  }
});

function proveIn(name: 'chromium' | 'firefox'): void {
  // Where there is no sound card, Firefox lets no page listen; then a microphone is left alone.
  const judged = name === 'chromium' ? SOURCES : (['camera'] as const);
  const kinds = judged.map((source) => (source === 'camera' ? 'videoinput' : 'audioinput'));
  let page: Page;
  let other: Page;

  before(async () => {
    const [mine, theirs] = await Promise.all([launch(name), launch('chromium')]);
    const room = name;
    other = await site.call({ room, name: 'Other' }, theirs);
    page = await site.call({ room, name: 'Owner', audio: 'off', video: 'off' }, mine);
    await waitForPeers(page, 1);
  });

  it('60: gives way to the default when it cannot be had, and stays the choice', async () => {
    await choose(page, 'in-a-drawer', 'in-a-drawer');
    await waitForMedia(other, 1);
    assert.deepEqual(await problems(page), [null, null]);
    const { inUse, chosen } = await page.evaluate(async () => {
      const { client } = window.probe.find('rtc-room')[0] as RoomWindow;
      const before = client.getSnapshot().media;
      await Promise.all([client.media.setMicrophone(false), client.media.setCamera(false)]);
      const { microphone, camera } = client.getSnapshot().media;
      return { inUse: before.camera.deviceId, chosen: [microphone.deviceId, camera.deviceId] };
    });
    assert.notEqual(inUse, 'in-a-drawer');
    assert.deepEqual(chosen, ['in-a-drawer', 'in-a-drawer']);
  });

  it('61: gives way to another when it is unplugged, and is taken again when it is back', async () => {
    await page.evaluate(installRack);
    await choose(page, 'mic-2', 'cam-2');
    await waitForDevices(page, 'mic-2', 'cam-2');
    await page.evaluate(() => ['mic-2', 'cam-2'].forEach((id) => window.rack.unplug(id)));
    await waitForDevices(page, 'mic-1', 'cam-1');
    await waitForMoreMedia(other);
    await page.evaluate(() => {
      window.rack.plug('audioinput', 'mic-2');
      window.rack.plug('videoinput', 'cam-2');
    });
    await waitForDevices(page, 'mic-2', 'cam-2');
    await waitForMoreMedia(other);
  });

  it('61: gives way to another when it vanishes while it is being opened', async () => {
    await page.evaluate(() => (window.rack.vanishing = 'mic-1'));
    await choose(page, 'mic-1', 'cam-1');
    await waitForDevices(page, 'mic-2', 'cam-1');
    await waitForProblem(page, 'microphone', 'device-unplugged');
    await page.evaluate(() => (window.rack.vanishing = null));
    await press(page, 'Try again');
    await waitForProblem(page, 'microphone', null);
    await waitForMoreMedia(other);
  });

  it('65: is opened anew when it is live and gives nothing, and then told as silent', async () => {
    const before = await trackIds(page);
    await page.evaluate((all) => window.rack.interrupt(all), kinds);
    for (const source of judged) await waitForOtherTrack(page, source, before[source]);
    await waitForMoreMedia(other);
    assert.deepEqual(await problems(page), [null, null]);

    await page.evaluate((all) => {
      window.rack.gives = false;
      window.rack.interrupt(all);
    }, kinds);
    for (const source of judged) {
      await waitForProblem(page, source, 'device-silent');
      await waitForText(page, `Nothing comes from the ${source}.`);
    }
    await page.evaluate(() => (window.rack.gives = true));
    for (const source of judged) {
      await press(page, 'Try again');
      await waitForProblem(page, source, null);
    }
    await waitForMoreMedia(other);
  });

  it('61: is told as unplugged when nothing is left, and one plugged in anew is offered', async () => {
    await page.evaluate(() => {
      for (const id of ['mic-1', 'mic-2', 'cam-1', 'cam-2']) window.rack.unplug(id);
    });
    for (const source of SOURCES) {
      await waitForProblem(page, source, 'device-unplugged');
      await waitForText(page, `The ${source} was unplugged.`);
    }
    await waitForSent(other, false);
    await page.evaluate(() => {
      window.rack.plug('audioinput', 'mic-3');
      window.rack.plug('videoinput', 'cam-3');
    });
    for (const source of SOURCES) {
      await press(page, 'Try again');
      await waitForProblem(page, source, null);
    }
    await waitForDevices(page, 'mic-3', 'cam-3');
    await waitForSent(other, true);
    await waitForMoreMedia(other);
  });
}

/** As the menus of the bar do it. */
const choose = (page: Page, microphone: string, camera: string): Promise<void> =>
  page.evaluate(
    async (...[mic, cam]) => {
      const { media } = (window.probe.find('rtc-room')[0] as RoomWindow).client;
      await Promise.allSettled([
        media.setMicrophone({ deviceId: mic }),
        media.setCamera({ deviceId: cam }),
      ]);
    },
    microphone,
    camera,
  );

const waitForDevices = (page: Page, ...ids: [string, string]): Promise<void> =>
  until(
    page,
    `${ids.join(' and ')} in use`,
    (mic, cam) => {
      const { microphone, camera } = (
        window.probe.find('rtc-room')[0] as RoomWindow
      ).client.getSnapshot().media;
      const isOn = microphone.status === 'on' && camera.status === 'on';
      return isOn && microphone.deviceId === mic && camera.deviceId === cam;
    },
    ids,
  );

const trackIds = (page: Page): Promise<Record<(typeof SOURCES)[number], string | null>> =>
  page.evaluate(() => {
    const { client } = window.probe.find('rtc-room')[0] as RoomWindow;
    const { microphone, camera } = client.getSnapshot().media;
    return { microphone: microphone.trackId, camera: camera.trackId };
  });

const waitForOtherTrack = (
  page: Page,
  source: (typeof SOURCES)[number],
  before: string | null,
): Promise<void> =>
  until(
    page,
    `${source} opened anew`,
    (which: typeof source, old) => {
      const { client } = window.probe.find('rtc-room')[0] as RoomWindow;
      const { trackId } = client.getSnapshot().media[which];
      return trackId !== null && trackId !== old;
    },
    [source, before],
  );

const problems = (page: Page): Promise<(string | null)[]> =>
  page.evaluate(() => {
    const { client } = window.probe.find('rtc-room')[0] as RoomWindow;
    const { microphone, camera } = client.getSnapshot().media;
    return [microphone, camera].map(({ problem }) => problem?.code ?? null);
  });

/** What the others are told that we send. */
const waitForSent = (page: Page, isOn: boolean): Promise<void> =>
  until(
    page,
    `microphone and camera ${isOn ? 'on' : 'off'} at the other side`,
    (wanted) => {
      const [peer] = (window.probe.find('rtc-room')[0] as RoomWindow).client.getSnapshot().peers;
      return peer?.media.microphone === wanted && peer.media.camera === wanted;
    },
    [isOn],
  );
