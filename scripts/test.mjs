/**
 * `npm test`: something of almost every tier; `npm test -- all`: everything; `npm test -- tier ...`: all of
 * these tiers. Installs what is missing where it may, and runs them in order. The last line is
 * `N passed, N failed`. What keeps a test from running on this machine is told in one line; where `CI`
 * is set, it is a failure.
 */
import { requireBrowsers } from './browsers.mjs';
import { build } from './build.mjs';
import { ensureInstalled } from './support/install.mjs';
import { installMissing } from './support/programs.mjs';
import { endWithParent } from './support/run.mjs';
import { runTier } from './support/run-tier.mjs';
import { TIERS } from './support/tiers.mjs';
import { readWords } from './support/words.mjs';

const NAMES = Object.keys(TIERS);

endWithParent();
try {
  const usage = `npm test [-- all], or npm test -- tier ..., of ${NAMES.join(', ')}`;
  const accepts = (word) => word === 'all' || NAMES.includes(word);
  process.exitCode = await main(readWords(usage, { most: NAMES.length, accepts }));
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

async function main(words) {
  const isShort = words.length === 0;
  const chosen = NAMES.filter((name) =>
    isShort
      ? TIERS[name].short?.files?.length !== 0
      : words.includes('all') || words.includes(name),
  );
  await ensureInstalled();
  const needs = chosen.flatMap((name) => TIERS[name].needs ?? []);
  installMissing(needs.flatMap((need) => need.programs));
  // Whoever needs it asks again, and hears then why it failed.
  for (const { isLong, findObstacle } of needs) if (isLong) void findObstacle?.();
  requireBrowsers();
  if (chosen.some((name) => TIERS[name].folder)) await build();

  const results = [];
  for (const name of chosen) {
    console.log(`\n== ${name} ==`);
    const result = await runTier(TIERS[name], { isShort });
    for (const obstacle of result.obstacles) console.log(`left out: ${obstacle}`);
    results.push([name, result]);
  }
  return tell(results);
}

function tell(results) {
  console.log();
  const total = { passed: 0, failed: 0 };
  let areAllLeftOut = true;
  for (const [name, { passed, failed, seconds, obstacles, failures }] of results) {
    console.log(`${name.padEnd(12)}${passed} passed, ${failed} failed (${seconds} s)`);
    for (const failure of failures) console.log(`${''.padEnd(12)}failed: ${failure}`);
    for (const obstacle of obstacles) console.log(`${''.padEnd(12)}left out: ${obstacle}`);
    total.passed += passed;
    total.failed += failed + (process.env.CI ? obstacles.length : 0);
    areAllLeftOut &&= obstacles.length > 0;
  }
  console.log(`${total.passed} passed, ${total.failed} failed`);
  const isEmpty = total.passed === 0 && !areAllLeftOut;
  return total.failed > 0 || isEmpty ? 1 : 0;
}
