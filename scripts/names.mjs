/**
 * `npm run names`: one exported name, one meaning, over every package. A name that two files declare is
 * an error, however far apart they are: whoever searches for it must not find two things.
 */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import ts from 'typescript';

import { root } from './support/run.mjs';
import { readWords } from './support/words.mjs';

readWords('npm run names');

const SOURCES = ['packages/*/src/**/*.ts', 'party/src/**/*.ts'];

/** Names by which one module finds the same thing in several others. */
const CONTRACTS = new Set([
  // What each module of elements/src/lazy defines, by tag.
  'elements',
]);

/** @type {Map<string, Set<string>>} The files that declare each name. */
const files = new Map();

for (const file of globSync(SOURCES, { cwd: root })) {
  if (file.endsWith('.test.ts') || file.endsWith('.d.ts')) continue;
  const source = ts.createSourceFile(
    file,
    readFileSync(join(root, file), 'utf8'),
    ts.ScriptTarget.Latest,
  );
  for (const name of source.statements.flatMap(exportedNames)) {
    files.set(name, (files.get(name) ?? new Set()).add(file));
  }
}

const shared = [...files]
  .filter(([name, places]) => places.size > 1 && !CONTRACTS.has(name))
  .sort();
for (const [name, places] of shared) console.error(`${name}: ${[...places].join(', ')}`);
console.log(`${files.size} exported names, ${shared.length} with two meanings`);
process.exitCode = shared.length === 0 ? 0 : 1;

/**
 * What a statement declares and exports. Names that are passed on (`export … from`) are declared elsewhere.
 * @param {ts.Statement} statement
 * @returns {string[]}
 */
function exportedNames(statement) {
  const isExported =
    ts.canHaveModifiers(statement) &&
    ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
  if (!isExported) return [];
  if (ts.isVariableStatement(statement)) {
    const { declarations } = statement.declarationList;
    return declarations.flatMap(({ name }) => (ts.isIdentifier(name) ? [name.text] : []));
  }
  const { name } = /** @type {{ name?: ts.Identifier }} */ (/** @type {unknown} */ (statement));
  return name ? [name.text] : [];
}
