/**
 * Finds Chromium (or Chrome) and Firefox on this machine, and installs Debian's when it may.
 * `node scripts/browsers.mjs` prints where they are. Node built-ins only.
 */
import { fileURLToPath } from 'node:url';

import { CHROMIUM, FIREFOX } from './support/known-programs.mjs';
import { findProgram, requirePrograms } from './support/programs.mjs';

const BROWSERS = { chromium: CHROMIUM, firefox: FIREFOX };

/** Where `name` (`chromium` or `firefox`) is, or `null`. A variable that names no file is an error. */
export const findBrowser = (name) => findProgram(BROWSERS[name]);

/**
 * Both browsers' paths. Installs what is missing where that is allowed; else throws one line.
 * @returns {{ chromium: string, firefox: string }}
 */
export function requireBrowsers() {
  const [chromium, firefox] = requirePrograms([CHROMIUM, FIREFOX]);
  return { chromium, firefox };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    for (const [name, path] of Object.entries(requireBrowsers())) console.log(`${name}: ${path}`);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
