/**
 * `npm run bench -- <name> [word ...]`: runs `bench/<name>.ts`, whose `run(words)` resolves
 * with `{ figure, bar, holds, samples, baseline }`; writes `bench/results/<name>.json`, with what it ran on;
 * the last line is `<name>: <figure> (bar <bar>)`. Exit code 1 when the bar does not hold.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { build } from './build.mjs';
import { ensureInstalled } from './support/install.mjs';
import { describeMachine } from './support/machine.mjs';
import { endWithParent, pinnedNode, root, run } from './support/run.mjs';
import { readWords } from './support/words.mjs';

const HOOKS = ['--conditions=@rtc-elements/source', '--import=./scripts/ts-hooks.mjs'];
/** Set in the second process: the one on the pinned Node, in which TypeScript runs. */
const IS_INSIDE = process.env.RTC_BENCH === '1';

endWithParent();
try {
  const names = benchNames();
  const [name = '', ...words] = readWords(
    `npm run bench -- name [word ...], of ${names.join(', ')}`,
    {
      least: 1,
      most: Infinity,
      accepts: (word, at) => at > 0 || names.includes(word),
    },
  );
  process.exitCode = IS_INSIDE ? await measure(name, words) : await outside(name, words);
} catch (error) {
  // With its cause.
  console.error(error);
  process.exitCode = 1;
}
if (IS_INSIDE) process.exit();

async function outside(name, words) {
  await ensureInstalled();
  await build();
  return run(pinnedNode, [...HOOKS, fileURLToPath(import.meta.url), name, ...words], {
    env: { ...process.env, RTC_BENCH: '1' },
  });
}

async function measure(name, words) {
  const bench = await import(pathToFileURL(join(root, 'bench', `${name}.ts`)).href);
  if (words.length > 0 && bench.run.length === 0) {
    console.error(`The bench ${name} takes no words.`);
    return 2;
  }
  const machine = describeMachine();
  console.log(`machine: ${show(machine)}`);
  const { figure, bar, holds, samples, baseline } = await bench.run(words);
  const date = new Date().toISOString();
  const result = { name, figure, bar, holds, samples, baseline, machine, date, commit: commit() };
  const folder = join(root, 'bench/results');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(result, null, 2)}\n`);
  console.log(`${name}: ${show(figure)} (bar ${show(bar)})`);
  return holds ? 0 : 1;
}

// Hoisted: it is called while this module still awaits above.
function show(value) {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}

function commit() {
  const { stdout } = spawnSync('git', ['rev-parse', '--short', 'HEAD'], {
    cwd: root,
    encoding: 'utf8',
  });
  return stdout?.trim() || 'unknown';
}

function benchNames() {
  const files = readdirSync(join(root, 'bench'));
  return files.filter((file) => file.endsWith('.ts')).map((file) => file.replace('.ts', ''));
}
