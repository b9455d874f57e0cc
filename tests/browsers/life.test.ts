// The element in the life of a page: in the background, frozen, moved, removed, embedded from elsewhere, under a strict policy.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import type { Page } from 'puppeteer-core';

import { launch, open, until } from '../support/browsers/launch.js';
import {
  press,
  type RoomWindow,
  say,
  waitForConnection,
  waitForLine,
  waitForPeers,
  waitForText,
} from '../support/browsers/hands.js';
import {
  page as html,
  type PageServer,
  roomTag,
  SCRIPT,
  servePages,
} from '../support/browsers/pages.js';
import {
  countHeld,
  readComplaints,
  waitForMedia,
  waitForMoreMedia,
} from '../support/browsers/probe.js';
import { useSite } from '../support/browsers/site.js';
import { snippet, substitute } from '../support/guide.js';

const oneLine = (text: string): string => text.trim().replace(/\s+/g, ' ');

/** The policies that the guide gives, as a server sends them. */
const POLICY = oneLine(snippet('embed', 'Strict pages', 'text', 'default-src'));
const DUPLICATES = oneLine(snippet('embed', 'Strict pages', 'text', 'duplicates'));

const base = useSite({ browsers: ['chromium', 'firefox'] });

for (const name of ['chromium', 'firefox'] as const) {
  describe(`<rtc-room> in a page that lives on, in ${name}`, () => {
    let site: PageServer;
    let other: Page;
    let page: Page;

    before(async () => {
      const body = `<main></main>${roomTag({ room: name })}<rtc-chat room="${name}"></rtc-chat>`;
      const pages = { '/': html(SCRIPT, body), '/elsewhere': html('data:text/javascript,', '') };
      site = await servePages({ pages, behind: base.edge.url });
      other = await open(base.chromium, site.url);
      page = await open(name === 'chromium' ? base.chromium : await launch(name), site.url);
      await Promise.all([waitForMedia(page, 1), waitForMedia(other, 1)]);
    });

    after(async () => {
      await Promise.all([page.close(), other.close()]);
      await site.close();
    });

    it('64: goes on while nobody looks, without pictures for nobody', async () => {
      const before = await readLife(page);
      const tab = await open(page.browserContext(), `${site.url}/elsewhere`);
      await tab.bringToFront();
      await waitForVisibility(page, 'hidden');
      await waitForMoreMedia(other);
      await waitForCamera(other, false);
      await page.bringToFront();
      await waitForVisibility(page, 'visible');
      await waitForCamera(other, true);
      await waitForMoreMedia(page);
      assert.deepEqual(await readLife(page), before);
      await tab.close();
    });

    if (name === 'chromium') {
      it('64: goes on after a freeze, with the same devices, and leaves no ghost', async () => {
        const { captured, media } = await readLife(page);
        const tab = await open(page.browserContext(), `${site.url}/elsewhere`);
        await tab.bringToFront();
        const thaw = await freeze(page);
        // Its socket is closed by that: it comes back as another session of the same person.
        await say(other, 'said behind its back');
        await waitForLine(other, 'said behind its back');
        await thaw();
        await page.bringToFront();
        await waitForLine(page, 'said behind its back');
        await Promise.all([waitForMedia(page, 1), waitForMedia(other, 1)]);
        await waitForPeers(other, 1);
        const after = await readLife(page);
        assert.deepEqual([after.captured, after.media], [captured, media]);
        assert.equal((await countHeld(other)).connections, 1);
        assert.equal((await countHeld(page)).connections, 1);
        await tab.close();
      });
    }

    it('66: keeps its call when it is moved, and lets everything go when it is removed', async () => {
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

      await page.evaluate(() => {
        document.querySelector('rtc-chat')?.remove();
        window.probe.find('rtc-room')[0]?.remove();
      });
      await waitForPeers(other, 0, 2_000);
      // `bye` is given a moment to arrive before a connection closes.
      const isBye = (): boolean =>
        window.probe.connections.every(({ connectionState }) => connectionState === 'closed');
      await until(page, 'every connection closed', isBye, [], 2_000);
      assert.deepEqual(await countHeld(page), { connections: 0, tracks: 0, sockets: 0 });
      await waitForConnection(other, 'connected');
    });
  });
}

interface Life {
  readonly sessions: readonly unknown[];
  readonly connections: number;
  readonly sockets: number;
  /** Tracks that were ever captured. */
  readonly captured: number;
  readonly media: readonly unknown[];
}

/** Who we are, with whom, and what that took since the page was loaded. */
const readLife = (page: Page): Promise<Life> =>
  page.evaluate(() => {
    const { client } = window.probe.find('rtc-room')[0] as RoomWindow;
    const { you, peers, media } = client.getSnapshot();
    const { connections, sockets, tracks } = window.probe;
    return {
      sessions: [you?.session, ...peers.map(({ session }) => session)],
      connections: connections.length,
      sockets: sockets.length,
      captured: tracks.length,
      media: [media.microphone, media.camera],
    };
  });

const waitForVisibility = (page: Page, wanted: string): Promise<void> =>
  until(page, wanted, (state: string) => document.visibilityState === state, [wanted]);

/** Waits until the camera is sent to the peer, or spared as nobody sees it. */
const waitForCamera = (page: Page, isSent: boolean): Promise<void> =>
  until(
    page,
    `a camera that is ${isSent ? '' : 'not '}sent`,
    (wanted) => {
      const senders = window.probe.connections.flatMap((pc) =>
        pc.connectionState === 'closed' ? [] : pc.getSenders(),
      );
      const cameras = senders.filter(({ track }) => track?.kind === 'video');
      const encodings = cameras.flatMap((sender) => sender.getParameters().encodings);
      return encodings.length > 0 && encodings.every(({ active }) => active === wanted);
    },
    [isSent],
  );

/** As a browser does it to a page in the background; call the result to thaw it. */
async function freeze(page: Page): Promise<() => Promise<void>> {
  const session = await page.createCDPSession();
  await page.evaluate(() => {
    document.addEventListener('freeze', () => (document.title = 'frozen once'));
  });
  await session.send('Page.setWebLifecycleState', { state: 'frozen' });
  return async () => {
    await session.send('Page.setWebLifecycleState', { state: 'active' });
    assert.equal(await page.title(), 'frozen once');
    await session.detach();
  };
}

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
    const site = await servePages({ pages, behind: base.edge.url });
    const other = await open(base.chromium, `${site.url}/other`);
    for (const attributes of [{ autojoin: '', lobby: 'off' }, {}]) {
      const page = await open(base.chromium, site.url);
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
        const where = { host: base.edge.url, room: 'elsewhere', name };
        const chat = `<rtc-chat host="${base.edge.url}" room="elsewhere" name="${name}"></rtc-chat>`;
        return [`/${name}`, html(`${base.edge.url}${SCRIPT}`, roomTag(where) + chat)];
      }),
    );
    const site = await servePages({ pages });
    assert.notEqual(new URL(site.url).origin, new URL(base.edge.url).origin);
    const [aisha, ben] = await Promise.all(
      names.map((name) => open(base.chromium, `${site.url}/${name}`)),
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

/** Firefox asks for an icon of the page by itself, which this policy does not allow. */
const isOurs = (complaint: string): boolean => !complaint.includes('favicon.ico');

const complaintsOf = async (page: Page): Promise<readonly string[]> =>
  (await readComplaints(page)).filter(isOurs);

describe('a page with the content security policy of the guide', () => {
  it('is told the same wherever the guide speaks of it', () => {
    const other = snippet('troubleshooting', 'Content security policy', 'text', 'default-src');
    assert.equal(oneLine(other), POLICY);
  });

  for (const name of ['chromium', 'firefox'] as const) {
    it(`is not violated by a whole call, in ${name}`, async () => {
      const room = `strict-${name}`;
      const body = `${roomTag({ room })}<rtc-chat room="${room}"></rtc-chat>`;
      const site = await servePages({
        pages: { '/': html(SCRIPT, body) },
        headers: { 'content-security-policy': POLICY },
        behind: base.edge.url,
      });
      const said: string[] = [];
      const onConsole = (kind: string, text: string): void => {
        if (kind === 'error' || kind === 'warn') said.push(text);
      };
      const a = await open(base[name], site.url, { onConsole });
      const b = await open(base.chromium, site.url, { onConsole });
      await Promise.all([waitForMedia(a, 1), waitForMedia(b, 1)]);
      await say(a, 'under a strict policy');
      await waitForLine(b, 'under a strict policy');
      await a.evaluate(async (hasScreen) => {
        const { client } = (window.probe.find('rtc-room') as RoomWindow[])[0]!;
        if (hasScreen) await client.media.shareScreen();
        await client.media.setCamera(false);
      }, name === 'chromium');
      await b.waitForFunction(() => {
        const [room] = window.probe.find('rtc-room') as RoomWindow[];
        return room?.client.getSnapshot().peers[0]?.media.camera === false;
      });
      assert.deepEqual([...(await complaintsOf(a)), ...(await complaintsOf(b))], []);
      assert.deepEqual(said.filter(isOurs), []);
      await Promise.all([a.close(), b.close()]);
      await site.close();
    });

    it(`lets the elements come up beside a second Lit with what the guide adds, in ${name}`, async () => {
      const scripts = `<script type="module" src="${SCRIPT.replace('rtc-elements', 'rtc-chat')}"></script>`;
      const site = await servePages({
        pages: { '/': html(SCRIPT, `${scripts}<rtc-chat room="strict"></rtc-chat>`) },
        headers: {
          'content-security-policy': substitute(POLICY, { 'trusted-types lit-html': DUPLICATES }),
        },
        behind: base.edge.url,
      });
      const page = await open(base[name], site.url);
      await waitForText(page, 'Your name');
      assert.deepEqual(await complaintsOf(page), []);
      await page.close();
      await site.close();
    });

    it(`needs every name that the guide gives, in ${name}`, async () => {
      const site = await servePages({
        pages: { '/': html(SCRIPT, '<rtc-chat room="strict"></rtc-chat>') },
        headers: {
          'content-security-policy': substitute(POLICY, { 'lit-html': 'some-app' }),
        },
        behind: base.edge.url,
      });
      const page = await open(base[name], site.url);
      await until(page, 'the error', () => window.probe.errors.length > 0, []);
      assert.match((await readComplaints(page)).join(), /lit-html/);
      assert.equal(await page.evaluate(() => customElements.get('rtc-chat') === undefined), true);
      await page.close();
      await site.close();
    });
  }
});
