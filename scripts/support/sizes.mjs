/** What a built file costs its reader: bytes after gzip -9, with what it loads. Node built-ins only. */
import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** @param {string | Buffer} content */
export const gzipBytes = (content) => gzipSync(content, { level: 9 }).length;

const STATIC_IMPORT =
  /(?:^|[;}\n])\s*(?:import|export)\s*(?:[\w$*{][^'"()]*?from\s*)?["'](\.[^"']+)["']/g;
const DYNAMIC_IMPORT = /\bimport\(\s*["'`](\.[^"'`]+)["'`]\s*\)/g;

/**
 * What a chunk is called in `rollup.config.mjs`: `chat` for `rtc-elements-chat.min.js` beside
 * `rtc-elements.min.js`.
 * @param {string} entry  Path of the entry.
 * @param {string} file  Path of the chunk.
 */
export const chunkName = (entry, file) =>
  basename(file, '.min.js').slice(basename(entry, '.min.js').length + 1);

/**
 * The files that a page fetches, the entry first: what is imported statically, and of what is imported
 * by `import()` the chunks named in `loads`. Throws if one of those is nowhere imported.
 * @param {string} entry
 * @param {readonly string[]} loads
 */
export function filesOf(entry, loads) {
  const files = new Set([entry]);
  for (const file of files) {
    const { now, later } = importsOf(file);
    for (const path of now) files.add(path);
    for (const path of later) if (loads.includes(chunkName(entry, path))) files.add(path);
  }
  const names = [...files].map((file) => chunkName(entry, file));
  const missing = loads.find((name) => !names.includes(name));
  if (missing) throw new Error(`${basename(entry)} never loads a chunk called ${missing}.`);
  return [...files];
}

/** Every file that an entry may ever load, itself included. */
export function allFilesOf(entry) {
  const files = new Set([entry]);
  for (const file of files) {
    const { now, later } = importsOf(file);
    for (const path of [...now, ...later]) files.add(path);
  }
  return [...files];
}

function importsOf(file) {
  const code = readFileSync(file, 'utf8');
  const find = (pattern) =>
    [...code.matchAll(pattern)].map(([, specifier]) => join(dirname(file), specifier));
  return { now: find(STATIC_IMPORT), later: find(DYNAMIC_IMPORT) };
}
