/** Starts programs so that none of them outlives us. Node built-ins only. */
import { spawn } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';

/** The repository's root. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** The pinned Node, a devDependency: tools get it whatever Node the machine has. */
export const pinnedNode = fileURLToPath(
  new URL(
    '../../node_modules/node/bin/node' + (process.platform === 'win32' ? '.exe' : ''),
    import.meta.url,
  ),
);

/** Time between asking a group of processes to end and ending it. */
const GRACE_MS = 5_000;
/** Time for its children to end before it does. */
const CHILDREN_LIMIT_MS = 500;
const POLL_MS = 20;

const isWindows = process.platform === 'win32';
const children = new Set();
const asked = new WeakSet();
/** We are on the way out, so what became of a child is of no interest. */
let isEnding = false;

// However we end, short of SIGKILL: nobody stays behind.
process.once('exit', () => {
  for (const child of children) signalGroup(child, 'SIGKILL');
});

/** Lets everything else on this machine go before `child` and what it starts. */
export function giveWay(child) {
  if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW);
}

/** Whether we asked `child` to end; else it ended by itself. */
export const wasAsked = (child) => asked.has(child);

/**
 * Starts `command` as the head of a process group of its own, so that its children end with it.
 * @param {string} command
 * @param {readonly string[]} words
 * @param {import('node:child_process').SpawnOptions} [options]
 */
export function start(command, words, options = {}) {
  const child = spawn(command, words, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: !isWindows,
    ...options,
  });
  children.add(child);
  child.once('exit', () => {
    children.delete(child);
    // Whoever it left behind.
    signalGroup(child, 'SIGKILL');
  });
  return child;
}

/**
 * Runs `command` to its end. Resolves with its exit code; 1 when it took too long or could not start. Stays pending once
 * we end ourselves: a script interrupted by Ctrl-C has nothing to say of what it was doing.
 * @param {string} command
 * @param {readonly string[]} words
 * @param {import('node:child_process').SpawnOptions & { limitMs?: number }} [options]
 * @returns {Promise<number>}
 */
export function run(command, words, { limitMs, ...options } = {}) {
  const child = start(command, words, options);
  return new Promise((resolve) => {
    const timer = limitMs
      ? setTimeout(() => {
          console.error(`${words[0]} took longer than ${limitMs / 1000} s: ended.`);
          void stop(child);
        }, limitMs)
      : undefined;
    const end = (code) => {
      clearTimeout(timer);
      resolve(code);
    };
    child.once('error', (error) => {
      console.error(`${command}: ${error.message}`);
      end(1);
    });
    child.once('exit', (code) => {
      if (!isEnding) end(code ?? 1);
    });
  });
}

/**
 * Asks `child` and its group to end; ends them when they do not. Resolves once `child` is gone.
 * Its children go first, while it is there to take note: else, in a container whose first process
 * takes note of nobody, they stay in the list of processes for ever.
 */
export async function stop(child) {
  if (isGone(child)) return;
  asked.add(child);
  for (const signal of ['SIGTERM', 'SIGKILL']) {
    for (const pid of groupMembers(child.pid)) signalOne(pid, signal);
    await until(() => isGone(child) || groupMembers(child.pid).length === 0, CHILDREN_LIMIT_MS);
  }
  child.kill('SIGTERM');
  await until(() => isGone(child), GRACE_MS);
  signalGroup(child, 'SIGKILL');
  await until(() => isGone(child), GRACE_MS);
}

const isGone = (child) => child.exitCode !== null || child.signalCode !== null;

async function until(condition, limitMs) {
  const end = performance.now() + limitMs;
  while (!condition() && performance.now() < end) {
    await new Promise((next) => setTimeout(next, POLL_MS));
  }
}

/** Those in the group of `head` beside itself that are listed, dead or alive. Only Linux tells. */
function groupMembers(head) {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== head)
    .filter((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
        // After the name, which may hold anything: state, parent, group.
        const [, , group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        return Number(group) === head;
      } catch {
        return false;
      }
    })
    .map(Number);
}

/**
 * Ends everything and then this process on Ctrl-C, on SIGTERM, and when the process that started us
 * (npm) goes away without passing the signal on.
 */
export function endWithParent() {
  const end = async (code) => {
    if (isEnding) return;
    isEnding = true;
    await Promise.all([...children].map(stop));
    process.exit(code);
  };
  process.on('SIGINT', () => void end(130));
  process.on('SIGTERM', () => void end(143));
  process.on('SIGHUP', () => void end(129));
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) void end(129);
  }, 500).unref();
}

function signalOne(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch {
    // Gone meanwhile.
  }
}

function signalGroup(child, signal) {
  try {
    if (isWindows) child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // Nobody is left.
  }
}
