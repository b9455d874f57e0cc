// A whole meeting by requests of an element that is not ours and imports nothing, in a shadow root.
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';

import type { RoomState } from '@rtc-elements/core';
import type { Page } from 'puppeteer-core';

import { until } from '../support/browsers/launch.js';
import { control, press, type RoomWindow } from '../support/browsers/hands.js';
import { SCRIPT } from '../support/browsers/pages.js';
import { readComplaints } from '../support/browsers/probe.js';
import { useSite } from '../support/browsers/site.js';
import { REQUESTS } from '../support/requests.js';

/** What the element below has for the test. */
interface Driver {
  readonly rooms: readonly { getSnapshot(): RoomState }[];
  ask(action: object): Promise<Outcome>;
}

declare global {
  interface Window {
    driver: Driver;
  }
}

interface Outcome {
  readonly status: string;
  readonly value?: unknown;
  readonly error?: { readonly code: string };
}

/** The element: plain events, and nothing of ours but the words in them. */
const ELEMENT = `
  class PlainDriver extends HTMLElement {
    rooms = [];
    onRoom = (room) => room && room !== this.rooms.at(-1) && this.rooms.push(room);
    connectedCallback() {
      const request = new Event('context-request', { bubbles: true, composed: true });
      request.context = Symbol.for('rtc-elements.room');
      request.contextTarget = this;
      request.callback = this.onRoom;
      request.subscribe = true;
      this.dispatchEvent(request);
      const button = document.createElement('button');
      button.textContent = 'Share';
      button.onclick = async () => {
        const outcome = await this.ask({ do: 'share-screen' });
        button.textContent = outcome.error ? outcome.error.code : 'Shared';
      };
      this.attachShadow({ mode: 'open' }).append(button);
    }
    ask(detail) {
      const init = { bubbles: true, composed: true, cancelable: true, detail };
      const event = new CustomEvent('rtc-request', init);
      this.dispatchEvent(event);
      return event.result;
    }
  }
  customElements.whenDefined('rtc-room').then(() => {
    customElements.define('plain-driver', PlainDriver);
    const shell = document.querySelector('my-shell').attachShadow({ mode: 'open' });
    shell.innerHTML = '<plain-driver></plain-driver>';
    window.driver = shell.firstChild;
  });
`;

const HTML =
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Requests</title>` +
  `<script type="module" src="${SCRIPT}"></script><script type="module">${ELEMENT}</script></head>` +
  `<body><rtc-room room="requests"><rtc-player></rtc-player><my-shell></my-shell></rtc-room></body></html>`;

const site = useSite({ pages: () => ({ '/requests': HTML }) });
let aisha: Page;
let ben: Page;

before(async () => {
  [aisha, ben] = await Promise.all([site.open('/requests'), site.open('/requests')]);
});

const ask = (page: Page, action: object): Promise<Outcome> =>
  page.evaluate(async (asked) => {
    const { status, value, error } = await window.driver.ask(asked);
    return { status, value, ...(error && { error: { code: error.code } }) };
  }, action);

/** Asks, again if there were too many requests just before, and returns the value of what was done. */
async function done(page: Page, action: object): Promise<unknown> {
  let outcome = await ask(page, action);
  while (outcome.error?.code === 'flooded') outcome = await ask(page, action);
  assert.deepEqual([outcome.status, outcome.error], ['done', undefined], JSON.stringify(action));
  return outcome.value;
}

const codeOf = async (page: Page, action: object): Promise<string | undefined> =>
  (await ask(page, action)).error?.code;

/** Waits until `test`, in the page, holds for the snapshot of the newest room. */
const waitFor = (page: Page, what: string, test: (state: RoomState) => boolean): Promise<void> =>
  until(
    page,
    what,
    (source: string) => {
      const state = window.driver?.rooms.at(-1)?.getSnapshot();
      return state !== undefined && (eval(source) as typeof test)(state);
    },
    [`(${test.toString()})`],
  );

const stateOf = (page: Page): Promise<RoomState> =>
  page.evaluate(() => window.driver.rooms.at(-1)!.getSnapshot());

const otherOf = async (page: Page): Promise<RoomState['peers'][number]> => {
  const [peer] = (await stateOf(page)).peers;
  assert.ok(peer);
  return peer;
};

describe('an element that is not ours', () => {
  it('gets everybody in, with devices and a shared screen', async () => {
    await Promise.all([aisha, ben].map((page) => waitFor(page, 'a room', () => true)));
    await done(aisha, { do: 'join', name: 'Aisha' });
    const people = { count: 1, names: ['Aisha'], inCall: 1, meshMembers: 8 };
    assert.deepEqual(await done(ben, { do: 'peek-room' }), people);
    await done(ben, { do: 'join', name: 'Ben' });
    for (const page of [aisha, ben]) {
      await done(page, { do: 'toggle-microphone', force: true });
      await done(page, { do: 'toggle-camera', force: true });
      await waitFor(
        page,
        'a connected peer with sound and picture',
        ({ peers: [peer] }) =>
          peer?.link.status === 'connected' && peer.media.microphone && peer.media.camera,
      );
    }
    // Browsers capture a screen only during a click, which the request has to pass on.
    await press(aisha, 'Share');
    await control(aisha, 'Shared');
    await waitFor(ben, 'the screen', ({ peers: [peer] }) => peer?.media.screen === true);
    await done(aisha, { do: 'toggle-screen', force: false });
    await waitFor(ben, 'no screen', ({ peers: [peer] }) => peer?.media.screen === false);
  });

  it('writes, reacts, edits, searches and deletes', async () => {
    const { seq } = (await done(aisha, { do: 'send-message', text: 'helo' })) as { seq: number };
    await waitFor(ben, 'the message', ({ chat }) =>
      chat.entries.some((one) => one.text === 'helo'),
    );
    await done(ben, { do: 'react', seq, emoji: '👍', on: true });
    await done(aisha, { do: 'edit-message', seq, text: 'hello' });
    await waitFor(ben, 'the edit', ({ chat }) => chat.entries.some((one) => one.text === 'hello'));
    const found = (await done(ben, { do: 'search-messages', query: 'HELLO' })) as {
      messages: { seq: number }[];
    };
    assert.deepEqual(
      found.messages.map((one) => one.seq),
      [seq],
    );
    assert.equal(await codeOf(ben, { do: 'edit-message', seq, text: 'mine' }), 'not-allowed');
    await done(aisha, { do: 'delete-message', seq });
    await waitFor(ben, 'the deletion', ({ chat }) => chat.entries.some((one) => one.deleted));
    assert.equal(await codeOf(aisha, { do: 'send-message', text: ' ' }), 'text-empty');
  });

  it('moderates as a host, and is refused as anybody else', async () => {
    const { session } = await otherOf(aisha);
    await done(ben, { do: 'toggle-hand', force: true });
    await waitFor(aisha, 'a hand', ({ peers: [peer] }) => peer?.hand === true);
    await done(aisha, { do: 'lower-hand', session });
    await waitFor(ben, 'no hand', ({ you }) => you?.hand === false);
    await done(aisha, { do: 'mute-person', session, source: 'microphone' });
    await waitFor(ben, 'muted', ({ media }) => media.microphone.status === 'off');
    assert.equal(await codeOf(ben, { do: 'lock-room', on: true }), 'not-allowed');
    await done(aisha, { do: 'lock-room', on: true });
    await waitFor(aisha, 'a lock', ({ access }) => access.locked);
    await done(aisha, { do: 'lock-room', on: false });
    await done(aisha, { do: 'set-role', session, role: 'listener' });
    await waitFor(ben, 'a listener', ({ you }) => you?.role === 'listener');
    await done(aisha, { do: 'set-role', session, role: 'speaker' });
    await waitFor(ben, 'a speaker', ({ you }) => you?.role === 'speaker');
  });

  it('shares values, and tells about itself', async () => {
    await done(aisha, { do: 'set-value', key: 'slide', value: { n: 4 } });
    await waitFor(ben, 'the value', ({ sharedState }) => 'slide' in sharedState);
    assert.equal(
      await codeOf(aisha, { do: 'set-value', key: 'slide', value: 5, rev: 0 }),
      'conflict',
    );
    await done(aisha, { do: 'delete-value', key: 'slide' });
    await waitFor(ben, 'no value', ({ sharedState }) => !('slide' in sharedState));
    await done(ben, { do: 'set-presence', name: 'Benedict', meta: { seat: 4 } });
    await waitFor(aisha, 'a name', ({ peers: [peer] }) => peer?.name === 'Benedict');
  });

  it('looks into the call, and causes a fault that it survives', async () => {
    const report = (await done(aisha, { do: 'diagnose' })) as { peers: unknown[] };
    assert.equal(report.peers.length, 1);
    const network = (await done(aisha, { do: 'check-network' })) as { room: unknown };
    assert.ok(network.room);
    await done(aisha, { do: 'simulate', fault: 'socket-drop' });
    await waitFor(aisha, 'connected again', ({ connection }) => connection === 'connected');
    await done(aisha, { do: 'send-message', text: 'still here' });
    await waitFor(ben, 'it', ({ chat }) => chat.entries.some((one) => one.text === 'still here'));
  });

  it('is refused what makes no sense, and the call goes on', async () => {
    for (const action of [
      { do: 'self-destruct' },
      { do: 'constructor' },
      { do: 'lock-room', on: 'yes' },
      { do: 'set-presence', meta: { deep: { er: 1 } } },
      { do: 'remove-person', session: 'x'.repeat(100_000) },
    ]) {
      assert.equal(await codeOf(ben, action), 'protocol', JSON.stringify(action).slice(0, 80));
    }
    const ends = await ben.evaluate(async () => {
      const all = Array.from({ length: 1_000 }, () =>
        window.driver.ask({ do: 'send-message', text: 'flood' }),
      );
      return (await Promise.all(all)).map(({ status, error }) => error?.code ?? status);
    });
    assert.ok(ends.filter((end) => end === 'done').length <= 20, String(ends.length));
    assert.deepEqual([...new Set(ends)].sort(), ['done', 'flooded']);
    await waitFor(
      ben,
      'calm',
      ({ connection, peers: [peer] }) =>
        connection === 'connected' && peer?.link.status === 'connected',
    );
  });

  it('obeys a page that prevents each request', async () => {
    const names = [...Object.keys(REQUESTS), 'peek-room', 'check-network'];
    const before = await stateOf(aisha);
    const ends = await aisha.evaluate(async (all) => {
      const seen: string[] = [];
      const veto = (event: Event & { action?: { do?: string } }): void => {
        seen.push(event.action?.do ?? '');
        event.preventDefault();
      };
      document.addEventListener('rtc-request', veto);
      const results = await Promise.all(all.map((name) => window.driver.ask({ do: name })));
      document.removeEventListener('rtc-request', veto);
      return results.map(({ status }, at) => `${seen[at]} ${status}`);
    }, names);
    assert.deepEqual(
      ends,
      names.map((name) => `${name} prevented`),
    );
    const { connection, you, chat } = await stateOf(aisha);
    assert.deepEqual([connection, you?.hand], ['connected', before.you?.hand]);
    assert.equal(chat.lastSeq, before.chat.lastSeq);
  });

  it('leaves the call and the room, is removed, and comes back to the same room', async () => {
    await done(ben, { do: 'leave-call' });
    await waitFor(aisha, 'nobody in the call', ({ peers: [peer] }) => peer?.call === 0);
    await done(ben, { do: 'join' });
    await waitFor(aisha, 'somebody', ({ peers: [peer] }) => peer?.link.status === 'connected');
    const { session } = await otherOf(aisha);
    await done(aisha, { do: 'remove-person', session });
    await waitFor(ben, 'the end', ({ left }) => left === 'removed');
    await done(ben, { do: 'rejoin' });
    await waitFor(ben, 'another stay', ({ connection }) => connection === 'connected');
    assert.equal(await ben.evaluate(() => window.driver.rooms.length), 1, 'it outlives its stays');
    await done(aisha, { do: 'leave' });
    await waitFor(ben, 'nobody', ({ peers }) => peers.length === 0);
    await done(aisha, { do: 'rejoin' });
    await waitFor(ben, 'somebody again', ({ peers }) => peers.length === 1);
    // The one who made the room is its host again. The room may be gone before it could answer.
    const { status, error } = await ask(aisha, { do: 'close-room' });
    assert.ok(status === 'done' || error?.code === 'aborted', status);
    await waitFor(ben, 'the end of the room', ({ connection }) => connection === 'closed');
    const complaints = await Promise.all([aisha, ben].map(readComplaints));
    assert.deepEqual(complaints.flat(), []);
  });
});

describe('the example with elements of its own', () => {
  it('joins, turns a device on and off, and leaves', async () => {
    const page = await site.open('/examples/own-elements/');
    await press(page, 'join');
    await press(page, 'microphone');
    await until(
      page,
      'the microphone off',
      () =>
        window.probe
          .find('button')
          .some((one) => one.textContent === 'microphone' && one.ariaPressed === 'false'),
      [],
    );
    await press(page, 'Raise or lower hand');
    await until(
      page,
      'a hand',
      () =>
        (window.probe.find('rtc-room')[0] as RoomWindow).client.getSnapshot().you?.hand === true,
      [],
    );
    await press(page, 'leave');
    await control(page, 'join');
    await page.click('#veto');
    await press(page, 'join');
    await until(
      page,
      'a veto',
      () => window.probe.find('button').some(({ title }) => title === 'prevented'),
      [],
    );
    assert.deepEqual(await readComplaints(page), []);
    await page.close();
  });
});
