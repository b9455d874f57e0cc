// What one peer or one track does to its own link does not affect the others (fault 11).
import { expect } from '@esm-bundle/chai';

import {
  connectedPair,
  flows,
  makeVideoTrack,
  type Member,
  Wire,
} from '../../../../../tests/support/link-pair.js';

const UNKNOWN_SECTION = {
  candidate: 'candidate:1 1 udp 2113937151 127.0.0.1 50000 typ host',
  sdpMid: '99',
  sdpMLineIndex: 99,
};

/** Three connected members; the last one is the bystander. */
async function connectThree(prepare: (b: Member) => void = () => undefined): Promise<{
  readonly wire: Wire;
  readonly a: Member;
  readonly b: Member;
  readonly c: Member;
}> {
  const wire = new Wire(41, 0);
  const [a, b, c] = [wire.add('a', 1), wire.add('b', 2), wire.add('c', 3)];
  prepare(b);
  wire.announce();
  for (const other of ['b', 'c']) await a.until(() => a.status(other) === 'connected');
  await c.until(() => c.status('a') === 'connected');
  return { wire, a, b, c };
}

describe('a link to a peer that misbehaves', () => {
  it('survives candidates for sections that do not exist, and reports each', async () => {
    const { wire, a, c } = await connectThree((b) => {
      b.tamper = (body) => [{ ...body, candidates: [UNKNOWN_SECTION, ...(body.candidates ?? [])] }];
    });
    await a.until(() => a.errors.length > 0);
    expect(a.errors.some(({ fatal }) => fatal)).to.equal(false);
    expect(c.status('a')).to.equal('connected');
    expect(a.connections.length).to.equal(2);
    wire.close();
  });

  it('keeps one connection, however many epochs the peer begins, and disturbs no other link', async () => {
    const { wire, a, b, c } = await connectThree();
    const offer = b.sent.find(({ to, body }) => to === 'a' && body.description?.type === 'offer');
    if (!offer) throw new Error('b has made no offer');
    const epochs = 100;
    for (let epoch = 10; epoch < 10 + epochs; epoch += 1) {
      wire.deliver('a', { ...offer.body, type: 'signal', from: 'b', epoch, n: 0 });
    }
    const open = (): number =>
      a.connections.filter(({ connectionState }) => connectionState !== 'closed').length;
    expect(open()).to.equal(2);
    expect(a.status('c')).to.equal('connected');
    expect(c.statuses.get('a')).to.deep.equal(['connecting', 'connected']);
    wire.close();
  });

  it('accepts a track that has ended, and the next one that has not (11)', async () => {
    const { wire, a, b } = await connectedPair();
    const [ended, live] = [makeVideoTrack(), makeVideoTrack()];
    ended.stop();
    b.mesh.publish('camera', ended);
    b.mesh.publish('camera', live);
    const track = a.mesh.getTrack('b', 'camera');
    if (!track) throw new Error('no camera arrived');
    await flows(a.connection, track);
    expect([...a.errors, ...b.errors].filter(({ fatal }) => fatal)).to.deep.equal([]);
    live.stop();
    wire.close();
  });

  it('sends the last of 200 tracks in a row, and negotiates for none (11)', async () => {
    const { wire, a, b } = await connectedPair();
    const said = b.sent.filter(({ body }) => body.description).length;
    const tracks = [makeVideoTrack(), makeVideoTrack()] as const;
    for (let round = 0; round < 100; round += 1) {
      for (const track of tracks) b.mesh.publish('camera', track);
    }
    const track = a.mesh.getTrack('b', 'camera');
    if (!track) throw new Error('no camera arrived');
    await flows(a.connection, track);
    await b.until(() => b.connection.getSenders().some((sender) => sender.track === tracks[1]));
    expect(b.sent.filter(({ body }) => body.description).length).to.equal(said);
    expect(b.connection.getTransceivers().length).to.equal(2);
    tracks.forEach((one) => one.stop());
    wire.close();
  });
});
