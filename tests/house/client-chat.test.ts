import { expect } from '@esm-bundle/chai';
import { LIMITS, TIMES } from '@rtc-elements/protocol';
import fc from 'fast-check';

import type { RtcError } from '../../packages/core/src/state/errors.js';
import { outcome } from '../support/fake-room-context.js';
import { House } from '../support/house/house.js';
import { meet } from '../support/house/meet.js';
import { createHouseRoom, joinHouseRoom, textsOf } from '../support/house/house-room.js';

const textsHeard = (heard: readonly { readonly message: { readonly text: string } }[]): string[] =>
  heard.map(({ message }) => message.text);

describe('the chat of a client', () => {
  it('[CH-1] shows a line as pending at once, and in its place once it is stored', async () => {
    const { house, room } = await joinHouseRoom();
    const sent = room.chat.send('hello');
    expect(textsOf(room)).to.deep.equal(['[hello]']);
    await house.settle();
    expect(await sent).to.include({ seq: 1 });
    expect(textsOf(room)).to.deep.equal(['hello']);
  });

  it('[CH-1] stores exactly one line when the socket dies after sending and before the ack', async () => {
    const { house, ann } = await meet({ ann: {} });
    const { room } = await joinHouseRoom(house);
    house.pairs[1]?.toClient.hold();
    const sent = room.chat.send('once');
    await house.settle();
    house.pairs[1]?.cut();
    await house.advance(2_000);
    await sent;
    expect(textsHeard(ann.all('chat.message'))).to.deep.equal(['once']);
    expect(textsOf(room)).to.deep.equal(['once']);
  });

  it('[CH-1] sends again what was lost on the way', async () => {
    const { house, room } = await joinHouseRoom();
    house.pairs[0]?.toRoom.dropNext();
    const sent = room.chat.send('lost');
    await house.advance(10_000);
    await sent;
    expect(textsOf(room)).to.deep.equal(['lost']);
  });

  it('[CH-1] keeps a line while the room cannot store it, and sends it once it can', async () => {
    const { house, room } = await joinHouseRoom();
    house.store.isBroken = true;
    const sent = room.chat.send('on a full disk');
    await house.advance(10_000);
    expect(textsOf(room)).to.deep.equal(['[on a full disk]']);
    expect(room.getSnapshot().connection).to.equal('connected');
    house.store.isBroken = false;
    await house.advance(TIMES.storeRetryMs);
    expect(await sent).to.include({ seq: 1 });
    expect(textsOf(room)).to.deep.equal(['on a full disk']);
  });

  it('[CH-1] shows a line once that arrives twice', async () => {
    const { house, ann } = await meet({ ann: {} });
    const { room } = await joinHouseRoom(house);
    house.pairs[1]?.toClient.doubleNext(2);
    await ann.say('hi');
    await ann.say('there');
    expect(textsOf(room)).to.deep.equal(['hi', 'there']);
  });

  it('[CH-5] delivers 50 lines written out of reach once, and in order', async () => {
    const { house, ann } = await meet({ ann: {} });
    const { room } = await joinHouseRoom(house);
    house.isReachable = false;
    house.pairs[1]?.cut();
    await house.settle();
    const texts = Array.from({ length: 50 }, (_, n) => `line ${n}`);
    const sent = Promise.all(texts.map((text) => room.chat.send(text)));
    expect(textsOf(room)).to.deep.equal(texts.map((text) => `[${text}]`));
    house.isReachable = true;
    // 40 at once, then as fast as the room lets us.
    for (let second = 0; second < 5; second += 1) await house.advance(1_000);
    await sent;
    expect(textsHeard(ann.all('chat.message'))).to.deep.equal(texts);
    expect(textsOf(room)).to.deep.equal(texts);
    expect(house.warnings).to.deep.equal([]);
  });

  it('[CH-5] keeps order and loses nothing over a line that breaks at random (seed 11)', async () => {
    const step = fc.constantFrom('write', 'cut', 'kill', 'drop', 'double', 'pass', 'disk');
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        const house = new House();
        const ann = await joinHouseRoom(house, { name: 'Ann' });
        const { room } = await joinHouseRoom(house);
        const texts: string[] = [];
        for (const next of steps) {
          const pair = house.pairs[1];
          if (next === 'write') {
            texts.push(`line ${texts.length}`);
            room.chat.send(texts.at(-1) ?? '').catch(() => undefined);
          }
          if (next === 'cut') pair?.cut();
          if (next === 'kill') await house.kill();
          if (next === 'drop') pair?.toRoom.dropNext();
          if (next === 'double') pair?.toRoom.doubleNext();
          if (next === 'pass') await house.advance(700);
          if (next === 'disk') house.store.isBroken = !house.store.isBroken;
        }
        house.store.isBroken = false;
        await house.advance(60_000);
        expect(textsOf(room)).to.deep.equal(texts);
        expect(textsOf(ann.room)).to.deep.equal(texts);
        await Promise.all([room.leave(), ann.room.leave()]);
      }),
      { seed: 11, numRuns: 40 },
    );
  });

  it('[CH-10] sends a few lines without waiting for an answer', async () => {
    const { house, ann } = await meet({ ann: {} });
    const { room } = await joinHouseRoom(house);
    house.pairs[1]?.toClient.hold();
    const texts = Array.from({ length: 12 }, (_, n) => `line ${n}`);
    const sent = Promise.all(texts.map((text) => room.chat.send(text)));
    await house.settle();
    expect(textsHeard(ann.all('chat.message'))).to.deep.equal(texts.slice(0, 8));
    house.pairs[1]?.toClient.release();
    await house.settle();
    await sent;
    expect(textsHeard(ann.all('chat.message'))).to.deep.equal(texts);
  });

  it('[CH-5] holds 200 lines, refuses the next, and gives up only when told to', async () => {
    const house = new House();
    house.isReachable = false;
    const { room } = createHouseRoom(house);
    void room.join().catch(() => undefined);
    const codes: string[] = [];
    const note = (error: unknown): void => void codes.push((error as RtcError).code);
    for (let n = 0; n <= LIMITS.outboxMessages; n += 1) void room.chat.send(`${n}`).catch(note);
    await house.settle();
    expect(codes).to.deep.equal(['outbox-full']);
    expect(room.getSnapshot().chat.entries).to.have.length(200);
    room.chat.discard(room.getSnapshot().chat.entries[0]?.id ?? '');
    await house.settle();
    expect(codes).to.deep.equal(['outbox-full', 'aborted']);
    await room.leave();
    await house.settle();
    expect(codes).to.have.length(201);
  });

  it('[CH-5] takes back a message that the room has refused for now', async () => {
    const { house, room } = await joinHouseRoom();
    const sends = new Map<string, Promise<unknown>>();
    for (let n = 0; n < LIMITS.messageBurst + 5; n += 1) {
      sends.set(`${n}`, outcome(room.chat.send(`${n}`)));
    }
    await house.settle();
    // The first that is pending was sent and refused; it will be sent again.
    const refused = room.getSnapshot().chat.entries.find(({ status }) => status === 'pending');
    room.chat.discard(refused?.id ?? '');
    expect(await sends.get(refused?.text ?? '')).to.equal('aborted');
    await house.advance(60_000);
    expect(textsOf(room)).to.have.length(sends.size - 1);
    expect(textsOf(room)).to.not.include(refused?.text);
    await room.leave();
  });

  it('[CH-3] refuses empty and overlong texts before they are sent', async () => {
    const { room } = await joinHouseRoom();
    for (const [text, code] of [
      [' \n ', 'text-empty'],
      ['\u200b\u2060', 'text-empty'],
      ['\u2800', 'text-empty'],
      ['x'.repeat(4_001), 'text-too-long'],
    ] as const) {
      const error = await room.chat.send(text).catch((cause: unknown) => cause);
      expect(error).to.include({ code });
    }
    expect(textsOf(room)).to.deep.equal([]);
  });

  it('[CH-2] loads older pages, asks once for the same one, and asks again after a loss', async () => {
    const { house, ann } = await meet({ ann: {} });
    for (let n = 1; n <= 120; n += 1) {
      await ann.say(`line ${n}`);
      await house.advance(60);
    }
    const { room } = await joinHouseRoom(house);
    expect(room.getSnapshot().chat).to.include({ more: true, lastSeq: 120 });
    expect(textsOf(room)).to.have.length(50);
    house.pairs[1]?.toRoom.dropNext(2);
    const [one, two] = [room.chat.history(), room.chat.history()];
    house.pairs[1]?.cut();
    await house.advance(2_000);
    expect(await one).to.equal(await two);
    const rest = room.chat.history();
    await house.settle();
    expect((await rest).more).to.equal(false);
    expect(textsOf(room)).to.deep.equal(Array.from({ length: 120 }, (_, n) => `line ${n + 1}`));
    expect(room.getSnapshot().chat.more).to.equal(false);
  });

  it('shows what was said while it was away, and starts anew after too much of it', async () => {
    const { house, ann } = await meet({ ann: {} });
    await ann.say('before');
    const { room } = await joinHouseRoom(house);
    house.pairs[1]?.cut();
    await ann.say('meanwhile');
    await house.advance(2_000);
    expect(textsOf(room)).to.deep.equal(['before', 'meanwhile']);
    house.isReachable = false;
    house.pairs[1]?.cut();
    for (let n = 1; n <= 60; n += 1) {
      await ann.say(`line ${n}`);
      await house.advance(60);
    }
    house.isReachable = true;
    await house.advance(2_000);
    expect(textsOf(room)).to.have.length(50);
    expect(textsOf(room)[0]).to.equal('line 11');
    expect(room.getSnapshot().chat.more).to.equal(true);
  });

  it('[CH-1] orders by the room and not by a clock that is a day off', async () => {
    const { house, ann } = await meet({ ann: {} });
    const clock = {
      now: () => house.clock.now() + 86_400_000,
      setTimer: house.clock.setTimer.bind(house.clock),
    };
    const { room } = await joinHouseRoom(house, { ports: { clock, openSocket: house.openSocket } });
    const sent = room.chat.send('mine');
    expect(room.getSnapshot().chat.entries[0]?.at).to.equal(house.clock.now());
    await house.settle();
    expect((await sent).at).to.equal(house.clock.now());
    await ann.say('theirs');
    expect(textsOf(room)).to.deep.equal(['mine', 'theirs']);
  });

  it('[CH-6] tells typing at most every 3 s, and its end at once', async () => {
    const { house, ann } = await meet({ ann: {} });
    const { room } = await joinHouseRoom(house);
    for (let n = 0; n < 40; n += 1) {
      room.chat.setTyping(true);
      await house.advance(100);
    }
    room.chat.setTyping(false);
    room.chat.setTyping(false);
    await house.settle();
    expect(ann.all('typing').map(({ on }) => on)).to.deep.equal([true, true, false]);
  });

  it('[CH-6] forgets the typing of somebody who falls silent after 6 s', async () => {
    const { house, ann } = await meet({ ann: {} });
    const { room } = await joinHouseRoom(house);
    const told: boolean[] = [];
    room.addEventListener('typing', (event) => told.push(event.on));
    ann.send({ type: 'typing', on: true });
    await house.advance(5_999);
    expect(room.getSnapshot().peers[0]?.typing).to.equal(true);
    await house.advance(1);
    expect(room.getSnapshot().peers[0]?.typing).to.equal(false);
    expect(told).to.deep.equal([true, false]);
  });
});
