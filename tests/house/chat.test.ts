import { expect } from '@esm-bundle/chai';
import { LIMITS, TIMES } from '@rtc-elements/protocol';

import type { RawClient } from '../support/house/raw-client.js';
import type { House, HouseOptions } from '../support/house/house.js';
import { meet } from '../support/house/meet.js';

const texts = (messages: readonly { readonly text: string }[]): string[] =>
  messages.map(({ text }) => text);

async function setup(options: HouseOptions = {}) {
  const { house, ann, ben } = await meet({ ann: {}, ben: {} }, options);
  await house.advance(100);
  return { house, ann, ben };
}

/** Says many things, slowly enough for the limits. */
async function sayMany(house: House, client: RawClient, count: number): Promise<void> {
  for (let index = 1; index <= count; index += 1) {
    if (index % LIMITS.messagesPerSecond === 0) await house.advance(1_000);
    await client.say(`number ${index}`);
  }
}

async function historyOf(house: House, client: RawClient, before?: number, limit = 50) {
  client.send({ type: 'chat.history', ref: 'r', limit, ...(before !== undefined && { before }) });
  await house.settle();
  return client.last('chat.page');
}

describe('chat in the room', () => {
  it('[CH-1] numbers a message, acks it to its author and delivers it to the rest', async () => {
    const { house, ann, ben } = await setup();
    const id = await ann.say('hello there');
    expect(ann.last('chat.ack')).to.deep.equal({
      type: 'chat.ack',
      id,
      seq: 1,
      at: house.clock.now(),
    });
    expect(ann.all('chat.message')).to.deep.equal([]);
    const { message } = ben.last('chat.message');
    expect(message).to.include({ seq: 1, id, text: 'hello there', name: 'Ann', kind: 'text' });
  });

  it('[CH-1] acks only what is stored: a full disk is told as not-stored, and nobody else hears', async () => {
    const { house, ann, ben } = await setup();
    house.store.isBroken = true;
    const id = await ann.say('lost?');
    expect(ann.last('error')).to.include({ code: 'not-stored', ref: id });
    expect(ann.all('chat.ack')).to.deep.equal([]);
    expect(ben.all('chat.message')).to.deep.equal([]);
    house.store.isBroken = false;
    await ann.say('lost?', id);
    expect(ann.last('chat.ack')).to.include({ id, seq: 1 });
    expect(ben.all('chat.message')).to.have.length(1);
  });

  it('[CH-10] stores a message only after the one of the same author that it comes after', async () => {
    const { house, ann, ben } = await setup();
    const say = async (client: RawClient, id: string, after: string): Promise<void> => {
      client.send({ type: 'chat.send', id, text: id, after });
      await house.settle();
    };
    await ben.say('of another author', 'first');
    await say(ann, 'second', 'first');
    const refusal = ann.last('error');
    expect(refusal).to.include({ code: 'not-stored', ref: 'second' });
    expect(refusal.retryAfterMs).to.equal(TIMES.orderRetryMs);
    expect(ben.all('chat.message')).to.deep.equal([]);
    ann.send({ type: 'chat.send', id: 'first', text: 'first' });
    await say(ann, 'second', 'first');
    expect(texts(ben.all('chat.message').map(({ message }) => message))).to.deep.equal([
      'first',
      'second',
    ]);
    expect(house.warnings).to.deep.equal([]);
  });

  for (const end of ['leave', 1000, 4000] as const) {
    it(`[CH-1] stores what arrived before the socket ended, by ${end}`, async () => {
      const { house, ann, ben } = await setup();
      for (const id of ['one', 'two', 'three']) ben.send({ type: 'chat.send', id, text: id });
      if (end === 'leave') ben.send({ type: 'leave' });
      else ben.pair?.clientClose(end);
      await house.settle();
      expect(texts(ann.all('chat.message').map(({ message }) => message))).to.deep.equal([
        'one',
        'two',
        'three',
      ]);
      await house.advance(100);
      const { left = [], changed = [] } = ann.last('presence');
      if (end === 4000) expect(changed[0]).to.include({ state: 'reconnecting' });
      else expect(left[0]).to.include({ session: ben.session, reason: 'left' });
    });
  }

  it('[CH-1] answers the same client id with the first ack, and delivers once', async () => {
    const { house, ann, ben } = await setup();
    const id = await ann.say('once');
    await house.advance(5_000);
    await ann.say('once', id);
    const [first, second] = ann.all('chat.ack');
    expect(second).to.deep.equal(first);
    expect(ben.all('chat.message')).to.have.length(1);
  });

  it('[CH-1] recognises a resend over another socket, after sleep and after a crash', async () => {
    const { house, ann, ben } = await setup();
    const id = await ann.say('once');
    await house.hibernate();
    await ann.say('once', id);
    await house.kill();
    const welcome = await ann.join('Ann');
    await ann.say('once', id);
    expect(texts(welcome.chat.messages)).to.deep.equal(['once']);
    expect(ann.all('chat.ack').map(({ seq }) => seq)).to.deep.equal([1, 1, 1]);
    expect(ben.all('chat.message')).to.have.length(1);
  });

  it('[CH-1] keeps the ids of two users apart', async () => {
    const { ann, ben } = await setup();
    await ann.say('mine', 'same-id');
    await ben.say('yours', 'same-id');
    expect(ben.last('chat.ack').seq).to.equal(2);
    expect(texts(ann.all('chat.message').map(({ message }) => message))).to.deep.equal(['yours']);
  });

  it('[CH-1] numbers go on after sleep, and time never runs back', async () => {
    const { house, ann, ben } = await setup();
    await ann.say('one');
    await house.hibernate();
    await ben.say('two');
    const [one, two] = (await historyOf(house, ann)).messages;
    expect([one?.seq, two?.seq]).to.deep.equal([1, 2]);
    expect(two?.at).to.be.at.least(one?.at ?? Infinity);
  });

  it('[CH-2] pages backwards through the history', async () => {
    const { house, ann } = await setup();
    await sayMany(house, ann, 7);
    const newest = await historyOf(house, ann, undefined, 3);
    expect(newest.messages.map(({ seq }) => seq)).to.deep.equal([5, 6, 7]);
    expect(newest.more).to.equal(true);
    const oldest = await historyOf(house, ann, 5, 50);
    expect(oldest.messages.map(({ seq }) => seq)).to.deep.equal([1, 2, 3, 4]);
    expect(oldest.more).to.equal(false);
    expect((await historyOf(house, ann, 1)).messages).to.deep.equal([]);
  });

  it('[CH-2] tells in welcome only what is newer than lastSeq, where that fits', async () => {
    const { house, ann } = await setup();
    await sayMany(house, ann, LIMITS.pageMessages + 5);
    const chatSince = async (lastSeq?: number) => {
      const client = house.client();
      const { chat } = await client.join('Cem', lastSeq === undefined ? {} : { lastSeq });
      client.close();
      await house.settle();
      return { seqs: chat.messages.map(({ seq }) => seq), more: chat.more };
    };
    const lastPage = Array.from({ length: LIMITS.pageMessages }, (_, index) => index + 6);
    expect(await chatSince()).to.deep.equal({ seqs: lastPage, more: true });
    expect(await chatSince(53)).to.deep.equal({ seqs: [54, 55], more: true });
    expect(await chatSince(55)).to.deep.equal({ seqs: [], more: true });
    expect(await chatSince(5)).to.deep.equal({ seqs: lastPage, more: true });
    expect(await chatSince(4)).to.deep.equal({ seqs: lastPage, more: true });
    expect(await chatSince(99)).to.deep.equal({ seqs: lastPage, more: true });
  });

  it('[CH-4] keeps so many messages, the oldest go first', async () => {
    const { house, ann } = await setup({ limits: { historyMessages: 5 } });
    await sayMany(house, ann, 8);
    const page = await historyOf(house, ann);
    expect(page.messages.map(({ seq }) => seq)).to.deep.equal([4, 5, 6, 7, 8]);
    expect(page.more).to.equal(false);
    const stored = [...house.store.entries.keys()].filter((key) => key.startsWith('m:'));
    expect(stored).to.have.length(5);
  });

  it('[CH-4] keeps 4 MiB, the oldest go first', async () => {
    const { house, ann } = await setup();
    const text = '\u{1F600}'.repeat(LIMITS.textLength);
    for (let index = 0; index < 270; index += 1) {
      if (index % 4 === 0) await house.advance(1_000);
      await ann.say(text);
    }
    const stored = [...house.store.entries].filter(([key]) => key.startsWith('m:'));
    const bytes = stored.reduce(
      (sum, [, value]) => sum + new TextEncoder().encode(JSON.stringify(value)).length,
      0,
    );
    expect(bytes).to.be.at.most(LIMITS.historyBytes);
    expect(bytes).to.be.above(LIMITS.historyBytes - 20_000);
    expect((await historyOf(house, ann, undefined, 1)).messages[0]?.seq).to.equal(270);
  });

  it('[CH-4] keeps none where the deployment says so, and still knows a resend', async () => {
    const { house, ann, ben } = await setup({ limits: { historyMessages: 0 } });
    const id = await ann.say('gone with the wind');
    await ann.say('gone with the wind', id);
    expect(ben.all('chat.message')).to.have.length(1);
    expect((await historyOf(house, ann)).messages).to.deep.equal([]);
    expect((await house.client().join('Cem')).chat).to.deep.equal({
      messages: [],
      more: false,
      rev: 0,
    });
    expect(JSON.stringify([...house.store.entries])).not.to.contain('wind');
  });

  it('[CH-1] stores what is said at the same time in one go, in order, each under its own id', async () => {
    const { house } = await setup();
    const crowd = await Promise.all(
      Array.from({ length: 20 }, async (_, index) => {
        const one = house.client();
        await one.join(`Person ${String.fromCharCode(97 + index)}`);
        return one;
      }),
    );
    const before = house.store.writes;
    for (const [index, one] of crowd.entries()) {
      one.send({ type: 'chat.send', id: 'same', text: `from ${index}` });
      one.send({ type: 'chat.send', id: 'same', text: 'a resend' });
    }
    await house.settle();
    expect(house.store.writes - before).to.be.below(5);
    const seqs = crowd.map((one) => one.all('chat.ack').map(({ seq }) => seq));
    expect(seqs).to.deep.equal(crowd.map((_, index) => [index + 1, index + 1]));
  });

  it('[CH-1] tells every author of a write that failed, and goes on from the same number', async () => {
    const { house, ann, ben } = await setup();
    house.store.isBroken = true;
    ann.send({ type: 'chat.send', id: 'a', text: 'one' });
    ben.send({ type: 'chat.send', id: 'b', text: 'two' });
    await house.settle();
    for (const one of [ann, ben]) expect(one.last('error').code).to.equal('not-stored');
    house.store.isBroken = false;
    await ben.say('two', 'b');
    expect(ben.last('chat.ack').seq).to.equal(1);
    house.warnings.length = 0;
  });

  it('[CH-4] forgets the acks of what is long gone', async () => {
    const { house, ann } = await setup({ limits: { historyMessages: 5 } });
    await sayMany(house, ann, LIMITS.outboxMessages + 10);
    const acks = [...house.store.entries.keys()].filter((key) => key.startsWith('i:'));
    expect(acks).to.have.length(LIMITS.outboxMessages);
  });

  it('[CH-6] passes typing on to the others, and stores nothing', async () => {
    const { house, ann, ben } = await setup();
    const before = JSON.stringify([...house.store.entries]);
    ann.send({ type: 'typing', on: true });
    await house.settle();
    expect(ben.last('typing')).to.deep.equal({ type: 'typing', from: ann.session, on: true });
    expect(ann.all('typing')).to.deep.equal([]);
    expect(JSON.stringify([...house.store.entries])).to.equal(before);
  });
});
