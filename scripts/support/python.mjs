/**
 * Python with the packages of `tests/conformance/requirements.txt`, in a virtual environment of its own in the user's
 * cache directory. Made before the first run, and again when the requirements change. Node built-ins only.
 */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

import { PYTHON } from './known-programs.mjs';
import { findMissing, findProgram } from './programs.mjs';
import { giveWay, root, start } from './run.mjs';

const REQUIREMENTS = join(root, 'tests/conformance/requirements.txt');

/** Of whoever asked first; the others wait for it. */
let making;

/**
 * The Python of the environment. Makes it if there is none: a minute, once per user, at the lowest priority. Throws one
 * line that says what to do when that is impossible.
 * @returns {Promise<string>}
 */
export function requirePython() {
  return (making ??= make());
}

async function make() {
  const missing = findMissing([PYTHON]);
  if (missing) throw new Error(missing);
  const python = findProgram(PYTHON) ?? '';
  const folder = environmentFolder(python);
  const own =
    process.platform === 'win32'
      ? join(folder, 'Scripts', 'python.exe')
      : join(folder, 'bin', 'python');
  // Written last: without it, whoever made the environment was interrupted.
  const mark = join(folder, 'ready');
  if (existsSync(mark)) return own;
  console.log('Installing aiortc into a virtual environment of Python, once (a minute) ...');
  mkdirSync(folder, { recursive: true });
  await runPython(python, ['-m', 'venv', '--clear', folder], 'python3-venv is missing');
  const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
  await runPython(own, [...install, '--requirement', REQUIREMENTS], 'its packages cannot be had');
  writeFileSync(mark, '');
  return own;
}

/**
 * Why there is no such Python, in one line; `null` if there is one.
 * @returns {Promise<string | null>}
 */
export async function obstacleToPython() {
  try {
    await requirePython();
    return null;
  } catch (error) {
    return error.message;
  }
}

/** Another one for other requirements, and for another Python. */
function environmentFolder(python) {
  const hash = createHash('sha256').update(readFileSync(REQUIREMENTS)).update(python).digest('hex');
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return join(cache, 'rtc-elements', `python-${hash.slice(0, 12)}`);
}

async function runPython(python, words, problem) {
  const child = start(python, words, { stdio: ['ignore', 'ignore', 'pipe'] });
  giveWay(child);
  let errors = '';
  child.stderr?.on('data', (text) => (errors = (errors + text).slice(-4_000)));
  const [code] = await once(child, 'close');
  if (code === 0) return;
  const last = errors.trim().split('\n').at(-1) ?? '';
  throw new Error(`Python 3.11 or newer with aiortc is needed, and ${problem}: ${last}`);
}
