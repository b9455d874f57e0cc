/**
 * A mesh of two to six people in one Chromium, against a bare RTCPeerConnection mesh over a bare
 * `ws` relay in the same pages: what it costs, what everybody sees, and how long it takes until
 * everybody who joins at once sees everybody.
 */
import { setTimeout as wait } from 'node:timers/promises';

import type { Browser, Page } from 'puppeteer-core';

import { cpuSeconds } from './support/cpu-seconds.js';
import { median } from './support/median.js';
import {
  leaveAll,
  MESH_WAYS,
  type MeshLab,
  type MeshWay,
  startMeshLab,
} from './support/mesh-lab.js';
import type { MeshCounts, TileSize } from './support/mesh-page.js';
import { TURN_MS } from './support/talk.js';

/** `grid`: everybody in six equal tiles. `speaker`: one large, the others as thumbnails. */
type Stage = 'grid' | 'speaker';

interface Sample {
  readonly people: number;
  readonly stage: Stage;
  /** From the first join to the last picture. */
  readonly stormMs: number;
  /** CPU seconds per second, of the whole browser. */
  readonly cpu: number;
  /** kbit/s, of each person. */
  readonly out: number;
  /** Frames per second of the slowest visible tile, and of the slowest view of the speaker. */
  readonly fps: number;
  readonly speakerFps: number;
  /** kbit/s of video to somebody whose page shows nothing; measured once. */
  readonly hidden: number | null;
}

const BARS = { cpu: 0.6, out: 0.5, storm: 0.6, fps: 10, speakerFps: 20, hidden: 0 };

/** Sizes and how often each is measured; of the largest more, as the bars are about it. */
const ROUNDS: readonly (readonly [people: number, rounds: number])[] = [
  [2, 1],
  [3, 1],
  [4, 1],
  [5, 1],
  [6, 5],
];

/** Bandwidth estimates have risen, and what climbs slowly has climbed. */
const SETTLE_MS = 3_500;
/** Everybody has had their turn to speak. */
const WINDOW_MS = TURN_MS;
const GRID: TileSize = { width: 424, height: 318 };
const THUMBNAIL: TileSize = { width: 160, height: 120 };
const LARGE: TileSize = { width: 960, height: 720 };
const SPEAKER = 'person 0';

export async function run() {
  const lab = await startMeshLab();
  try {
    const samples: Record<MeshWay, Sample[]> = { ours: [], bare: [] };
    let turn = 0;
    for (const [people, rounds] of ROUNDS) {
      for (let round = 0; round < rounds; round += 1) {
        turn += 1;
        // Interleaved, so that other load on the machine affects both equally.
        for (const way of turn % 2 === 0 ? MESH_WAYS : MESH_WAYS.toReversed()) {
          samples[way].push(...(await sample(lab, people, way, `mesh-${turn}`)));
        }
      }
    }
    return report(samples);
  } finally {
    await lab.close();
  }
}

async function sample(
  { browser, pages: all, joinAll }: MeshLab,
  people: number,
  way: MeshWay,
  name: string,
): Promise<readonly Sample[]> {
  const pages = all.slice(0, people);
  await show(pages, GRID, null);
  const stormMs = await joinAll(way, name, pages);
  const samples = [await measure(browser, pages, { stage: 'grid', stormMs, hidden: null })];
  // A bare mesh sends the same whatever is shown.
  if (people === 6 && way === 'ours') {
    await show(pages, THUMBNAIL, LARGE);
    const hidden = await hide(pages);
    samples.push(await measure(browser, pages, { stage: 'speaker', stormMs, hidden }));
  }
  await leaveAll(pages);
  return samples;
}

async function show(pages: readonly Page[], others: TileSize, first: TileSize): Promise<void> {
  const speaker = first && { name: SPEAKER, size: first };
  for (const page of pages) {
    await page.evaluate((...sizes) => window.mesh.show(...sizes), others, speaker);
  }
}

/** kbit/s of video to a page that shows nobody. */
async function hide(pages: readonly Page[]): Promise<number> {
  const [page] = pages.slice(-1);
  if (!page) return NaN;
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await wait(1_500);
  const before = await page.evaluate(() => window.mesh.count());
  await wait(WINDOW_MS);
  const after = await page.evaluate(() => window.mesh.count());
  await page.evaluate(() => {
    Reflect.deleteProperty(document, 'visibilityState');
    document.dispatchEvent(new Event('visibilitychange'));
  });
  return kbits(after.videoBytesIn - before.videoBytesIn, after.atMs - before.atMs);
}

const kbits = (bytes: number, ms: number): number => (bytes * 8) / ms;

async function measure(
  browser: Browser,
  pages: readonly Page[],
  known: Pick<Sample, 'stage' | 'stormMs' | 'hidden'>,
): Promise<Sample> {
  await wait(SETTLE_MS);
  const pid = browser.process()?.pid ?? 0;
  const count = (): Promise<MeshCounts[]> =>
    Promise.all(pages.map((page) => page.evaluate(() => window.mesh.count())));
  const [cpuBefore, before] = [cpuSeconds(pid), await count()];
  const from = performance.now();
  await wait(WINDOW_MS);
  const cpu = (cpuSeconds(pid) - cpuBefore) / ((performance.now() - from) / 1_000);
  const after = await count();
  const rates = after.map((now, at) => rate(before[at] ?? now, now));
  const taken: Sample = {
    ...known,
    people: pages.length,
    cpu,
    out: rates.reduce((sum, { out }) => sum + out, 0) / rates.length,
    fps: Math.min(...rates.flatMap(({ fps }) => fps)),
    // The fastest of each view: thumbnails are slower. The speaker does not see themselves.
    speakerFps: Math.min(...rates.slice(1).map(({ fps }) => Math.max(...fps))),
  };
  console.log(JSON.stringify(taken));
  return taken;
}

function rate(before: MeshCounts, after: MeshCounts): { out: number; fps: readonly number[] } {
  const ms = after.atMs - before.atMs;
  const frames = Object.entries(after.frames);
  return {
    out: kbits(after.bytesOut - before.bytesOut, ms),
    fps: frames.map(([name, count]) => ((count - (before.frames[name] ?? 0)) * 1_000) / ms),
  };
}

function report(samples: Readonly<Record<MeshWay, readonly Sample[]>>) {
  for (const way of MESH_WAYS) {
    for (const [people] of ROUNDS) {
      for (const stage of ['grid', 'speaker'] as const) print(way, people, stage, samples[way]);
    }
  }
  const six = (way: MeshWay, stage: Stage, key: 'cpu' | 'out' | 'stormMs' | 'fps' | 'speakerFps') =>
    median(pick(samples[way], 6, stage).map((one) => one[key]));
  const ratio = (key: 'cpu' | 'out' | 'stormMs', stage: Stage): number =>
    six('ours', stage, key) / six('bare', 'grid', key);
  const hidden = samples.ours.flatMap((one) => (one.hidden === null ? [] : [one.hidden]));
  const figure = {
    cpu: round(ratio('cpu', 'grid')),
    out: round(ratio('out', 'grid')),
    storm: round(ratio('stormMs', 'grid')),
    fps: round(Math.min(six('ours', 'grid', 'fps'), six('ours', 'speaker', 'fps'))),
    speakerFps: round(six('ours', 'speaker', 'speakerFps')),
    hidden: round(Math.max(...hidden)),
  };
  const holds =
    (['cpu', 'out', 'storm', 'hidden'] as const).every((key) => figure[key] <= BARS[key]) &&
    (['fps', 'speakerFps'] as const).every((key) => figure[key] >= BARS[key]);
  return { figure, bar: BARS, holds, samples: samples.ours, baseline: samples.bare };
}

const round = (value: number): number => Number(value.toFixed(2));

const pick = (samples: readonly Sample[], people: number, stage: Stage): readonly Sample[] =>
  samples.filter((one) => one.people === people && one.stage === stage);

function print(way: MeshWay, people: number, stage: Stage, samples: readonly Sample[]): void {
  const these = pick(samples, people, stage);
  if (these.length === 0) return;
  const show = (key: 'cpu' | 'out' | 'stormMs' | 'fps'): string => {
    const values = these.map((one) => one[key]);
    const digits = key === 'cpu' ? 2 : 0;
    const [low, high] = [Math.min(...values), Math.max(...values)];
    return `${key} ${median(values).toFixed(digits)} (${low.toFixed(digits)} to ${high.toFixed(digits)})`;
  };
  const words = (['cpu', 'out', 'fps', 'stormMs'] as const).map(show).join(', ');
  console.log(`${way}, ${people} people, ${stage}: ${words}`);
}
