import type { EarlyOffer } from '@rtc-elements/protocol';
import { expect } from '@esm-bundle/chai';

import {
  connected,
  earlyOfferOf,
  entry,
  flows,
  makeVideoTrack,
  type Member,
  Wire,
} from '../../../../../tests/support/link-pair.js';

/** The room welcomes `b`, whose early offer goes to `a`. */
function welcome(wire: Wire, a: Member, b: Member, offer: EarlyOffer): void {
  wire.deliver('a', { type: 'signal', from: 'b', epoch: 1, n: 0, ...offer });
  b.mesh.assignEarlyOffer('a');
  b.mesh.reconcile(b.entry, [a.entry], []);
  a.mesh.reconcile(a.entry, [b.entry], []);
}

describe('the early link of a mesh', () => {
  it('[EN-6] turns an early offer into a link with nothing but an answer', async () => {
    const wire = new Wire(3, 0);
    const [a, b] = [wire.add('a', 1), wire.add('b', 2)];
    a.mesh.reconcile(a.entry, [], []);
    const early = await earlyOfferOf(b);
    welcome(wire, a, b, early);
    await connected(a, b);
    expect(b.connections.length).to.equal(1);
    expect(b.sent.some(({ body }) => body.description)).to.equal(false);
    wire.close();
  });

  it('[EN-6] reads an early offer when it is taken, with all candidates found by then', async () => {
    const wire = new Wire(3, 0);
    const [a, b] = [wire.add('a', 1), wire.add('b', 2)];
    a.mesh.reconcile(a.entry, [], []);
    await b.mesh.makeEarlyOffer();
    await b.until(() => b.connection.iceGatheringState === 'complete');
    const offer = b.mesh.takeEarlyOffer();
    if (!offer) throw new Error('no early offer');
    welcome(wire, a, b, offer);
    await connected(a, b);
    expect(b.sent).to.deep.equal([]);
    wire.close();
  });

  it('[EN-6] gives an early link the ICE servers that come with the welcome', async () => {
    const wire = new Wire(3, 0);
    const [a, b] = [wire.add('a', 1), wire.add('b', 2)];
    await b.mesh.makeEarlyOffer();
    b.mesh.assignEarlyOffer('a');
    const iceServers = [{ urls: ['stun:127.0.0.1:3478'] }];
    b.mesh.reconcile(b.entry, [a.entry], iceServers);
    const [link] = b.connections;
    expect(link?.getConfiguration().iceServers?.[0]?.urls).to.deep.equal(['stun:127.0.0.1:3478']);
    wire.close();
  });

  it('[EN-6] closes the link of an early offer that nobody took', async () => {
    const wire = new Wire(3, 0);
    const [a, b] = [wire.add('a', 1), wire.add('b', 2)];
    a.mesh.reconcile(a.entry, [], []);
    await earlyOfferOf(b);
    b.mesh.assignEarlyOffer(null);
    wire.announce();
    await a.until(() => a.status('b') === 'connected');
    expect(b.connections.map(({ connectionState }) => connectionState)[0]).to.equal('closed');
    expect(b.connections.length).to.equal(2);
    wire.close();
  });

  it('[EN-6] hands out an early offer once, with a first candidate', async () => {
    const wire = new Wire(3, 0);
    const b = wire.add('b', 2);
    expect((await earlyOfferOf(b)).description.sdp).to.include('a=candidate:');
    expect(b.mesh.takeEarlyOffer(), 'it may have reached somebody').to.equal(null);
    wire.close();
  });

  it('[EN-6] makes no early offer where only a relay may be used and none is known', async () => {
    const wire = new Wire(3, 0, { relayOnly: true });
    const b = wire.add('b', 2);
    await b.mesh.makeEarlyOffer();
    expect(b.mesh.takeEarlyOffer()).to.equal(null);
    expect(b.connections).to.deep.equal([]);
    wire.close();
  });

  it('[EN-6] sends what was published while the early offer was being made', async () => {
    const wire = new Wire(12, 0);
    const [a, b] = [wire.add('a', 1), wire.add('b', 2)];
    a.mesh.reconcile(a.entry, [], []);
    const tracks = [makeVideoTrack(), makeVideoTrack()] as const;
    const offer = earlyOfferOf(b);
    b.mesh.publish('camera', tracks[0]);
    b.mesh.publish('screen', tracks[1]);
    const early = await offer;
    welcome(wire, a, b, early);
    await a.until(() => a.tracks.get('b')?.has('screen') === true);
    await a.until(() => a.status('b') === 'connected');
    for (const source of ['camera', 'screen'] as const) {
      const track = a.mesh.getTrack('b', source);
      if (!track) throw new Error(`no ${source} arrived`);
      await flows(a.connection, track);
    }
    expect(b.connections.length).to.equal(1);
    expect([...a.errors, ...b.errors]).to.deep.equal([]);
    tracks.forEach((track) => track.stop());
    wire.close();
  });

  it('[EN-6] negotiates as usual when an early offer is declined', async () => {
    const wire = new Wire(4, 0);
    const [a, b] = [wire.add('a', 1), wire.add('b', 2)];
    a.mesh.reconcile(entry('a', 0), [], []);
    const early = await earlyOfferOf(b);
    b.mesh.assignEarlyOffer('a');
    b.mesh.reconcile(b.entry, [a.entry], []);
    wire.deliver('a', { type: 'signal', from: 'b', epoch: 1, n: 0, ...early });
    expect(a.sent).to.deep.equal([{ to: 'b', body: { epoch: 1, n: 0, decline: true } }]);
    a.mesh.reconcile(a.entry, [b.entry], []);
    await connected(a, b);
    expect(b.connections.length).to.equal(2);
    wire.close();
  });
});
