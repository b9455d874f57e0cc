/** What becomes of sockets that are refused: their connections end, and those of strangers are bounded (CC-1, LI-6). */
import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { deflateSync } from 'node:zlib';

import { ADDRESS_LIMITS, CLOSE, encode, HEARTBEAT, SUBPROTOCOL } from '@rtc-elements/protocol';

import { MOST_REFUSED_SOCKETS } from '../../party/src/edge/refused-sockets.js';
import { closeBrowsers, launch } from '../support/browsers/launch.js';
import { EdgeClient } from '../support/edge/client.js';
import { Edge, forEachHost } from '../support/edge/edge.js';
import { RawSocket } from '../support/edge/raw-socket.js';
import { ask } from '../support/edge/request.js';
import { SERVER_KEY } from '../support/edge/tokens.js';
import { helloOf } from '../support/house/raw-client.js';

const HEADER = 'x-real-ip';
const HALF_OPEN = 1_000;
/** Well below the two seconds after which a browser gives up, on a busy machine. */
const SOON_MS = 1_000;

const pack = (text: string): string => deflateSync(text).toString('base64url');
const REFUSED_HELLO = pack(encode(helloOf('Eve', { protocol: 9 })));

/** How long after `from` a promise resolves, ms. */
async function since(from: Promise<unknown>, until: Promise<unknown>): Promise<number> {
  await from;
  const start = performance.now();
  await until;
  return performance.now() - start;
}

forEachHost('a socket that is refused', (host) => {
  let edge: Edge;
  before(async () => {
    edge = await Edge.start({ host, vars: { SERVER_KEY, CLIENT_ADDRESS_HEADER: HEADER } });
  });
  after(async () => {
    await closeBrowsers();
    await edge.stop();
  });

  for (const [what, path, packed, code] of [
    ['by the edge', '/parties/room/a%20b', '', CLOSE.room],
    ['by the room, on the open socket', '/parties/room/refused', '', CLOSE.badMessage],
    ['by the room, for its early hello', '/parties/room/refused', REFUSED_HELLO, CLOSE.badMessage],
  ] as const) {
    it(`[CC-1] [EN-10] has its connection ended ${what}, as soon as it agrees`, async () => {
      const socket = new RawSocket(edge, path, { packed });
      await socket.status;
      socket.send(packed === '' ? '{}' : HEARTBEAT);
      const ms = await since(socket.closed, socket.ended);
      assert.equal(await socket.closed, code);
      console.log(`${host}: ended ${Math.round(ms)} ms after its close, refused ${what}`);
      assert.ok(ms < SOON_MS, `${ms} ms`);
    });
  }

  it('[CC-1] [EN-10] is closed in Chromium at once, and not two seconds later', async () => {
    const browser = await launch('chromium');
    const page = await browser.newPage();
    await page.goto(`${edge.origin}/health`);
    const url = `${edge.origin.replace('http', 'ws')}/parties/room/refused`;
    const times = await page.evaluate(
      async (target, protocols, heartbeat) => {
        const all: number[] = [];
        for (let round = 0; round < 5; round += 1) {
          const socket = new WebSocket(target, protocols);
          let toldAt = 0;
          socket.onopen = () => socket.send(heartbeat);
          socket.onmessage = () => (toldAt ||= performance.now());
          await new Promise((closed) => (socket.onclose = closed));
          all.push(Math.round(performance.now() - toldAt));
        }
        return all;
      },
      url,
      [SUBPROTOCOL, REFUSED_HELLO],
      HEARTBEAT,
    );
    console.log(`${host}: Chromium hears of the close ${times.join(', ')} ms after the error`);
    assert.ok(Math.max(...times) < SOON_MS);
  });

  it(`[LI-5] [LI-6] leaves others what they need, with ${HALF_OPEN} that say nothing`, async () => {
    const witness = await EdgeClient.join(edge, 'crowded', 'Witness');
    const headers = { [HEADER]: '198.51.100.77' };
    const sockets: RawSocket[] = [];
    const statuses: number[] = [];
    for (let index = 0; index < HALF_OPEN; index += 50) {
      const some = Array.from(
        { length: 50 },
        () => new RawSocket(edge, '/parties/room/crowded', { headers, answersClose: false }),
      );
      sockets.push(...some);
      statuses.push(...(await Promise.all(some.map(({ status }) => status))));
    }
    const open = statuses.filter((status) => status === 101).length;
    const told = statuses.filter((status) => status === 429).length;
    console.log(`${host}: ${open} of ${HALF_OPEN} have a socket, ${told} were refused without one`);
    assert.equal(open + told, HALF_OPEN);
    const secondsMost = 30;
    const most =
      ADDRESS_LIMITS.joinBurst +
      ADDRESS_LIMITS.joinsPerSecond * secondsMost +
      MOST_REFUSED_SOCKETS.ofAddress;
    assert.ok(open <= most, `${open} sockets`);

    const authorization = `Bearer ${SERVER_KEY}`;
    const answer = await ask(edge, '/parties/room/crowded/status', { headers: { authorization } });
    const { sockets: inRoom } = JSON.parse(answer.body) as { sockets: number };
    assert.ok(inRoom <= ADDRESS_LIMITS.pendingSockets + 1, `${inRoom} in the room`);

    const path = '/parties/room/crowded';
    const other = await EdgeClient.open(edge, path, { [HEADER]: '198.51.100.78' });
    other.send(helloOf('Other'));
    await other.next('welcome');
    await witness.say('still here');
    for (const socket of sockets) socket.destroy();
    await Promise.all([witness.leave(), other.leave()]);
  });
});
