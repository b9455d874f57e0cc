import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';

import { HEARTBEAT, TIMES } from '@rtc-elements/protocol';

import { Edge, forEachHost } from '../support/edge/edge.js';
import { EdgeClient } from '../support/edge/client.js';

forEachHost(
  'a room that sleeps or dies',
  (host) => {
    let edge: Edge;
    before(async () => {
      edge = await Edge.start({ host });
    });
    after(() => edge.stop());

    // Under PartyKit each heartbeat wakes the room, so there it sleeps between them: without any here.
    const sleepsThroughHeartbeats = host === 'partyserver';
    const beats = sleepsThroughHeartbeats
      ? 'sleeps through heartbeats'
      : 'sleeps between heartbeats';
    it(`[EN-5] ${beats}, is woken by its alarm, and has forgotten nothing`, async () => {
      const ann = await EdgeClient.join(edge, 'sleep', 'Ann', { call: true });
      const ben = await EdgeClient.join(edge, 'sleep', 'Ben', { call: true });
      await ann.say('before sleep', 'said-before');
      ben.send({ type: 'presence.set', hand: true });
      await ann.next('presence', ({ changed }) => changed?.[0]?.hand === true);
      ben.socket.terminate();
      await ann.next('presence', ({ changed }) => changed?.[0]?.state === 'reconnecting');
      const { seq } = await ann.next(
        'presence',
        ({ changed }) => changed?.[0]?.state !== undefined,
      );
      // Meanwhile only heartbeats, which must not wake it.
      const beating = setInterval(
        () => sleepsThroughHeartbeats && ann.socket.send(HEARTBEAT),
        2_000,
      );
      const isGone = ({ left }: { left?: readonly unknown[] }): boolean => left !== undefined;
      const swept = await ann
        .next('presence', isGone, TIMES.resumeGraceMs + 15_000)
        .finally(() => clearInterval(beating));

      const wakes = await edge.untilLogged('room-wake', 'sleep');
      assert.equal(wakes.length, 1, 'the room slept once');
      assert.deepEqual({ ...swept.left?.[0] }, { session: ben.welcome.session, reason: 'lost' });
      assert.equal(swept.seq, seq + 1);
      const again = await ann.say('before sleep', 'said-before');
      assert.equal(again.seq, 1);
      const cem = await EdgeClient.join(edge, 'sleep', 'Cem', { call: true });
      assert.equal(cem.welcome.you.call, 3);
      assert.deepEqual(
        cem.welcome.chat.messages.map(({ text }) => text),
        ['before sleep'],
      );
      cem.send({ type: 'signal', to: ann.welcome.session, epoch: 1, n: 0 });
      await ann.next('signal', ({ from }) => from === cem.welcome.session);
      await Promise.all([ann.close(), cem.close()]);
    });

    it('[CH-1] has an acked message after a SIGKILL, once, and gives sessions back', async () => {
      const ann = await EdgeClient.join(edge, 'kill', 'Ann');
      const ben = await EdgeClient.join(edge, 'kill', 'Ben');
      const ack = await ann.say('written in stone', 'stone');
      await edge.kill();
      assert.equal((await ann.closed).code, 1006);
      await edge.restart();
      const again = await EdgeClient.join(edge, 'kill', 'Ann', { resume: ann.welcome.session });
      assert.deepEqual(
        again.welcome.chat.messages.map(({ text, seq }) => [text, seq]),
        [['written in stone', ack.seq]],
      );
      assert.equal(again.welcome.resumed, true);
      assert.equal(again.welcome.peers[0]?.state, 'reconnecting');
      assert.deepEqual(await again.say('written in stone', 'stone'), ack);
      const back = await EdgeClient.join(edge, 'kill', 'Ben', { resume: ben.welcome.session });
      assert.equal(back.welcome.session, ben.welcome.session);
      await again.next('presence', ({ changed }) => changed?.[0]?.state === 'active');
      await Promise.all([again.close(), back.close()]);
    });
  },
  { together: true },
);
