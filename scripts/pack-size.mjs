/**
 * `npm run pack-size`: what somebody gets who installs `rtc-elements`: the packages are packed as they
 * would be published and installed into an empty folder, and every file there is counted.
 */
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { build } from './build.mjs';
import { ensureInstalled } from './support/install.mjs';
import { npm } from './support/npm.mjs';
import { root } from './support/run.mjs';
import { readWords } from './support/words.mjs';

readWords('npm run pack-size');

/** `rtc-elements` and what it depends on in this repository. */
const PACKAGES = ['packages/protocol', 'packages/core', 'packages/elements'];
const KB = 1_000;

const folder = mkdtempSync(join(tmpdir(), 'rtc-pack-'));
try {
  await ensureInstalled();
  await build();
  process.env.RTC_IS_BUILT = '1';
  const packs = PACKAGES.map((path) => pack(path));
  for (const { filename, size, entryCount } of packs) print(filename, size, entryCount);
  install(packs.map(({ filename }) => `file:./${filename}`));
  for (const [name, files] of Object.entries(installed())) print(name, sum(files), files.length);
  const all = filesIn(join(folder, 'node_modules'));
  print('node_modules', sum(all), all.length);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function pack(path) {
  const words = ['pack', '--json', '--pack-destination', folder];
  const answer = JSON.parse(npm(words, join(root, path)));
  // npm 11 answers with a list, later ones with an object by name.
  return /** @type {any} */ (Object.values(answer)[0]);
}

function install(packages) {
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  npm(['install', '--no-audit', '--no-fund', '--ignore-scripts', ...packages], folder);
}

/** Files by package. */
function installed() {
  const modules = join(folder, 'node_modules');
  const names = readdirSync(modules).flatMap((name) =>
    name.startsWith('@') ? readdirSync(join(modules, name)).map((one) => `${name}/${one}`) : [name],
  );
  const packages = names.filter((name) => !name.startsWith('.'));
  return Object.fromEntries(packages.map((name) => [name, filesIn(join(modules, name))]));
}

function filesIn(path) {
  return readdirSync(path, { recursive: true })
    .map((name) => statSync(join(path, String(name))))
    .filter((one) => one.isFile());
}

function sum(files) {
  return files.reduce((total, { size }) => total + size, 0);
}

function print(name, bytes, files) {
  console.log(`${name.padEnd(36)}${(bytes / KB).toFixed(0).padStart(8)} KB, ${files} files`);
}
