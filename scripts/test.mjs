/**
 * `npm test [-- tier ...]`: installs what is missing, then runs the tiers in order. The last line is
 * `N passed, N failed`.
 */
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { requireBrowsers } from './browsers.mjs';
import { build } from './build.mjs';
import { obstacleToFaultLab } from './support/fault-lab.mjs';
import { ensureInstalled } from './support/install.mjs';
import { endWithParent, pinnedNode, root, run } from './support/run.mjs';

const WTR = 'node_modules/@web/test-runner/dist/bin.js';
const MINUTE_MS = 60_000;

/** In web-test-runner, in browsers, on sources. */
const inBrowsers = (groups) => ({
  words: [WTR],
  env: { TEST_GROUPS: groups },
  limitMs: 8 * MINUTE_MS,
});

/** In the pinned Node, against what was built. One file at a time: most start servers or browsers. */
const inNode = (folder, limitMs, filesAtOnce = 1) => ({
  folder,
  needsBuild: true,
  words: [
    '--conditions=@rtc-elements/source',
    '--import=./scripts/ts-hooks.mjs',
    '--test',
    // What a failed test left open must not keep the rest waiting.
    '--test-force-exit',
    `--test-concurrency=${filesAtOnce}`,
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    '--test-reporter=./scripts/node-summary.mjs',
  ],
  limitMs,
});

const TIERS = {
  unit: { ...inBrowsers('protocol,core,elements,party'), needsBrowsers: true },
  house: { ...inBrowsers('house'), folder: 'tests/house', needsBrowsers: true },
  edge: inNode('tests/edge', 9 * MINUTE_MS),
  browsers: { ...inNode('tests/browsers', 12 * MINUTE_MS), needsBrowsers: true },
  // What is measured is how soon a call is back: two files at once would measure each other.
  faults: {
    ...inNode('tests/faults', 10 * MINUTE_MS),
    needsBrowsers: true,
    findObstacle: obstacleToFaultLab,
  },
  // Minutes of faults, most of them spent waiting: side by side.
  endurance: {
    ...inNode('tests/endurance', 8 * MINUTE_MS, 2),
    needsBrowsers: true,
    findObstacle: obstacleToFaultLab,
  },
};

endWithParent();
try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

async function main(names) {
  const unknown = names.find((name) => !(name in TIERS));
  if (unknown) throw new Error(`There is no tier ${unknown}: ${Object.keys(TIERS).join(', ')}.`);
  const chosen = names.length > 0 ? names : Object.keys(TIERS);
  await ensureInstalled();
  if (chosen.some((name) => TIERS[name].needsBrowsers)) requireBrowsers();
  if (chosen.some((name) => TIERS[name].needsBuild)) await build();

  const results = [];
  for (const name of chosen) results.push([name, await runTier(name, TIERS[name])]);

  console.log();
  const total = { passed: 0, failed: 0 };
  for (const [name, { passed, failed, seconds, skipped }] of results) {
    if (skipped) {
      console.log(`${name.padEnd(9)} skipped: ${skipped}`);
      continue;
    }
    console.log(`${name.padEnd(10)}${passed} passed, ${failed} failed (${seconds} s)`);
    total.passed += passed;
    total.failed += failed;
  }
  console.log(`${total.passed} passed, ${total.failed} failed`);
  const isEmpty = total.passed === 0 && !results.some(([, { skipped }]) => skipped);
  return total.failed > 0 || isEmpty ? 1 : 0;
}

async function runTier(name, { words, folder, env = {}, limitMs, findObstacle }) {
  console.log(`\n== ${name} ==`);
  const obstacle = findObstacle?.();
  if (obstacle) return { passed: 0, failed: 0, seconds: 0, skipped: obstacle };
  if (folder && !hasTests(folder)) {
    console.error(`${folder} has no tests.`);
    return { passed: 0, failed: 1, seconds: 0 };
  }
  const out = mkdtempSync(join(tmpdir(), 'rtc-elements-'));
  const summary = join(out, 'summary.json');
  const startedAt = performance.now();
  const isNode = words[0] !== WTR;
  const all = isNode
    ? [...words, `--test-reporter-destination=${summary}`, `${folder}/**/*.test.ts`]
    : words;
  const code = await run(pinnedNode, all, {
    env: { ...process.env, ...env, TEST_SUMMARY: summary },
    limitMs,
  });
  const counts = readSummary(summary);
  rmSync(out, { recursive: true, force: true });
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  // A runner that broke has no failed test to show for it.
  const failed = code !== 0 && counts.failed === 0 ? 1 : counts.failed;
  // A skipped test proves nothing: there are none in this project.
  return { passed: counts.passed, failed: failed + counts.skipped, seconds };
}

function readSummary(path) {
  const none = { passed: 0, failed: 0, skipped: 0 };
  if (!existsSync(path)) return none;
  const text = readFileSync(path, 'utf8').trim();
  return text === '' ? none : JSON.parse(text);
}

function hasTests(folder) {
  const path = join(root, folder);
  return (
    existsSync(path) &&
    readdirSync(path, { recursive: true }).some((name) => String(name).endsWith('.test.ts'))
  );
}
