// What serves the pages of tests goes on when a page leaves in the midst of something: it runs in the
// process of the tests, or of the fault lab's servers, and would take that with it.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { after, before, describe, it } from 'node:test';

import { type PageServer, servePages } from '../support/browsers/pages.js';

/** Answers each kind of request when told to. */
let room: Server;
let pages: PageServer;

before(async () => {
  room = createServer().listen(0, '127.0.0.1');
  await once(room, 'listening');
  const behind = `http://127.0.0.1:${(room.address() as AddressInfo).port}`;
  pages = await servePages({ pages: { '/page': 'a page' }, behind });
});
after(async () => {
  await pages.close();
  room.close();
});

/** What else is asked for meanwhile is answered. */
async function isThere(): Promise<void> {
  assert.equal(await (await fetch(`${pages.url}/page`)).text(), 'a page');
}

/** Sends these lines, and resets the connection once the room has got them. */
async function leaveAfter(
  event: 'request' | 'upgrade',
  lines: readonly string[],
): Promise<[IncomingMessage, ServerResponse]> {
  const { hostname, port } = new URL(pages.url);
  const socket = connect(Number(port), hostname);
  const arrived = once(room, event);
  socket.write(['GET /room HTTP/1.1', 'host: room', ...lines, '', ''].join('\r\n'));
  const request = (await arrived) as [IncomingMessage, ServerResponse];
  socket.resetAndDestroy();
  await isThere();
  return request;
}

describe('the pages of a test', () => {
  it('stay when a page has gone before the file it asked for comes', async () => {
    const [, response] = await leaveAfter('request', []);
    response.end('x'.repeat(1_048_576));
    await isThere();
  });

  it('stay when a page has gone before its WebSocket is open', async () => {
    const [message] = await leaveAfter('upgrade', ['connection: Upgrade', 'upgrade: websocket']);
    message.socket.on('error', () => undefined);
    message.socket.write('HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\n\r\n');
    await isThere();
  });
});
