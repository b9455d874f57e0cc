/** `npm run check [-- name ...]`: everything about the project but its tests. One line per check. */
import { build } from './build.mjs';
import { ensureInstalled } from './support/install.mjs';
import { endWithParent, pinnedNode, run } from './support/run.mjs';
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
  const lines = [];
  let isBuilt = false;
  let failed = 0;
  for (const name of chosen) {
    console.log(`\n== ${name} ==`);
    const startedAt = performance.now();
    if (NEEDS_BUILD.includes(name) && !isBuilt) {
      isBuilt = await build().then(
        () => true,
        (error) => (console.error(error.message), false),
      );
    }
    const code = NEEDS_BUILD.includes(name) && !isBuilt ? 1 : await run(pinnedNode, CHECKS[name]);
    if (code !== 0) failed += 1;
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    lines.push(`${code === 0 ? 'ok    ' : 'FAILED'} ${name.padEnd(9)} ${seconds.padStart(5)} s`);
  }
  console.log(`\n${lines.join('\n')}`);
  return failed === 0 ? 0 : 1;
}
