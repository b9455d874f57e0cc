/**
 * Type-checks blocks of TypeScript and JavaScript against the types that the packages publish.
 *
 * A name that a block uses and does not declare is that of the table, or else of an earlier block of its page. What is
 * neither, and none of ours, is taken for the reader's own; so is every package that is not ours.
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import ts from 'typescript';

import type { Block } from './blocks.js';
import { NAMES, NAMES_OF } from './names.js';

/** Where the blocks seem to be: from there, the packages are found by their names. */
const FOLDER = fileURLToPath(new URL('../../../.snippets/', import.meta.url));
const OURS = /^(rtc-elements|@rtc-elements\/)/;
const EXTENSIONS: Readonly<Record<string, string>> = { ts: 'ts', tsx: 'tsx', js: 'js', jsx: 'jsx' };

const COMMON: ts.CompilerOptions = {
  noEmit: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  types: [],
  skipLibCheck: true,
  jsx: ts.JsxEmit.Preserve,
};
/** What a block leaves out is not what it is about: types of parameters, and of what is caught. */
const TYPED = { ...COMMON, strict: true, noImplicitAny: false, useUnknownInCatchVariables: false };
const UNTYPED = { ...COMMON, strict: false, allowJs: true, checkJs: true };

/** Whatever the reader has of other packages is of any type. */
const FOREIGN = join(FOLDER, 'foreign.d.ts');
/** Every page has the elements. */
const ELEMENTS = join(FOLDER, 'elements.d.ts');
const AMBIENT: Readonly<Record<string, string>> = {
  [FOREIGN]: "declare module 'foreign:*';",
  [ELEMENTS]: "import 'rtc-elements/define';",
};

/** `Cannot find name`, also with a suggestion, of a namespace, and of a shorthand property. */
const UNKNOWN_NAME = [2304, 2552, 2503, 18004, 2580, 2582, 2591, 2592, 2593];
/** `Property does not exist`, of an element or event: a page in JavaScript knows which one it has. */
const MISSING_PROPERTY = 2339;
/** `Object is possibly undefined`: without strict checks, only said of `this` where a block is part of a method. */
const THIS_AT_TOP = 2532;
const DOM = /on type '(HTML\w*Element|Element|EventTarget|Event|Node|CustomEvent<.*>)'/;

/** Of names whose types are the reader's: a type argument, a type, and what any component in JSX may be given. */
const NEEDS_FOREIGN_TYPES = [2347, 2709];
const JSX_FOREIGN =
  /Property '(key|ref)' does not exist|'(?!rtc-)\w+' does not exist on type 'JSX\.IntrinsicElements'/;

interface CheckedFile {
  readonly block: Block;
  readonly path: string;
  readonly body: string;
  /** One line, so that lines are counted from 1 after it. */
  prelude: string;
}

/** What is wrong, one line each: block, line, what. */
export function checkTypes(blocks: readonly Block[]): readonly string[] {
  const files = blocks.map(toFile);
  const host = new MemoryHost(files);
  const check = (): readonly (readonly [CheckedFile, ts.Diagnostic])[] =>
    [TYPED, UNTYPED].flatMap((options) => {
      const isUntyped = options === UNTYPED;
      const own = files.filter(({ path }) => /\.jsx?$/.test(path) === isUntyped);
      const rootNames = [...Object.keys(AMBIENT), ...own.map(({ path }) => path)];
      const program = ts.createProgram({ rootNames, options, host });
      return own.flatMap((file) => {
        const source = program.getSourceFile(file.path);
        const found = [
          ...program.getSyntacticDiagnostics(source),
          ...program.getSemanticDiagnostics(source),
        ];
        return found.map((one) => [file, one] as const);
      });
    });
  const missing = new Map<CheckedFile, Set<string>>();
  for (const [file, { code, messageText }] of check()) {
    const [, name] = /'([\w$]+)'/.exec(ts.flattenDiagnosticMessageText(messageText, ' ')) ?? [];
    if (!UNKNOWN_NAME.includes(code) || !name) continue;
    missing.set(file, (missing.get(file) ?? new Set()).add(name));
  }
  const exported = host.namesOfPackages();
  const unimported: string[] = [];
  for (const [file, names] of missing) {
    const { prelude, ours } = preludeOf(file, [...names], files, exported);
    file.prelude = prelude;
    unimported.push(...ours.map((name) => `${file.block.name}: ${name} is not imported`));
  }
  return [...unimported, ...check().filter(isFault).map(toLine)];
}

function toFile(block: Block, index: number): CheckedFile {
  const extension = EXTENSIONS[block.language] ?? 'js';
  // An ellipsis stands for code that is left out. The `any` is in the block that is checked, not here.
  const body = block.text
    .replace(/(?<=[([,=>]\s*)…/g, '(undefined as any)')
    .replace(/from '([^']+)'/g, (_, name: string) => `from '${toKnown(name)}'`)
    .replace(/import '([^']+)'/g, (_, name: string) => `import '${toKnown(name)}'`)
    .replace(/import\('([^']+)'\)/g, (_, name: string) => `import('${toKnown(name)}')`);
  return { block, path: join(FOLDER, `block-${index}.${extension}`), body, prelude: 'export {};' };
}

/** What a block imports by an address, or from a package that is not ours. */
function toKnown(name: string): string {
  if (/rtc-core\.min\.js$/.test(name)) return '@rtc-elements/core';
  if (/rtc-(elements|chat)\.min\.js$/.test(name)) return 'rtc-elements/define';
  return OURS.test(name) ? name : `foreign:${name}`;
}

function preludeOf(
  file: CheckedFile,
  names: readonly string[],
  files: readonly CheckedFile[],
  exported: ReadonlySet<string>,
): { readonly prelude: string; readonly ours: readonly string[] } {
  const { page, name: block } = file.block;
  // What is declared earlier, or imported anywhere on the page.
  const ofPage = files.filter((one) => one.block.page === page && one !== file);
  const earlier = ofPage.filter((one) => files.indexOf(one) < files.indexOf(file));
  const lines = ['export {};'];
  const ours: string[] = [];
  const declares = (text: string | undefined, name: string): boolean =>
    new RegExp(`(const|function) ${name.replace('$', '\\$')}\\b`).test(text ?? '');
  for (const name of names) {
    const table = [block, page].find((key) => declares(NAMES_OF[key], name));
    const before =
      earlier.findLast((one) => declaredIn(one).includes(name)) ??
      ofPage.find((one) => importedIn(one.body, name));
    if (table !== undefined) lines.push(`import { ${name} } from 'names:${table}';`);
    else if (declares(NAMES, name)) lines.push(`import { ${name} } from 'names:';`);
    else if (before) lines.push(`import { ${name} } from '${before.path}';`);
    else if (exported.has(name)) ours.push(name);
    else lines.push(`import { ${name} } from 'foreign:reader';`);
  }
  return { prelude: lines.join(' '), ours };
}

const importedIn = (body: string, name: string): boolean =>
  new RegExp(`^import .*\\b${name}\\b.* from`, 'm').test(body);

/** What a block declares or imports at its top. */
function declaredIn({ path, body }: CheckedFile): readonly string[] {
  const names: string[] = [];
  const add = (name: ts.BindingName | undefined): void => {
    if (!name) return;
    if (ts.isIdentifier(name)) names.push(name.text);
    else for (const part of name.elements) if (ts.isBindingElement(part)) add(part.name);
  };
  for (const statement of ts.createSourceFile(path, body, ts.ScriptTarget.ES2022).statements) {
    if (ts.isVariableStatement(statement))
      statement.declarationList.declarations.forEach(({ name }) => add(name));
    else if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement))
      add(statement.name);
    else if (ts.isImportDeclaration(statement)) {
      const { namedBindings } = statement.importClause ?? {};
      if (namedBindings && ts.isNamedImports(namedBindings))
        namedBindings.elements.forEach(({ name }) => add(name));
    }
  }
  return names;
}

/** The body, and after it what later blocks may use of it. */
function textOf(file: CheckedFile): string {
  const exportedAlready = new Set(
    [...file.body.matchAll(/^export (?:const|function|class|async function) (\w+)/gm)].map(
      ([, name]) => name,
    ),
  );
  for (const [, list = ''] of file.body.matchAll(/^export {([^}]*)}/gm))
    for (const name of list.split(/[\s,]+/)) exportedAlready.add(name);
  const names = declaredIn(file).filter((name) => !exportedAlready.has(name));
  return `${file.prelude}\n${file.body}\nexport { ${names.join(', ')} };`;
}

function isFault([file, { code, messageText }]: readonly [CheckedFile, ts.Diagnostic]): boolean {
  const isUntyped = /\.jsx?$/.test(file.path);
  const words = ts.flattenDiagnosticMessageText(messageText, ' ');
  if (NEEDS_FOREIGN_TYPES.includes(code) || (/x$/.test(file.path) && JSX_FOREIGN.test(words)))
    return false;
  // A field of the runtime's own class, whose types are not here.
  if (/Property '(ctx|env)' does not exist/.test(words)) return false;
  if (!isUntyped) return true;
  return code !== THIS_AT_TOP && !(code === MISSING_PROPERTY && DOM.test(words));
}

function toLine([{ block }, { file, start = 0, messageText }]: readonly [
  CheckedFile,
  ts.Diagnostic,
]): string {
  const line = file ? file.getLineAndCharacterOfPosition(start).line : 0;
  return `${block.name}, line ${line}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
}

/** The disk, with the blocks in a folder that is not on it. */
class MemoryHost implements ts.CompilerHost {
  readonly #disk = ts.createCompilerHost(COMMON);
  readonly #files: ReadonlyMap<string, CheckedFile>;
  readonly #parsed = new Map<string, ts.SourceFile | undefined>();
  readonly #tables = new Map<string, string>([
    ['names:', NAMES],
    ...Object.entries(NAMES_OF).map(([key, text]) => [`names:${key}`, text] as const),
  ]);

  constructor(files: readonly CheckedFile[]) {
    this.#files = new Map(files.map((file) => [file.path, file]));
  }

  /** What the packages export, of those that a block may forget to import. */
  namesOfPackages(): ReadonlySet<string> {
    const entries = ['@rtc-elements/core', 'rtc-elements', '@rtc-elements/party/token'];
    const path = join(FOLDER, 'entries.ts');
    const text = entries.map((name, at) => `export * as e${at} from '${name}';`).join('\n');
    this.#parsed.set(path, ts.createSourceFile(path, text, ts.ScriptTarget.ES2022));
    const program = ts.createProgram({ rootNames: [path], options: TYPED, host: this });
    const checker = program.getTypeChecker();
    const source = program.getSourceFile(path);
    const symbol = source && checker.getSymbolAtLocation(source);
    const modules = symbol ? checker.getExportsOfModule(symbol) : [];
    return new Set(
      modules.flatMap((module) =>
        checker.getExportsOfModule(checker.getAliasedSymbol(module)).map(({ name }) => name),
      ),
    );
  }

  getSourceFile: ts.CompilerHost['getSourceFile'] = (path, options) => {
    const file = this.#files.get(path);
    if (file) return ts.createSourceFile(path, textOf(file), options, true);
    if (!this.#parsed.has(path)) this.#parsed.set(path, this.#parse(path, options));
    return this.#parsed.get(path);
  };

  #parse(path: string, options: Parameters<ts.CompilerHost['getSourceFile']>[1]) {
    const table = path === FOREIGN ? "declare module 'foreign:*';" : this.#tables.get(keyOf(path));
    if (table !== undefined) return ts.createSourceFile(path, table, options, true);
    return this.#disk.getSourceFile(path, options);
  }

  resolveModuleNameLiterals: NonNullable<ts.CompilerHost['resolveModuleNameLiterals']> = (
    literals,
    from,
    _redirected,
    options,
  ) =>
    literals.map(({ text }) => {
      if (this.#files.has(text)) return resolved(text);
      if (this.#tables.has(text)) return resolved(pathOf(text));
      return ts.resolveModuleName(text, from, options, this);
    });

  fileExists = (path: string): boolean => this.#disk.fileExists(path);
  readFile = (path: string): string | undefined => this.#disk.readFile(path);
  realpath = (path: string): string => this.#disk.realpath?.(path) ?? path;
  directoryExists = (path: string): boolean => this.#disk.directoryExists?.(path) ?? true;
  getDefaultLibFileName = (options: ts.CompilerOptions): string =>
    this.#disk.getDefaultLibFileName(options);
  getDefaultLibLocation = (): string => this.#disk.getDefaultLibLocation?.() ?? '';
  getCurrentDirectory = (): string => this.#disk.getCurrentDirectory();
  getCanonicalFileName = (path: string): string => this.#disk.getCanonicalFileName(path);
  useCaseSensitiveFileNames = (): boolean => this.#disk.useCaseSensitiveFileNames();
  getNewLine = (): string => '\n';
  writeFile = (): void => undefined;
}

const pathOf = (key: string): string => join(FOLDER, `${encodeURIComponent(key)}.d.ts`);
const keyOf = (path: string): string =>
  path.startsWith(FOLDER)
    ? decodeURIComponent(path.slice(FOLDER.length).replace(/\.d\.ts$/, ''))
    : '';

const resolved = (path: string): ts.ResolvedModuleWithFailedLookupLocations => ({
  resolvedModule: {
    resolvedFileName: path,
    extension: path.endsWith('.d.ts') ? ts.Extension.Dts : path.slice(path.lastIndexOf('.')),
    isExternalLibraryImport: false,
  },
});
