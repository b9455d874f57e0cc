import { expect } from '@esm-bundle/chai';

import { meet } from '../support/house/meet.js';

const candidates = [{ candidate: 'candidate:1 1 udp 1 192.0.2.1 9 typ host', sdpMid: '0' }];

async function setup() {
  const { house, ann, ben, cem } = await meet({
    ann: { call: true },
    ben: { call: true },
    cem: { call: true },
  });
  await house.advance(100);
  return { house, ann, ben, cem };
}

describe('signals through the room', () => {
  it('[SG-1] delivers to the addressee alone, stamped with the sender, body unchanged', async () => {
    const { house, ann, ben, cem } = await setup();
    ann.send({ type: 'signal', to: ben.session, epoch: 3, n: 7, candidates, decline: true });
    await house.settle();
    expect(ben.all('signal')).to.deep.equal([
      { type: 'signal', from: ann.session, epoch: 3, n: 7, candidates, decline: true },
    ]);
    expect(cem.all('signal')).to.deep.equal([]);
  });

  it('[SG-1] stores no signal', async () => {
    const { house, ann, ben } = await setup();
    const sdp = 'v=0 a-description-to-look-for';
    ann.send({
      type: 'signal',
      to: ben.session,
      epoch: 1,
      n: 0,
      description: { type: 'offer', sdp },
    });
    await house.settle();
    expect(ben.last('signal').description?.sdp).to.equal(sdp);
    expect(JSON.stringify([...house.store.entries])).not.to.contain('to-look-for');
  });

  it('[SG-1] answers peer-gone, naming the addressee, when nobody can be reached there', async () => {
    const { house, ann, ben } = await setup();
    const refs: (string | undefined)[] = [];
    const gone = ben.session;
    ben.pair?.cut();
    await house.settle();
    for (const to of [gone, ann.session, 'nobody-of-that-name']) {
      ann.send({ type: 'signal', to, epoch: 1, n: 0, candidates });
      await house.settle();
      expect(ann.last('error').code).to.equal('peer-gone');
      refs.push(ann.last('error').ref);
    }
    expect(refs).to.deep.equal([gone, ann.session, 'nobody-of-that-name']);
  });

  it('[SG-1] refuses a signal that names its own sender', async () => {
    const { house, ann, ben, cem } = await setup();
    ann.sendRaw(
      JSON.stringify({
        type: 'signal',
        to: ben.session,
        from: cem.session,
        epoch: 1,
        n: 0,
        candidates,
      }),
    );
    await house.settle();
    expect(ann.last('error').code).to.equal('bad-shape');
    expect(ben.all('signal')).to.deep.equal([]);
  });

  it('[PR-2] shows a session to a member before anything it says', async () => {
    const { house, ann, ben } = await setup();
    ann.send({ type: 'presence.set', hand: true });
    await house.settle();
    // Within 50 ms of that frame, so the next join is gathered.
    const late = house.client();
    await late.join('Late', { call: true });
    ann.clear();
    ben.clear();
    late.send({ type: 'signal', to: ann.session, epoch: 1, n: 0 });
    await house.settle();
    expect(ann.heard.map(({ type }) => type)).to.deep.equal(['presence', 'signal']);
    expect(ben.heard.map(({ type }) => type)).to.deep.equal(['presence']);
  });
});
