/**
 * `npm run docs`: the documentation site in `docs/api`: guides, protocol, decisions, the reference of
 * the packages, and that of the elements, made from their manifest. With `--check`: only whether that can be done
 * without a warning.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { ensureInstalled } from './support/install.mjs';
import { elementReference } from './support/element-reference.mjs';
import { endWithParent, pinnedNode, root, run } from './support/run.mjs';
import { readWords } from './support/words.mjs';

const words = readWords('npm run docs', { most: 1, accepts: (word) => word === '--check' });

endWithParent();
await ensureInstalled();

const manifest = join(root, 'packages/elements/custom-elements.json');
mkdirSync(join(root, '.tmp/docs'), { recursive: true });
writeFileSync(
  join(root, '.tmp/docs/elements.md'),
  elementReference(JSON.parse(readFileSync(manifest, 'utf8'))),
);
const only = words.includes('--check') ? ['--emit', 'none'] : [];
process.exitCode = await run(pinnedNode, ['node_modules/typedoc/bin/typedoc', ...only]);
