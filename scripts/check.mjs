/**
 * `npm run check [-- name ...]`: everything about the project but its tests. Two checks at a time; what each
 * prints is shown when it has ended, in the order of their names here, and a line for each at the end.
 */
import { once } from 'node:events';

import { build } from './build.mjs';
import { ensureInstalled } from './support/install.mjs';
import { endWithParent, pinnedNode, start } from './support/run.mjs';
import { readWords } from './support/words.mjs';

const CHECKS = {
  format: ['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'],
  types: ['node_modules/typescript/bin/tsc', '-b'],
  lint: ['node_modules/eslint/bin/eslint.js', '--max-warnings', '0', '.'],
  arrows: ['scripts/arrows.mjs'],
  names: ['scripts/names.mjs'],
  manifest: ['scripts/manifest.mjs', '--check'],
  icons: ['scripts/icons.mjs', '--check'],
  confusables: ['scripts/confusables.mjs', '--check'],
  schema: [
    '--conditions=@rtc-elements/source',
    '--import=./scripts/ts-hooks.mjs',
    'scripts/schema.mjs',
    '--check',
  ],
  packages: ['scripts/packages.mjs'],
  size: ['scripts/size.mjs'],
  deploy: ['scripts/dry-deploy.mjs'],
  rules: ['scripts/rules.mjs'],
  docs: ['scripts/docs.mjs', '--check'],
};

/** These look at what was built. */
const NEEDS_BUILD = ['packages', 'size', 'deploy'];

/** One alone takes as long as several others together, so it begins first. */
const FIRST = 'lint';
const LANES = 2;

endWithParent();
try {
  const names = Object.keys(CHECKS);
  const usage = `npm run check [-- name ...], of ${names.join(', ')}`;
  const accepts = (word) => names.includes(word);
  process.exitCode = await main(readWords(usage, { most: names.length, accepts }));
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

async function main(names) {
  const chosen = names.length > 0 ? names : Object.keys(CHECKS);
  await ensureInstalled();
  const queue = [...chosen].sort((one, other) => Number(other === FIRST) - Number(one === FIRST));
  const tell = new Map();
  const results = new Map(
    chosen.map((name) => [name, new Promise((resolve) => tell.set(name, resolve))]),
  );
  let built;
  // Two compilers would write the same files.
  const getBuilt = () => (built ??= Promise.resolve(results.get('types')).then(tryToBuild));
  const lanes = Array.from({ length: LANES }, async () => {
    for (let name = queue.shift(); name; name = queue.shift()) {
      const startedAt = performance.now();
      const isReady = !NEEDS_BUILD.includes(name) || (await getBuilt());
      const { code, output } = isReady
        ? await runQuietly(CHECKS[name])
        : { code: 1, output: 'Not built: see above.\n' };
      tell.get(name)({ code, output, ms: performance.now() - startedAt });
    }
  });
  const lines = [];
  let failed = 0;
  for (const name of chosen) {
    const { code, output, ms } = await results.get(name);
    console.log(`\n== ${name} ==`);
    process.stdout.write(output);
    if (code !== 0) failed += 1;
    const seconds = (ms / 1000).toFixed(1).padStart(5);
    lines.push(`${code === 0 ? 'ok    ' : 'FAILED'} ${name.padEnd(11)} ${seconds} s`);
  }
  await Promise.all(lanes);
  console.log(`\n${lines.join('\n')}`);
  return failed === 0 ? 0 : 1;
}

async function tryToBuild() {
  try {
    await build();
    return true;
  } catch (error) {
    console.error(error.message);
    return false;
  }
}

/** Runs a script of Node to its end, and resolves with its exit code and all that it printed. */
async function runQuietly(words) {
  const child = start(pinnedNode, words, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text) => (output += text));
  }
  const [code] = await once(child, 'close');
  return { code, output };
}
