/**
 * `npm run confusables:write`: makes `packages/elements/src/names/confusables.ts`, which says which characters look
 * like others, from Unicode's data in `unhomoglyph`. `npm run confusables` compares the two.
 *
 * It has the scripts that people write names in, and of what all scripts share only what looks like ASCII.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { format, resolveConfig } from 'prettier';

import { root } from './support/run.mjs';
import { readWords } from './support/words.mjs';

readWords('npm run confusables, npm run confusables:write', {
  most: 1,
  accepts: (word) => word === '--check',
});

const SOURCE = join(root, 'node_modules/unhomoglyph');
const TARGET = join(root, 'packages/elements/src/names/confusables.ts');

const SCRIPTS =
  'Latin Greek Cyrillic Armenian Georgian Hebrew Arabic Cherokee Devanagari Bengali Thai Han Hiragana Katakana';
const IN_SCRIPTS = new RegExp(
  `^[${SCRIPTS.split(' ')
    .map((script) => `\\p{Script=${script}}`)
    .join('')}]$`,
  'u',
);
const SHARED = /^\p{Script=Common}$/u;
/** How long a line of the table is. */
const LINE = 90;
const ASCII = /^[\x21-\x7E]+$/;

const data = new Map(Object.entries(read('data.json')));
const groups = groupByLook();
const text = await render();
const present = existsSync(TARGET) ? readFileSync(TARGET, 'utf8') : '';

if (!process.argv.includes('--check')) {
  writeFileSync(TARGET, text);
  console.log(`${groups.size} looks in ${TARGET.slice(root.length)}`);
} else if (text !== present) {
  console.error('names/confusables.ts is not what the data says: npm run confusables:write');
  process.exitCode = 1;
} else {
  console.log(`${groups.size} looks, as in the data`);
}

function read(name) {
  return JSON.parse(readFileSync(join(SOURCE, name), 'utf8'));
}

/** The characters by what they look like. Compatibility forms are left to NFKC, which comes first. */
function groupByLook() {
  const found = new Map();
  for (const character of [...data.keys()].sort()) {
    const look = settle(character);
    const isWanted = IN_SCRIPTS.test(character) || (SHARED.test(character) && ASCII.test(look));
    // What a space separates in the table has none in it.
    if (!isWanted || /\s/u.test(look + character)) continue;
    if (normal(character) !== character || look === character) continue;
    found.set(look, (found.get(look) ?? '') + character);
  }
  // One character alone looks like nothing that anybody writes.
  const shared = [...found].filter(([look, all]) => [...all].length > 1 || isWritten(look));
  return new Map(shared.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function isWritten(look) {
  return [...look].every((one) => IN_SCRIPTS.test(one) || /[\x21-\x7E]|\p{M}/u.test(one));
}

/** What a text looks like in the end: the data is applied until nothing changes. */
function settle(character) {
  let look = character;
  for (let round = 0; round < 8; round += 1) {
    const next = [...normal(look)].map((one) => data.get(one) ?? one).join('');
    if (normal(next) === look) return look;
    look = normal(next);
  }
  throw new Error(`The data has no end for U+${character.codePointAt(0)?.toString(16)}.`);
}

function normal(characters) {
  return characters.normalize('NFKC').normalize('NFD');
}

/** The module, formatted as the rest of the sources are. */
async function render() {
  const { version, license } = read('package.json');
  const licenseText = readFileSync(join(SOURCE, 'LICENSE'), 'utf8').trim();
  const notice = [`@license unhomoglyph ${version} (${license})`, '', ...licenseText.split('\n')];
  const source = [
    '// Made from unhomoglyph by `npm run confusables:write`; edits are lost.',
    `/**\n${notice.map((line) => ` * ${line}`.trimEnd()).join('\n')}\n */`,
    '',
    '/** A look, `=`, and the characters that have it. Normalized to NFKC, then NFD. */',
    `export const CONFUSABLES: readonly string[] = [\n${lines().join(',\n')}\n].join(' ').split(' ');`,
    '',
  ].join('\n');
  return format(source, { ...(await resolveConfig(TARGET)), filepath: TARGET });
}

/** The groups, several a line. */
function lines() {
  const found = [''];
  for (const [look, characters] of groups) {
    const last = found.pop() ?? '';
    const group = escape(`${look}=${characters}`);
    const isFull = last.length + group.length > LINE;
    found.push(...(isFull ? [last, group] : [`${last} ${group}`.trim()]));
  }
  return found.map((line) => `'${line}'`);
}

/** Marks that combine, or run from right to left, would make the file unreadable. */
function escape(group) {
  const text = group.replace(
    /[\p{M}\p{Cf}\p{Script=Hebrew}\p{Script=Arabic}]/gu,
    (one) => `\\u{${(one.codePointAt(0) ?? 0).toString(16)}}`,
  );
  return text.replace(/\\(?!u\{)|'/g, '\\$&');
}
