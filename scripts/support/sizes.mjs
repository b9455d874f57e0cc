/** What a file costs its reader: bytes after gzip -9, with what it loads. Node built-ins only. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** @param {string | Buffer} content */
export const gzipBytes = (content) => gzipSync(content, { level: 9 }).length;

const STATIC_IMPORT =
  /(?:^|[;}\n])\s*(?:import|export)\s*(?:[\w$*{][^'"()]*?from\s*)?["'](\.[^"']+)["']/g;
const DYNAMIC_IMPORT = /\bimport\(\s*["'`](\.[^"'`]+)["'`]\s*\)/g;

/**
 * A built file and the files that it imports, itself first.
 * @param {string} entry
 * @param {{ lazy: boolean }} options  `lazy`: with those that it loads later.
 */
export function filesOf(entry, { lazy }) {
  const files = new Set([entry]);
  for (const path of files) {
    const code = readFileSync(path, 'utf8');
    const found = [...code.matchAll(STATIC_IMPORT), ...(lazy ? code.matchAll(DYNAMIC_IMPORT) : [])];
    for (const [, specifier] of found) files.add(join(dirname(path), specifier));
  }
  return [...files];
}
