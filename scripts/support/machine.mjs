// What a measurement was taken on, as the same machine is not always as fast: others share it.
import { createHash } from 'node:crypto';
import { availableParallelism, loadavg } from 'node:os';

const WORK = Buffer.alloc(1 << 20);
const TIMES = 128;
const SAMPLES = 5;

/** `hashMs`: SHA-256 of 128 MiB on one core, the best of five. `load`: of the minute before. */
export function describeMachine() {
  const [load] = loadavg();
  const samples = Array.from({ length: SAMPLES }, hashMs);
  return {
    cores: availableParallelism(),
    load: Number(load?.toFixed(2)),
    hashMs: Math.round(Math.min(...samples)),
  };
}

function hashMs() {
  const from = performance.now();
  const hash = createHash('sha256');
  for (let time = 0; time < TIMES; time += 1) hash.update(WORK);
  hash.digest();
  return performance.now() - from;
}
