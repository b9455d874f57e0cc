/** `npm run build`: compiles the packages, bundles the files for pages without a build, lays out the site. */
import { fileURLToPath } from 'node:url';

import { pinnedNode, run } from './support/run.mjs';
import { stageSite } from './support/stage.mjs';

const PROJECTS = ['packages/protocol', 'packages/core', 'packages/elements', 'party'];

/** Throws when a step fails; its output says why. */
export async function build() {
  if ((await run(pinnedNode, ['node_modules/typescript/bin/tsc', '-b', ...PROJECTS])) !== 0) {
    throw new Error('The packages do not compile: see above.');
  }
  if ((await run(pinnedNode, ['node_modules/rollup/dist/bin/rollup', '-c', '--silent'])) !== 0) {
    throw new Error('The bundles cannot be made: see above.');
  }
  stageSite();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    await build();
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
