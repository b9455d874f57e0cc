/**
 * `npm run docs`: the documentation site in `docs/api`: guides, protocol, decisions, the reference of
 * the packages, and that of the elements, made from their manifest.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { ensureInstalled } from './support/install.mjs';
import { elementReference } from './support/element-reference.mjs';
import { endWithParent, pinnedNode, root, run } from './support/run.mjs';

endWithParent();
await ensureInstalled();

const manifest = join(root, 'packages/elements/custom-elements.json');
mkdirSync(join(root, '.tmp/docs'), { recursive: true });
writeFileSync(
  join(root, '.tmp/docs/elements.md'),
  elementReference(JSON.parse(readFileSync(manifest, 'utf8'))),
);
process.exitCode = await run(pinnedNode, ['node_modules/typedoc/bin/typedoc']);
