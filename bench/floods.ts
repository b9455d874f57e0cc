/**
 * What attacks by members of a room do to it: how much its process grows, and how soon a victim's ping is answered.
 * `tests/support/edge/flood-lab.ts` says how it is measured; `tests/edge/floods.test.ts` holds the memory.
 */
import { FloodLab, type FloodResult, printFloods } from '../tests/support/edge/flood-lab.js';
import { FLOODS } from '../tests/support/edge/floods.js';

/** Without flow control, six members added 48 MiB in each second. */
const ATTACK_MS = 10_000;
const BAR = { grownMiB: 16, pingP99Ms: 250 };

/** `words`: the beginnings of the names of those to run. Default: all. */
export async function run(words: readonly string[]) {
  const unknown = words.find((word) => !FLOODS.some(({ name }) => name.startsWith(word)));
  if (unknown !== undefined) {
    throw new Error(
      `No attack is called ${unknown}: ${FLOODS.map(({ name }) => name).join('; ')}.`,
    );
  }
  const lab = await FloodLab.start('partyserver');
  const samples: FloodResult[] = [];
  try {
    for (const flood of FLOODS) {
      if (words.length > 0 && !words.some((word) => flood.name.startsWith(word))) continue;
      samples.push(await lab.run(flood, ATTACK_MS));
    }
  } finally {
    await lab.stop();
  }
  printFloods('partyserver', samples);
  const most = (of: (sample: FloodResult) => number): number =>
    Math.round(Math.max(...samples.map(of)));
  const figure = {
    grownMiB: most(({ beforeMiB, duringMiB }) => duringMiB - beforeMiB),
    pingP99Ms: most(({ pingP99Ms }) => pingP99Ms),
  };
  const holds = figure.grownMiB <= BAR.grownMiB && figure.pingP99Ms <= BAR.pingP99Ms;
  return { figure, bar: BAR, holds, samples, baseline: [] };
}
