/**
 * A program for the servers' host of `join-far`: `<address>`. The page, our room and what the others
 * meet over, each as directly as can be. Says where they are to the parent once all of them answer.
 */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';
import { PeerServer } from 'peer';

import { startNostrRelay } from './nostr-relay.js';
import { startRelay } from './relay.js';
import { startRoom } from './room.js';

const PAGE =
  '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Far</title></head></html>';
const CORE = '/packages/core/dist/cdn/';
const RIVALS = `
import { Peer } from 'peerjs';
import SimplePeer from 'simple-peer/simplepeer.min.js';
import { joinRoom } from 'trystero';
window.rivals = { Peer, SimplePeer, joinRoom };
`;
/** Each has the address for itself. */
const PORTS = { page: 8_080, relay: 8_081, peerjs: 8_082, nostr: 8_083, room: 8_084 } as const;

const [host = ''] = process.argv.slice(2);
const root = fileURLToPath(new URL('../../', import.meta.url));
const { outputFiles } = await build({
  stdin: { contents: RIVALS, resolveDir: root },
  bundle: true,
  write: false,
  format: 'iife',
  define: { global: 'window' },
});
const rivals = outputFiles[0]?.text ?? '';

const site = createServer(async ({ url = '/' }, response) => {
  const isCore = url.startsWith(CORE) && !url.includes('..');
  const body = url === '/' ? PAGE : url === '/rivals.js' ? rivals : null;
  const file = isCore ? await readFile(`${root}${url}`).catch(() => null) : null;
  const found = body ?? file;
  const type = url === '/' ? 'text/html' : 'text/javascript';
  response.writeHead(found === null ? 404 : 200, { 'content-type': type }).end(found ?? '');
});
await new Promise<void>((resolve) => site.listen(PORTS.page, host, resolve));
await startRelay(host, PORTS.relay);
await startNostrRelay(host, PORTS.nostr);
await startRoom(undefined, { host, port: PORTS.room });
await new Promise<void>((resolve) => {
  PeerServer({ host, port: PORTS.peerjs, path: '/' }, () => resolve());
});
process.once('disconnect', () => process.exit());
process.send?.({
  page: `http://${host}:${PORTS.page}/`,
  ours: `http://${host}:${PORTS.room}`,
  bare: `ws://${host}:${PORTS.relay}`,
  simplePeer: `ws://${host}:${PORTS.relay}/simple`,
  peerjs: `http://${host}:${PORTS.peerjs}`,
  peerjsNamed: `http://${host}:${PORTS.peerjs}/named`,
  trystero: `ws://${host}:${PORTS.nostr}`,
});
