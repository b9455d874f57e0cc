/** Runs npm and waits for it. Node built-ins only. */
import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';

/**
 * @param {readonly string[]} words
 * @param {string} cwd
 * @returns {string}  What it printed.
 * @throws Error  When it fails.
 */
export function npm(words, cwd) {
  const [command, ...first] = program();
  return execFileSync(command, [...first, ...words], {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/**
 * The same, for whoever has something else to do meanwhile.
 * @param {readonly string[]} words
 * @param {string} cwd
 * @returns {Promise<string>}
 */
export async function npmMeanwhile(words, cwd) {
  const [command, ...first] = program();
  const { stdout } = await promisify(execFile)(command, [...first, ...words], { cwd });
  return stdout;
}

/** @returns {[string, ...string[]]} */
function program() {
  const path = process.env.npm_execpath;
  return path ? [process.execPath, path] : ['npm'];
}

/** Why npm cannot install what is not on this machine, in one line; `null` if it can. */
export function obstacleToNpm() {
  try {
    // Not `ping`, which not every mirror of the registry answers.
    const quick = ['--loglevel=silent', '--fetch-retries=0', '--fetch-timeout=10000'];
    npm(['view', 'vite', 'version', ...quick], process.cwd());
    return null;
  } catch {
    return 'npm cannot reach its registry';
  }
}
