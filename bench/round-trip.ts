/**
 * From a question to its answer: an action with a request handler, against a bare data channel between the same two
 * pages, asked in turns. Small messages, one after another.
 */
import { launch } from '../tests/support/browsers/launch.js';
import { startEdge } from '../tests/support/browsers/edge.js';
import { median } from './support/median.js';
import { startRoom } from './support/room.js';
import { installRoundTrips } from './support/round-trip-page.js';

const ROUNDS = 15;
const QUESTIONS = 300;
const WAYS = ['ours', 'bare'] as const;

type Way = (typeof WAYS)[number];

/** The ratio of the medians may be this. */
const BAR = 1.2;

export async function run() {
  const edge = await startEdge();
  const room = await startRoom();
  const browser = await launch('chromium');
  try {
    const open = async () => {
      const page = await (await browser.createBrowserContext()).newPage();
      await page.evaluateOnNewDocument(installRoundTrips);
      await page.goto(`${edge.url}/examples/`);
      return page;
    };
    const [asking, answering] = [await open(), await open()];
    for (const [page, name] of [
      [answering, 'Answer'],
      [asking, 'Ask'],
    ] as const) {
      await page.evaluate((...words) => window.roundTrips.join(...words), `${room.url}/one`, name);
    }
    const offer = await asking.evaluate(() => window.roundTrips.describe(null));
    const answer = await answering.evaluate((one) => window.roundTrips.describe(one), offer);
    await asking.evaluate((one) => window.roundTrips.accept(one), answer);
    await asking.evaluate(() => window.roundTrips.open());
    const samples: Record<Way, number[]> = { ours: [], bare: [] };
    for (let round = 0; round <= ROUNDS; round += 1) {
      for (const way of round % 2 === 0 ? WAYS : WAYS.toReversed()) {
        const times = await asking.evaluate(
          (...words) => window.roundTrips.ask(...words),
          way,
          QUESTIONS,
        );
        // The first round warms the engines, for both ways.
        if (round > 0) samples[way].push(median(times));
      }
    }
    return report(samples);
  } finally {
    await browser.close();
    await room.close();
    await edge.close();
  }
}

/** `samples`: the median of each round, ms. */
function report(samples: Readonly<Record<Way, readonly number[]>>) {
  for (const way of WAYS) {
    const all = samples[way];
    const range = `${Math.min(...all).toFixed(3)} to ${Math.max(...all).toFixed(3)}`;
    console.log(`${way}: p50 ${median(all).toFixed(3)} ms (${range})`);
  }
  const figure = Number((median(samples.ours) / median(samples.bare)).toFixed(3));
  return { figure, bar: BAR, holds: figure <= BAR, samples: samples.ours, baseline: samples.bare };
}
