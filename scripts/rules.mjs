/** `npm run rules`: the numbered rules of `docs/protocol.md` that no test title quotes, as `[SG-3]`. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { root } from './support/run.mjs';
import { readWords } from './support/words.mjs';

readWords('npm run rules');

const PROTOCOL = 'docs/protocol.md';
const TEST_FOLDERS = ['packages', 'party', 'tests'];

/** A rule opens its line, as a list item, a heading, a table cell or a bold word. */
const RULE = /^[\s>*#|-]*`?([A-Z]{2}-\d+)\b/gm;
/** The opening of a title: `it('[SG-3] …`; one test may prove several rules. */
const TITLE = /\b(?:it|test|describe)(?:\.\w+)?\(\s*[`'"]((?:\[[^\]]+\]\s*)+)/g;
const ID = /[A-Z]{2}-\d+/g;

const path = join(root, PROTOCOL);
if (!existsSync(path)) {
  console.error(`${PROTOCOL} is missing.`);
  process.exit(1);
}
const rules = new Set([...readFileSync(path, 'utf8').matchAll(RULE)].map(([, id]) => id));
const proved = new Set(testFiles().flatMap(idsOf));

const unproved = [...rules].filter((id) => !proved.has(id));
const unknown = [...proved].filter((id) => !rules.has(id));
for (const id of unproved) console.log(`${id} has no test`);
for (const id of unknown) console.log(`${id} is quoted by a test, but is no rule of ${PROTOCOL}`);
console.log(`${rules.size} rules, ${unproved.length} without a test`);
process.exitCode = rules.size === 0 || unproved.length > 0 || unknown.length > 0 ? 1 : 0;

function testFiles() {
  return TEST_FOLDERS.flatMap((folder) => {
    const at = join(root, folder);
    if (!existsSync(at)) return [];
    return readdirSync(at, { recursive: true })
      .map(String)
      .filter((name) => name.endsWith('.test.ts') && !name.includes('node_modules'))
      .map((name) => join(at, name));
  });
}

function idsOf(file) {
  const titles = [...readFileSync(file, 'utf8').matchAll(TITLE)].map(([, opening]) => opening);
  return titles.flatMap((opening) => opening.match(ID) ?? []);
}
