/**
 * `npm run size`: how much script somebody waits for (minified, gzip -9), and in how many requests,
 * against the budgets; then every chunk that is fetched only by those who use it.
 */
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import { BUDGETS } from './support/budgets.mjs';
import { root } from './support/run.mjs';
import { allFilesOf, chunkName, filesOf, gzipBytes } from './support/sizes.mjs';
import { readWords } from './support/words.mjs';

readWords('npm run size');

const KB = 1_000;
const TITLE_WIDTH = 34;

const weights = [];
for (const budget of BUDGETS) weights.push(await weigh(budget));
for (const { budget, files, bytes, problems } of weights) {
  const { title, kb, requests } = budget;
  const most = requests === undefined ? '' : ` of ${requests}`;
  const found = `${kilobytes(bytes)} of ${kb} KB, ${files.length}${most} requests`;
  console.log(`${title.padEnd(TITLE_WIDTH)}${found}  ${problems.join(', ') || 'ok'}`);
}
for (const entry of new Set(weights.map(({ budget }) => budget.entry))) printOptional(entry);
process.exitCode = weights.some(({ problems }) => problems.length > 0) ? 1 : 0;

async function weigh(budget) {
  const { entry, loads, kb, requests = Infinity, isModule } = budget;
  const path = join(root, entry);
  if (!existsSync(path)) return { budget, files: [], bytes: 0, problems: ['not built'] };
  const files = isModule ? [path] : filesOf(path, loads);
  const bytes = isModule ? await bundledBytes(path) : bytesOf(files);
  const problems = [];
  if (bytes > kb * KB) problems.push('TOO LARGE');
  if (files.length > requests) problems.push('TOO MANY REQUESTS');
  if (files.length > filesToMatch(budget)) problems.push(`MORE FILES THAN "${budget.sameAs}"`);
  return { budget, files, bytes, problems };
}

function filesToMatch({ sameAs }) {
  const model = BUDGETS.find(({ title }) => title === sameAs);
  return model ? filesOf(join(root, model.entry), model.loads).length : Infinity;
}

function printOptional(entry) {
  const path = join(root, entry);
  const budgets = BUDGETS.filter((one) => one.entry === entry && !one.isModule);
  if (budgets.length === 0 || !existsSync(path)) return;
  const counted = budgets.flatMap(({ loads }) => filesOf(path, loads));
  const optional = allFilesOf(path).filter((file) => !counted.includes(file));
  if (optional.length > 0) console.log(`\n${basename(entry)}, for those who use it:`);
  for (const file of optional) {
    console.log(`  ${chunkName(path, file).padEnd(TITLE_WIDTH - 2)}${kilobytes(bytesOf([file]))}`);
  }
}

// Hoisted: it is called while this module still awaits above.
function kilobytes(bytes) {
  return `${(bytes / KB).toFixed(1)} KB`.padStart(8);
}

function bytesOf(files) {
  return files.reduce((sum, file) => sum + gzipBytes(readFileSync(file)), 0);
}

/** What nobody ships alone is bundled here as the others are, only to be weighed. */
async function bundledBytes(input) {
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
