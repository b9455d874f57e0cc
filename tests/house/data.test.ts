// Data that goes through the room, for peers that have no link to each other.
import { expect } from '@esm-bundle/chai';
import { CLIENT_CAPABILITIES, LIMITS } from '@rtc-elements/protocol';

import { meet } from '../support/house/meet.js';

const capabilities = CLIENT_CAPABILITIES;
const DATA = 'AGhlbGxv';

async function setup() {
  // The first one in is the host, and the others are speakers.
  const meeting = await meet({
    ann: { capabilities },
    ben: { capabilities },
    cem: { capabilities },
    old: {},
  });
  await meeting.house.advance(100);
  return meeting;
}

describe('data through the room', () => {
  it('[DA-1] goes to the addressees alone, stamped with the sender, and is stored nowhere', async () => {
    const { house, ann, ben, cem } = await setup();
    ann.send({ type: 'data.send', ref: 'r', to: [ben.session, ben.session], data: DATA });
    await house.settle();
    expect(ben.all('data')).to.deep.equal([{ type: 'data', from: ann.session, data: DATA }]);
    expect(ann.last('data.ack')).to.deep.equal({ type: 'data.ack', ref: 'r' });
    expect(cem.all('data')).to.deep.equal([]);
    expect(JSON.stringify([...house.store.entries])).not.to.contain(DATA);
  });

  it('[DA-1] names who is not there, and who takes none; the others get it', async () => {
    const { house, ann, ben, cem, old } = await setup();
    cem.pair?.cut();
    await house.settle();
    const to = [ben.session, cem.session, old.session, ann.session, 'nobody'];
    ann.send({ type: 'data.send', ref: 'r', to, data: DATA });
    await house.settle();
    expect(ben.all('data')).to.have.length(1);
    expect(old.all('data')).to.deep.equal([]);
    expect(ann.last('data.ack')).to.deep.equal({
      type: 'data.ack',
      ref: 'r',
      gone: [cem.session, ann.session, 'nobody'],
      unable: [old.session],
    });
  });

  it('[DA-1] is refused where it is no base64, too long, or for too many', async () => {
    const { house, ann, ben } = await setup();
    const to = [ben.session];
    for (const message of [
      { to, data: 'not base64!' },
      { to, data: 'A'.repeat(LIMITS.dataLength + 1) },
      { to: Array.from({ length: LIMITS.dataRecipients + 1 }, (_, at) => `s${at}`), data: DATA },
      { to: ['no id'], data: DATA },
      { to, data: DATA, from: ben.session },
    ]) {
      ann.sendRaw(JSON.stringify({ type: 'data.send', ref: 'r', ...message }));
      await house.settle();
      expect(ann.last('error')).to.include({ code: 'bad-shape', ref: 'r' });
      ann.clear();
    }
    expect(ben.all('data')).to.deep.equal([]);
  });

  it('[DA-2] is refused from who may neither send media nor set state', async () => {
    const { house, ann, ben, cem } = await setup();
    ann.send({
      type: 'moderate',
      ref: 'm',
      action: 'role',
      session: ben.session,
      role: 'listener',
    });
    await house.advance(100);
    ben.send({ type: 'data.send', ref: 'r', to: [cem.session], data: DATA });
    await house.settle();
    expect(ben.last('error')).to.include({ code: 'forbidden', ref: 'r' });
    expect(cem.all('data')).to.deep.equal([]);
    ann.send({ type: 'data.send', ref: 'r', to: [ben.session], data: DATA });
    await house.settle();
    expect(ben.all('data'), 'a listener may get it').to.have.length(1);
  });

  it('[FL-3] is paid by its bytes, once for all who get it', async () => {
    const { house, ann, ben, cem } = await setup();
    const data = 'A'.repeat(LIMITS.dataLength);
    const sent = Math.ceil(LIMITS.messageByteBurst / LIMITS.dataLength) + 3;
    const to = [ben.session, cem.session];
    for (let at = 0; at < sent; at += 1) ann.send({ type: 'data.send', ref: `r${at}`, to, data });
    await house.settle();
    expect(ann.last('error').code).to.equal('rate-limited');
    const paid = ben.all('data').length * LIMITS.dataLength;
    expect(paid).to.be.at.least(LIMITS.messageByteBurst - LIMITS.dataLength);
    expect(paid).to.be.at.most(LIMITS.messageByteBurst + 2 * LIMITS.dataLength);
  });
});
