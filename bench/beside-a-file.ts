/**
 * What a file at full speed does to everything else on the same link: round trips of actions and of chat messages, and the
 * longest silence in a tone, first without a file and then while one runs, in the same call. On a fast network, and at
 * 2 Mbit/s with 50 ms each way. Needs the fault lab's networks.
 *
 * `npm run bench -- beside-a-file [--rows fast,slow] [--seconds 30]`. Rows that are left out keep the result they have.
 */
import { existsSync, readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';

import {
  acceptFirst,
  makeSource,
  offerSource,
  waitForStatus,
} from '../tests/support/files/files-page.js';
import { type BesideTrips, installBeside } from './support/beside-page.js';
import { FarLab } from './support/far-lab.js';

const MIB = 1_048_576;

/** `bound`: of the 99th percentile of a round trip with the file, ms. `mebibytes`: more than passes in the time. */
interface Row {
  readonly id: string;
  readonly bound: number;
  readonly mebibytes: number;
  readonly line?: { readonly kbit: number; readonly oneWayMs: number };
}

const ROWS: readonly Row[] = [
  { id: 'fast', bound: 50, mebibytes: 1_536 },
  { id: 'slow', bound: 250, mebibytes: 64, line: { kbit: 2_000, oneWayMs: 50 } },
];

const RESULTS = new URL('./results/beside-a-file.json', import.meta.url);

/** How much longer the tone may be silent than without the file, ms. */
const SILENCE_MS = 100;

/** What passes before the file is at full speed, and what a slow line needs to find its pace. */
const BEGIN_MS = 10_000;

export async function run(words: readonly string[]) {
  const { values } = parseArgs({
    args: [...words],
    options: {
      rows: { type: 'string', default: ROWS.map(({ id }) => id).join(',') },
      seconds: { type: 'string', default: '30' },
    },
  });
  const chosen = values.rows.split(',');
  const before = readResults();
  const results: Result[] = [];
  for (const row of ROWS) {
    const kept = before.find(({ id }) => id === row.id);
    if (chosen.includes(row.id)) results.push(await measure(row, Number(values.seconds) * 1_000));
    else if (kept) results.push(kept);
  }
  const holds = results.every(({ isHeld }) => isHeld);
  const figure = Object.fromEntries(
    results.map(({ id, file, silenceMore }) => [id, { ...file, silenceMore }]),
  );
  const bar = Object.fromEntries(
    ROWS.map(({ id, bound }) => [id, { p99: bound, silenceMore: SILENCE_MS }]),
  );
  const baseline = Object.fromEntries(results.map(({ id, calm }) => [id, calm]));
  return { figure, bar, holds, samples: results, baseline };
}

type Result = Awaited<ReturnType<typeof measure>>;

function readResults(): readonly Result[] {
  if (!existsSync(RESULTS)) return [];
  return (JSON.parse(readFileSync(RESULTS, 'utf8')) as { samples: readonly Result[] }).samples;
}

async function measure({ id, bound, mebibytes, line }: Row, forMs: number) {
  const lab = await FarLab.start();
  try {
    const [from, to] = lab.pages;
    for (const [at, page] of lab.pages.entries()) {
      page.setDefaultTimeout(120_000);
      await page.evaluateOnNewDocument(installBeside);
      await page.goto(lab.places.page);
      const name = ['Ann', 'Ben'][at] ?? '';
      await page.evaluate(
        (...words) => window.beside.join(...words),
        lab.places.ours,
        'beside',
        name,
      );
    }
    await from.waitForFunction(() => window.room.getSnapshot().peers.length > 0);
    await makeSource(from, 'source.bin', mebibytes * MIB);
    await from.evaluate(() => window.beside.sound());
    await to.evaluate(() => window.beside.hear());
    if (line) {
      await lab.net.delay(line.oneWayMs);
      for (const host of lab.hosts) lab.net.cap(line.kbit, host);
    }
    const calm = await talk(lab, forMs);
    await offerSource(from, 'source.bin', ['Ben']);
    await waitForStatus(to, 'offered');
    await acceptFirst(to);
    await waitForStatus(from, 'running');
    await new Promise((resolve) => setTimeout(resolve, BEGIN_MS));
    const before = await bytesAt(to);
    const file = await talk(lab, forMs);
    const { bytes, status } = await bytesAt(to);
    if (status !== 'running') throw new Error(`the file is ${status}, and was to run meanwhile`);
    const silenceMore = Math.round(file.silenceMs - calm.silenceMs);
    const mebibytesASecond = Number(((bytes - before.bytes) / MIB / (forMs / 1_000)).toFixed(2));
    const isHeld = file.actionP99 <= bound && file.chatP99 <= bound && silenceMore <= SILENCE_MS;
    const date = new Date().toISOString();
    const result = { id, date, calm, file: { ...file, mebibytesASecond }, silenceMore, isHeld };
    console.log(JSON.stringify(result));
    return result;
  } finally {
    await lab.close();
  }
}

const bytesAt = (page: FarLab['pages'][number]) =>
  page.evaluate(() => {
    const { bytes = 0, status = 'gone' } = window.room.files.getSnapshot().at(-1) ?? {};
    return { bytes, status };
  });

/** Both talk at the same time. */
async function talk({ pages: [from, to] }: FarLab, forMs: number) {
  await to.evaluate(() => window.beside.silence());
  const all = await Promise.all(
    [from, to].map((page) =>
      page.evaluate((ms): Promise<BesideTrips> => window.beside.talk(ms), forMs),
    ),
  );
  const silenceMs = Math.round(await to.evaluate(() => window.beside.silence()));
  const action = all.flatMap((trips) => trips.action);
  const chat = all.flatMap((trips) => trips.chat);
  return {
    actionP50: percentile(action, 50),
    actionP99: percentile(action, 99),
    chatP50: percentile(chat, 50),
    chatP99: percentile(chat, 99),
    silenceMs,
    actions: action.length,
    chats: chat.length,
    load: Number(loadavg()[0]?.toFixed(1)),
  };
}

const percentile = (times: readonly number[], percent: number): number => {
  const sorted = times.toSorted((one, other) => one - other);
  const at = Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100));
  return Number((sorted[at] ?? NaN).toFixed(1));
};
