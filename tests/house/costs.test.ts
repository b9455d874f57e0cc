// What messages cost, and how much may wait in a room (rules FL).
import { expect } from '@esm-bundle/chai';
import { CLIENT_CAPABILITIES, CLOSE, LIMITS, TIMES } from '@rtc-elements/protocol';

import { changingFrames } from '../support/grow.js';
import { House } from '../support/house/house.js';
import { joinHouseRoom } from '../support/house/house-room.js';
import { meet } from '../support/house/meet.js';
import { helloOf, type RawClient } from '../support/house/raw-client.js';
import { expectUnharmed, meetWithWitness } from '../support/house/witness.js';

/** In characters, which are bytes here. */
const SDP = 'x'.repeat(40_000);
const EMOJI = '\u{1F600}';

/** As they were sent, in bytes. */
const sizeOf = (messages: readonly object[]): number =>
  messages.reduce((sum, one) => sum + new TextEncoder().encode(JSON.stringify(one)).length, 0);

describe('what messages cost', () => {
  /** A room with fifty long messages, and somebody who has sent nothing for a while. */
  async function fill() {
    const { house, ann, ben } = await meet({ ann: {}, ben: {} });
    for (let count = 0; count < LIMITS.pageMessages; count += 1) {
      await (count % 2 === 0 ? ann : ben).say(EMOJI.repeat(LIMITS.textLength));
      await house.advance(250);
    }
    const reader = house.client();
    await reader.join('Reader', { capabilities: CLIENT_CAPABILITIES });
    return { house, ann, reader: reader.clear() };
  }

  it('[CH-2] cuts pages by their size, in both directions', async () => {
    const { house, reader } = await fill();
    const seqs: number[] = [];
    for (const place of [{}, { before: 40 }, { after: 10 }]) {
      reader.send({ type: 'chat.history', ref: 'r', limit: LIMITS.pageMessages, ...place });
      await house.settle();
      const page = reader.last('chat.page');
      expect(page.more).to.equal(true);
      seqs.push(...page.messages.map(({ seq }) => seq));
    }
    // Two of these messages fit.
    expect(seqs).to.deep.equal([49, 50, 38, 39, 11, 12]);
  });

  it('[FL-3] refuses history beyond what its answers may weigh, and serves it after retryAfterMs', async () => {
    const { house, ann, reader } = await fill();
    for (let count = 0; count < 20; count += 1) {
      reader.send({ type: 'chat.history', ref: `r${count}`, limit: LIMITS.pageMessages });
    }
    await house.settle();
    const bytes = sizeOf(reader.all('chat.page'));
    expect(bytes).to.be.within(LIMITS.messageByteBurst, LIMITS.messageByteBurst + LIMITS.pageBytes);
    const refusal = reader.last('error');
    expect(refusal).to.include({ code: 'rate-limited', ref: 'r19' });
    expect(refusal.retryAfterMs).to.be.within(1, 1_000);
    expect(await ann.clear().ask({ type: 'state.set', key: 'k', value: 1 })).to.equal('done');
    await house.advance(refusal.retryAfterMs ?? 0);
    reader.send({ type: 'chat.history', ref: 'later', limit: 1 });
    await house.settle();
    expect(reader.last('chat.page').ref).to.equal('later');
  });

  it('[FL-3] counts a user over all sessions, at twice the figures of one', async () => {
    const { house, reader } = await fill();
    const readers = [reader];
    for (let count = 0; count < 3; count += 1) {
      const another = house.client();
      await another.join('Reader', { capabilities: CLIENT_CAPABILITIES });
      readers.push(another.clear());
    }
    for (let count = 0; count < 15; count += 1) {
      for (const one of readers) {
        one.send({ type: 'chat.history', ref: `r${count}`, limit: LIMITS.pageMessages });
        await house.settle();
      }
    }
    const bytes = sizeOf(readers.flatMap((one) => one.all('chat.page')));
    const most = 2 * LIMITS.messageByteBurst;
    expect(bytes).to.be.within(most, most + LIMITS.pageBytes);
  });

  it('[FL-3] charges a reaction by the message that everybody gets', async () => {
    const { house, reader } = await fill();
    for (let count = 0; count < LIMITS.messageBurst; count += 1) {
      const emoji = count % 2 === 0 ? '👍' : '🎉';
      reader.send({ type: 'chat.react', ref: `r${count}`, seq: 1, emoji, on: count % 4 < 2 });
      await house.settle();
    }
    const bytes = sizeOf(reader.all('chat.message'));
    expect(bytes).to.be.within(LIMITS.messageByteBurst, LIMITS.messageByteBurst + 20_000);
    expect(reader.last('error').code).to.equal('rate-limited');
  });

  it('[FL-3] charges roster.get, state and presence', async () => {
    const { house, ann, ben } = await meet({ ann: {}, ben: {} });
    const meta = { note: 'x'.repeat(480) };
    for (let count = 0; count < 80; count += 1) {
      await house.client().join(`Guest ${count}`, { meta });
    }
    for (let count = 0; count < 20; count += 1) ann.send({ type: 'roster.get' });
    await house.settle();
    expect(ann.all('roster')).to.have.length(5);
    expect(ann.last('error').code).to.equal('rate-limited');

    const value = 'x'.repeat(LIMITS.stateBytes - 2);
    let sent = 0;
    for (; ben.all('error').length === 0; sent += 1) {
      ben.send({ type: 'state.set', ref: `r${sent}`, key: `k${sent % 8}`, value });
      await house.advance(1_000 / LIMITS.messagesPerSecond);
      if (sent > 200) break;
    }
    // 20 a second of these are less than a session may send, so it goes on.
    expect(sent).to.be.above(200);
  });

  it('[FL-3] charges signals by their size, and not against other messages', async () => {
    const { house, ann, ben, witness } = await meetWithWitness();
    for (let n = 0; n < 40; n += 1) {
      const description = { type: 'offer', sdp: SDP } as const;
      ann.send({ type: 'signal', to: ben.session, epoch: 1, n, description });
    }
    await house.settle();
    expect(ben.all('signal').length * SDP.length).to.be.within(
      LIMITS.signalByteBurst,
      LIMITS.signalByteBurst + SDP.length,
    );
    const refusal = ann.last('error');
    expect(refusal).to.include({ code: 'rate-limited', ref: ben.session });
    await ann.say('messages are something else');
    expect(ann.all('chat.ack')).to.have.length(1);
    await house.advance(refusal.retryAfterMs ?? 0);
    ben.clear();
    ann.send({ type: 'signal', to: ben.session, epoch: 1, n: 99 });
    await house.settle();
    expect(ben.all('signal')).to.have.length(1);
    await expectUnharmed(house, witness);
  });

  it('[FL-3] is kept to by the client, which sends long messages later instead of being refused', async () => {
    const house = new House();
    const errors: string[] = [];
    const openSocket = changingFrames(house.openSocket, (frame) => {
      if (frame.startsWith('{"type":"error"')) errors.push(frame);
      return frame;
    });
    const { room } = await joinHouseRoom(house, { ports: { clock: house.clock, openSocket } });
    const ann = house.client();
    await ann.join('Ann', { capabilities: CLIENT_CAPABILITIES });
    const texts = Array.from({ length: 40 }, (_, at) => `${at} ${EMOJI.repeat(3_900)}`);
    const sending = texts.map((text) => room.chat.send(text));
    for (let passed = 0; passed < 60_000; passed += 250) {
      await house.advance(250);
      const [mark] = ann.all('mark').slice(-1);
      if (mark) ann.send({ type: 'ack', mark: mark.mark });
      if (passed % 10_000 === 0) ann.send({ type: 'ping' });
      ann.clear();
    }
    await Promise.all(sending);
    expect(errors).to.deep.equal([]);
    expect(room.getSnapshot().chat.entries.map(({ status }) => status)).to.deep.equal(
      texts.map(() => 'sent'),
    );
  });
});

describe('what waits in a room', () => {
  it('[FL-4] is so many frames of one socket; one more closes it with 4429, and it may resume', async () => {
    const { house, ann, ben, witness } = await meetWithWitness();
    house.store.holdWrites();
    ben.send({ type: 'chat.send', id: 'first', text: 'waits for the disk' });
    await house.runTasks();
    for (let count = 0; count < LIMITS.waitingFrames; count += 1) {
      ben.send({ type: 'typing', on: true });
    }
    await house.runTasks();
    expect(ben.closed?.code).to.equal(CLOSE.flood);
    expect(ben.last('error')).to.include({ code: 'rate-limited', retryAfterMs: TIMES.floodMs });
    house.store.releaseWrites();
    await house.settle();
    expect(witness.all('typing')).to.deep.equal([]);
    expect(ann.closed).to.equal(null);
    const { session } = ben;
    await house.advance(TIMES.floodMs);
    expect(await ben.join('Ben', { resume: session })).to.include({ resumed: true });
    await expectUnharmed(house, witness, { floods: 1 });
  });

  it('[FL-4] is so many bytes of one socket', async () => {
    const { house, ben, witness } = await meetWithWitness();
    house.store.holdWrites();
    ben.send({ type: 'chat.send', id: 'first', text: 'waits for the disk' });
    await house.runTasks();
    const description = { type: 'offer', sdp: SDP } as const;
    for (let sent = 0; sent <= LIMITS.waitingFrameBytes; sent += SDP.length) {
      ben.send({ type: 'signal', to: witness.session, epoch: 1, n: 0, description });
    }
    await house.runTasks();
    expect(ben.closed).to.equal(null);
    ben.send({ type: 'typing', on: true });
    await house.runTasks();
    expect(ben.closed?.code).to.equal(CLOSE.flood);
    house.store.releaseWrites();
    await expectUnharmed(house, witness, { floods: 1 });
  });

  it('[FL-4] is so many searches, and who comes later is told to come again', async () => {
    const { house } = await meet({ ann: {} });
    const searchers: RawClient[] = [];
    for (let count = 0; count < LIMITS.waitingSearches + 4; count += 1) {
      const searcher = house.client();
      await searcher.join(`Searcher ${count}`);
      searchers.push(searcher);
    }
    await searchers[0]?.say('needle');
    house.store.holdReads();
    for (const searcher of searchers) {
      searcher.send({ type: 'chat.search', ref: 'r', query: 'needle', limit: 1 });
    }
    await house.runTasks();
    const refused = searchers.filter((one) => one.all('error').length > 0);
    expect(refused).to.have.length(4);
    expect(refused[0]?.last('error')).to.include({ code: 'rate-limited', ref: 'r' });
    expect(refused[0]?.last('error').retryAfterMs).to.equal(1_000);
    house.store.releaseReads();
    await house.settle();
    const served = searchers.filter((one) => one.all('chat.page').length > 0);
    expect(served).to.have.length(LIMITS.waitingSearches);
  });

  it('[FL-4] counts from the first frame on, so nobody can send much before they are welcome', async () => {
    const { house, witness } = await meetWithWitness();
    const stranger = house.client().open().send(helloOf('Eve'));
    for (let count = 0; count < 2_000; count += 1) stranger.sendRaw('{"type":"ack"}');
    await house.settle();
    expect(stranger.closed?.code).to.equal(CLOSE.flood);
    await expectUnharmed(house, witness, { floods: 1 });
  });
});
