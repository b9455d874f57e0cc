/**
 * `npm run bench -- <name> [word ...]`: runs `bench/<name>.ts` (or `.mjs`), whose `run(words)` resolves
 * with `{ figure, bar, holds, samples, baseline }`; writes `bench/results/<name>.json`, with what it ran on;
 * the last line is `<name>: <figure> (bar <bar>)`. Exit code 1 when the bar does not hold.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { build } from './build.mjs';
import { ensureInstalled } from './support/install.mjs';
import { describeMachine } from './support/machine.mjs';
import { endWithParent, pinnedNode, root, run } from './support/run.mjs';

const HOOKS = ['--conditions=@rtc-elements/source', '--import=./scripts/ts-hooks.mjs'];
/** Set in the second process: the one on the pinned Node, in which TypeScript runs. */
const IS_INSIDE = process.env.RTC_BENCH === '1';

endWithParent();
try {
  const [name, ...words] = process.argv.slice(2);
  const path = name ? benchPath(name) : null;
  if (path === null) {
    throw new Error(`Usage: npm run bench -- <name>, one of: ${benchNames().join(', ')}`);
  }
  process.exitCode = IS_INSIDE ? await measure(name, path, words) : await outside(name, words);
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

async function measure(name, path, words) {
  const bench = await import(pathToFileURL(path).href);
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

function benchPath(name) {
  const paths = ['ts', 'mjs'].map((ending) => join(root, 'bench', `${name}.${ending}`));
  return /^[a-z0-9-]+$/.test(name) ? (paths.find((path) => existsSync(path)) ?? null) : null;
}

function benchNames() {
  const names = existsSync(join(root, 'bench')) ? readdirSync(join(root, 'bench')) : [];
  return names.filter((name) => /\.(ts|mjs)$/.test(name)).map((name) => name.replace(/\.\w+$/, ''));
}
