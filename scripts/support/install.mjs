/** Makes `node_modules` what `package-lock.json` says, when it is not. Node built-ins only. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { pinnedNode, root, run } from './run.mjs';

/** Runs `npm ci` when something is missing or of another version. Throws when that fails. */
export async function ensureInstalled() {
  if (isInstalled()) return;
  console.log('Installing what is missing (npm ci) ...');
  const npm = process.env.npm_execpath;
  const words = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const code =
    npm && existsSync(npm) ? await run(process.execPath, [npm, ...words]) : await run('npm', words);
  if (code !== 0) throw new Error('npm ci failed: see above.');
  if (!existsSync(pinnedNode)) {
    throw new Error(
      'The pinned Node is missing from node_modules/node: allow install scripts (npm config set ignore-scripts false) and try again.',
    );
  }
}

function isInstalled() {
  const wanted = readPackages('package-lock.json');
  const present = readPackages('node_modules/.package-lock.json');
  if (wanted === null || present === null || !existsSync(pinnedNode)) return false;
  return Object.entries(wanted).every(
    // An optional one may be for another system.
    ([path, { version, optional, link }]) =>
      path === '' || optional || link || !path.includes('node_modules/')
        ? true
        : present[path]?.version === version,
  );
}

function readPackages(path) {
  try {
    return JSON.parse(readFileSync(join(root, path), 'utf8')).packages;
  } catch {
    return null;
  }
}
