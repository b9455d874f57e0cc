/** One room for each thing that must outlast sleep. All of them sleep at the same time. */
import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';

import {
  CLIENT_CAPABILITIES,
  CLOSE,
  createId,
  LIMITS,
  type Moderation,
} from '@rtc-elements/protocol';

import { asleep, Edge, forEachHost } from '../support/edge/edge.js';
import { EdgeClient } from '../support/edge/client.js';
import { helloOf } from '../support/house/raw-client.js';

const ROOMS = [
  'roster',
  'history',
  'buckets',
  'typing',
  'numbers',
  'roles',
  'door',
  'state',
  'marks',
] as const;
type Room = (typeof ROOMS)[number];

/** Resolves once the room has done it. */
async function moderate(host: EdgeClient, moderation: Moderation): Promise<void> {
  const ref = createId();
  host.send({ type: 'moderate', ref, ...moderation });
  await host.next('done', (done) => done.ref === ref);
}

/** Stands at a locked door. */
async function knock(edge: Edge, room: string, name: string): Promise<EdgeClient> {
  const client = await EdgeClient.open(edge, `/parties/room/${room}`);
  client.send(helloOf(name, { knock: true }));
  await client.next('wait');
  return client;
}

forEachHost(
  'after a forced sleep of 15 s',
  (host) => {
    let edge: Edge;
    const anns = {} as Record<Room, Awaited<ReturnType<typeof EdgeClient.join>>>;
    let numberBefore = 0;
    let viewer: Awaited<ReturnType<typeof EdgeClient.join>>;
    let knocker: EdgeClient;
    let reader: Awaited<ReturnType<typeof EdgeClient.join>>;
    let mark: string;
    const banned = helloOf('Mallory');

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
      viewer = await EdgeClient.join(edge, 'roles', 'Viewer');
      const { session } = viewer.welcome;
      await moderate(anns.roles, { action: 'role', session, role: 'listener' });
      const mallory = await EdgeClient.join(edge, 'door', banned.name, banned);
      await moderate(anns.door, { action: 'ban', user: mallory.welcome.you.user });
      await moderate(anns.door, { action: 'lock', on: true });
      knocker = await knock(edge, 'door', 'Knocker');
      await anns.door.next('access', ({ waiting }) => waiting?.length === 1);
      for (const value of ['first', 'second']) {
        anns.state.send({ type: 'state.set', ref: value, key: 'topic', value });
        await anns.state.next('done', ({ ref }) => ref === value);
      }
      const capabilities = CLIENT_CAPABILITIES;
      reader = await EdgeClient.join(edge, 'marks', 'Reader', { call: true, capabilities });
      const description = { type: 'offer', sdp: 'x'.repeat(40_000) } as const;
      for (let n = 0; n * description.sdp.length < LIMITS.markBytes; n += 1) {
        const to = reader.welcome.session;
        anns.marks.send({ type: 'signal', to, epoch: 1, n, description });
      }
      mark = (await reader.next('mark')).mark;
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

    it('[MO-1] a host is host still, and a viewer may no more than before', async () => {
      const { session } = viewer.welcome;
      viewer.send({ type: 'moderate', ref: 'coup', action: 'remove', session });
      viewer.send({ type: 'state.set', ref: 'topic', key: 'topic', value: 1 });
      for (const refused of ['coup', 'topic']) {
        const { code } = await viewer.next('error', ({ ref }) => ref === refused);
        assert.equal(code, 'forbidden');
      }
      await assertSlept('roles');
      await viewer.say('a viewer may chat');
      const ben = await EdgeClient.join(edge, 'roles', 'Ben');
      assert.deepEqual(
        ben.welcome.peers.map(({ name, role }) => [name, role]),
        [
          ['Ann', 'host'],
          ['Viewer', 'listener'],
        ],
      );
      assert.equal(ben.welcome.you.role, 'speaker', 'there is a host');
      await moderate(anns.roles, { action: 'remove', session });
      assert.equal((await viewer.closed).code, CLOSE.removed);
    });

    it('[MO-2] [MO-3] the door is locked still, who knocked waits, who is banned stays out', async () => {
      const late = await EdgeClient.open(edge, '/parties/room/door');
      late.send(helloOf('Late'));
      assert.equal((await late.closed).code, CLOSE.locked);
      await assertSlept('door');
      const mallory = await EdgeClient.open(edge, '/parties/room/door');
      mallory.send({ ...banned, knock: true });
      assert.equal((await mallory.closed).code, CLOSE.banned);
      anns.door.clear();
      const second = await knock(edge, 'door', 'Second');
      const isBoth = ({ waiting }: { waiting?: readonly unknown[] }): boolean =>
        waiting?.length === 2;
      const { locked, waiting = [], banned: kept } = await anns.door.next('access', isBoth);
      assert.equal(locked, true);
      assert.deepEqual(
        [waiting.map(({ name }) => name), kept?.map(({ name }) => name)],
        [['Knocker', 'Second'], ['Mallory']],
      );
      await moderate(anns.door, { action: 'admit', session: waiting[0]?.session ?? '' });
      await knocker.next('welcome');
      await moderate(anns.door, { action: 'deny', session: waiting[1]?.session ?? '' });
      assert.equal((await second.closed).code, CLOSE.locked);
    });

    it('[FL-1] a mark from before can be answered, once', async () => {
      reader.clear();
      for (const ref of ['first', 'second']) {
        reader.send({ type: 'ack', mark });
        reader.send({ type: 'chat.history', ref, limit: 1 });
        await reader.next('chat.page', (page) => page.ref === ref);
      }
      await assertSlept('marks');
      assert.deepEqual(
        reader.heard.map((message) => (message.type === 'error' ? message.code : message.type)),
        ['chat.page', 'out-of-order', 'chat.page'],
      );
    });

    it('[ST-1] the state is whole, and its revisions go on', async () => {
      const ben = await EdgeClient.join(edge, 'state', 'Ben');
      await assertSlept('state');
      const { entries, all } = await ben.next('state');
      const [entry] = entries;
      assert.deepEqual(
        [all, entries.length, entry?.key, entry?.value, entry?.rev],
        [true, 1, 'topic', 'second', 2],
      );
      anns.state.clear();
      const set = { type: 'state.set', key: 'topic', value: 'third' } as const;
      anns.state.send({ ...set, ref: 'old', rev: 1 });
      await anns.state.next('error', ({ code, ref }) => code === 'conflict' && ref === 'old');
      anns.state.send({ ...set, ref: 'new', rev: 2 });
      const isThird = ({ entries }: { entries: readonly { rev: number }[] }): boolean =>
        entries[0]?.rev === 3;
      await ben.next('state', isThird);
    });
  },
  { together: true },
);
