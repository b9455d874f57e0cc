/** One room for each thing that must outlast sleep. All of them sleep at the same time. */
import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';

import { LIMITS } from '@rtc-elements/protocol';

import { asleep, Edge, forEachHost } from '../support/edge.js';
import { EdgeClient } from '../support/edge-client.js';

const ROOMS = ['roster', 'history', 'buckets', 'typing', 'numbers'] as const;
type Room = (typeof ROOMS)[number];

forEachHost(
  'after a forced sleep of 15 s',
  (host) => {
    let edge: Edge;
    const anns = {} as Record<Room, Awaited<ReturnType<typeof EdgeClient.join>>>;
    let numberBefore = 0;

    before(async () => {
      edge = await Edge.start({ host });
      for (const room of ROOMS)
        anns[room] = await EdgeClient.join(edge, room, 'Ann', { call: true });
      anns.roster.send({ type: 'presence.set', hand: true, meta: { seat: 4 } });
      await anns.roster.next('presence');
      await anns.history.say('before', 'said-before');
      for (let count = 0; count < LIMITS.messageBurst + 5; count += 1) {
        anns.buckets.send({ type: 'typing', on: true });
      }
      await anns.buckets.next('error', ({ code }) => code === 'rate-limited');
      anns.typing.send({ type: 'typing', on: true });
      anns.numbers.send({ type: 'presence.set', hand: true });
      numberBefore = (await anns.numbers.next('presence')).seq;
      await asleep();
    });
    after(() => edge.stop());

    /** Whether a room woke up: it had slept. */
    const assertSlept = async (room: Room): Promise<void> => {
      const wakes = await edge.untilLogged('room-wake', `"room":"${room}"`);
      assert.equal(wakes.length, 1, `${room} slept once`);
    };

    it('[PR-1] the roster is whole', async () => {
      const ben = await EdgeClient.join(edge, 'roster', 'Ben', { call: true });
      await assertSlept('roster');
      const [line] = ben.welcome.peers;
      assert.equal(line?.session, anns.roster.welcome.session);
      assert.deepEqual([line?.state, line?.hand, line?.call], ['active', true, 1]);
      assert.deepEqual({ ...line?.meta }, { seat: 4 });
      assert.equal(ben.welcome.you.call, 2);
      await anns.roster.next('presence', ({ joined }) => joined !== undefined);
    });

    it('[CH-1] the history is whole, goes on counting, and knows a repeat', async () => {
      anns.history.clear();
      const again = await anns.history.say('before', 'said-before');
      await assertSlept('history');
      assert.equal(again.seq, 1);
      assert.equal((await anns.history.say('after')).seq, 2);
      const ben = await EdgeClient.join(edge, 'history', 'Ben');
      assert.deepEqual(
        ben.welcome.chat.messages.map(({ text }) => text),
        ['before', 'after'],
      );
    });

    it('[LI-4] buckets are full, and hold no more than before', async () => {
      anns.buckets.clear();
      for (let count = 0; count < LIMITS.messageBurst; count += 1) {
        anns.buckets.send({ type: 'roster.get' });
      }
      anns.buckets.send({ type: 'signal', to: 'nobody', epoch: 1, n: 0 });
      await anns.buckets.next('error', ({ code }) => code === 'peer-gone');
      await assertSlept('buckets');
      const answers = anns.buckets.heard.filter(({ type }) => type === 'roster').length;
      assert.equal(answers, LIMITS.messageBurst);
      for (let count = 0; count < LIMITS.messageBurst; count += 1) {
        anns.buckets.send({ type: 'roster.get' });
      }
      await anns.buckets.next('error', ({ code }) => code === 'rate-limited');
    });

    it('[CH-6] nobody is told of typing from before', async () => {
      const ben = await EdgeClient.join(edge, 'typing', 'Ben');
      await assertSlept('typing');
      await ben.say('a whole round through the room');
      assert.ok(!ben.heard.some(({ type }) => type === 'typing'));
      anns.typing.send({ type: 'typing', on: true });
      await ben.next('typing', ({ from }) => from === anns.typing.welcome.session);
    });

    it('[PR-2] presence goes on with the next number', async () => {
      anns.numbers.clear();
      anns.numbers.send({ type: 'presence.set', hand: false });
      const { seq } = await anns.numbers.next('presence');
      await assertSlept('numbers');
      assert.equal(seq, numberBefore + 1);
    });
  },
  { together: true },
);
