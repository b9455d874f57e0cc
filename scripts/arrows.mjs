/** `npm run arrows`: who may import whom, by the rules of `.dependency-cruiser.cjs`. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { pinnedNode, root, run } from './support/run.mjs';
import { readWords } from './support/words.mjs';

readWords('npm run arrows');

const FOLDERS = [
  'packages/protocol/src',
  'packages/core/src',
  'packages/elements/src',
  'party/src',
  'tests',
  'bench',
  'examples',
];

const words = ['node_modules/dependency-cruiser/bin/dependency-cruise.mjs'];
words.push('--config', '.dependency-cruiser.cjs', '--output-type', 'err-long');
words.push(...FOLDERS.filter((folder) => existsSync(join(root, folder))));
process.exitCode = await run(pinnedNode, words);
