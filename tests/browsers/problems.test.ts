/** What people and pages are told of states in which something is wrong: once, and in words of its own. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { createToken } from '@rtc-elements/party/token';
import type { Browser, BrowserContext, Page } from 'puppeteer-core';

import { launch, type OpenOptions, until } from '../support/browsers/launch.js';
import { type RoomWindow, waitForConnection, waitForText } from '../support/browsers/hands.js';
import { page as html, SCRIPT } from '../support/browsers/pages.js';
import { waitForMedia } from '../support/browsers/probe.js';
import { useSite } from '../support/browsers/site.js';

const TOKEN_SECRET = 'a-secret-of-more-than-thirty-two-bytes';

interface ToldWindow {
  told?: string[];
  messages?: string[];
}

/** Keeps what the page is told by its events. */
const listen = (): void => {
  const page = window as ToldWindow;
  page.told = [];
  page.messages = [];
  addEventListener('rtc-error', (event) => {
    const { code, fatal } = event as Event & { code: string; fatal: boolean };
    page.told?.push(code + (fatal ? '!' : ''));
  });
  addEventListener('rtc-message', (event) => {
    page.messages?.push((event as Event & { message: { text: string } }).message.text);
  });
};

const toldTo = (page: Page): Promise<string[]> =>
  page.evaluate(() => (window as ToldWindow).told ?? []);

const waitForChat = (page: Page): Promise<void> =>
  until(
    page,
    'a chat that is connected',
    () =>
      (window.probe.find('rtc-chat') as RoomWindow[])[0]?.client?.getSnapshot().connection ===
      'connected',
    [],
  );

const sayInChat = (page: Page, text: string): Promise<unknown> =>
  page.evaluate(
    (line: string) => (window.probe.find('rtc-chat') as RoomWindow[])[0]?.sendMessage(line),
    text,
  );

/** A chat that connects once the test calls `connect()`. */
const LATE = `<rtc-chat room="late" name="Ben"></rtc-chat><script>
  document.querySelector('rtc-chat').tokenProvider = () => new Promise((resolve) => {
    window.connect = () => resolve('');
  });
</script>`;

const chatOf = (query: URLSearchParams): string =>
  html(SCRIPT, `<rtc-chat ${[...query].map(([key, value]) => `${key}="${value}"`).join(' ')}>`);

const open = useSite({
  pages: () => ({
    '/chat': chatOf,
    '/late': html(SCRIPT, LATE),
    '/lobby': html(
      SCRIPT,
      '<rtc-room room="two" max-peers="2" video="off" audio="off"></rtc-room>',
    ),
  }),
});
const closed = useSite({ vars: { TOKEN_SECRET }, pages: () => ({ '/chat': chatOf }) });

/** In a call at once. */
const call = (
  attributes: Readonly<Record<string, string>>,
  where?: Browser | BrowserContext,
  options: OpenOptions = {},
): Promise<Page> => open.call(attributes, where, { before: listen, ...options });

describe('a call that is full', () => {
  it('is told to whoever waits, to the others and in the lobby; who waits comes in when somebody leaves', async () => {
    const join = async (name: string): Promise<Page> => {
      const page = await call({ room: 'two', name, 'max-peers': '2' });
      await waitForConnection(page, 'connected');
      return page;
    };
    const aisha = await join('Aisha');
    const ben = await join('Ben');
    await Promise.all([waitForMedia(aisha, 1), waitForMedia(ben, 1)]);
    const cleo = await join('Cleo');
    await waitForText(cleo, 'The call is full. You come in when somebody leaves');
    await waitForText(cleo, 'no place in the call yet');
    for (const page of [aisha, ben]) await waitForText(page, 'no place in the call yet');
    assert.deepEqual(await Promise.all([aisha, ben, cleo].map(toldTo)), [[], [], ['call-full']]);

    const lobby = await open.open('/lobby');
    await waitForText(lobby, 'The call is full. You can join already');
    await lobby.close();

    await aisha.close();
    await Promise.all([waitForMedia(ben, 1), waitForMedia(cleo, 1)]);
    await until(cleo, 'no card', () => window.probe.find('[part~=notice]').length === 0, []);
    assert.deepEqual(await toldTo(cleo), ['call-full']);
    await Promise.all([ben.close(), cleo.close()]);
  });
});

describe('a call by relays alone, in a room that has none', () => {
  it('says why nobody is seen', async () => {
    const pages = [
      await call({ room: 'relays', name: 'Aisha', privacy: 'relay' }),
      await call({ room: 'relays', name: 'Ben', privacy: 'relay' }),
    ];
    for (const page of pages) {
      await waitForText(
        page,
        'This call uses only relays, and the room has none to offer.',
        15_000,
      );
      assert.deepEqual(await toldTo(page), ['turn-missing']);
    }
    await Promise.all(pages.map((page) => page.close()));
  });
});

describe('devices that are denied', () => {
  it('are one event each', async () => {
    const browser = await launch('chromium', { args: ['--use-fake-ui-for-media-stream=deny'] });
    const page = await call({ room: 'denied', name: 'Aisha' }, browser);
    await waitForConnection(page, 'connected');
    await until(page, 'two events', () => (window as ToldWindow).told?.length === 2, []);
    assert.deepEqual(await toldTo(page), ['permission-denied', 'permission-denied']);
    await browser.close();
  });
});

describe('a room behind tokens', () => {
  const token = (room: string, seconds = 60): Promise<string> =>
    createToken({ secret: TOKEN_SECRET, room, user: 'aisha', seconds });
  const expired = async (): Promise<string> => {
    const { now } = Date;
    Date.now = () => now() - 600_000;
    try {
      return await token('vault');
    } finally {
      Date.now = now;
    }
  };
  const CASES: readonly (readonly [string, () => Promise<string>, string, string])[] = [
    ['none', async () => '', 'token-missing', 'vault asks for an invitation'],
    ['rubbish', async () => 'rubbish', 'token-invalid', 'Your invitation to vault is not valid'],
    ['one that has expired', expired, 'token-expired', 'is not valid any more'],
    ['one for another room', () => token('attic'), 'token-wrong-room', 'is not for vault'],
  ];
  for (const [what, make, code, title] of CASES) {
    it(`tells a page with ${what} once, by ${code}`, async () => {
      const attributes = { room: 'vault', name: 'Aisha', token: await make() };
      const page = await closed.call(attributes, undefined, { before: listen });
      const chat = await closed.open(
        `/chat?${new URLSearchParams(attributes).toString()}`,
        undefined,
        { before: listen },
      );
      for (const one of [page, chat]) {
        await waitForText(one, title);
        assert.deepEqual(await toldTo(one), [`${code}!`]);
        await one.close();
      }
    });
  }
});

describe('one person with several tabs', () => {
  it('is told of a fifth tab that it is one too many', async () => {
    const context = await open.chromium.createBrowserContext();
    const tabs: Page[] = [];
    for (let tab = 1; tab <= 5; tab += 1) {
      const page = await open.open('/chat?room=tabs&name=Aisha', context, { before: listen });
      tabs.push(page);
      if (tab === 5) await waitForText(page, 'You have tabs open too often');
      else await waitForChat(page);
    }
    assert.deepEqual(await Promise.all(tabs.map(toldTo)), [[], [], [], [], ['too-many-tabs!']]);
    await context.close();
  });

  it('is told of in the console, and two people by identity="tab", also if a tab is a copy', async () => {
    const context = await open.chromium.createBrowserContext();
    const hints: string[] = [];
    const options: OpenOptions = {
      before: listen,
      onConsole: (_kind, text) => {
        if (text.includes('same person')) hints.push(text);
      },
    };
    const visit = (query: string): Promise<Page> => open.open(`/chat?${query}`, context, options);
    const one = await visit('room=one&name=Aisha');
    const same = await visit('room=one&name=Aisha');
    await sayInChat(same, 'to myself');
    await waitForText(one, 'to myself');
    assert.deepEqual(await one.evaluate(() => (window as ToldWindow).messages), []);
    assert.equal(hints.length, 2, 'once in each tab');

    const a = await visit('room=two-people&name=Aisha&identity=tab');
    const b = await visit('room=two-people&name=Ben&identity=tab');
    await sayInChat(b, 'to somebody');
    await until(a, 'a message', () => (window as ToldWindow).messages?.[0] === 'to somebody', []);
    const userOf = (page: Page): Promise<string | undefined> =>
      page.evaluate(
        () => (window.probe.find('rtc-chat') as RoomWindow[])[0]?.client.getSnapshot().you?.user,
      );
    const before = await userOf(a);
    await a.reload();
    await waitForText(a, 'to somebody');
    assert.equal(await userOf(a), before, 'a reload is the same person');
    assert.equal(hints.length, 2);
    await context.close();
  });
});

describe('a chat that is hidden while it connects', () => {
  it('counts what comes then as unread, and not the history', async () => {
    const aisha = await open.open('/chat?room=late&name=Aisha');
    for (const line of ['one', 'two', 'three']) await sayInChat(aisha, line);
    const context = await open.chromium.createBrowserContext();
    const ben = await open.open('/late', context);
    await until(
      ben,
      'a log that is looked at',
      () => window.probe.find('rtc-chat-log').some((log) => log.checkVisibility()),
      [],
    );
    const front = await context.newPage();
    await front.bringToFront();
    await until(ben, 'hidden', () => document.hidden, []);
    await ben.evaluate(() => (window as Window & { connect?: () => void }).connect?.());
    await waitForChat(ben);
    const unreadOf = (): Promise<number> =>
      ben.evaluate(
        () => (window.probe.find('rtc-chat')[0] as unknown as { unread: number }).unread,
      );
    await sayInChat(aisha, 'four');
    await until(
      ben,
      'something unread',
      () => (window.probe.find('rtc-chat')[0] as unknown as { unread: number }).unread !== 0,
      [],
    );
    assert.equal(await unreadOf(), 1);
    await context.close();
  });
});
