/**
 * A file from page to page, verified and stored, against the best bare data channel in the same run: ours reads, hashes,
 * verifies and writes, the bare channel counts bytes. Beside it PeerJS, simple-peer and Trystero, which keep the file in
 * memory. On a network without delay, then with 50 ms each way between everybody. Needs the fault lab's networks.
 *
 * `npm run bench -- throughput [--rows near,large,far] [--rounds 5] [--large 1]`: `large`: rounds of 1 GiB, which only ours
 * and the bare channel do.
 */
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';

import type { Page } from 'puppeteer-core';
import type { joinRoom as JoinRoom } from '@rtc-elements/core';

import {
  acceptFirst,
  makeSource,
  offerSource,
  waitForStatus,
} from '../tests/support/files/files-page.js';
import { connectBare, sendBare } from './support/bare-channel.js';
import { FarLab } from './support/far-lab.js';
import { median } from './support/median.js';
import { installRivalLines } from './support/throughput-page.js';

const MIB = 1_048_576;
const SMALL_MIB = 64;
const LARGE_MIB = 1_024;
/** What holds packets back carries a few MiB a second. */
const FAR_MIB = 16;
const ONE_WAY_MS = 50;

const RIVALS = ['peerjs', 'simplePeer', 'trystero'] as const;
type Way = 'bare' | 'ours' | (typeof RIVALS)[number];

/** Of the throughput of the bare channel in the same round. */
const BARS = { near: 0.95, large: 0.95, far: 0.9 } as const;
type RowName = keyof typeof BARS;

interface Wanted {
  readonly name: RowName;
  readonly mebibytes: number;
  readonly rounds: number;
}

/** MiB/s of each round, and the load of the machine in it. */
interface Row {
  readonly name: RowName;
  readonly mebibytes: number;
  readonly rounds: readonly (Readonly<Partial<Record<Way, number>>> & { readonly load: number })[];
}

export async function run(words: readonly string[]) {
  const { values } = parseArgs({
    args: [...words],
    options: {
      rows: { type: 'string', default: 'near,large,far' },
      rounds: { type: 'string', default: '5' },
      large: { type: 'string', default: '1' },
    },
  });
  const rounds = Number(values.rounds);
  const lab = await FarLab.start();
  try {
    await enter(lab);
    const [from] = lab.pages;
    const wanted: readonly Wanted[] = [
      { name: 'near', mebibytes: SMALL_MIB, rounds },
      { name: 'large', mebibytes: LARGE_MIB, rounds: Number(values.large) },
      { name: 'far', mebibytes: FAR_MIB, rounds },
    ];
    const rows: Row[] = [];
    for (const row of wanted.filter(({ name }) => values.rows.split(',').includes(name))) {
      await makeSource(from, `${row.name}.bin`, row.mebibytes * MIB);
      if (row.name === 'far') await lab.net.delay(ONE_WAY_MS);
      rows.push(await measure(lab, row));
    }
    return report(rows);
  } finally {
    await lab.close();
  }
}

/** Both pages in a room of ours, with a bare channel beside it. */
async function enter({ pages, places }: FarLab): Promise<void> {
  for (const [at, page] of pages.entries()) {
    page.setDefaultTimeout(120_000);
    await page.goto(places.page);
    await page.evaluate(
      async (host, name) => {
        const path = '/packages/core/dist/cdn/rtc-core.min.js';
        const { joinRoom } = (await import(path)) as { readonly joinRoom: typeof JoinRoom };
        window.room = await joinRoom({ host, room: 'bench', name, audio: false, video: false });
      },
      places.ours,
      ['Ann', 'Ben'][at] ?? '',
    );
    await page.addScriptTag({ url: '/rivals.js' });
    await page.evaluate(installRivalLines);
  }
  const [from, to] = pages;
  await from.waitForFunction(() =>
    window.room.getSnapshot().peers.some(({ link }) => link.status === 'connected'),
  );
  await connectBare(from, to);
}

async function measure(
  { pages, places }: FarLab,
  { name, mebibytes, rounds }: Wanted,
): Promise<Row> {
  const [from, to] = pages;
  const ways: Way[] = ['bare', 'ours', ...(name === 'large' ? [] : RIVALS)];
  const seconds: Record<Way, () => Promise<number>> = {
    bare: () => sendBare(from, to, mebibytes * MIB),
    ours: () => sendOurs(from, to, `${name}.bin`),
    peerjs: () => sendRival(from, to, mebibytes * MIB),
    simplePeer: () => sendRival(from, to, mebibytes * MIB),
    trystero: () => sendRival(from, to, mebibytes * MIB),
  };
  const done: Row['rounds'][number][] = [];
  // The first round of a row warms what the others use.
  for (let round = name === 'large' ? 1 : 0; round <= rounds; round += 1) {
    const speeds: Partial<Record<Way, number>> = {};
    for (const way of round % 2 === 0 ? ways : ways.toReversed()) {
      if (way !== 'bare' && way !== 'ours')
        await openRival(pages, way, `${places[way]}/${name}-${round}`);
      speeds[way] = mebibytes / (await seconds[way]());
    }
    const row = { ...speeds, load: Number(loadavg()[0]?.toFixed(1)) };
    console.log(
      `${name} ${round}: ${JSON.stringify(row, (_, value: unknown) => (typeof value === 'number' ? Number(value.toFixed(1)) : value))}`,
    );
    if (round > 0) done.push(row);
  }
  return { name, mebibytes, rounds: done };
}

/** From the moment at which it is accepted until it is stored, verified and taken for done. */
async function sendOurs(from: Page, to: Page, file: string): Promise<number> {
  await offerSource(from, file, ['Ben']);
  await waitForStatus(to, 'offered');
  const done = to.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const since = performance.now();
        const end = (): void => resolve((performance.now() - since) / 1_000);
        window.room.addEventListener('file-done', end, { once: true });
      }),
  );
  await acceptFirst(to);
  const took = await done;
  await waitForStatus(from, 'done');
  for (const page of [from, to])
    await page.evaluate(async () => {
      for (const { id } of window.room.files.getSnapshot()) await window.room.files.discard(id);
    });
  return took;
}

/** A connection of its own for each round. */
async function openRival(pages: FarLab['pages'], way: Way, where: string): Promise<void> {
  const [from, to] = pages;
  await Promise.all([
    to.evaluate((...words) => window.rivalLines.open(...words), way, where, false),
    // Whoever calls has somebody to call.
    new Promise((resolve) => setTimeout(resolve, 1_000)).then(() =>
      from.evaluate((...words) => window.rivalLines.open(...words), way, where, true),
    ),
  ]);
}

async function sendRival(from: Page, to: Page, bytes: number): Promise<number> {
  const arriving = to.evaluate((count) => window.rivalLines.receive(count), bytes);
  const began = await from.evaluate((count) => window.rivalLines.send(count), bytes);
  return ((await arriving) - began) / 1_000;
}

function report(rows: readonly Row[]) {
  const figure: Record<string, Readonly<Record<string, number>>> = {};
  for (const { name, mebibytes, rounds } of rows) {
    const ratios = Object.fromEntries(
      (['ours', ...RIVALS] as const).flatMap((way) => {
        const all = rounds.flatMap(({ [way]: speed, bare = NaN }) => (speed ? [speed / bare] : []));
        return all.length > 0 ? [[way, Number(median(all).toFixed(2))] as const] : [];
      }),
    );
    figure[name] = ratios;
    const speed = median(rounds.flatMap(({ bare = [] }) => bare));
    console.log(
      `${name}, ${mebibytes} MiB: bare ${speed.toFixed(1)} MiB/s; ${JSON.stringify(ratios)}`,
    );
  }
  const holds = rows.every(({ name }) => (figure[name]?.['ours'] ?? 0) >= BARS[name]);
  return { figure, bar: BARS, holds, samples: rows, baseline: 'bare, in each round' };
}
