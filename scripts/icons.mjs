/**
 * `npm run icons:write`: makes `packages/elements/src/base/icons/`, which holds the drawing of every
 * lucide icon that the elements import from it. `npm run icons` compares the two.
 *
 * To use another icon, import it by lucide's own name, such as `MicOff`, from the file of its topic, and
 * run `icons:write`. A topic is used by one part of the page, so that its drawings load with that part.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
const TARGET = join(SOURCES, 'base/icons');

/** `import { Mic, MicOff as Muted } from '../base/icons/call.js';` */
const IMPORT = /import \{([^}]+)\} from '[^']*\/icons\/([a-z-]+)\.js';/g;

const files = new Map(readdirSync(DRAWINGS).map((file) => [nameOf(file), file]));
const topics = usedNames();
const count = [...topics.values()].reduce((sum, names) => sum + names.length, 0);
const texts = await renderAll(topics);

if (!process.argv.includes('--check')) {
  rmSync(TARGET, { recursive: true, force: true });
  mkdirSync(TARGET);
  for (const [file, text] of texts) writeFileSync(join(TARGET, file), text);
  console.log(`${count} icons in ${TARGET.slice(root.length)}`);
} else if (!isPresent(texts)) {
  console.error('base/icons/ is not what the elements import: npm run icons:write');
  process.exitCode = 1;
} else {
  console.log(`${count} icons, as imported`);
}

/** By topic, the names that any source imports, sorted. Throws when two topics have the same icon. */
function usedNames() {
  const found = new Map();
  for (const file of readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts')) continue;
    for (const [, list, topic] of readFileSync(join(SOURCES, file), 'utf8').matchAll(IMPORT)) {
      for (const item of list.split(',')) {
        const name = item.trim().split(' as ')[0];
        if (!name) continue;
        const known = found.get(name) ?? topic;
        if (known !== topic) throw new Error(`${name} is in ${known} and in ${topic}: choose one.`);
        found.set(name, topic);
      }
    }
  }
  const byTopic = new Map();
  for (const name of [...found.keys()].sort())
    byTopic.set(found.get(name), [...(byTopic.get(found.get(name)) ?? []), name]);
  return byTopic;
}

/** The text of each file, by its name. */
async function renderAll(topicNames) {
  const rendered = new Map();
  for (const [topic, names] of topicNames) rendered.set(`${topic}.ts`, await render(names));
  return rendered;
}

/** Whether the folder has these files, and no others. */
function isPresent(expected) {
  const present = existsSync(TARGET) ? readdirSync(TARGET) : [];
  return (
    present.length === expected.size &&
    present.every((file) => readFileSync(join(TARGET, file), 'utf8') === expected.get(file))
  );
}

/** A module, formatted as the rest of the sources are. */
async function render(iconNames) {
  const { version, license } = JSON.parse(readFileSync(join(LUCIDE, 'package.json'), 'utf8'));
  const licenseText = readFileSync(join(LUCIDE, 'LICENSE'), 'utf8').trim();
  const notice = [`@license lucide ${version} (${license})`, '', ...licenseText.split('\n')];
  const drawings = await Promise.all(iconNames.map(drawing));
  const source = [
    '// Made from lucide by `npm run icons:write`; edits are lost. Bundlers drop the icons not imported.',
    `/**\n${notice.map((line) => ` * ${line}`.trimEnd()).join('\n')}\n */`,
    '',
    "import type { IconNode } from '../icon.js';",
    '',
    ...drawings,
  ].join('\n');
  return format(source, { ...(await resolveConfig(TARGET)), filepath: `${TARGET}.ts` });
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
