// What a person chose holds: when they join again, when a token changes, when their element is replaced.
import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';

import { claimsFor, sign, TOKEN_SECRET } from '../support/edge/tokens.js';
import {
  press,
  waitForConnection,
  waitForPeers,
  type RoomWindow,
} from '../support/browsers/hands.js';
import {
  add,
  set,
  join,
  waitForTracks,
  waitForDevice,
  waitUntilReleased,
  seen,
  waitForName,
  newRoom,
  emptyPage,
  EmptyPages,
  type LateRoom,
} from '../support/browsers/late-options.js';
import { countHeld, waitForHeld } from '../support/browsers/probe.js';
import { useSite } from '../support/browsers/site.js';

const CORE = '/packages/core/dist/cdn/rtc-core.min.js';

const site = useSite({ pages: () => emptyPage });
const guarded = useSite({ pages: () => emptyPage, vars: { TOKEN_SECRET } });
const pages = new EmptyPages(site);
const guardedPages = new EmptyPages(guarded);

afterEach(async () => {
  await Promise.all([pages.close(), guardedPages.close()]);
});

describe('joining again', () => {
  it('leaves off what the person turned off, and uses the device that they chose', async () => {
    const room = newRoom();
    const other = await pages.witness(room);
    const page = await pages.visit();
    await add(page, { room, name: 'Careful', autojoin: '' });
    await waitForDevice(page, 'camera', 'on');
    await waitForDevice(page, 'microphone', 'on');
    const chosen = await page.evaluate(async () => {
      const { media, getSnapshot } = (window.probe.find('rtc-room')[0] as LateRoom).client;
      const { devices, microphone } = getSnapshot().media;
      const next = devices.find(
        ({ kind, deviceId }) => kind === 'audioinput' && deviceId !== microphone.deviceId,
      );
      await media.setMicrophone({ deviceId: next?.deviceId ?? '' });
      await media.setCamera(false);
      return next?.deviceId ?? 'none';
    });
    await page.evaluate(() => (window.probe.find('rtc-room')[0] as LateRoom).leave());
    await waitForConnection(page, 'closed');
    await waitUntilReleased(page);
    await press(page, 'Join again');
    await waitForConnection(page, 'connected');
    await waitForDevice(page, 'microphone', 'on');
    await waitForPeers(other, 1);
    const used = await page.evaluate(
      () =>
        (window.probe.find('rtc-room')[0] as LateRoom).client.getSnapshot().media.microphone
          .deviceId,
    );
    assert.equal(used, chosen);
    await waitForTracks(page, 'video', 0);
    assert.equal((await seen(other))?.media.camera, false);
    assert.equal((await countHeld(page)).sockets, 1);
  });

  it('leaves off what a host muted', async () => {
    const room = newRoom();
    const host = await pages.witness(room);
    const page = await pages.visit();
    await add(page, { room, name: 'Muted', autojoin: '' });
    await waitForDevice(page, 'microphone', 'on');
    await waitForPeers(host, 1);
    await host.evaluate(async () => {
      const { client } = window.probe.find('rtc-room')[0] as LateRoom;
      const [peer] = client.getSnapshot().peers;
      await client.moderation.mute(peer?.session ?? '', 'microphone');
    });
    await waitForDevice(page, 'microphone', 'off');
    await page.evaluate(() => (window.probe.find('rtc-room')[0] as LateRoom).leave());
    await press(page, 'Join again');
    await waitForConnection(page, 'connected');
    await waitForDevice(page, 'camera', 'on');
    await waitForTracks(page, 'audio', 0);
  });

  it('uses what was set between the two', async () => {
    const room = newRoom();
    const other = await pages.witness(room);
    const page = await pages.visit();
    await add(page, { room, name: 'Before', autojoin: '' });
    await waitForDevice(page, 'camera', 'on');
    await page.evaluate(() => (window.probe.find('rtc-room')[0] as LateRoom).leave());
    await waitForConnection(page, 'closed');
    await set(page, { name: 'After', video: 'off', audio: 'muted', 'max-peers': '1' });
    await press(page, 'Join again');
    await waitForName(other, 'After');
    // Others may hear of us before we know that the early offer is for nobody.
    await waitForHeld(page, { connections: 0, tracks: 0, sockets: 1 });
  });
});

describe('a token that changes while the lobby is open', () => {
  it('leaves the devices as they are, and no track of a former room live', async () => {
    const room = newRoom();
    const other = await pages.witness(room);
    const page = await pages.visit();
    await add(page, { room, name: 'Rendered' });
    await waitForTracks(page, 'video', 1);
    await waitForTracks(page, 'audio', 1);
    await press(page, 'Camera');
    await waitForTracks(page, 'video', 0);
    await page.evaluate(async () => {
      const [element] = window.probe.find('rtc-room') as LateRoom[];
      // As an inline function in React, at every render.
      for (let render = 0; render < 10 && element; render += 1) {
        element.tokenProvider = () => Promise.resolve('');
        await (element as unknown as { updateComplete: Promise<void> }).updateComplete;
      }
    });
    await waitForDevice(page, 'microphone', 'on');
    await waitForTracks(page, 'audio', 1);
    await join(page);
    await waitForPeers(other, 1);
    assert.deepEqual((await seen(other))?.media, {
      microphone: true,
      camera: false,
      screen: false,
    });
    assert.equal((await countHeld(page)).sockets, 1);
    await page.evaluate(() => window.probe.find('rtc-room')[0]?.remove());
    await waitForTracks(page, 'audio', 0);
    await waitForPeers(other, 0);
    await waitUntilReleased(page);
  });

  it('joins when it comes after the room refused for want of one', async () => {
    const room = newRoom();
    const page = await guardedPages.visit();
    await add(page, { room, name: 'Hydrated', autojoin: '' });
    await waitForConnection(page, 'closed');
    const token = await sign(claimsFor(room));
    await page.evaluate((text) => {
      const [element] = window.probe.find('rtc-room') as LateRoom[];
      if (element) element.tokenProvider = () => Promise.resolve(text);
    }, token);
    await waitForConnection(page, 'connected');
    assert.equal((await countHeld(page)).sockets, 1);
  });
});

describe('what autojoin waits for', () => {
  for (const [what, before, after] of [
    ['autojoin', { name: 'Late' }, { autojoin: '' }],
    ['a name', { autojoin: '' }, { name: 'Late' }],
    ['the lobby', { autojoin: '', name: 'Late', lobby: 'on' }, { lobby: 'auto' }],
  ] as const) {
    it(`joins when ${what} comes later`, async () => {
      const room = newRoom();
      const other = await pages.witness(room);
      const page = await pages.visit();
      await add(page, { room, ...before });
      await waitForTracks(page, 'video', 1);
      await set(page, after);
      await waitForConnection(page, 'connected');
      await waitForName(other, 'Late');
      const held = await countHeld(page);
      assert.deepEqual([held.tracks, held.sockets], [2, 1]);
    });
  }

  it('closes the camera when the lobby goes and nobody joins', async () => {
    const page = await pages.visit();
    await add(page, { room: newRoom(), name: 'Idle' });
    await waitForTracks(page, 'video', 1);
    await set(page, { lobby: 'off' });
    await waitForTracks(page, 'video', 0);
    await waitForTracks(page, 'audio', 0);
    await join(page);
    await waitForTracks(page, 'video', 1);
  });
});

describe('an element that is replaced in one task', () => {
  it('begins anew for another person, with the devices that the new one wants', async () => {
    const room = newRoom();
    const other = await pages.witness(room);
    const page = await pages.visit();
    await add(page, { room, name: 'Old', autojoin: '' });
    await waitForName(other, 'Old');
    await waitForTracks(page, 'video', 1);
    await page.evaluate(() => {
      const [old] = window.probe.find('rtc-room');
      const next = old?.cloneNode() as HTMLElement;
      next.setAttribute('name', 'New');
      next.setAttribute('video', 'off');
      old?.replaceWith(next);
    });
    await waitForName(other, 'New');
    await waitForPeers(other, 1);
    await waitForTracks(page, 'video', 0);
    const held = await countHeld(page);
    assert.deepEqual([held.tracks, held.sockets], [1, 1]);
  });

  it('goes on with the call of the same person', async () => {
    const room = newRoom();
    const other = await pages.witness(room);
    const page = await pages.visit();
    await add(page, { room, name: 'Same', autojoin: '' });
    await waitForName(other, 'Same');
    await page.evaluate(() => {
      const [old] = window.probe.find('rtc-room');
      old?.replaceWith(old.cloneNode());
    });
    await waitForConnection(page, 'connected');
    assert.equal(await page.evaluate(() => window.probe.sockets.length), 1);
  });
});

describe('a room of core', () => {
  it('is one stay for join, leave, join in one task', async () => {
    const room = newRoom();
    const other = await pages.witness(room);
    const page = await pages.visit();
    await page.evaluate(
      async (script, name) => {
        const { createRoom } = (await import(script)) as {
          createRoom(options: object): RoomWindow['client'];
        };
        const client = createRoom({ room: name, name: 'Strict' });
        void client.join().catch(() => undefined);
        void client.leave();
        await client.join();
        Object.assign(window, { client });
      },
      CORE,
      room,
    );
    await waitForName(other, 'Strict');
    await waitForTracks(page, 'video', 1);
    const held = await countHeld(page);
    assert.deepEqual([held.tracks, held.sockets], [2, 1]);
    await page.evaluate(() =>
      (window as unknown as { client: RoomWindow['client'] }).client.leave(),
    );
    await waitForPeers(other, 0);
    await waitUntilReleased(page);
  });
});
