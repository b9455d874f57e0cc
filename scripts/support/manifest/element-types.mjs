/** What TypeScript knows of the elements, and the manifest's analyzer, which reads each file for itself, does not. */
import { join } from 'node:path';

import ts from 'typescript';

/**
 * @param {string} folder  The package of the elements.
 * @returns The class of each event, by name; the fields of such a class; the type of each property of a class with its aliases written out; and the
 *   public members of a class that are its own or of a class of ours.
 */
export function readElementTypes(folder) {
  const config = ts.readConfigFile(join(folder, 'tsconfig.json'), ts.sys.readFile).config;
  const { options, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, folder);
  const program = ts.createProgram(fileNames, options);
  const checker = program.getTypeChecker();

  const exportsOf = (path) => {
    const file = program.getSourceFile(join(folder, path));
    const module = file && checker.getSymbolAtLocation(file);
    if (!module) throw new Error(`${path} is no module of the elements`);
    return checker.getExportsOfModule(module);
  };
  const typeOf = (path, name) => {
    const symbol = exportsOf(path).find((one) => one.name === name);
    if (!symbol) throw new Error(`${path} exports no ${name}`);
    return checker.getDeclaredTypeOfSymbol(symbol);
  };

  const map = typeOf('src/events.ts', 'RtcEventMap');
  const events = new Map(
    checker
      .getPropertiesOfType(map)
      .map((event) => [event.name, checker.getTypeOfSymbol(event).symbol.name]),
  );

  /** `null`: there is no such property, or its type has no alias to write out. */
  function writeOut(path, className, property) {
    const symbol = checker.getPropertyOfType(typeOf(path, className), property);
    const type = symbol && checker.getTypeOfSymbol(symbol);
    if (!type?.isUnion() || !type.types.every((one) => one.isLiteral() || isNothing(one)))
      return null;
    return type.types.map((one) => checker.typeToString(one).replaceAll('"', "'")).join(' | ');
  }
  const isNothing = ({ flags }) => (flags & (ts.TypeFlags.Null | ts.TypeFlags.Undefined)) !== 0;

  /** Without those that Lit or the platform call, and those that a doc comment has as internal. */
  function publicMembers(path, className) {
    const lit = typeOf('src/base/rtc-element.ts', 'RtcElement').getBaseTypes()?.[0];
    const ofLit = new Set(
      lit
        ?.getProperties()
        .filter(isLits)
        .map(({ name }) => name),
    );
    return checker
      .getPropertiesOfType(typeOf(path, className))
      .filter((member) => member.declarations?.some(isOurs) && !ofLit.has(member.name))
      .filter((member) => !member.getJsDocTags().some(({ name }) => name === 'internal'))
      .map(({ name }) => name);
  }
  const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;
  const isOurs = (declaration) =>
    declaration.getSourceFile().fileName.startsWith(join(folder, 'src')) &&
    !(declaration.name && ts.isPrivateIdentifier(declaration.name)) &&
    (ts.getCombinedModifierFlags(declaration) & hidden) === 0;
  /** @param {ts.Symbol} symbol */
  const isLits = ({ declarations }) =>
    declarations?.some((one) => /\/(@lit|lit|lit-element)\//.test(one.getSourceFile().fileName));

  /** What an event says, beside what every event does. */
  const fieldsOf = (path, className) =>
    checker
      .getPropertiesOfType(typeOf(path, className))
      .filter((field) => field.declarations?.some(isOurs))
      .map((field) => ({
        kind: 'field',
        name: field.name,
        type: { text: checker.typeToString(checker.getTypeOfSymbol(field)) },
        description: ts.displayPartsToString(field.getDocumentationComment(checker)) || undefined,
      }));

  return { events, fieldsOf, writeOut, publicMembers };
}
