/**
 * `npm run size`: what the built files weigh (minified, gzip -9) against their budgets. A budget is
 * only ever tightened.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { filesOf, gzipBytes } from './support/sizes.mjs';
import { root } from './support/run.mjs';

const KB = 1024;
const CDN = 'packages/elements/dist/cdn';

/** `lazy`: counted with what it loads later. `alone`: without what it imports. */
const BUDGETS = [
  { name: 'rtc-elements (all)', file: `${CDN}/rtc-elements.min.js`, budget: 52 * KB, lazy: false },
  { name: 'rtc-chat (first load)', file: `${CDN}/rtc-chat.min.js`, budget: 40 * KB, lazy: false },
  {
    name: 'core, whole call',
    file: 'packages/core/dist/cdn/rtc-core.min.js',
    budget: 44 * KB,
    lazy: false,
  },
  {
    name: 'protocol (alone)',
    source: 'packages/protocol/dist/index.js',
    budget: 6 * KB,
    lazy: true,
  },
];

const kilobytes = (bytes) => `${(bytes / KB).toFixed(2)} KB`;

let isOver = false;
for (const { name, budget, source, file = '', ...how } of BUDGETS) {
  const bytes = source ? await bundledBytes(source) : builtBytes(file, how);
  const verdict = bytes === null ? 'not built' : bytes > budget ? 'OVER' : 'ok';
  isOver ||= verdict !== 'ok';
  const size = bytes === null ? '-' : kilobytes(bytes);
  console.log(`${name.padEnd(24)}${size.padStart(10)} of ${kilobytes(budget)}  ${verdict}`);
}
process.exitCode = isOver ? 1 : 0;

function builtBytes(file, { lazy = false, alone = false }) {
  const entry = join(root, file);
  if (!existsSync(entry)) return null;
  const files = alone ? [entry] : filesOf(entry, { lazy });
  return files.reduce((sum, path) => sum + gzipBytes(readFileSync(path)), 0);
}

/** What nobody ships alone is bundled here as the others are, only to be weighed. */
async function bundledBytes(source) {
  const input = join(root, source);
  if (!existsSync(input)) return null;
  const [{ rollup }, { nodeResolve }, terserModule] = await Promise.all([
    import('rollup'),
    import('@rollup/plugin-node-resolve'),
    import('@rollup/plugin-terser'),
  ]);
  // Its types are those of a CommonJS module, which it is not.
  const terser = /** @type {any} */ (terserModule).default;
  const plugins = [nodeResolve({ browser: true }), terser({ ecma: 2020, module: true })];
  const bundle = await rollup({ input, plugins });
  const { output } = await bundle.generate({ format: 'es' });
  await bundle.close();
  return output.reduce(
    (sum, chunk) => sum + gzipBytes(chunk.type === 'chunk' ? chunk.code : ''),
    0,
  );
}
