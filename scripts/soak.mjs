/**
 * `npm run soak [-- file | minutes]`: a file of 1 GiB whose link and pages are lost (tests/browsers/large-file.test.ts), then
 * a call under seeded faults for an hour (tests/endurance/soak.test.ts), or only one of the two. `RTC_SOAK_SEED` repeats the
 * faults of a run, `RTC_FILE_MIB` is the size of the file.
 */
import { requireBrowsers } from './browsers.mjs';
import { build } from './build.mjs';
import { FAULT_LAB_PROGRAMS, obstacleToFaultLab } from './support/fault-lab.mjs';
import { ensureInstalled } from './support/install.mjs';
import { installMissing } from './support/programs.mjs';
import { endWithParent, pinnedNode, run } from './support/run.mjs';
import { readWords } from './support/words.mjs';

const NODE_WORDS = [
  '--conditions=@rtc-elements/source',
  '--import=./scripts/ts-hooks.mjs',
  '--test',
  '--test-force-exit',
];
const FILE_TEST = 'tests/browsers/large-file.test.ts';
const FAULTS_TEST = 'tests/endurance/soak.test.ts';
const FILE = 'file';
const FILE_MIB = '1024';
const HOUR = '60';
const DAY = 24 * 60;

const [word] = readWords('npm run soak [-- file | minutes], up to 1440', {
  most: 1,
  accepts: (one) => one === FILE || (Number(one) > 0 && Number(one) <= DAY),
});

endWithParent();
try {
  await ensureInstalled();
  requireBrowsers();
  await build();
  let code = 0;
  if (word === undefined || word === FILE) code = await runFile();
  if (word !== FILE) code = (await runFaults(word ?? HOUR)) || code;
  process.exitCode = code;
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

// Hoisted: they are called while this module still awaits above.
function runFile() {
  const env = { RTC_FILE_MIB: FILE_MIB, ...process.env };
  return run(pinnedNode, [...NODE_WORDS, FILE_TEST], { env });
}

function runFaults(minutes) {
  installMissing(FAULT_LAB_PROGRAMS);
  const obstacle = obstacleToFaultLab();
  if (obstacle) {
    console.log(`skipped: ${obstacle}`);
    return 0;
  }
  const env = { ...process.env, RTC_SOAK_MINUTES: minutes };
  return run(pinnedNode, [...NODE_WORDS, FAULTS_TEST], { env });
}
