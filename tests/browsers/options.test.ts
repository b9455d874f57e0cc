// Options that change before the join or in the call, as a page with a framework changes them.
import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';

import { waitForPeers } from '../support/browsers/hands.js';
import { until } from '../support/browsers/launch.js';
import {
  add,
  set,
  join,
  waitForTracks,
  waitForDevice,
  seen,
  waitForName,
  newRoom,
  waitForMediaOfLinks,
  emptyPage,
  EmptyPages,
} from '../support/browsers/late-options.js';
import { countHeld } from '../support/browsers/probe.js';
import { useSite } from '../support/browsers/site.js';

const site = useSite({ pages: () => emptyPage, browsers: ['chromium', 'firefox'] });
const pages = new EmptyPages(site);

afterEach(() => pages.close());

for (const browser of ['chromium', 'firefox'] as const) {
  describe(`an option that changes before the join, in ${browser}`, () => {
    it('turns the camera off, and keeps it off in the call', async () => {
      const room = newRoom();
      const other = await pages.witness(room);
      const page = await pages.visit(browser);
      await add(page, { room, name: 'Late' });
      await waitForTracks(page, 'video', 1);
      await set(page, { video: 'off' });
      await waitForTracks(page, 'video', 0);
      await join(page);
      await waitForPeers(other, 1);
      await waitForDevice(page, 'microphone', 'on');
      assert.equal((await seen(other))?.media.camera, false);
      await waitForTracks(page, 'video', 0);
    });

    it('mutes the microphone', async () => {
      const room = newRoom();
      const other = await pages.witness(room);
      const page = await pages.visit(browser);
      await add(page, { room, name: 'Late' });
      await waitForTracks(page, 'audio', 1);
      await set(page, { audio: 'muted' });
      await waitForTracks(page, 'audio', 0);
      await join(page);
      await waitForPeers(other, 1);
      await waitForDevice(page, 'camera', 'on');
      assert.equal((await seen(other))?.media.microphone, false);
      await waitForTracks(page, 'audio', 0);
    });

    it('is the policy, the servers and the limit of the call', async () => {
      const room = newRoom();
      const page = await pages.visit(browser);
      await add(page, { room, name: 'Late' });
      await waitForTracks(page, 'video', 1);
      await set(page, { privacy: 'relay' });
      await page.evaluate(() => {
        Object.assign(window.probe.find('rtc-room')[0] as object, {
          iceServers: [{ urls: 'turn:127.0.0.1:3479', username: 'u', credential: 'c' }],
        });
      });
      await join(page);
      await pages.witness(room);
      await until(page, 'a connection', () => window.probe.connections.length > 0, []);
      const configurations = await page.evaluate(() =>
        window.probe.connections
          .filter((one) => one.signalingState !== 'closed')
          .map((one) => one.getConfiguration())
          .map(({ iceTransportPolicy, iceServers }) => [
            iceTransportPolicy,
            (iceServers ?? []).flatMap(({ urls }) => urls).includes('turn:127.0.0.1:3479'),
          ]),
      );
      assert.ok(configurations.length > 0);
      for (const one of configurations) assert.deepEqual(one, ['relay', true]);
    });

    it('caps the call', async () => {
      const room = newRoom();
      const page = await pages.visit(browser);
      await add(page, { room, name: 'Late' });
      await waitForTracks(page, 'video', 1);
      await set(page, { 'max-peers': '1' });
      await join(page);
      const other = await pages.witness(room);
      await waitForPeers(page, 1);
      await waitForName(other, 'Late');
      assert.equal((await countHeld(page)).connections, 0);
    });
  });
}

describe('an option that changes in the call', () => {
  it('renames the person, from either element', async () => {
    const room = newRoom();
    const other = await pages.witness(room);
    const page = await pages.visit();
    await add(page, { room, name: 'First', autojoin: '' });
    await waitForName(other, 'First');
    await set(page, { name: 'Second' });
    await waitForName(other, 'Second');
    const chat = await pages.visit();
    await add(chat, { room, name: 'Chatter' }, 'rtc-chat');
    await waitForName(other, 'Chatter');
    await set(chat, { name: 'Writer' }, 'rtc-chat');
    await waitForName(other, 'Writer');
  });

  it('makes every connection anew when only relays may be used, and says what was shown', async () => {
    const room = newRoom();
    await pages.witness(room);
    const words: string[] = [];
    const page = await pages.visit();
    page.on('console', (message) => words.push(message.text()));
    await add(page, { room, name: 'Private', autojoin: '' });
    await waitForMediaOfLinks(page);
    const before = await page.evaluate(() => window.probe.connections.length);
    await set(page, { privacy: 'relay' });
    await until(
      page,
      'relays alone',
      (count: number) => {
        const open = window.probe.connections.filter((one) => one.signalingState !== 'closed');
        return (
          window.probe.connections.length > count &&
          open.every((one) => one.getConfiguration().iceTransportPolicy === 'relay')
        );
      },
      [before],
    );
    assert.equal(words.filter((one) => /address/i.test(one)).length, 1);
  });
});
