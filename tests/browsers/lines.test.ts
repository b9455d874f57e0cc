// What can be done with the lines of a chat, and notices of a backend, by clicking like a person.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import type { Page } from 'puppeteer-core';

import { until } from '../support/browsers/launch.js';
import {
  control,
  namesOfControls,
  press,
  type RoomWindow,
  say,
  waitForConnection,
  waitForLine,
  waitForPeers,
  waitForText,
} from '../support/browsers/hands.js';
import {
  countLines,
  lineOf,
  pressOnLine,
  searchFor,
  waitForReveal,
} from '../support/browsers/lines.js';
import { page as html, SCRIPT } from '../support/browsers/pages.js';
import { readComplaints } from '../support/browsers/probe.js';
import { useSite } from '../support/browsers/site.js';

const SERVER_KEY = 'key-of-the-backend-for-tests-000000';
const ROOMS = ['words', 'reactions', 'replies', 'receipts', 'notices'];

const chat = (room: string, name: string): string =>
  `<rtc-chat room="${room}" name="${name}" notify="toast"></rtc-chat>`;

const site = useSite({
  vars: { SERVER_KEY },
  pages: () =>
    Object.fromEntries(
      ROOMS.flatMap((room) =>
        ['Ben', 'Chen'].map((name) => [`/${room}/${name}`, html(SCRIPT, chat(room, name))]),
      ),
    ),
});

/** In a call, as host, with the chat in its panel. */
async function visitAsHost(room: string): Promise<Page> {
  const page = await site.call({ room, name: 'Aisha', audio: 'off', video: 'off' });
  await waitForConnection(page, 'connected');
  await press(page, 'Chat');
  await control(page, 'Message');
  return page;
}

/** In a chat that stands by itself. */
async function visitChat(room: string, name: string): Promise<Page> {
  const page = await site.open(`/${room}/${name}`);
  await until(
    page,
    'in the chat',
    () =>
      (window.probe.find('rtc-chat') as RoomWindow[])[0]?.client?.getSnapshot().connection ===
      'connected',
    [],
  );
  await control(page, 'Message');
  return page;
}

async function leave(...pages: readonly Page[]): Promise<void> {
  const complaints = await Promise.all(pages.map(readComplaints));
  await Promise.all(pages.map((page) => page.close()));
  assert.deepEqual(complaints.flat(), []);
}

/** Waits until nobody can read `text` in the chat. */
const waitForNoLine = (page: Page, text: string): Promise<void> =>
  until(
    page,
    `no "${text}"`,
    (line: string) => !window.probe.find('[part~=text]').some((row) => row.textContent === line),
    [text],
  );

describe('the lines of a chat', () => {
  it('are edited by their author, and deleted by them or by a host', async () => {
    const aisha = await visitAsHost('words');
    const ben = await visitChat('words', 'Ben');
    await say(aisha, 'Lunch at tvelve');
    await waitForLine(ben, 'Lunch at tvelve');

    await pressOnLine(ben, 'Lunch at tvelve', 'More');
    await control(ben, '👍');
    const offered = await namesOfControls(ben);
    assert.deepEqual(
      offered.filter((name) => /^(Edit|Delete)$/.test(name)),
      [],
      'somebody else may neither edit nor delete it',
    );
    await ben.keyboard.press('Escape');

    await pressOnLine(aisha, 'Lunch at tvelve', 'More');
    await press(aisha, 'Edit');
    await waitForText(aisha, 'Editing your message');
    await aisha.keyboard.down('Control');
    await aisha.keyboard.press('a');
    await aisha.keyboard.up('Control');
    await say(aisha, 'Lunch at twelve');
    await waitForLine(ben, 'Lunch at twelve');
    await waitForText(ben, 'edited');
    await waitForNoLine(ben, 'Lunch at tvelve');

    await pressOnLine(aisha, 'Lunch at twelve', 'More');
    await press(aisha, 'Delete');
    await press(aisha, 'Keep');
    await waitForLine(aisha, 'Lunch at twelve');
    await pressOnLine(aisha, 'Lunch at twelve', 'More');
    await press(aisha, 'Delete');
    // The same word again, in the question that was asked.
    await control(aisha, 'Keep');
    await press(aisha, 'Delete');
    await Promise.all([aisha, ben].map((page) => waitForText(page, 'This message was deleted.')));
    await waitForNoLine(ben, 'Lunch at twelve');

    await say(ben, 'Something rude');
    await pressOnLine(aisha, 'Something rude', 'More');
    await control(aisha, 'Delete');
    assert.ok(!(await namesOfControls(aisha)).includes('Edit'), 'nobody edits words of others');
    await press(aisha, 'Delete');
    await control(aisha, 'Keep');
    await press(aisha, 'Delete');
    await waitForNoLine(ben, 'Something rude');
    await leave(aisha, ben);
  });

  it('are reacted to, and reactions are taken back', async () => {
    const aisha = await visitAsHost('reactions');
    const ben = await visitChat('reactions', 'Ben');
    await say(aisha, 'We have a release');
    await pressOnLine(ben, 'We have a release', 'React');
    await press(ben, '🎉');
    await control(aisha, '🎉 1: Ben');
    await press(aisha, '🎉 1: Ben');
    await Promise.all([aisha, ben].map((page) => control(page, '🎉 2: Ben, Aisha')));
    await press(ben, '🎉 2: Ben, Aisha');
    await Promise.all([aisha, ben].map((page) => control(page, '🎉 1: Aisha')));
    await press(aisha, '🎉 1: Aisha');
    await until(ben, 'no reactions', () => window.probe.find('[part~=reactions]').length === 0, []);
    await leave(aisha, ben);
  });

  it('are answered with a quote that leads back, found by search, and paged', async () => {
    const aisha = await visitAsHost('replies');
    const ben = await visitChat('replies', 'Ben');
    await say(aisha, 'Where do we meet?');
    await waitForLine(ben, 'Where do we meet?');
    await aisha.evaluate(async () => {
      const [room] = window.probe.find('rtc-room') as RoomWindow[];
      for (let at = 1; at <= 120; at += 1) await room?.client.chat.send(`filler ${at}`);
    });
    await waitForLine(ben, 'filler 120');

    await searchFor(ben, 'do we MEET');
    await waitForText(ben, '1 message found');
    await press(ben, /Where do we meet\?$/);
    await waitForReveal(ben, 'Where do we meet?');
    await ben.keyboard.press('Enter');
    await press(ben, 'Reply');
    await waitForText(ben, 'Replying to Aisha');
    await say(ben, 'At the bridge');
    await waitForLine(aisha, 'At the bridge');
    await press(aisha, /^Aisha\s+Where do we meet\?$/);
    await waitForReveal(aisha, 'Where do we meet?');

    // Who comes now has the newest page, and gets the others on the way up.
    const chen = await visitChat('replies', 'Chen');
    await waitForLine(chen, 'At the bridge');
    const first = await countLines(chen);
    assert.ok(first < 122, `${first} lines at once`);
    await (await lineOf(chen, 'At the bridge')).hover();
    for (let lines = first; lines < 122; lines = await countLines(chen)) {
      await chen.mouse.wheel({ deltaY: -4_000 });
      await until(
        chen,
        'older lines',
        (before: number) => window.probe.find('[data-seq]').length > before,
        [lines],
      );
    }
    await waitForLine(chen, 'Where do we meet?');

    // A quote leads to what was not loaded, too.
    const other = await visitChat('replies', 'Chen');
    await waitForLine(other, 'At the bridge');
    await press(other, /^An earlier message/);
    await waitForReveal(other, 'Where do we meet?');
    await leave(aisha, ben, chen, other);
  });

  it('say who has read them', async () => {
    const aisha = await visitAsHost('receipts');
    await say(aisha, 'Is anybody there?');
    await waitForLine(aisha, 'Is anybody there?');
    const ben = await visitChat('receipts', 'Ben');
    await waitForText(aisha, 'Seen by Ben');
    const chen = await visitChat('receipts', 'Chen');
    await waitForText(aisha, 'Seen by Ben, Chen');
    await ben.close();
    await waitForPeers(aisha, 1);
    await waitForText(aisha, 'Seen by Chen');
    await leave(aisha, chen);
  });
});

describe('a notice of the backend', () => {
  const notify = (notice: object, key?: string): Promise<Response> =>
    fetch(`${site.edge.url}/parties/room/notices/notify`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(key && { authorization: `Bearer ${key}` }),
      },
      body: JSON.stringify(notice),
    });

  it('[NO-1] comes as a toast to a call and to a chat; an error stays', async () => {
    const aisha = await visitAsHost('notices');
    const ben = await visitChat('notices', 'Ben');
    assert.equal((await notify({ title: 'Forged', level: 'info' })).status, 401);
    const notice = { title: 'Recording has begun', body: 'By the organiser', level: 'warning' };
    assert.equal((await notify(notice, SERVER_KEY)).status, 202);
    for (const page of [aisha, ben]) {
      await waitForText(page, 'Recording has begun');
      await waitForText(page, 'By the organiser');
    }

    assert.equal((await notify({ title: 'Disk full', level: 'error' }, SERVER_KEY)).status, 202);
    for (const page of [aisha, ben]) {
      await waitForText(page, 'Disk full');
      // The former goes by itself.
      await until(page, 'one toast', () => window.probe.find('[part~=toast]').length === 1, []);
      await press(page, 'Dismiss');
      await until(page, 'no toast', () => window.probe.find('[part~=toast]').length === 0, []);
    }
    await leave(aisha, ben);
  });
});
