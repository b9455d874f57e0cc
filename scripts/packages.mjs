/**
 * `npm run packages`: whether each package, as it would be published, is what tools expect (publint,
 * arethetypeswrong), and whether importing it in Node, without a browser, goes well.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { pinnedNode, root, run } from './support/run.mjs';

const PACKAGES = ['packages/protocol', 'packages/core', 'packages/elements', 'party'];
const PUBLINT = join(root, 'node_modules/publint/src/cli.js');
const ATTW = join(root, 'node_modules/@arethetypeswrong/cli/dist/index.js');

/** ES modules only; what lies under `./cdn/` is for script tags and has no types. */
const ATTW_WORDS = ['--profile', 'esm-only', '--quiet', '--exclude-entrypoints', './cdn'];

/** These need what only workerd has. */
const NOT_IN_NODE = ['@rtc-elements/party/partyserver', '@rtc-elements/party/worker'];

let failed = 0;
for (const folder of PACKAGES) {
  const manifest = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
  await check(`publint ${manifest.name}`, [PUBLINT, '--strict', folder]);
  await check(`types ${manifest.name}`, [ATTW, '--pack', folder, ...ATTW_WORDS]);
  for (const entry of doorsOf(manifest)) {
    await check(`import ${entry}`, ['--input-type=module', '--eval', `await import('${entry}')`]);
  }
}
process.exitCode = failed === 0 ? 0 : 1;

async function check(title, words) {
  const code = await run(pinnedNode, words);
  if (code !== 0) failed += 1;
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${title}`);
}

/** What code may import of a package: its exports, but for files and patterns. */
function doorsOf({ name, exports }) {
  return Object.keys(exports)
    .filter((door) => !door.includes('*') && !door.endsWith('.json'))
    .map((door) => name + door.slice(1))
    .filter((entry) => !NOT_IN_NODE.includes(entry));
}
