/** Runs the tests of one tier, by the runner that it has. */
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { findMissing } from './programs.mjs';
import { pinnedNode, root, run } from './run.mjs';

const WEB_TEST_RUNNER = 'node_modules/@web/test-runner/dist/bin.js';

/** Of the pinned Node, against what was built. The last word wants the file for the summary. */
const NODE_RUNNER = [
  '--conditions=@rtc-elements/source',
  '--import=./scripts/ts-hooks.mjs',
  '--test',
  // What a failed test left open must not keep the rest waiting.
  '--test-force-exit',
  '--test-reporter=spec',
  '--test-reporter-destination=stdout',
  '--test-reporter=./scripts/node-summary.mjs',
  '--test-reporter-destination',
];

/**
 * @param {import('./tiers.mjs').Tier} tier
 * @param {{ isShort: boolean }} options
 * @returns {Promise<{ passed: number, failed: number, seconds: number, obstacles: string[], failures: string[] }>}
 *   `obstacles`: what kept the tier, or files of it, from running here. `failures`: the tests that failed, by name.
 */
export async function runTier(tier, { isShort }) {
  const short = (isShort && tier.short) || {};
  const env = { ...short.env, ...(tier.groups && { TEST_GROUPS: tier.groups }) };
  const startedAt = performance.now();
  const { runs, obstacles } = tier.groups
    ? { runs: [() => [WEB_TEST_RUNNER]], obstacles: [] }
    : await planRuns(tier, short.files);
  const counts = { passed: 0, failed: 0, failures: /** @type {string[]} */ ([]) };
  for (const wordsFor of runs) {
    const { passed, failed, failures } = await runOnce(wordsFor, env, tier.limitMs);
    counts.passed += passed;
    counts.failed += failed;
    counts.failures.push(...failures);
  }
  if (runs.length === 0 && obstacles.length === 0) {
    console.error(`${tier.folder} has no tests.`);
    counts.failed += 1;
  }
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  return { ...counts, seconds, obstacles };
}

/**
 * Runs of Node's runner, first the files that must be alone: the words of each, by its summary's path.
 * @param {import('./tiers.mjs').Tier} tier
 * @param {string[]} [wanted]
 */
async function planRuns({ folder = '', needs = [], alone = [], filesAtOnce = 1 }, wanted) {
  const names = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
  const all = names.filter((name) => name.endsWith('.test.ts'));
  const misnamed = [...alone, ...(wanted ?? [])].find((name) => !all.includes(name));
  if (misnamed) throw new Error(`There is no ${folder}/${misnamed}.`);
  let files = wanted ? all.filter((name) => wanted.includes(name)) : all;
  const obstacles = [];
  for (const { programs, files: needing = all, findObstacle } of needs) {
    const kept = files.filter((name) => needing.includes(name));
    const obstacle = kept.length > 0 && ((await findObstacle?.()) ?? findMissing(programs));
    if (!obstacle) continue;
    files = files.filter((name) => !kept.includes(name));
    obstacles.push(needing === all ? obstacle : `${kept.join(', ')}: ${obstacle}`);
  }
  const runs = [
    { atOnce: 1, chosen: files.filter((name) => alone.includes(name)) },
    { atOnce: filesAtOnce, chosen: files.filter((name) => !alone.includes(name)) },
  ]
    .filter(({ chosen }) => chosen.length > 0)
    .map(({ atOnce, chosen }) => {
      const words = [`--test-concurrency=${atOnce}`, ...chosen.map((name) => join(folder, name))];
      return (/** @type {string} */ summary) => [...NODE_RUNNER, summary, ...words];
    });
  return { runs, obstacles };
}

async function runOnce(wordsFor, env, limitMs) {
  const out = mkdtempSync(join(tmpdir(), 'rtc-elements-'));
  const summary = join(out, 'summary.json');
  const code = await run(pinnedNode, wordsFor(summary), {
    env: { ...process.env, ...env, TEST_SUMMARY: summary },
    limitMs,
  });
  const { passed, failed, skipped, failures } = readSummary(summary);
  rmSync(out, { recursive: true, force: true });
  // A runner that broke has no failed test to show for it. A skipped test proves nothing: there are
  // none in this project.
  const isBroken = code !== 0 && failed === 0;
  return {
    passed,
    failed: (isBroken ? 1 : failed) + skipped,
    failures: isBroken ? [...failures, `the runner ended with ${code}`] : failures,
  };
}

function readSummary(path) {
  const none = { passed: 0, failed: 0, skipped: 0, failures: [] };
  if (!existsSync(path)) return none;
  const text = readFileSync(path, 'utf8').trim();
  return text === '' ? none : JSON.parse(text);
}
