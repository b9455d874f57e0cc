/** `npm run build`: compiles the packages, bundles the files for pages without a build, lays out the site. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { writeTypes } from './support/frameworks/write-types.mjs';
import { pinnedNode, root, run } from './support/run.mjs';
import { stageSite } from './support/stage.mjs';
import { readWords } from './support/words.mjs';

const PROJECTS = ['packages/protocol', 'packages/core', 'packages/elements', 'party'];
const BUNDLES = ['packages/core/dist/cdn', 'packages/elements/dist/cdn'];

/** Throws when a step fails; its output says why. */
export async function build() {
  if ((await run(pinnedNode, ['node_modules/typescript/bin/tsc', '-b', ...PROJECTS])) !== 0) {
    throw new Error('The packages do not compile: see above.');
  }
  writeTypes();
  // A part that has another name now must not be published under its old one.
  for (const bundles of BUNDLES) rmSync(join(root, bundles), { recursive: true, force: true });
  if ((await run(pinnedNode, ['node_modules/rollup/dist/bin/rollup', '-c', '--silent'])) !== 0) {
    throw new Error('The bundles cannot be made: see above.');
  }
  stageSite();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  readWords('npm run build');
  try {
    await build();
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
