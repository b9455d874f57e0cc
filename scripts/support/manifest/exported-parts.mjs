/**
 * The parts that an element exports of the elements inside it, read from its templates: those of nested elements are
 * documented once, by the element that has them.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

import { buildSync } from 'esbuild';

/** Where an element is defined. Whoever imports it only places it. */
const ELEMENT_FILE = /\/rtc-[a-z-]+\.ts$/;
const IMPORTS =
  /^(?:import|export) (?!type)[^;]*?from '(\.[^']+)\.js';|\bimport\('(\.[^']+)\.js'\)/gm;
const TAGS = /<(rtc-[a-z-]+)\b(?:[^>"]|"[^"]*"|=>)*?\sexportparts=(?:"([^"]*)"|\$\{(\w+)\})/g;

/**
 * Adds to each element what it exports.
 * @param {readonly { tagName?: string, cssParts?: { name: string, description?: string | undefined }[] }[]} elements
 * @param {(tag: string) => string} fileOf  The file that defines the element.
 */
export async function addExportedParts(elements, fileOf) {
  const byTag = new Map(elements.map((element) => [element.tagName, element]));
  const done = new Set();
  for (const tag of byTag.keys()) await visit(tag);

  /** Those inside come first, as their parts may be exported further. */
  async function visit(tag) {
    if (done.has(tag)) return;
    done.add(tag);
    const element = byTag.get(tag);
    if (!element) throw new Error(`<${tag}> is in a template, and no element`);
    for (const { child, parts } of await exportsOf(fileOf(tag))) {
      await visit(child);
      for (const [inner, outer] of parts) {
        element.cssParts ??= [];
        if (element.cssParts.some(({ name }) => name === outer)) continue;
        const part = byTag.get(child)?.cssParts?.find(({ name }) => name === inner);
        if (!part) throw new Error(`<${tag}> exports ${inner}, which <${child}> does not document`);
        element.cssParts.push({ name: outer, description: part.description });
      }
    }
  }
}

/** The elements in the templates of an element, each with the parts that are exported of it. */
async function exportsOf(file) {
  const found = [];
  for (const path of filesOf(file)) {
    for (const [, child, words, constant] of readFileSync(path, 'utf8').matchAll(TAGS)) {
      const text = await resolveConstants(path, constant ? `\${${constant}}` : words);
      found.push({ child, parts: text.split(',').map((part) => namesOf(part.trim())) });
    }
  }
  return found;
}

const namesOf = (part) => {
  const [inner, outer = inner] = part.split(':');
  return [inner, outer];
};

/** The file of an element, and what it imports up to other elements. */
function filesOf(file) {
  const files = new Set([file]);
  for (const path of files) {
    for (const [, first, second] of readFileSync(path, 'utf8').matchAll(IMPORTS)) {
      const imported = `${resolve(dirname(path), first ?? second)}.ts`;
      if (existsSync(imported) && !ELEMENT_FILE.test(imported)) files.add(imported);
    }
  }
  return files;
}

/** Puts in the place of each constant what it is. Constants of parts are in modules of their own, which need no page. */
async function resolveConstants(path, text) {
  let result = text;
  for (const [place, name] of text.matchAll(/\$\{(\w+)\}/g)) {
    const source = readFileSync(path, 'utf8');
    const from = new RegExp(`import \\{[^}]*\\b${name}\\b[^}]*\\} from '(\\.[^']+)\\.js'`).exec(
      source,
    );
    if (!from) throw new Error(`${path}: ${name} is not imported from a module of parts`);
    const module = await load(`${join(dirname(path), from[1])}.ts`);
    result = result.replace(place, module[name]);
  }
  return result;
}

function load(file) {
  const { outputFiles } = buildSync({
    entryPoints: [file],
    bundle: true,
    write: false,
    format: 'esm',
  });
  return import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);
}
