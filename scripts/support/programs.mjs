/** Finds programs on this machine, and installs Debian's when it may. Node built-ins only. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * @typedef {object} Program
 * @property {string} title      What it is called in a sentence.
 * @property {string[]} variables  Environment variables that may name it; the first is the one to set.
 * @property {string[]} commands   Its names on PATH.
 * @property {string[]} places     Where else it may be.
 * @property {string} debian     The package to install.
 */

/**
 * Where a program is, or `null`. A variable that names no file is an error.
 * @param {Program} program
 */
export function findProgram({ variables, commands, places }) {
  for (const variable of variables) {
    const path = process.env[variable];
    if (!path) continue;
    if (isExecutable(path)) return path;
    throw new Error(`${variable} is ${path}, and that is not a program.`);
  }
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const onPath = commands.flatMap((command) => folders.map((at) => join(at, command + suffix)));
  return [...onPath, ...places].find(isExecutable) ?? null;
}

/**
 * The paths of programs, in order. Installs what is missing where that is allowed; else throws one line.
 * @param {readonly Program[]} programs
 */
export function requirePrograms(programs) {
  installMissing(programs);
  const missing = findMissing(programs);
  if (missing) throw new Error(missing);
  return programs.map((program) => findProgram(program) ?? '');
}

/**
 * Installs those that are missing, where that is allowed. Says nothing of those that stay missing.
 * @param {readonly Program[]} programs
 */
export function installMissing(programs) {
  const missing = programs.filter((program) => findProgram(program) === null);
  if (missing.length > 0 && mayInstall()) install(new Set(missing.map(({ debian }) => debian)));
}

/**
 * What to do about the first that is missing, in one line; `null` when none is.
 * @param {readonly Program[]} programs
 */
export function findMissing(programs) {
  const program = programs.find((one) => findProgram(one) === null);
  if (!program) return null;
  const { title, variables, debian } = program;
  const [variable] = variables;
  return (
    `${title} is missing: install it (Debian, Ubuntu: apt-get install ${debian})` +
    (variable ? ` or set ${variable} to its program.` : '.')
  );
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Only as root on Debian or Ubuntu: nobody is asked for a password. */
function mayInstall() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  if (!isExecutable('/usr/bin/apt-get')) return false;
  try {
    return /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return false;
  }
}

/** A new machine may be busy with its own updates. */
const WAIT = ['-o', 'DPkg::Lock::Timeout=120'];

function install(packages) {
  console.log(`Installing ${[...packages].join(', ')} with apt-get ...`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...words) => {
    const { status, stderr } = spawnSync('apt-get', words, { env, encoding: 'utf8' });
    if (status !== 0)
      console.error(`apt-get ${words[0]} failed: ${stderr?.trim().split('\n').at(-1)}`);
  };
  apt('update', '-q');
  // One at a time, so that one without a candidate does not keep the other away.
  for (const name of packages) apt('install', '-y', '-q', '--no-install-recommends', ...WAIT, name);
}
