// A page loses its socket in a running call, and both sides catch up with what they missed (faults
// 41 to 44; 45 takes longer than the grace, and is in the house).
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';

import type { Browser, Page } from 'puppeteer-core';

import { type BrowserName, until } from '../support/browsers/launch.js';
import { type RoomWindow, waitForConnection, waitForPeers } from '../support/browsers/hands.js';
import { countHeld, readInbound, waitForMedia } from '../support/browsers/probe.js';
import { useSite } from '../support/browsers/site.js';

/** What a test may do to the sockets of a page. */
interface StubbedWindow {
  cutSocket(): void;
  restoreSocket(): void;
}

const BROWSERS = ['chromium', 'firefox'] as const;
const BACK_WITHIN_MS = 10_000;

const site = useSite({ isApart: true, browsers: BROWSERS });
/** Of the page that is cut off. */
let browser: Browser;
let room = '';
let rooms = 0;
let aisha: Page;
let ben: Page;

/** Two in a call; Aisha, in `name`, can be cut off. */
async function setUp(name: BrowserName): Promise<void> {
  rooms += 1;
  room = `signaling-down-${rooms}`;
  browser = site[name];
  aisha = await site.call({ room, name: 'Aisha' }, browser, { before: stubSockets });
  ben = await site.call({ room, name: 'Ben' });
  await Promise.all([waitForMedia(aisha, 1), waitForMedia(ben, 1)]);
}

afterEach(async () => {
  const pages = await Promise.all(BROWSERS.map((name) => site[name].pages()));
  await Promise.all(pages.flat().map((page) => page.close()));
});

for (const name of BROWSERS) {
  describe(`a page whose socket is down, in ${name}`, () => {
    beforeEach(() => setUp(name));

    it('sees after coming back who muted meanwhile, and media never stops (41)', async () => {
      const held = await countHeld(aisha);
      await cut();
      await ben.evaluate(() => {
        const [room] = window.probe.find('rtc-room') as RoomWindow[];
        return room?.client.media.setMicrophone(false);
      });
      await waitForMore(aisha);
      await restore();
      await waitForPeer(aisha, 'Ben', false);
      assert.deepEqual(await countHeld(aisha), held, 'the same connection, tracks and one socket');
    });

    it('is seen muted after coming back when it muted meanwhile (42)', async () => {
      await cut();
      await aisha.evaluate(() => {
        const [room] = window.probe.find('rtc-room') as RoomWindow[];
        return room?.client.media.setMicrophone(false);
      });
      await restore();
      await waitForPeer(ben, 'Aisha', false);
    });

    it('loses after coming back whoever left meanwhile (43)', async () => {
      await cut();
      await ben.evaluate(() => {
        const [room] = window.probe.find('rtc-room') as RoomWindow[];
        return room?.client.leave();
      });
      await restore();
      await waitForPeers(aisha, 0, BACK_WITHIN_MS);
      await until(
        aisha,
        'no connection left',
        () => window.probe.connections.every(({ connectionState }) => connectionState === 'closed'),
        [],
      );
    });

    it('links after coming back to whoever joined meanwhile, and media never stops (44)', async () => {
      await cut();
      const carol = await site.call({ room, name: 'Carol' });
      await waitForConnection(carol, 'connected');
      await waitForMedia(carol, 1);
      await waitForMore(aisha);
      await restore();
      await waitForPeers(aisha, 2, BACK_WITHIN_MS);
      await Promise.all([aisha, ben, carol].map((page) => waitForMedia(page, 2)));
    });
  });
}

/** For `evaluateOnNewDocument`, after the probe: every socket can be cut, and no other be had. */
function stubSockets(): void {
  let isCut = false;
  const NOWHERE = 'ws://127.0.0.1:9/';
  window.WebSocket = class extends window.WebSocket {
    constructor(url: string | URL) {
      super(isCut ? NOWHERE : url);
    }
  };
  Object.assign(window, {
    cutSocket: () => {
      isCut = true;
      // Neither 1000 nor 1001, which would tell the room that we are gone for good.
      for (const socket of window.probe.sockets) socket.close(4000);
    },
    restoreSocket: () => {
      isCut = false;
      // The page asks again at once, instead of at its next try.
      dispatchEvent(new Event('online'));
    },
  });
}

async function cut(): Promise<void> {
  await aisha.evaluate(() => (window as unknown as StubbedWindow).cutSocket());
  await waitForConnection(aisha, 'reconnecting');
  const states = (await readInbound(aisha)).map(({ state }) => state);
  assert.deepEqual(states, ['connected']);
}

async function restore(): Promise<void> {
  await aisha.evaluate(() => (window as unknown as StubbedWindow).restoreSocket());
  await waitForConnection(aisha, 'connected', BACK_WITHIN_MS);
}

/** Waits until pictures have gone on over the one connection that was there before. */
async function waitForMore(page: Page): Promise<void> {
  const [before] = await readInbound(page);
  await until(
    page,
    'more pictures',
    async (shown: number) => {
      const { connections } = window.probe;
      // An early offer that nobody took may have been the first.
      const connection = connections.find((one) => one.connectionState === 'connected');
      let frames = 0;
      for (const entry of (await connection?.getStats())?.values() ?? []) {
        if (entry.type === 'inbound-rtp') frames += entry.framesDecoded ?? 0;
      }
      return frames > shown + 10;
    },
    [before?.frames ?? Infinity],
  );
}

/** Waits until the page shows one peer, of this name, with its microphone on or off. */
const waitForPeer = (page: Page, name: string, microphone: boolean): Promise<void> =>
  until(
    page,
    `${name} with the microphone ${microphone ? 'on' : 'off'}`,
    (wanted: string, isOn: boolean) => {
      const [room] = window.probe.find('rtc-room') as RoomWindow[];
      const peers = room?.client.getSnapshot().peers ?? [];
      return peers.length === 1 && peers[0]?.name === wanted && peers[0].media.microphone === isOn;
    },
    [name, microphone],
    BACK_WITHIN_MS,
  );
