/**
 * Ten people write 500 lines and leave, reload, lose the network or are removed meanwhile, at moments that a seed
 * chooses: each line is in the room once, or kept in the browser of whoever wrote it.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import type { Page } from 'puppeteer-core';

import { open, until } from '../support/browsers/launch.js';
import { useSite } from '../support/browsers/site.js';
import { type Line, Talker, talkerPage, type Way, WAYS } from '../support/browsers/talker.js';
import { SERVER_KEY } from '../support/edge/tokens.js';
import { seededRandom } from '../support/seeded-random.js';

const PEOPLE = 10;
const STAYS = 5;
const LINES = 10;
/** One way. An ack takes twice as long. */
const FAR_MS = 100;
const ROOM = 'nothing-lost';

const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
const random = seededRandom(seed);
const upTo = (most: number): number => Math.floor(random() * most);

interface Told {
  readonly way: Way;
  readonly author: number;
  readonly text: string;
}

const site = useSite({
  isApart: true,
  vars: { SERVER_KEY },
  pages: () => ({
    '/talker': talkerPage(`${site.edge.url}/packages/core/dist/cdn/rtc-core.min.js`),
  }),
});

let host: Page;
let talkers: readonly Talker[];
const told: Told[] = [];

before(async () => {
  await site.start();
  const query = new URLSearchParams({ host: site.edge.url, room: ROOM, name: 'Host' });
  host = await open(site.chromium, `${site.url}/talker?${query.toString()}`);
  await until(host, 'a host', () => window.client?.getSnapshot().you?.role === 'host', []);
  const where = { site: site.url, edge: site.edge.url, delayMs: FAR_MS };
  talkers = await Promise.all(
    Array.from({ length: PEOPLE }, (_, at) =>
      Talker.join(site.chromium, where, { room: ROOM, name: `Talker ${at}` }),
    ),
  );
});
after(() => Promise.all((talkers ?? []).map((talker) => talker.close())));

describe(`500 lines of people who come and go (seed ${seed})`, () => {
  it('are in the room once, or kept by whoever wrote them', async () => {
    // Everything is drawn before anything happens, so that a seed says the same however long things take.
    const plans = talkers.map((_, author) =>
      Array.from({ length: STAYS }, (__, stay) => planStay(author, stay)),
    );
    await Promise.all(
      talkers.map(async (talker, author) => {
        for (const { lines, ...going } of plans[author] ?? []) {
          for (const { text } of lines) told.push({ way: going.way, author, text });
          await talker.sayAndGo(lines, { ...going, remove });
        }
        await talker.waitUntilSettled();
      }),
    );
    const stored = await storedLines();
    const own = await Promise.all(talkers.map((talker) => talker.keptAndAcked()));
    const rows = WAYS.map((way) => {
      const lines = told.filter((line) => line.way === way);
      const times = lines.map(({ text }) => stored.filter((one) => one === text).length);
      const kept = lines.map(({ text, author }) => own[author]?.kept.includes(text) === true);
      const count = (is: (inRoom: number, isKept: boolean) => boolean): number =>
        lines.filter((_, at) => is(times[at] ?? 0, kept[at] ?? false)).length;
      return {
        'whoever …': way,
        lines: lines.length,
        'in the room': count((inRoom) => inRoom > 0),
        kept: count((_, isKept) => isKept),
        both: count((inRoom, isKept) => inRoom > 0 && isKept),
        lost: count((inRoom, isKept) => inRoom === 0 && !isKept),
        doubled: count((inRoom) => inRoom > 1),
      };
    });
    console.table(rows);
    assert.equal(told.length, 500);
    for (const { lost, doubled, both } of rows)
      assert.deepEqual({ lost, doubled, both }, { lost: 0, doubled: 0, both: 0 });
    for (const { acked } of own)
      for (const text of acked) assert.ok(stored.includes(text), `"${text}" was promised`);

    // What is sent again has its first id, so it cannot be doubled.
    await Promise.all(talkers.map((talker) => talker.retryAll()));
    assert.deepEqual((await storedLines()).toSorted(), told.map(({ text }) => text).toSorted());
    for (const talker of talkers) assert.deepEqual((await talker.keptAndAcked()).kept, []);
  });
});

function planStay(author: number, stay: number) {
  const lines = Array.from({ length: LINES }, (_, at): Line => ({
    text: `${author}/${stay}/${at}`,
    afterMs: upTo(50),
  }));
  const way = WAYS[(author + stay + upTo(2)) % WAYS.length] ?? 'leaves';
  return { lines, way, afterMs: upTo(3 * FAR_MS), awayMs: upTo(1_500) };
}

const remove = (session: string): Promise<void> =>
  host.evaluate((whom) => window.client.moderation.remove(whom), session);

async function storedLines(): Promise<readonly string[]> {
  const response = await fetch(`${site.edge.url}/parties/room/${ROOM}/chat`, {
    headers: { authorization: `Bearer ${SERVER_KEY}` },
  });
  const lines = (await response.text()).trim().split('\n');
  return lines.map((line) => (JSON.parse(line) as { text: string }).text);
}
