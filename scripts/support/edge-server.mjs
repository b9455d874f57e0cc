/** Starts the edge room in workerd on loopback, by `wrangler dev`, without a word to the outside. */
import { createServer } from 'node:net';

import { pinnedNode, start, stop, wasAsked } from './run.mjs';
import { OFFLINE, wranglerWords } from './wrangler.mjs';

const HOST = '127.0.0.1';

/** A cold start on a busy machine takes some seconds. */
const READY_LIMIT_MS = 60_000;
const READY_POLL_MS = 100;

/**
 * Resolves once `GET /health` answers.
 * @param {{ port: number, config?: string, persistTo?: string, envFile?: string, onExit?: (code: number | null) => void }} options
 *   `config`: of wrangler; default: that of this repository.
 *   `persistTo`: the folder of the rooms' storage; default `.wrangler/state`.
 *   `envFile`: the variables of the deployment; default `.dev.vars`.
 * @returns {Promise<{ url: string, process: import('node:child_process').ChildProcess, stop: () => Promise<void> }>}
 */
export async function startEdgeServer(options) {
  const { port, config = 'wrangler.jsonc', persistTo, envFile, onExit } = options;
  const words = [...wranglerWords, 'dev', '--config', config];
  words.push('--local', '--ip', HOST, '--port', String(port), '--inspector-port', '0');
  words.push('--show-interactive-dev-session', 'false', '--log-level', 'error');
  if (persistTo) words.push('--persist-to', persistTo);
  if (envFile) words.push('--env-file', envFile);
  const child = start(pinnedNode, words, {
    env: { ...process.env, ...OFFLINE },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout?.on('data', (text) => (output = (output + text).slice(-4_000)));

  const url = `http://${HOST}:${port}`;
  const end = performance.now() + READY_LIMIT_MS;
  for (;;) {
    const problems = await problemsOf(url);
    if (problems?.length === 0) break;
    if (problems || child.exitCode !== null || performance.now() > end) {
      await stop(child);
      const why = problems ? problems.join('\n') : output;
      throw new Error(`The edge room did not start.\n${why}`);
    }
    await new Promise((resolve) => setTimeout(resolve, READY_POLL_MS));
  }
  child.once('exit', (code) => {
    if (!wasAsked(child)) onExit?.(code);
  });
  return { url, process: child, stop: () => stop(child) };
}

/** Whether nobody listens on `port` of this machine. */
export function isPortFree(port) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port, host: HOST, exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

/** What is wrong with the settings of the room at `url`; `null` while nobody answers. */
export async function problemsOf(url) {
  try {
    const response = await fetch(`${url}/health`, { signal: AbortSignal.timeout(2_000) });
    const { problems } = /** @type {any} */ (await response.json());
    return problems ?? [];
  } catch {
    return null;
  }
}
