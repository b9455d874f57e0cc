/**
 * From the call that joins to the first remote frame, for the second of two people, with 50 ms each
 * way between the two and between each and the servers: whoever needs fewer round trips is sooner.
 * Ours against a bare RTCPeerConnection over a bare relay, PeerJS, simple-peer and Trystero, in one
 * run. Both have their cameras open and their code loaded. Needs the fault lab's networks, and python3.
 */
import { readdirSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import type { Page } from 'puppeteer-core';

import { FarLab, type FarPlaces } from './support/far-lab.js';
import { installRivals } from './support/far-page.js';
import { installBench } from './support/join-page.js';
import { median } from './support/median.js';

const ONE_WAY_MS = 50;
const ROUNDS = 9;
/** Time for the first person to finish joining; the same for every contender. */
const REST_MS = 1_500;

const WAYS = ['ours', 'bare', 'peerjs', 'peerjsNamed', 'simplePeer', 'trystero'] as const;
type Way = (typeof WAYS)[number];

/** Of the time of PeerJS as its documentation begins, `new Peer()`; and nobody's may be less. */
const BAR = 0.75;

/** Where the files of core are, in the repository and on the site. */
const CORE = '/packages/core/dist/cdn/';

export async function run() {
  const lab = await FarLab.start();
  try {
    await lab.net.delay(ONE_WAY_MS);
    for (const page of lab.pages) await page.evaluateOnNewDocument(installBench);
    return report(await compare(lab.pages, lab.places));
  } finally {
    await lab.close();
  }
}

/** Interleaved, so that other load on the machine affects all equally. */
async function compare(pages: readonly Page[], places: FarPlaces): Promise<Record<Way, number[]>> {
  const samples = Object.fromEntries(WAYS.map((way) => [way, []])) as unknown as Record<
    Way,
    number[]
  >;
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const way of round % 2 === 0 ? WAYS : WAYS.toReversed()) {
      const where = `${places[way]}/far-${round}`;
      const frameMs = await sample(pages, way, { site: places.page, where });
      // The first round warms the engines, for all ways.
      if (round > 0) samples[way].push(frameMs);
    }
  }
  return samples;
}

/** In pages without a past: not everybody can join again after they have left. */
async function sample(
  pages: readonly Page[],
  way: Way,
  { site, where }: { readonly site: string; readonly where: string },
): Promise<number> {
  const [first, second] = pages;
  if (!first || !second) throw new Error('two pages are needed');
  await Promise.all(pages.map((page) => prepare(page, site)));
  await first.evaluate((...words) => window.bench.join(...words), way, where, false);
  await wait(REST_MS);
  const frameMs = await second.evaluate(
    (...words) => window.bench.joinToFrame(...words),
    way,
    where,
  );
  await Promise.all(pages.map((page) => page.evaluate(() => window.bench.leave())));
  return frameMs;
}

/** Runs in a worker, and throws in a page. */
const WORKER = 'frame-worker.js';

/** All code is there, also what a first join would fetch, and the camera is open. */
async function prepare(page: Page, site: string): Promise<void> {
  await page.goto(site);
  const folder = fileURLToPath(new URL(`..${CORE}`, import.meta.url));
  const files = readdirSync(folder).filter((name) => name.endsWith('.js') && name !== WORKER);
  await page.evaluate(
    (paths: readonly string[]) =>
      Promise.all(paths.map((path) => import(path))).then(() => undefined),
    files.map((name) => `${CORE}${name}`),
  );
  await page.addScriptTag({ url: '/rivals.js' });
  await page.evaluate(installRivals);
  await page.evaluate(() => window.bench.openCamera());
}

function report(samples: Readonly<Record<Way, readonly number[]>>) {
  const medianOf = (way: Way): number => median(samples[way]);
  for (const way of WAYS) {
    const times = sorted(samples[way]).map((ms) => ms.toFixed(0));
    const turns = (medianOf(way) / (2 * ONE_WAY_MS)).toFixed(1);
    console.log(
      `${way}: ${medianOf(way).toFixed(0)} ms (${times[0]} to ${times.at(-1)}), ${turns} round trips`,
    );
  }
  const { ours, ...others } = samples;
  const ratioTo = (way: Way): number => Number((medianOf('ours') / medianOf(way)).toFixed(3));
  const ratio = ratioTo('peerjs');
  const isFirst = WAYS.every((way) => medianOf('ours') <= medianOf(way));
  return {
    figure: { ratio, isFirst, ratioToNamed: ratioTo('peerjsNamed'), ratioToBare: ratioTo('bare') },
    bar: { ratio: BAR, isFirst: true },
    holds: ratio <= BAR && isFirst,
    samples: ours,
    baseline: others,
  };
}

const sorted = (figures: readonly number[]): number[] => figures.toSorted((a, b) => a - b);
