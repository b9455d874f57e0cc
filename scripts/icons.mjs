/**
 * `npm run icons:write`: makes `packages/elements/src/base/icons.ts`, which holds the drawing of every
 * lucide icon that the elements import from it. `npm run icons` compares the two.
 *
 * To use another icon, import it by lucide's own name, such as `MicOff`, and run `icons:write`.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { format, resolveConfig } from 'prettier';

import { root } from './support/run.mjs';
import { readWords } from './support/words.mjs';

readWords('npm run icons, npm run icons:write', {
  most: 1,
  accepts: (word) => word === '--check',
});

const LUCIDE = join(root, 'node_modules/lucide');
const DRAWINGS = join(LUCIDE, 'dist/esm/icons');
const SOURCES = join(root, 'packages/elements/src');
const TARGET = join(SOURCES, 'base/icons.ts');

/** `import { Mic, MicOff as Muted } from '../base/icons.js';` */
const IMPORT = /import \{([^}]+)\} from '[^']*\/icons\.js';/g;

const files = new Map(readdirSync(DRAWINGS).map((file) => [nameOf(file), file]));
const names = usedNames();
const text = await render(names);
const present = existsSync(TARGET) ? readFileSync(TARGET, 'utf8') : '';

if (!process.argv.includes('--check')) {
  writeFileSync(TARGET, text);
  console.log(`${names.length} icons in ${TARGET.slice(root.length)}`);
} else if (text !== present) {
  console.error('base/icons.ts is not what the elements import: npm run icons:write');
  process.exitCode = 1;
} else {
  console.log(`${names.length} icons, as imported`);
}

/** The names that any source imports, sorted, each once. */
function usedNames() {
  const found = new Set();
  for (const file of readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts')) continue;
    for (const [, list] of readFileSync(join(SOURCES, file), 'utf8').matchAll(IMPORT)) {
      for (const item of list.split(',')) found.add(item.trim().split(' as ')[0]);
    }
  }
  found.delete('');
  return [...found].sort();
}

/** The module, formatted as the rest of the sources are. */
async function render(iconNames) {
  const { version, license } = JSON.parse(readFileSync(join(LUCIDE, 'package.json'), 'utf8'));
  const licenseText = readFileSync(join(LUCIDE, 'LICENSE'), 'utf8').trim();
  const notice = [`@license lucide ${version} (${license})`, '', ...licenseText.split('\n')];
  const drawings = await Promise.all(iconNames.map(drawing));
  const source = [
    '// Made from lucide by `npm run icons:write`; edits are lost. Bundlers drop the icons not imported.',
    `/**\n${notice.map((line) => ` * ${line}`.trimEnd()).join('\n')}\n */`,
    '',
    "import type { IconNode } from './icon.js';",
    '',
    ...drawings,
  ].join('\n');
  return format(source, { ...(await resolveConfig(TARGET)), filepath: TARGET });
}

/** Throws when lucide has no such icon. */
async function drawing(name) {
  const file = files.get(name);
  if (!file) throw new Error(`lucide has no icon ${name}.`);
  const { default: nodes } = await import(pathToFileURL(join(DRAWINGS, file)).href);
  return `export const ${name}: IconNode = ${JSON.stringify(nodes)};`;
}

/** `volume-2.mjs` draws `Volume2`. */
function nameOf(file) {
  const words = file.replace(/\.mjs$/, '').split('-');
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}
