import { expect } from '@esm-bundle/chai';
import { type ChatMessage, LIMITS } from '@rtc-elements/protocol';

import type { RawClient } from '../support/house/raw-client.js';
import { meet } from '../support/house/meet.js';

/** Two who may moderate nothing, and one who may; `first` is said by Ann. */
async function setup(limits = {}) {
  const { house, host, ann, ben } = await meet({ host: {}, ann: {}, ben: {} }, { limits });
  await ann.say('first');
  const users = { ann: ann.last('welcome').you.user, ben: ben.last('welcome').you.user };
  for (const one of [host, ann, ben]) one.clear();
  return { house, host, ann, ben, users };
}

const revisionsOf = (client: RawClient): ChatMessage[] =>
  client.all('chat.message').map(({ message }) => message);

describe('revisions', () => {
  it('[CH-8] edit a message in its place, for everybody, and count in the room', async () => {
    const { house, ann, ben, users } = await setup();
    await house.advance(5_000);
    expect(await ann.ask({ type: 'chat.edit', seq: 1, text: 'second' })).to.equal('done');
    const [revised] = revisionsOf(ben);
    expect(revised).to.include({ seq: 1, text: 'second', rev: 1, user: users.ann });
    expect((revised?.editedAt ?? 0) - (revised?.at ?? 0)).to.be.at.least(5_000);
    expect(revisionsOf(ann)).to.deep.equal([revised]);
    expect(await ann.ask({ type: 'chat.edit', seq: 1, text: 'second' }), 'so already').to.equal(
      'done',
    );
    expect(revisionsOf(ben)).to.have.length(1);
    const { chat } = await house.client().join('Late');
    expect(chat.rev).to.equal(1);
    expect(chat.messages).to.deep.equal([revised]);
  });

  it('[CH-8] are for the author, and a host may delete', async () => {
    const { host, ann, ben } = await setup();
    expect(await ben.ask({ type: 'chat.edit', seq: 1, text: 'x' })).to.equal('forbidden');
    expect(await ben.ask({ type: 'chat.delete', seq: 1 })).to.equal('forbidden');
    expect(await host.ask({ type: 'chat.edit', seq: 1, text: 'x' })).to.equal('forbidden');
    expect(revisionsOf(ann)).to.deep.equal([]);
    expect(await host.ask({ type: 'chat.delete', seq: 1 })).to.equal('done');
    expect(revisionsOf(ann)[0]).to.include({ text: '', deleted: true, rev: 1 });
    expect(await ann.ask({ type: 'chat.edit', seq: 1, text: 'x' })).to.equal('not-found');
    expect(await ann.ask({ type: 'chat.delete', seq: 1 })).to.equal('done');
    expect(await ann.ask({ type: 'chat.delete', seq: 9 })).to.equal('not-found');
  });

  it('[CH-8] leave nothing of what was deleted in storage', async () => {
    const { house, ann, ben } = await setup();
    await ben.ask({ type: 'chat.react', seq: 1, emoji: '👍', on: true });
    await ann.ask({ type: 'chat.delete', seq: 1 });
    expect(JSON.stringify([...house.store.entries.values()])).not.to.match(/first|👍/);
  });

  it('[CH-8] put reactions under their emoji, once for each user', async () => {
    const { ann, ben, users } = await setup();
    const react = { type: 'chat.react', seq: 1, emoji: '👍🏽' } as const;
    await ben.ask({ ...react, on: true });
    await ben.ask({ ...react, on: true });
    await ann.ask({ ...react, on: true });
    expect(revisionsOf(ann).at(-1)?.reactions).to.deep.equal({ '👍🏽': [users.ben, users.ann] });
    await ben.ask({ ...react, on: false });
    await ann.ask({ ...react, on: false });
    expect(revisionsOf(ann)).to.have.length(4);
    expect(revisionsOf(ann).at(-1)).not.to.have.property('reactions');
  });

  it('[CH-8] of one emoji are one, however it was spelt', async () => {
    const { ann, ben, users } = await setup();
    await ben.ask({ type: 'chat.react', seq: 1, emoji: '❤', on: true });
    await ann.ask({ type: 'chat.react', seq: 1, emoji: '❤️', on: true });
    expect(revisionsOf(ann).at(-1)?.reactions).to.deep.equal({ '❤️': [users.ben, users.ann] });
    await ann.ask({ type: 'chat.react', seq: 1, emoji: '❤', on: false });
    expect(revisionsOf(ann).at(-1)?.reactions).to.deep.equal({ '❤️': [users.ben] });
  });

  it('[CH-8] take no more than 16 different reactions, and only emoji', async () => {
    const { house, ann, ben } = await setup();
    const answers: string[] = [];
    for (let index = 0; index <= LIMITS.reactions; index += 1) {
      const emoji = String.fromCodePoint(0x1f600 + index);
      answers.push(await ben.ask({ type: 'chat.react', seq: 1, emoji, on: true }));
      await house.advance(100);
    }
    expect(answers.filter((answer) => answer === 'done')).to.have.length(LIMITS.reactions);
    expect(answers.at(-1)).to.equal('forbidden');
    for (const emoji of ['lol', '<b>', 'a👍', '', '1']) {
      expect(await ann.ask({ type: 'chat.react', seq: 1, emoji, on: true })).to.equal('bad-shape');
    }
    for (const emoji of ['❤️', '👨‍👩‍👧‍👦', '🇩🇪', '1️⃣', '☝🏿']) {
      expect(await ann.ask({ type: 'chat.react', seq: 1, emoji, on: true })).not.to.equal(
        'bad-shape',
      );
    }
  });

  it('[CH-8] reach whoever was away, also when the room slept or died meanwhile', async () => {
    for (const interrupt of ['hibernate', 'kill', null] as const) {
      const { house, ann, ben } = await setup();
      await ann.say('kept');
      ben.pair?.cut();
      await house.settle();
      await ann.ask({ type: 'chat.edit', seq: 1, text: 'edited' });
      await ann.say('missed');
      if (interrupt) await house[interrupt]();
      const held = { lastSeq: 2, lastRev: 0 };
      const { chat } = await ben.join('Ben', { resume: ben.session, ...held });
      expect(chat.messages.map(({ text }) => text)).to.deep.equal(['missed']);
      expect(chat.revised?.map(({ seq, text }) => [seq, text])).to.deep.equal([[1, 'edited']]);
      expect(chat.rev).to.equal(1);
    }
  });

  it('[CH-8] of more than a page of messages are not told one by one', async () => {
    const { house, ann, ben } = await setup();
    const count = LIMITS.pageMessages + 1;
    for (let index = 1; index < count + 5; index += 1) {
      await ann.say(`m${index}`);
      await house.advance(100);
    }
    ben.pair?.cut();
    await house.settle();
    for (let seq = 1; seq <= count; seq += 1) {
      await ann.ask({ type: 'chat.edit', seq, text: `e${seq}` });
      await house.advance(100);
    }
    const lastSeq = count + 5;
    const { chat } = await ben.join('Ben', { lastSeq, lastRev: 0 });
    expect(chat).not.to.have.property('revised');
    expect(chat.messages).to.have.length(LIMITS.pageMessages);
    const some = await house.client().join('Some', { lastSeq, lastRev: 2 });
    expect(some.chat.messages).to.deep.equal([]);
    expect(some.chat.revised).to.have.length(count - 2);
  });

  it('[CH-4] count for the history like what they revise, and go with it', async () => {
    const { house, ann } = await setup({ historyMessages: 2 });
    await ann.ask({ type: 'chat.edit', seq: 1, text: 'edited' });
    for (const text of ['b', 'c']) await ann.say(text);
    expect(await ann.ask({ type: 'chat.edit', seq: 1, text: 'again' })).to.equal('not-found');
    const keys = [...house.store.entries.keys()];
    expect(keys.filter((key) => /^[rm]:/.test(key))).to.have.length(2);
  });

  it('[CH-1] answers an earlier message by its number', async () => {
    const { house, ann, ben } = await setup();
    ben.send({ type: 'chat.send', id: 'answer', text: 'yes', replyTo: 1 });
    await house.settle();
    expect(revisionsOf(ann)[0]).to.include({ text: 'yes', replyTo: 1 });
  });
});

describe('reading back', () => {
  const textsOf = (client: RawClient): string[] =>
    client.last('chat.page').messages.map(({ text }) => text);

  it('[CH-2] goes both ways', async () => {
    const { house, ann } = await setup();
    for (const text of ['b', 'c', 'd']) await ann.say(text);
    ann.send({ type: 'chat.history', ref: 'x', after: 1, limit: 2 });
    await house.settle();
    expect(textsOf(ann)).to.deep.equal(['b', 'c']);
    expect(ann.last('chat.page').more).to.equal(true);
    ann.send({ type: 'chat.history', ref: 'y', after: 3, limit: 2 });
    await house.settle();
    expect(textsOf(ann)).to.deep.equal(['d']);
    expect(ann.last('chat.page').more).to.equal(false);
    expect(await ann.ask({ type: 'chat.history', before: 2, after: 1, limit: 1 })).to.equal(
      'bad-shape',
    );
  });

  it('[CH-9] finds what was said, whatever the case, newest first cut', async () => {
    const { house, ann, ben } = await setup();
    for (const text of ['Grüße aus Köln', 'nothing', 'GRÜSSE AUS KÖLN', 'aus Koeln']) {
      await ann.say(text);
    }
    const search = async (query: string, limit = 10, before?: number): Promise<string[]> => {
      ben.send({ type: 'chat.search', ref: 'r', query, limit, ...(before && { before }) });
      await house.settle();
      return textsOf(ben);
    };
    expect(await search('aus k')).to.deep.equal(['Grüße aus Köln', 'GRÜSSE AUS KÖLN', 'aus Koeln']);
    expect(await search(' KÖLN ')).to.deep.equal(['Grüße aus Köln', 'GRÜSSE AUS KÖLN']);
    expect(await search('aus', 1)).to.deep.equal(['aus Koeln']);
    expect(ben.last('chat.page').more).to.equal(true);
    expect(await search('aus', 10, 4)).to.deep.equal(['Grüße aus Köln']);
  });

  it('[CH-9] is limited, and does not find what was deleted', async () => {
    const { house, ann, ben } = await setup();
    await ann.ask({ type: 'chat.delete', seq: 1 });
    for (let index = 0; index <= LIMITS.searchBurst; index += 1) {
      ben.send({ type: 'chat.search', ref: `r${index}`, query: 'first', limit: 5 });
    }
    await house.settle();
    expect(ben.all('chat.page')).to.have.length(LIMITS.searchBurst);
    expect(textsOf(ben)).to.deep.equal([]);
    expect(ben.last('error')).to.include({ code: 'rate-limited', ref: `r${LIMITS.searchBurst}` });
  });

  it('[CH-7] shows how far everybody has read; never back, and never ahead', async () => {
    const { house, ann, ben } = await setup();
    const readOf = async (read: number): Promise<number | undefined> => {
      ben.send({ type: 'presence.set', read });
      await house.advance(100);
      ann.send({ type: 'roster.get' });
      await house.settle();
      return ann.last('roster').peers.find(({ session }) => session === ben.session)?.read;
    };
    expect(await readOf(99)).to.equal(1);
    expect(await readOf(0)).to.equal(1);
    await ann.say('more');
    expect(await readOf(2)).to.equal(2);
  });
});
