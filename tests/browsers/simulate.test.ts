// Each fault of `room.simulate()` in a call of two real pages: found out, mended, and told in a report.
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';

import type { Diagnostics, RoomState, SimulatedFault } from '@rtc-elements/core';
import type { Page } from 'puppeteer-core';

import { until } from '../support/browsers/launch.js';
import { type RoomWindow, waitForConnection } from '../support/browsers/hands.js';
import { countHeld, readComplaints, waitForMedia } from '../support/browsers/probe.js';
import { useSite } from '../support/browsers/site.js';

/** Two missed heartbeats (PR-3), and the way back. */
const HALF_OPEN_MS = 30_000;

const site = useSite();
let aisha: Page;
let ben: Page;

before(async () => {
  aisha = await site.call({ room: 'faults', name: 'Aisha' });
  ben = await site.call({ room: 'faults', name: 'Ben' });
  await Promise.all([waitForMedia(aisha, 1), waitForMedia(ben, 1)]);
});

const simulate = (page: Page, fault: SimulatedFault): Promise<void> =>
  page.evaluate(async (name) => {
    const [room] = window.probe.find('rtc-room') as RoomWindow[];
    await room?.client.simulate(name);
  }, fault);

const stateOf = (page: Page): Promise<RoomState> =>
  page.evaluate(() => (window.probe.find('rtc-room') as RoomWindow[])[0]!.client.getSnapshot());

const reportOf = (page: Page): Promise<Diagnostics> =>
  page.evaluate(() => (window.probe.find('rtc-room') as RoomWindow[])[0]!.client.diagnostics());

/** What the report tells, such as `connection connected`. */
const eventsOf = async (page: Page): Promise<readonly string[]> =>
  (await reportOf(page)).events.map(({ what, is }) => `${what} ${is}`);

/** From now on new frames and new sound come, on both sides. */
async function seesTheOther(): Promise<void> {
  for (const page of [aisha, ben]) {
    await page.evaluate(() => {
      (window as { marks?: unknown }).marks = undefined;
    });
  }
  await Promise.all([waitForMedia(aisha, 1), waitForMedia(ben, 1)]);
}

const say = (page: Page, text: string): Promise<void> =>
  page.evaluate(async (line) => {
    const [room] = window.probe.find('rtc-room') as RoomWindow[];
    await room?.client.chat.send(line);
  }, text);

const hears = (page: Page, text: string, timeout?: number): Promise<void> =>
  until(
    page,
    `"${text}" once`,
    (line: string) => {
      const [room] = window.probe.find('rtc-room') as RoomWindow[];
      const entries = room?.client.getSnapshot().chat.entries ?? [];
      return entries.filter((entry) => entry.text === line).length === 1;
    },
    [text],
    timeout,
  );

describe('a call in which a fault is simulated', () => {
  it('goes on when the socket drops, and the chat comes back', async () => {
    const sockets = await aisha.evaluate(() => window.probe.sockets.length);
    await simulate(aisha, 'socket-drop');
    await say(ben, 'while she was away');
    await hears(aisha, 'while she was away');
    await waitForConnection(aisha, 'connected');
    await say(aisha, 'back again');
    await hears(ben, 'back again');
    assert.equal(await aisha.evaluate(() => window.probe.sockets.length), sockets + 1);
    assert.equal((await countHeld(aisha)).sockets, 1);
    const events = await eventsOf(aisha);
    const order = ['simulated socket-drop', 'connection connected'];
    const away = events.findIndex((event) => event.startsWith('connection reconnecting'));
    assert.ok(away >= 0 && events.lastIndexOf(order[1] ?? '') > away, events.join('\n'));
    await seesTheOther();
  });

  it('restarts ICE on the same connection when its path fails', async () => {
    const fragment = (): Promise<string | undefined> =>
      aisha.evaluate(() => {
        const pc = window.probe.connections.find((one) => one.connectionState !== 'closed');
        return /a=ice-ufrag:(\S+)/.exec(pc?.localDescription?.sdp ?? '')?.[1];
      });
    const before = await fragment();
    const made = await aisha.evaluate(() => window.probe.connections.length);
    await simulate(aisha, 'ice-fail');
    await until(
      aisha,
      'another ICE generation, agreed on',
      (old: string | undefined) => {
        const pc = window.probe.connections.find((one) => one.connectionState !== 'closed');
        const sdp = pc?.localDescription?.sdp ?? '';
        return pc?.signalingState === 'stable' && !sdp.includes(`a=ice-ufrag:${old}`);
      },
      [before],
    );
    await seesTheOther();
    assert.equal(await aisha.evaluate(() => window.probe.connections.length), made);
    assert.equal((await reportOf(aisha)).transports[0]?.restarts, 1);
  });

  it('rebuilds its link, and holds one connection after it', async () => {
    const before = (await reportOf(aisha)).transports[0]?.epoch ?? 0;
    await simulate(aisha, 'rebuild');
    await seesTheOther();
    assert.equal((await reportOf(aisha)).transports[0]?.epoch, before + 1);
    assert.equal((await reportOf(ben)).transports[0]?.epoch, before + 1);
    assert.equal((await countHeld(aisha)).connections, 1);
    assert.equal((await countHeld(ben)).connections, 1);
  });

  it('takes other devices when those in use are gone', async () => {
    const before = (await stateOf(aisha)).media;
    const { tracks } = await countHeld(aisha);
    await simulate(aisha, 'device-lost');
    await until(
      aisha,
      'another camera and microphone',
      (...old: readonly (string | null)[]) => {
        const [room] = window.probe.find('rtc-room') as RoomWindow[];
        const media = room?.client.getSnapshot().media;
        return [media?.camera, media?.microphone].every(
          (source) => source?.status === 'on' && !old.includes(source.trackId),
        );
      },
      [before.camera.trackId, before.microphone.trackId],
    );
    await seesTheOther();
    assert.equal((await countHeld(aisha)).tracks, tracks);
  });

  it('[EN-8] goes on when the TURN credentials are refused', async () => {
    await simulate(aisha, 'turn-expire');
    await seesTheOther();
    assert.ok((await eventsOf(aisha)).includes('error turn-refused'));
  });

  it('[PR-3] finds out that its socket is deaf, and misses nothing', async () => {
    await simulate(aisha, 'socket-half-open');
    await say(ben, 'does she hear this?');
    await seesTheOther();
    await hears(aisha, 'does she hear this?', HALF_OPEN_MS);
    await waitForConnection(aisha, 'connected');
    assert.equal((await countHeld(aisha)).sockets, 1);
  });

  it('tells all of it in a report, and nothing of anybody', async () => {
    const report = await reportOf(aisha);
    const faults = report.events.filter(({ what }) => what === 'simulated').map(({ is }) => is);
    assert.deepEqual(faults, [
      'socket-drop',
      'ice-fail',
      'rebuild',
      'device-lost',
      'turn-expire',
      'socket-half-open',
    ]);
    assert.equal(report.transports[0]?.pair?.local['protocol'], 'udp');
    assert.equal(report.transports[0]?.sends.length, 2);
    const { you, peers } = await stateOf(aisha);
    const text = JSON.stringify(report);
    for (const secret of [
      'Aisha',
      'Ben',
      you?.session ?? '-',
      peers[0]?.session ?? '-',
      'she hear',
    ]) {
      assert.ok(!text.includes(secret), `${secret} is in the report`);
    }
    assert.deepEqual([...(await readComplaints(aisha)), ...(await readComplaints(ben))], []);
  });
});
