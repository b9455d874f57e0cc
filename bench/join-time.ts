/**
 * From `joinRoom()` to an open data channel and to the first remote frame, against a bare
 * RTCPeerConnection over a bare `ws` relay in the same two pages. The camera is open already.
 */
import type { Page } from 'puppeteer-core';

import { launch } from '../tests/support/browsers/launch.js';
import { startEdge } from '../tests/support/browsers/edge.js';
import { installBench, type JoinTimes } from './support/join-page.js';
import { median } from './support/median.js';
import { startRelay } from './support/relay.js';
import { startRoom } from './support/room.js';

const ROUNDS = 27;
const MEASURES = ['channelMs', 'frameMs'] as const;

type Way = 'ours' | 'bare';

/** The worse of the two ratios of medians may be this. */
const BAR = 1.15;

/** Interleaved, so that other load on the machine affects both equally; each way starts as often. */
export async function run() {
  // The pages come from here, the room from workerd itself.
  const edge = await startEdge();
  const room = await startRoom();
  const relay = await startRelay();
  const browser = await launch('chromium');
  try {
    const pages = [] as Page[];
    for (let at = 0; at < 2; at += 1) {
      const page = await (await browser.createBrowserContext()).newPage();
      await page.evaluateOnNewDocument(installBench);
      await page.goto(`${edge.url}/examples/`);
      await page.evaluate(() => window.bench.openCamera());
      pages.push(page);
    }
    const samples: Record<Way, JoinTimes[]> = { ours: [], bare: [] };
    for (let round = 0; round <= ROUNDS; round += 1) {
      const order: readonly Way[] = round % 2 === 0 ? ['ours', 'bare'] : ['bare', 'ours'];
      for (const way of order) {
        const where = `${way === 'ours' ? room.url : relay.url}/${round}`;
        const times = await sample(pages, way, where);
        // The first round loads code and warms the engines, for both ways.
        if (round > 0) samples[way].push(times);
      }
    }
    return report(samples);
  } finally {
    await browser.close();
    await relay.close();
    await room.close();
    await edge.close();
  }
}

async function sample(pages: readonly Page[], way: Way, where: string): Promise<JoinTimes> {
  const [first, second] = pages;
  if (!first || !second) throw new Error('two pages are needed');
  const join = (page: Page, measured: boolean): Promise<JoinTimes | null> =>
    page.evaluate((...words) => window.bench.join(...words), way, where, measured);
  await join(first, false);
  const times = await join(second, true);
  await Promise.all([second, first].map((page) => page.evaluate(() => window.bench.leave())));
  if (!times) throw new Error('nothing was measured');
  return times;
}

function report(samples: Readonly<Record<Way, readonly JoinTimes[]>>) {
  const ratios = MEASURES.map((measure) => {
    const ours = spread(samples.ours, measure);
    const bare = spread(samples.bare, measure);
    const ratio = ours.median / bare.median;
    const words = ({ median, min, max }: Spread): string =>
      `${median.toFixed(1)} ms (${min.toFixed(1)} to ${max.toFixed(1)})`;
    console.log(`${measure}: ${words(ours)}, bare ${words(bare)}, ratio ${ratio.toFixed(3)}`);
    return ratio;
  });
  const figure = Number(Math.max(...ratios).toFixed(3));
  return { figure, bar: BAR, holds: figure <= BAR, samples: samples.ours, baseline: samples.bare };
}

interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

function spread(times: readonly JoinTimes[], measure: keyof JoinTimes): Spread {
  const figures = times.map((one) => one[measure]);
  return { median: median(figures), min: Math.min(...figures), max: Math.max(...figures) };
}
