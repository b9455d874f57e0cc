/** Starts the edge room in workerd on loopback, by `wrangler dev`, without a word to the outside. */
import { createServer } from 'node:net';
import { join } from 'node:path';

import { pinnedNode, root, start, stop, wasAsked } from './run.mjs';

const HOST = '127.0.0.1';

/** Without the program around it, which ends before what it started has ended. */
const WRANGLER = 'node_modules/wrangler/wrangler-dist/cli.js';

/** A cold start on a busy machine takes some seconds. */
const READY_LIMIT_MS = 60_000;
const READY_POLL_MS = 100;

/** No login, no telemetry, no update check, no lookup of where we are. */
const OFFLINE = {
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_SEND_ERROR_REPORTS: 'false',
  WRANGLER_HIDE_BANNER: 'true',
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
  WRANGLER_LOG_PATH: join(root, '.wrangler/logs'),
  WRANGLER_REGISTRY_PATH: join(root, '.wrangler/registry'),
  NO_UPDATE_NOTIFIER: '1',
  CI: '1',
};

/**
 * Resolves once `GET /health` answers.
 * @param {{ port: number, persistTo?: string, onExit?: (code: number | null) => void }} options
 *   `persistTo`: the folder of the rooms' storage; default `.wrangler/state`.
 * @returns {Promise<{ url: string, process: import('node:child_process').ChildProcess, stop: () => Promise<void> }>}
 */
export async function startEdgeServer({ port, persistTo, onExit }) {
  const words = [
    '--no-warnings',
    '--experimental-vm-modules',
    WRANGLER,
    'dev',
    '--config',
    'wrangler.jsonc',
  ];
  words.push('--local', '--ip', HOST, '--port', String(port), '--inspector-port', '0');
  words.push('--show-interactive-dev-session', 'false', '--log-level', 'error');
  if (persistTo) words.push('--persist-to', persistTo);
  const child = start(pinnedNode, words, {
    env: { ...process.env, ...OFFLINE },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout?.on('data', (text) => (output = (output + text).slice(-4_000)));

  const url = `http://${HOST}:${port}`;
  const end = performance.now() + READY_LIMIT_MS;
  while (!(await isHealthy(url))) {
    if (child.exitCode !== null || performance.now() > end) {
      await stop(child);
      throw new Error(`The edge room did not start.\n${output}`);
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

async function isHealthy(url) {
  try {
    return (await fetch(`${url}/health`, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false;
  }
}
