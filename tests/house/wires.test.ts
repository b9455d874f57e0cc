import { expect } from '@esm-bundle/chai';
import { createId } from '@rtc-elements/protocol';

import { House } from '../support/house/house.js';
import { meet } from '../support/house/meet.js';

describe('wires that lose, double and reorder', () => {
  it('[CH-1] stores a doubled frame once', async () => {
    const { ann, ben } = await meet({ ann: {}, ben: {} });
    ann.pair?.toRoom.doubleNext();
    await ann.say('twice on the wire');
    expect(ben.all('chat.message')).to.have.length(1);
    expect(ann.all('chat.ack')).to.have.length(2);
    expect(ann.all('chat.ack')[0]).to.deep.equal(ann.all('chat.ack')[1]);
  });

  it('[CH-1] makes one message of a send whose ack was lost with the socket', async () => {
    const { ann, ben } = await meet({ ann: {}, ben: {} });
    const { session } = ann;
    ann.pair?.toClient.hold();
    const id = await ann.say('did you hear me?');
    ann.pair?.cut();
    expect(ann.all('chat.ack')).to.deep.equal([]);
    const again = await ann.join('Ann', { resume: session });
    expect(again.chat.messages.map((message) => message.id)).to.deep.equal([id]);
    await ann.say('did you hear me?', id);
    expect(ann.last('chat.ack')).to.include({ id, seq: 1 });
    expect(ben.all('chat.message')).to.have.length(1);
  });

  it('[CH-1] keeps the order of one author and one order for all', async () => {
    const { house, ann, ben, cem } = await meet({ ann: {}, ben: {}, cem: {} });
    ben.pair?.toRoom.hold();
    for (let index = 0; index < 5; index += 1) {
      ann.send({ type: 'chat.send', id: createId(), text: `a${index}` });
      ben.send({ type: 'chat.send', id: createId(), text: `b${index}` });
    }
    ben.pair?.toRoom.release();
    await house.settle();
    const heard = cem.all('chat.message').map(({ message }) => message);
    expect(heard.map(({ seq }) => seq)).to.deep.equal([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    const ofAnn = heard.filter(({ name }) => name === 'Ann').map(({ text }) => text);
    expect(ofAnn).to.deep.equal(['a0', 'a1', 'a2', 'a3', 'a4']);
  });

  it('[EN-3] works off frames that follow a hello without waiting for the welcome', async () => {
    const house = new House();
    const ann = house.client().open();
    ann.send({
      type: 'hello',
      protocol: 1,
      name: 'Ann',
      key: 'k'.repeat(30),
      call: false,
      media: { microphone: false, camera: false, screen: false },
    });
    ann.send({ type: 'chat.send', id: 'early', text: 'right away' });
    await house.settle();
    expect(ann.heard.map(({ type }) => type)).to.deep.equal(['welcome', 'chat.ack']);
  });

  it('[EN-5] forgets a socket that closes while its hello is being looked at', async () => {
    const { house, ann } = await meet({ ann: {} });
    const ghost = house.client();
    await house.advance(100);
    ann.clear();
    ghost.open().send({
      type: 'hello',
      protocol: 1,
      name: 'Ghost',
      key: 'g'.repeat(30),
      call: false,
      media: { microphone: false, camera: false, screen: false },
    });
    ghost.pair?.toRoom.deliver();
    ghost.pair?.cut();
    await house.advance(100);
    expect(ann.heard).to.deep.equal([]);
    expect((await house.request('GET', 'people')).body).to.include({ count: 1 });
  });

  it('[PR-2] heals a lost delta by the whole roster', async () => {
    const { house, ann, ben } = await meet({ ann: {}, ben: {} });
    await house.advance(100);
    ann.clear();
    ann.pair?.toClient.dropNext();
    ben.send({ type: 'presence.set', hand: true });
    await house.advance(100);
    ben.send({ type: 'presence.set', name: 'Benno' });
    await house.advance(100);
    expect(ann.all('presence')).to.have.length(1);
    ann.send({ type: 'roster.get' });
    await house.settle();
    const { seq, peers } = ann.last('roster');
    expect(seq).to.equal(ann.last('presence').seq);
    expect(peers[1]).to.include({ name: 'Benno', hand: true });
  });
});
