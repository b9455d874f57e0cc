/**
 * Makes the analyzer's manifest one of what a page can use, and of all of it: private members and modules without an
 * element or event are left out, events get their classes, and parts of elements inside are those of the outer one, too.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { addExportedParts } from './exported-parts.mjs';
import { readElementTypes } from './element-types.mjs';

/** @param {string} folder  The package of the elements. */
export async function tellTheTruth(manifest, folder) {
  const types = readElementTypes(folder);
  for (const module of manifest.modules) {
    module.declarations = (module.declarations ?? []).filter(
      (declaration) => declaration.customElement || /Event$/.test(declaration.name),
    );
    for (const declaration of module.declarations) {
      declaration.members = declaration.customElement
        ? declaration.members?.filter(isPublic)
        : types.fieldsOf(module.path, declaration.name);
      // The analyzer takes any argument of `dispatchEvent` for an event, such as a variable.
      declaration.events = declaration.events?.filter(({ description }) => description);
      declaration.events?.forEach((event) => nameClass(event, declaration, types.events));
      if (declaration.tagName && !readsVariables(join(folder, module.path)))
        delete declaration.cssProperties;
      for (const attribute of declaration.attributes ?? []) {
        const written = types.writeOut(module.path, declaration.name, attribute.fieldName);
        if (written) attribute.parsedType = { text: written };
      }
    }
  }
  manifest.modules = manifest.modules
    .filter(({ declarations }) => declarations.length > 0)
    .sort((a, b) => (a.path < b.path ? -1 : 1));

  const elements = manifest.modules.flatMap(({ path, declarations }) =>
    declarations.filter(({ tagName }) => tagName).map((element) => ({ path, element })),
  );
  for (const { path, element } of elements)
    compare(element, types.publicMembers(path, element.name));
  const paths = new Map(elements.map(({ path, element }) => [element.tagName, path]));
  await addExportedParts(
    elements.map(({ element }) => element),
    (tag) => join(folder, paths.get(tag)),
  );
  return manifest;
}

const isPublic = ({ privacy, name, static: isStatic }) =>
  (privacy === undefined || privacy === 'public') && name[0] !== '#' && !isStatic;

/** What the analyzer found by reading is what TypeScript lets a page use. */
function compare({ tagName, members = [] }, wanted) {
  const found = members.map(({ name }) => name);
  const missing = wanted.filter((name) => !found.includes(name));
  const more = found.filter((name) => !wanted.includes(name));
  if (missing.length + more.length === 0) return;
  throw new Error(
    `<${tagName}> has ${missing.join() || 'all'}, and has not ${more.join() || 'more'}`,
  );
}

/** Not without the shared styles, nor without a shadow tree, which they are for. */
function readsVariables(file) {
  const source = readFileSync(file, 'utf8');
  const styles = /static override styles[^=]*=([^;]*)/.exec(source)?.[1];
  return (
    !source.includes('createRenderRoot(') &&
    (!styles || /\bRtcElement\.styles|\bRoomEntry\.styles/.test(styles))
  );
}

/** An event that is written in a doc comment, and is of no class, does not exist. */
function nameClass(event, { name }, classes) {
  const text = classes.get(event.name);
  if (!text) throw new Error(`${name} documents ${event.name}, which is no event of RtcEventMap`);
  event.type = { text };
}
