/**
 * The check `deploy`: everything that `npm run deploy` does but the sending, and the weight of the
 * Worker (gzip -9) against its budget. Needs a build and no network.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { pinnedNode, run } from './support/run.mjs';
import { gzipBytes } from './support/sizes.mjs';
import { OFFLINE, wranglerWords } from './support/wrangler.mjs';
import { readWords } from './support/words.mjs';

readWords('npm run check -- deploy');

const KB = 1024;
const BUDGET = 150 * KB;

const out = mkdtempSync(join(tmpdir(), 'rtc-elements-deploy-'));
try {
  const words = ['deploy', '--dry-run', '--outdir', out, '--config', 'wrangler.jsonc'];
  const code = await run(pinnedNode, [...wranglerWords, ...words], {
    env: { ...process.env, ...OFFLINE },
  });
  process.exitCode = code === 0 ? weigh(join(out, 'worker.js')) : code;
} finally {
  rmSync(out, { recursive: true, force: true });
}

function weigh(path) {
  const bytes = gzipBytes(readFileSync(path));
  const [size, budget] = [bytes, BUDGET].map((number) => `${(number / KB).toFixed(2)} KB`);
  const isOver = bytes > BUDGET;
  console.log(`worker ${size} of ${budget}  ${isOver ? 'OVER' : 'ok'}`);
  return isOver ? 1 : 0;
}
