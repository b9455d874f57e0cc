// Actions between real rooms: over real links, and through the room.
import { expect } from '@esm-bundle/chai';

import type { ActionSource } from '../../packages/core/src/api/data-api.js';
import type { RoomOptions } from '../../packages/core/src/api/options.js';
import type { Room } from '../../packages/core/src/api/room-api.js';
import { RtcError } from '../../packages/core/src/state/errors.js';
import { CallHouse } from '../support/house/call-house.js';
import { sessionOf } from '../support/house/moving-call.js';

const chatOnly: Partial<RoomOptions> = { call: false, video: false };

/** Ann and Ben in a call, and Cid who only chats, with what each has heard of `word`. */
async function setUp(optionsOfCid: Partial<RoomOptions> = {}) {
  const house = new CallHouse();
  const ann = await house.join('Ann', { video: false });
  const ben = await house.join('Ben', { video: false });
  const cid = await house.join('Cid', { ...chatOnly, ...optionsOfCid });
  await house.until(() =>
    [ann, ben].every((room) =>
      room.getSnapshot().peers.some(({ link }) => link.status === 'connected'),
    ),
  );
  return { house, ann, ben, cid };
}

/** What `room` hears of `name`, with who sent it and how. */
function hear(room: Room, name: string): { data: unknown; source: ActionSource }[] {
  const heard: { data: unknown; source: ActionSource }[] = [];
  room.data.action(name).onReceive((data, source) => heard.push({ data, source }));
  return heard;
}

/** Resolves once there is an open path from `room` to `peer`, as what is sent shows. */
async function openPath(house: CallHouse, room: Room, peer: Room): Promise<void> {
  hear(peer, 'open');
  let isOpen = false;
  while (!isOpen) {
    const sent = await house.during(room.data.action('open').send(null, { to: sessionOf(peer) }));
    isOpen = sent[0]?.via === 'peer';
  }
}

const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'none',
    (error: unknown) => (error instanceof RtcError ? error.code : String(error)),
  );

describe('actions', () => {
  it('[LK-3] reach everybody: peers over their link, others through the room', async () => {
    const { house, ann, ben, cid } = await setUp();
    const [atBen, atCid] = [hear(ben, 'word'), hear(cid, 'word')];
    await openPath(house, ann, ben);
    const word = ann.data.action<{ readonly n: number }>('word');
    const sent = await house.during(word.send({ n: 1 }));
    expect(sent).to.deep.equal([
      { session: sessionOf(ben), via: 'peer' },
      { session: sessionOf(cid), via: 'room' },
    ]);
    await house.until(() => atBen.length + atCid.length === 2);
    const from = sessionOf(ann);
    expect(atBen).to.deep.equal([{ data: { n: 1 }, source: { from, via: 'peer' } }]);
    expect(atCid).to.deep.equal([{ data: { n: 1 }, source: { from, via: 'room' } }]);
    await house.during(word.send({ n: 2 }, { to: sessionOf(cid) }));
    await house.until(() => atCid.length === 2);
    expect(atBen).to.have.length(1);
    await house.close();
  });

  it('[LK-3] lose nothing that is sent before the other page has any code for them', async () => {
    const { house, ann, ben } = await setUp();
    const word = ann.data.action<number>('word');
    const sending = Promise.all([1, 2, 3].map((n) => word.send(n, { to: sessionOf(ben) })));
    await house.during(sending);
    const heard = hear(ben, 'word');
    await house.until(() => heard.length === 3);
    expect(heard.map(({ data }) => data)).to.deep.equal([1, 2, 3]);
    await house.close();
  });

  it('[DA-4] carry what is larger than a part, bytes too, and keep the order of a name', async () => {
    // No link can be made to Cid, so that what goes to him goes through the room.
    const createPeerConnection = (): never => {
      throw new Error('no connections here');
    };
    const { house, ann, ben, cid } = await setUp({ ports: { createPeerConnection } });
    const [atBen, atCid] = [hear(ben, 'file'), hear(cid, 'file')];
    await openPath(house, ann, ben);
    const file = ann.data.action('file');
    const large = new Uint8Array(1_048_000).map((_, index) => index % 251);
    const text = 'ü'.repeat(200_000);
    const to = sessionOf(ben);
    const sent = await house.during(
      Promise.all([file.send(large, { to }), file.send(text, { to }), file.send('last', { to })]),
    );
    expect(sent.flat().map(({ via }) => via)).to.deep.equal(['peer', 'peer', 'peer']);
    await house.until(() => atBen.length === 3);
    expect(atBen.map(({ data }) => data)).to.deep.equal([large, text, 'last']);
    const bytes = large.slice(0, 100_000);
    const [result] = await house.during(file.send(bytes, { to: sessionOf(cid) }));
    expect(result?.via).to.equal('room');
    await house.until(() => atCid.length === 1);
    expect(atCid[0]?.data).to.deep.equal(bytes);
    const [refused] = await house.during(
      file.send(new Uint8Array(1_048_577), { to: sessionOf(cid) }),
    );
    expect(refused?.error?.code, 'too much for the room').to.equal('message-too-large');
    await house.close();
  });

  it('[DA-3] are answered, or say why not', async () => {
    const { house, ann, ben, cid } = await setUp();
    for (const room of [ben, cid]) {
      room.data.action<number, number>('double').onRequest((n) => 2 * n);
      room.data.action('fail').onRequest(() => {
        throw new Error('a secret of this page');
      });
      room.data.action('refuse').onRequest(() => {
        throw new RtcError('conflict', 'It is taken.');
      });
      room.data.action('never').onRequest(() => new Promise(() => undefined));
      room.data.action('bytes').onRequest((bytes) => bytes);
    }
    await openPath(house, ann, ben);
    for (const to of [sessionOf(ben), sessionOf(cid)]) {
      const ask = <R>(name: string, data: unknown = null, more = {}): Promise<R> =>
        house.during(ann.data.action<unknown, R>(name).request(data, { to, ...more }));
      expect(await ask('double', 21)).to.equal(42);
      expect(await ask('bytes', new Uint16Array([1, 2]))).to.deep.equal(new Uint16Array([1, 2]));
      const failed = await ask('fail').catch((error: unknown) => error as RtcError);
      expect(failed).to.include({ code: 'remote-failed', message: 'It failed there.' });
      const refused = await ask('refuse').catch((error: unknown) => error as RtcError);
      expect(refused).to.include({ code: 'remote-failed', message: 'It is taken.' });
      expect(await codeOf(ask('unknown'))).to.equal('not-found');
      expect(await codeOf(ask('never', null, { timeoutMs: 100 }))).to.equal('timeout');
      const controller = new AbortController();
      const pending = codeOf(ask('never', null, { signal: controller.signal }));
      controller.abort();
      expect(await pending).to.equal('aborted');
    }
    expect(await codeOf(ann.data.action('double').request(1, { to: 'nobody' }))).to.equal(
      'not-found',
    );
    const answers = await house.during(
      ann.data.action<number, number>('double').requestMany(4, {
        to: [sessionOf(ben), sessionOf(cid), 'nobody'],
      }),
    );
    expect(answers.map((one) => (one.error ? one.error.code : [one.value, one.via]))).to.deep.equal(
      [[8, 'peer'], [8, 'room'], 'not-found'],
    );
    const gone = codeOf(ann.data.action('never').request(null, { to: sessionOf(ben) }));
    await house.during(ben.leave());
    expect(await house.during(gone), 'who leaves does not answer').to.equal('not-found');
    await house.close();
  });

  it('are checked by the schema of whoever hears them', async () => {
    const { house, ann, ben } = await setUp();
    const schema = {
      '~standard': {
        version: 1,
        vendor: 'test',
        validate: (value: unknown) =>
          typeof value === 'number' ? { value: value + 1 } : { issues: [{ message: 'no number' }] },
      },
    } as const;
    const action = ben.data.action<number, number>('sum', { schema });
    const heard: number[] = [];
    action.onReceive((n) => heard.push(n));
    action.onRequest((n) => n);
    expect(() => action.onRequest((n) => n))
      .to.throw()
      .with.property('code', 'conflict');
    await openPath(house, ann, ben);
    const to = sessionOf(ben);
    const sum = ann.data.action<unknown, number>('sum');
    await house.during(sum.send('one', { to }));
    await house.during(sum.send(1, { to }));
    expect(await house.during(sum.request(1, { to }))).to.equal(2);
    const refused = await house.during(sum.request('x', { to }).catch((error: unknown) => error));
    expect(refused).to.include({
      code: 'bad-argument',
      message: 'The data does not fit: no number',
    });
    expect(heard).to.deep.equal([2]);
    await house.close();
  });

  it('[DA-2] of a listener are refused: here, by the room, and by whoever gets them', async () => {
    const { house, ann, ben } = await setUp();
    const heard = hear(ann, 'word');
    await openPath(house, ben, ann);
    await house.during(ann.moderation.setRole(sessionOf(ben), 'listener'));
    await house.until(() => ben.getSnapshot().you?.role === 'listener');
    const word = ben.data.action<string>('word');
    expect(await codeOf(word.send('hello'))).to.equal('not-allowed');
    // A client that takes itself for a speaker sends all the same.
    Object.assign(ben.getSnapshot().you ?? {}, { role: 'speaker' });
    const [sent] = await house.during(word.send('hello', { to: sessionOf(ann) }));
    expect(sent?.via).to.equal('peer');
    await house.house.advance(100);
    expect(heard).to.deep.equal([]);
    await house.during(ann.moderation.setRole(sessionOf(ben), 'speaker'));
    await house.until(() => ben.getSnapshot().you?.role === 'speaker');
    await house.during(word.send('again', { to: sessionOf(ann) }));
    await house.until(() => heard.length === 1);
    await house.close();
  });

  it('survive a stay: those that a page has made work in the next one', async () => {
    const { house, ann, ben } = await setUp();
    const heard = hear(ben, 'word');
    await openPath(house, ann, ben);
    await house.during(ben.leave());
    expect(await codeOf(ben.data.action('word').send(1))).to.equal('aborted');
    await house.during(ben.join());
    await openPath(house, ann, ben);
    await house.during(ann.data.action('word').send('again'));
    await house.until(() => heard.length > 0);
    await house.close();
  });

  it('of a thousand in a tick all arrive, in order, and what is too much is refused', async () => {
    const { house, ann, ben, cid } = await setUp();
    const [atBen, atCid] = [hear(ben, 'word'), hear(cid, 'word')];
    await openPath(house, ann, ben);
    const word = ann.data.action<number>('word');
    const numbers = Array.from({ length: 1_000 }, (_, index) => index);
    const sent = await house.during(
      Promise.all(numbers.map((n) => word.send(n, { to: sessionOf(ben) }))),
    );
    expect(sent.flat().every(({ via }) => via === 'peer')).to.equal(true);
    await house.until(() => atBen.length === 1_000);
    expect(atBen.map(({ data }) => data)).to.deep.equal(numbers);
    const results = numbers.map((n) => word.send(n, { to: sessionOf(cid) }));
    const codes = (await house.during(Promise.all(results))).flat().map(({ error }) => error?.code);
    const refused = codes.filter((code) => code === 'flooded').length;
    expect(refused).to.equal(1_000 - 256);
    await house.until(() => atCid.length === 256);
    expect(atCid.map(({ data }) => data)).to.deep.equal(numbers.slice(0, 256));
    await house.close();
  }).timeout(120_000);
});
