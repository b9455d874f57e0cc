/**
 * `npm run packages`: whether each package, as it would be published, is what tools expect (publint,
 * arethetypeswrong), and whether importing it in Node, without a browser, goes well.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { npm } from './support/npm.mjs';
import { pinnedNode, root, run } from './support/run.mjs';
import { readWords } from './support/words.mjs';

readWords('npm run packages');

const PACKAGES = ['packages/protocol', 'packages/core', 'packages/elements', 'party'];
const PUBLINT = join(root, 'node_modules/publint/src/cli.js');
const ATTW = join(root, 'node_modules/@arethetypeswrong/cli/dist/index.js');

/** ES modules only; what lies under `./cdn/` is for script tags and has no types. */
const ATTW_WORDS = ['--profile', 'esm-only', '--quiet', '--exclude-entrypoints', './cdn'];

/** These need what only workerd has. */
const NOT_IN_NODE = ['@rtc-elements/party/partyserver', '@rtc-elements/party/worker'];

// attw packs, and has been given what was built just now.
process.env.RTC_IS_BUILT = '1';

let failed = 0;
for (const folder of PACKAGES) {
  const manifest = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
  tell(`files ${manifest.name}`, missingFrom(folder, manifest));
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

function tell(title, problem) {
  if (problem) failed += 1;
  console.log(`${problem ? 'FAILED' : 'ok    '} ${title}${problem ? `: ${problem}` : ''}`);
}

/** The files that somebody who installs the package would miss; `null`: none. */
function missingFrom(folder, { exports, customElements, 'web-types': webTypes }) {
  const words = ['pack', '--dry-run', '--json', '--ignore-scripts'];
  const [pack] = Object.values(JSON.parse(npm(words, join(root, folder))));
  const packed = pack.files.map(({ path }) => path);
  const entries = Object.values(exports).flatMap((entry) =>
    typeof entry === 'string' ? entry : Object.values(entry),
  );
  const files = entries.filter((entry) => !entry.includes('*')).map((entry) => entry.slice(2));
  const wanted = ['README.md', 'LICENSE', ...files, customElements, webTypes].filter(Boolean);
  const missing = wanted.filter((file) => !packed.includes(file));
  return missing.length > 0 ? `it lacks ${missing.join(', ')}` : null;
}

/** What code may import of a package: its exports, but for files and patterns. */
function doorsOf({ name, exports }) {
  return Object.keys(exports)
    .filter((door) => !door.includes('*') && !door.endsWith('.json'))
    .map((door) => name + door.slice(1))
    .filter((entry) => !NOT_IN_NODE.includes(entry));
}
