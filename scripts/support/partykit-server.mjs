/** Starts the edge room under PartyKit on loopback, without a word to the outside. */
import { problemsOf } from './edge-server.mjs';
import { pinnedNode, start, stop, wasAsked } from './run.mjs';

const HOST = '127.0.0.1';
const READY_LIMIT_MS = 60_000;
const READY_POLL_MS = 100;

/** The words after `node` that start it on `port`, with the rooms' storage in a folder. */
export const partykitWords = (port, persistTo) => [
  '--no-warnings',
  '--import=./scripts/support/partykit-hooks.mjs',
  'node_modules/partykit/dist/bin.mjs',
  'dev',
  '--port',
  String(port),
  '--persist',
  persistTo,
  '--disable-request-cf-fetch',
  '--no-hotkeys',
];

/**
 * Resolves once `GET /health` answers that all settings are valid.
 * @param {{ port: number, persistTo: string, envFile?: string, onExit?: (code: number | null) => void }} options
 *   `envFile`: the variables of the deployment.
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>}
 */
export async function startPartykitServer({ port, persistTo, envFile, onExit }) {
  const variables = envFile ? { PARTYKIT_ENV_FILE: envFile } : {};
  const child = start(pinnedNode, partykitWords(port, persistTo), {
    env: { ...process.env, ...variables, CI: '1', NO_UPDATE_NOTIFIER: '1' },
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
      throw new Error(`The edge room did not start.\n${problems ? problems.join('\n') : output}`);
    }
    await new Promise((resolve) => setTimeout(resolve, READY_POLL_MS));
  }
  child.once('exit', (code) => {
    if (!wasAsked(child)) onExit?.(code);
  });
  return { url, stop: () => stop(child) };
}
