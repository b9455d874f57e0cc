// The element in the life of a page: moved, removed, embedded from elsewhere, under a strict policy.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import type { Browser, Page } from 'puppeteer-core';

import { closeBrowsers, launch, open, until } from '../support/browsers.js';
import { type Edge, startEdge } from '../support/e2e-edge.js';
import {
  press,
  type RoomWindow,
  say,
  waitForConnection,
  waitForLine,
  waitForPeers,
} from '../support/e2e-hands.js';
import { page as html, roomTag, SCRIPT, servePages } from '../support/e2e-pages.js';
import { countHeld, readComplaints, waitForMedia } from '../support/e2e-probe.js';

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; " +
  "media-src blob: 'self'; require-trusted-types-for 'script'";

let edge: Edge;
let browser: Browser;

before(async () => {
  edge = await startEdge();
  browser = await launch('chromium');
});

after(async () => {
  await closeBrowsers();
  await edge?.close();
});

describe('<rtc-room> in the DOM', () => {
  it('keeps its call when it is moved, and lets everything go when it is removed', async () => {
    const body = `<main></main>${roomTag({ room: 'moved' })}`;
    const site = await servePages({ pages: { '/': html(SCRIPT, body) }, behind: edge.url });
    const other = await open(browser, site.url);
    const page = await open(browser, site.url);
    await Promise.all([waitForMedia(page, 1), waitForMedia(other, 1)]);
    const held = await countHeld(page);
    const made = await page.evaluate(() => window.probe.connections.length);

    await page.evaluate(() => {
      const [room] = window.probe.find('rtc-room');
      if (room) document.querySelector('main')?.append(room);
    });
    await waitForMedia(page, 1);
    assert.deepEqual(await countHeld(page), held);
    assert.equal(await page.evaluate(() => window.probe.connections.length), made);
    await waitForPeers(other, 1);

    await page.evaluate(() => window.probe.find('rtc-room')[0]?.remove());
    await waitForPeers(other, 0, 2_000);
    assert.deepEqual(await countHeld(page), { connections: 0, tracks: 0, sockets: 0 });
    await waitForConnection(other, 'connected');
    await Promise.all([page.close(), other.close()]);
    await site.close();
  });
});

describe('<rtc-room> that comes to a page with a chat', () => {
  const chat = '<rtc-chat room="late" name="Aisha"></rtc-chat>';
  const appendRoom = (page: Page, attributes: Readonly<Record<string, string>>): Promise<void> =>
    page.evaluate((all) => {
      const room = document.createElement('rtc-room');
      for (const [name, value] of Object.entries(all)) room.setAttribute(name, value);
      document.body.append(room);
    }, attributes);
  const whoIsIn = (page: Page): Promise<object | null> =>
    page.evaluate(() => {
      const [element] = window.probe.find('rtc-chat') as RoomWindow[];
      const you = element?.client.getSnapshot().you;
      return you ? { session: you.session, name: you.name, isInCall: you.call > 0 } : null;
    });

  it('brings the call up in the session of the chat, by itself or from its lobby', async () => {
    const pages = { '/': html(SCRIPT, chat), '/other': html(SCRIPT, roomTag({ room: 'late' })) };
    const site = await servePages({ pages, behind: edge.url });
    const other = await open(browser, `${site.url}/other`);
    for (const attributes of [{ autojoin: '', lobby: 'off' }, {}]) {
      const page = await open(browser, site.url);
      const isInChat = (): boolean =>
        (window.probe.find('rtc-chat') as RoomWindow[]).some(
          ({ client }) => client?.getSnapshot().connection === 'connected',
        );
      await until(page, 'in the chat', isInChat, []);
      const before = await whoIsIn(page);
      assert.equal((await countHeld(page)).connections, 0);
      await appendRoom(page, { room: 'late', ...attributes });
      // The name is there already.
      if (!('autojoin' in attributes)) await press(page, /^Join/);
      await Promise.all([waitForMedia(page, 1), waitForMedia(other, 1)]);
      assert.deepEqual(await whoIsIn(page), { ...before, name: 'Aisha', isInCall: true });
      assert.equal(await page.evaluate(() => window.probe.sockets.length), 1);
      assert.deepEqual(await readComplaints(page), []);
      await page.close();
      await waitForPeers(other, 0);
    }
    await other.close();
    await site.close();
  });
});

describe('a page of another origin', () => {
  it('needs nothing but the file and the two tags', async () => {
    const names = ['Aisha', 'Ben'];
    const pages = Object.fromEntries(
      names.map((name) => {
        const where = { host: edge.url, room: 'elsewhere', name };
        const chat = `<rtc-chat host="${edge.url}" room="elsewhere" name="${name}"></rtc-chat>`;
        return [`/${name}`, html(`${edge.url}${SCRIPT}`, roomTag(where) + chat)];
      }),
    );
    const site = await servePages({ pages });
    assert.notEqual(new URL(site.url).origin, new URL(edge.url).origin);
    const [aisha, ben] = await Promise.all(
      names.map((name) => open(browser, `${site.url}/${name}`)),
    );
    assert.ok(aisha && ben);
    await Promise.all([waitForMedia(aisha, 1), waitForMedia(ben, 1)]);

    await say(aisha, 'typed into the chat');
    await waitForLine(ben, 'typed into the chat');
    await ben.evaluate(async () => {
      const [room] = window.probe.find('rtc-room') as RoomWindow[];
      await room?.sendMessage('said by a script');
    });
    await waitForLine(aisha, 'said by a script');

    assert.equal((await countHeld(aisha)).sockets, 1, 'both elements share one socket');
    await waitForPeers(ben, 1);
    assert.deepEqual([...(await readComplaints(aisha)), ...(await readComplaints(ben))], []);
    await Promise.all([aisha.close(), ben.close()]);
    await site.close();
  });
});

describe('a page with a strict content security policy', () => {
  it('is not violated by a whole call', async () => {
    const headers = { 'content-security-policy': POLICY };
    const body = `${roomTag({ room: 'strict' })}<rtc-chat room="strict"></rtc-chat>`;
    const site = await servePages({
      pages: { '/': html(SCRIPT, body) },
      headers,
      behind: edge.url,
    });
    const said: string[] = [];
    const onConsole = (kind: string, text: string): void => {
      if (kind === 'error' || kind === 'warn') said.push(text);
    };
    const visit = () => open(browser, site.url, { onConsole });
    const a = await visit();
    const b = await visit();
    await Promise.all([waitForMedia(a, 1), waitForMedia(b, 1)]);
    await say(a, 'under a strict policy');
    await waitForLine(b, 'under a strict policy');
    await a.evaluate(async () => {
      const [room] = window.probe.find('rtc-room') as RoomWindow[];
      await room?.client.media.shareScreen();
      await room?.client.media.setCamera(false);
    });
    await b.waitForFunction(
      () =>
        (window.probe.find('rtc-room') as RoomWindow[])[0]?.client.getSnapshot().peers[0]?.media
          .screen,
    );
    assert.deepEqual([...(await readComplaints(a)), ...(await readComplaints(b))], []);
    assert.deepEqual(said, []);
    await Promise.all([a.close(), b.close()]);
    await site.close();
  });
});
