/** Clients of other editions and versions, well-meant and not, on real runtimes (EN-4, UN-4). */
import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { deflateSync } from 'node:zlib';

import {
  CLIENT_CAPABILITIES,
  LIMITS,
  ROOM_FEATURES,
  SUBPROTOCOL,
  type HelloMessage,
} from '@rtc-elements/protocol';

import { EdgeClient } from '../support/edge/client.js';
import { Edge, forEachHost } from '../support/edge/edge.js';
import { helloOf } from '../support/house/raw-client.js';

const PATH = '/parties/room/growth';

/** Both ways to say hello: on the open socket, and with its request. */
const WAYS = ['as the first frame', 'with the request'] as const;

forEachHost('growth', (host) => {
  let edge: Edge;
  let witness: EdgeClient;
  before(async () => {
    edge = await Edge.start({ host });
    witness = await EdgeClient.join(edge, 'growth', 'Witness');
  });
  after(() => edge.stop());

  const open = async (way: (typeof WAYS)[number], hello: object): Promise<EdgeClient> => {
    const frame = JSON.stringify(hello);
    if (way === 'with the request') {
      const packed = deflateSync(frame).toString('base64url');
      return EdgeClient.open(edge, PATH, {}, [SUBPROTOCOL, packed]);
    }
    const client = await EdgeClient.open(edge, PATH);
    client.socket.send(frame);
    return client;
  };

  /** Nobody else has noticed: what they hear next is what they say next. */
  const nobodyNoticed = async (): Promise<void> => {
    witness.clear();
    await witness.say('still here');
    assert.deepEqual(
      witness.heard.map(({ type }) => type),
      ['chat.ack'],
    );
  };

  it('[CH-11] keeps what is said of a file, and says it in words to a client that would refuse the rest', async () => {
    const path = '/parties/room/chat-files';
    const file = { id: 'f1', name: 'plan.pdf', size: 2_400_000, type: 'application/pdf' };
    const enter = async (who: string, changes = {}): Promise<EdgeClient> => {
      const client = await EdgeClient.open(edge, path);
      client.send(helloOf(who, changes));
      await client.next('welcome');
      return client;
    };
    const capabilities = [...CLIENT_CAPABILITIES];
    const [ann, ben] = [await enter('Ann', { capabilities }), await enter('Ben', { capabilities })];
    const old = await enter('Old');
    ann.send({ type: 'chat.send', id: 'm1', text: 'plan.pdf (2.4 MB)', file });
    const [known, words] = [await ben.next('chat.message'), await old.next('chat.message')];
    assert.deepEqual({ ...known.message.file }, file);
    assert.equal(known.message.kind, 'file');
    assert.equal(words.message.kind, 'text');
    assert.equal(words.message.text, 'plan.pdf (2.4 MB)');
    assert.equal('file' in words.message, false);
    for (const client of [ann, ben, old]) client.socket.close();
  });

  for (const way of WAYS) {
    it(`[EN-4] refuses a hello of the next version ${way}, and says what to do`, async () => {
      for (const hello of [
        { ...helloOf('Zoe'), protocol: 2 },
        { type: 'hello', protocol: 2, person: { name: 'Zoe' }, accepts: ['everything'] },
      ]) {
        const zoe = await open(way, hello);
        const { code, detail } = await zoe.next('error');
        assert.equal(code, 'bad-version');
        assert.match(detail, /version 1: use a client of that version, or update the room/);
        assert.equal((await zoe.closed).code, 4400);
      }
      await nobodyNoticed();
    });

    it(`[UN-4] refuses too many capabilities ${way}, and harms nobody`, async () => {
      for (const [capabilities, code, close] of [
        [Array<string>(10_000).fill('f'), 'bad-shape', 4400],
        [Array<string>(10_000).fill('a feature'), 'too-big', 4413],
      ] as const) {
        const eve = await open(way, helloOf('Eve', { capabilities }));
        assert.equal((await eve.next('error')).code, code);
        assert.equal((await eve.closed).code, close);
      }
      await nobodyNoticed();
    });

    it(`[UN-4] ignores capabilities that it does not know ${way}, and names its features`, async () => {
      const most = Array.from({ length: LIMITS.capabilities }, (_, index) => `later-${index}`);
      for (const [capabilities, features] of [
        [undefined, undefined],
        [most, undefined],
        [[...CLIENT_CAPABILITIES, 'later', ''], ROOM_FEATURES],
      ] as const) {
        const changes: Partial<HelloMessage> = capabilities ? { capabilities } : {};
        const ann = await open(way, helloOf('Ann', changes));
        const welcome = await ann.next('welcome');
        assert.deepEqual(welcome.features, features);
        assert.equal('features' in welcome, features !== undefined);
        await ann.leave();
      }
    });
  }
});
