/**
 * A LiveKit server for tests and benches: found on this machine, or built once by Go from its
 * published source and kept in the user's cache directory. Node built-ins only.
 */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';

import { findProgram } from './programs.mjs';
import { giveWay, start } from './run.mjs';

/** 1.13.6 to 1.13.11 replace dependencies by forks, so `go install` refuses them. */
const VERSION = '1.13.5';
const SOURCE = `github.com/livekit/livekit-server/cmd/server@v${VERSION}`;
const SUFFIX = process.platform === 'win32' ? '.exe' : '';

/** The credentials of every server started here. LiveKit wants secrets of at least 32 characters. */
const API_KEY = 'rtc-elements';
const API_SECRET = 'only-for-tests-on-this-very-machine';

/** A cold start on a busy machine takes some seconds. */
const READY_LIMIT_MS = 30_000;
const READY_POLL_MS = 50;

const HOW_TO_GET =
  `set LIVEKIT_SERVER to a livekit-server program (${VERSION} is known to work), ` +
  'or install Go 1.26 or newer, which builds one';

/** Where a server is, or `null`. Looks at `LIVEKIT_SERVER`, at PATH and at what was built before. */
export function findLiveKit() {
  return findProgram({
    title: 'LiveKit',
    variables: ['LIVEKIT_SERVER'],
    commands: ['livekit-server'],
    places: [builtPath()],
    debian: '',
  });
}

/** Of whoever asked first; the others wait for it. */
let building;

/**
 * The path of a server. Builds one if there is none: two to four minutes, once per user, at the lowest
 * priority. Throws one line that says what to do when that is impossible.
 * @returns {Promise<string>}
 */
export async function requireLiveKit() {
  return findLiveKit() ?? (await (building ??= build()));
}

/**
 * Why there is no server and none can be built, in one line; `null` if there is one.
 * @returns {Promise<string | null>}
 */
export async function obstacleToLiveKit() {
  try {
    await requireLiveKit();
    return null;
  } catch (error) {
    return error.message;
  }
}

/**
 * Starts a server. Resolves once it answers; rejects with the end of its log if it does not,
 * and with `EADDRINUSE` if a port is taken.
 *
 * It announces `address` alone and names no public STUN server, so nothing is looked up outside.
 * @param {object} [options]
 * @param {string} [options.address]  The IPv4 address for signaling and media. Default: loopback.
 * @param {number} [options.port]  TCP, for signaling and the server API. Default: a free one.
 * @param {number} [options.tcpPort]  For media over TCP. Default: a free one.
 * @param {number} [options.udpPort]  For all media over UDP. Default: a free one.
 * @param {Record<string, object>} [options.config]  Settings of LiveKit's configuration file, by
 *   section. A section is merged with ours, key by key.
 * @returns {Promise<LiveKitServer>}
 *
 * @typedef {object} LiveKitServer
 * @property {string} url  `http://address:port`, for clients and for the server API.
 * @property {string} apiKey
 * @property {string} apiSecret
 * @property {import('node:child_process').ChildProcess} process  SIGTERM makes it drain: it ends
 *   once everybody has left.
 * @property {() => Promise<void>} stop  Ends it at once, calls and all.
 */
export async function startLiveKit({ address = '127.0.0.1', config = {}, ...ports } = {}) {
  const path = await requireLiveKit();
  // Checked even when given: whoever has a port already would answer in place of our server.
  const port = await reserveTcp(address, ports.port);
  const tcpPort = await reserveTcp(address, ports.tcpPort);
  const udpPort = await reserveUdp(address, ports.udpPort);
  const settings = merge(settingsOf({ address, port, tcpPort, udpPort }), config);
  // JSON is YAML. In the environment, so that there is no file to remove.
  const env = { ...process.env, LIVEKIT_CONFIG: JSON.stringify(settings) };
  const child = start(path, [], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (text) => (log = (log + text).slice(-4_000)));
  }
  const gone = new Promise((resolve) => child.once('exit', resolve).once('error', resolve));
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    await gone;
  };
  const url = `http://${address}:${port}`;
  if (!(await isReady(url, child))) {
    await stop();
    throw new Error(`LiveKit did not start on ${url}.\n${log}`);
  }
  return { url, apiKey: API_KEY, apiSecret: API_SECRET, process: child, stop };
}

function settingsOf({ address, port, tcpPort, udpPort }) {
  return {
    port,
    bind_addresses: [address],
    keys: { [API_KEY]: API_SECRET },
    logging: { level: 'warn', pion_level: 'error' },
    rtc: {
      node_ip: address,
      use_external_ip: false,
      enable_loopback_candidate: address.startsWith('127.'),
      tcp_port: tcpPort,
      udp_port: udpPort,
      // Without any, clients are told of public ones. Nobody answers there, and host candidates do.
      stun_servers: [`${address}:${udpPort}`],
    },
  };
}

function merge(own, more) {
  const sections = Object.entries(more).map(([name, value]) => [
    name,
    isSection(own[name]) && isSection(value) ? { ...own[name], ...value } : value,
  ]);
  return { ...own, ...Object.fromEntries(sections) };
}

const isSection = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

async function isReady(url, child) {
  const end = performance.now() + READY_LIMIT_MS;
  while (child.exitCode === null && child.signalCode === null && performance.now() < end) {
    const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) }).catch(() => null);
    if (answer?.ok) return true;
    await new Promise((next) => setTimeout(next, READY_POLL_MS));
  }
  return false;
}

function builtPath() {
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return join(cache, 'rtc-elements', `livekit-server-${VERSION}${SUFFIX}`);
}

async function build() {
  const target = builtPath();
  const folder = join(target, '..');
  mkdirSync(folder, { recursive: true });
  // Beside its place, so that it gets there in one step: somebody else may be building it, too.
  const out = mkdtempSync(join(folder, 'build-'));
  console.log(`Building livekit-server ${VERSION} with Go, once (some minutes) ...`);
  try {
    const problem = await goInstall(out);
    if (problem !== null) {
      throw new Error(`LiveKit is missing and cannot be built (${problem}): ${HOW_TO_GET}.`);
    }
    renameSync(join(out, `server${SUFFIX}`), target);
    return target;
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

/** `null`, or why it failed. */
async function goInstall(out) {
  const words = ['install', '-trimpath', '-ldflags=-s -w', SOURCE];
  const child = start('go', words, {
    env: { ...process.env, GOBIN: out },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  giveWay(child);
  let errors = '';
  child.stderr?.on('data', (text) => (errors = (errors + text).slice(-4_000)));
  try {
    const [code] = await once(child, 'close');
    return code === 0 ? null : (errors.trim().split('\n').at(-1) ?? `exit code ${code}`);
  } catch (error) {
    return error.code === 'ENOENT' ? 'there is no Go' : error.message;
  }
}

/** A free port, `port` unless it is 0. Rejects with `EADDRINUSE` if it is taken. */
async function reserveTcp(address, port = 0) {
  const probe = createServer().listen(port, address);
  await once(probe, 'listening');
  const taken = /** @type {import('node:net').AddressInfo} */ (probe.address());
  probe.close();
  await once(probe, 'close');
  return taken.port;
}

/** The same for UDP. */
async function reserveUdp(address, port = 0) {
  const probe = createSocket('udp4').bind(port, address);
  await once(probe, 'listening');
  const taken = probe.address();
  probe.close();
  await once(probe, 'close');
  return taken.port;
}
