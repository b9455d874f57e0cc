/**
 * `npm run manifest`: whether `packages/elements/custom-elements.json` says what the sources say.
 * `npm run manifest:write` makes it anew.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

import { tellTheTruth } from './support/manifest/tell-the-truth.mjs';
import { pinnedNode, root, run } from './support/run.mjs';
import { readWords } from './support/words.mjs';

readWords('npm run manifest, npm run manifest:write', {
  most: 1,
  accepts: (word) => word === '--check',
});

const ELEMENTS = join(root, 'packages/elements');
const MANIFEST = join(ELEMENTS, 'custom-elements.json');
const ANALYZER = join(root, 'node_modules/@custom-elements-manifest/analyzer/cem.js');

const text = await analyze();
const present = existsSync(MANIFEST) ? readFileSync(MANIFEST, 'utf8') : '';
const tags = [...text.matchAll(/"tagName": "([^"]+)"/g)].map(([, tag]) => tag);

if (text === '') {
  process.exitCode = 1;
} else if (!process.argv.includes('--check')) {
  writeFileSync(MANIFEST, text);
  console.log(`${tags.length} elements in ${MANIFEST.slice(root.length)}`);
} else if (text !== present) {
  console.error('custom-elements.json differs from the sources: npm run manifest:write');
  process.exitCode = 1;
} else {
  console.log(`${tags.length} elements, as in the sources`);
}

/** The manifest as the sources would have it; empty when they cannot be read. */
async function analyze() {
  const folder = mkdtempSync(join(tmpdir(), 'rtc-elements-'));
  // The analyzer takes paths from where it runs, absolute ones too.
  const config = '../../custom-elements-manifest.config.mjs';
  const outdir = relative(ELEMENTS, folder);
  const code = await run(
    pinnedNode,
    [ANALYZER, 'analyze', '--config', config, '--outdir', outdir, '--quiet'],
    { cwd: ELEMENTS },
  );
  const path = join(folder, 'custom-elements.json');
  const manifest = code === 0 && existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null;
  rmSync(folder, { recursive: true });
  if (manifest === null) return '';
  return `${JSON.stringify(await tellTheTruth(manifest, ELEMENTS), null, 2)}\n`;
}
