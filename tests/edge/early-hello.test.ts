/** `hello` that comes with the request for the socket, well-formed and not, on real runtimes (EN-10). */
import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { deflateSync } from 'node:zlib';

import { encode, HEARTBEAT, LIMITS, SUBPROTOCOL } from '@rtc-elements/protocol';

import { Edge, forEachHost } from '../support/edge/edge.js';
import { EdgeClient } from '../support/edge/client.js';
import { helloOf } from '../support/house/raw-client.js';

const PATH = '/parties/room/early';

const pack = (text: string | Buffer): string => deflateSync(text).toString('base64url');

forEachHost('a hello with the request', (host) => {
  let edge: Edge;
  let witness: EdgeClient;
  before(async () => {
    edge = await Edge.start({ host });
    witness = await EdgeClient.join(edge, 'early', 'Witness', { call: true });
  });
  after(() => edge.stop());

  const open = (packed: string, path = PATH): Promise<EdgeClient> =>
    EdgeClient.open(edge, path, {}, [SUBPROTOCOL, packed]);

  it('[EN-10] is answered with the welcome, before anything is said on the socket', async () => {
    const description = { type: 'offer', sdp: 'v=0 '.repeat(4_000) } as const;
    const hello = helloOf('Zoë', { call: true, offers: [{ description, sources: {} }] });
    const zoe = await open(pack(encode(hello)));
    const { you, offers, peers } = await zoe.next('welcome');
    assert.equal(zoe.socket.protocol, SUBPROTOCOL);
    assert.equal(you.name, 'Zoë');
    assert.deepEqual(offers, [peers[0]?.session]);
    const signal = await witness.next('signal', ({ from }) => from === you.session);
    assert.equal(signal.description?.sdp.length, description.sdp.length);
    await zoe.leave();
  });

  it('[EN-3] [EN-10] comes before the frames that follow it, and is said once', async () => {
    const ben = await open(pack(encode(helloOf('Ben'))));
    ben.send({ type: 'chat.send', id: 'first', text: 'first' });
    ben.send(helloOf('Ben'));
    assert.equal((await ben.next('chat.ack')).id, 'first');
    assert.equal((await ben.next('error')).code, 'out-of-order');
    assert.equal(ben.heard[0]?.type, 'welcome');
    await ben.leave();
  });

  it('[EN-5] [EN-10] takes up a session', async () => {
    const cem = await open(pack(encode(helloOf('Cem'))));
    const { session } = await cem.next('welcome');
    cem.socket.send(HEARTBEAT);
    await cem.next('pong');
    cem.socket.terminate();
    const again = await open(pack(encode(helloOf('Cem', { resume: session }))));
    const welcome = await again.next('welcome');
    assert.deepEqual([welcome.resumed, welcome.session], [true, session]);
    await again.leave();
  });

  it('[EN-5] [EN-10] is forgotten at once where the client never hears of it', async () => {
    for (const end of ['terminate', 'close'] as const) {
      witness.clear();
      const ida = await open(pack(encode(helloOf('Ida'))));
      const { session } = await ida.next('welcome');
      await witness.next('presence', ({ joined }) =>
        Boolean(joined?.some((one) => one.session === session)),
      );
      ida.socket[end]();
      await witness.next('presence', ({ left }) =>
        Boolean(left?.some((one) => one.session === session)),
      );
      const states = witness.heard.flatMap((message) =>
        message.type === 'presence' ? (message.changed ?? []) : [],
      );
      assert.deepEqual(states, [], 'it never shows as reconnecting');
    }
  });

  it('[EN-5] [EN-10] leaves a session its grace, where only the way back is never heard of', async () => {
    const joe = await open(pack(encode(helloOf('Joe'))));
    const { session } = await joe.next('welcome');
    joe.socket.send(HEARTBEAT);
    await joe.next('pong');
    joe.socket.terminate();
    const hello = pack(encode(helloOf('Joe', { resume: session })));
    for (const _ of [1, 2]) {
      const again = await open(hello);
      assert.equal((await again.next('welcome')).resumed, true);
      again.socket.terminate();
    }
    const last = await open(hello);
    assert.equal((await last.next('welcome')).resumed, true);
    await last.leave();
  });

  it('[EN-10] may be missing: the subprotocol alone says nothing', async () => {
    const dan = await EdgeClient.open(edge, PATH, {}, [SUBPROTOCOL]);
    assert.equal(dan.socket.protocol, SUBPROTOCOL);
    dan.send(helloOf('Dan'));
    await dan.next('welcome');
    await dan.leave();
  });

  it('[EN-4] [EN-10] is refused by a close code that a browser sees', async () => {
    const client = await open(pack(encode(helloOf('Eve'))), '/parties/room/a%20b');
    assert.equal((await client.closed).code, 4404);
    assert.deepEqual(client.heard, []);
  });

  const BAD: readonly [string, string, number, string][] = [
    ['that is no base64', '!!!', 4400, 'not-json'],
    ['that is not packed', Buffer.from('{"type":"hello"}').toString('base64url'), 4400, 'not-json'],
    ['that breaks off', pack(encode(helloOf('Eve'))).slice(0, -8), 4400, 'not-json'],
    ['that is no UTF-8', pack(Buffer.from([0x22, 0xff, 0x22])), 4400, 'not-json'],
    ['of nothing', pack(''), 4400, 'not-json'],
    ['that is no JSON', pack('{"type":"hello"'), 4400, 'not-json'],
    ['without a name', pack('{"type":"hello","protocol":1}'), 4400, 'bad-shape'],
    ['of another version', pack(encode(helloOf('Eve', { protocol: 9 }))), 4400, 'bad-version'],
    [
      'that is a chat message',
      pack('{"type":"chat.send","id":"a","text":"b"}'),
      4400,
      'out-of-order',
    ],
    ['of 16 MiB that arrives as 16 KiB', pack(' '.repeat(16 << 20)), 4413, 'too-big'],
    ['just over the limit of a frame', pack(' '.repeat(LIMITS.frameBytes + 1)), 4413, 'too-big'],
  ];
  for (const [what, packed, close, fault] of BAD) {
    it(`[EN-3] [EN-10] closes with ${close} for one ${what}`, async () => {
      witness.clear();
      const client = await open(packed);
      assert.equal((await client.closed).code, close);
      assert.deepEqual(
        client.heard.map((message) => (message.type === 'error' ? message.code : message.type)),
        [fault],
      );
      await witness.say(`still here after one ${what}`);
      const names = witness.heard.map(
        (message) => 'joined' in message && message.joined?.[0]?.name,
      );
      assert.equal(names.includes('Eve'), false);
    });
  }
});
