/**
 * `npm run soak [-- minutes]`: a call under seeded faults for an hour; see tests/endurance/soak.test.ts.
 * `RTC_SOAK_SEED` repeats a run.
 */
import { requireBrowsers } from './browsers.mjs';
import { build } from './build.mjs';
import { FAULT_LAB_PROGRAMS, obstacleToFaultLab } from './support/fault-lab.mjs';
import { ensureInstalled } from './support/install.mjs';
import { installMissing } from './support/programs.mjs';
import { endWithParent, pinnedNode, run } from './support/run.mjs';
import { readWords } from './support/words.mjs';

const WORDS = [
  '--conditions=@rtc-elements/source',
  '--import=./scripts/ts-hooks.mjs',
  '--test',
  'tests/endurance/soak.test.ts',
];
const HOUR = '60';
const DAY = 24 * 60;

const [minutes = HOUR] = readWords('npm run soak [-- minutes], up to 1440', {
  most: 1,
  accepts: (word) => Number(word) > 0 && Number(word) <= DAY,
});

endWithParent();
installMissing(FAULT_LAB_PROGRAMS);
const obstacle = obstacleToFaultLab();
if (obstacle) {
  console.log(`skipped: ${obstacle}`);
  process.exit();
}
try {
  await ensureInstalled();
  requireBrowsers();
  await build();
  const env = { ...process.env, RTC_SOAK_MINUTES: minutes };
  process.exitCode = await run(pinnedNode, WORDS, { env });
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
