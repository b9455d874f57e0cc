// What a room sends is bounded, whether or not its clients read it (rules FL).
import { expect } from '@esm-bundle/chai';
import {
  ACKNOWLEDGES,
  CLIENT_CAPABILITIES,
  CLOSE,
  createId,
  IGNORES_UNKNOWN,
  LIMITS,
  TIMES,
} from '@rtc-elements/protocol';

import { House } from '../support/house/house.js';
import { joinHouseRoom } from '../support/house/house-room.js';
import type { RawClient } from '../support/house/raw-client.js';
import { expectUnharmed, meetWithWitness } from '../support/house/witness.js';

const HOUR_MS = 3_600_000;
/** In characters, which are bytes here. */
const SDP = 'x'.repeat(40_000);
/** By then, the sender may send another signal of that size. */
const STEP_MS = 400;

/** `from` sends signals to `to`, in all a little more than so many bytes. */
async function load(house: House, from: RawClient, to: RawClient, bytes: number): Promise<void> {
  for (let sent = 0; sent < bytes; sent += SDP.length) {
    const description = { type: 'offer', sdp: SDP } as const;
    from.send({ type: 'signal', to: to.session, epoch: 1, n: sent, description });
    await house.clock.advanceAsync(STEP_MS);
    await house.runTasks();
  }
}

/** Answers the newest mark. */
const acknowledge = (client: RawClient): RawClient =>
  client.send({ type: 'ack', mark: client.last('mark').mark });

describe('marks', () => {
  it('[FL-1] are sent to clients that announced that they answer them, and to no others', async () => {
    for (const [capabilities, marks] of [
      [[], 0],
      [[IGNORES_UNKNOWN], 0],
      // Without `welcome.features`, it could not know that the room takes its answers.
      [[ACKNOWLEDGES], 0],
      [[IGNORES_UNKNOWN, ACKNOWLEDGES], 1],
    ] as const) {
      const { house, ann, ben } = await meetWithWitness(capabilities);
      await load(house, ann, ben, LIMITS.markBytes + SDP.length);
      expect(ben.all('mark'), capabilities.join()).to.have.length(marks);
      expect(ben.closed).to.equal(null);
    }
  });

  it('[FL-1] keep a socket open for as long as they are answered', async () => {
    const { house, ann, ben, witness } = await meetWithWitness();
    for (let round = 0; round < 8; round += 1) {
      await load(house, ann, ben, LIMITS.markBytes);
      acknowledge(ben);
      for (const one of [ann, witness, ben]) one.send({ type: 'ping' });
    }
    expect(ben.closed).to.equal(null);
    expect(ben.all('error')).to.deep.equal([]);
    expect(ben.all('signal').length * SDP.length).to.be.above(2 * LIMITS.unacknowledgedBytes - 1);
    await expectUnharmed(house, witness);
  });

  it('[FL-1] close the socket of who does not read with 4408, and the session resumes', async () => {
    const { house, ann, ben, witness } = await meetWithWitness();
    const { pair } = ben;
    pair?.toClient.hold();
    await load(house, ann, ben, LIMITS.unacknowledgedBytes + 2 * SDP.length);
    // Its close frame waits behind everything that is not read, yet the others know.
    expect(pair?.toClient.waiting.at(-1)).to.include({ kind: 'close', code: CLOSE.idle });
    expect(witness.last('presence').changed?.[0]).to.deep.equal({
      session: ben.session,
      state: 'reconnecting',
    });
    expect(ann.last('error')).to.include({ code: 'peer-gone', ref: ben.session });
    const size = (pair?.toClient.waiting ?? []).reduce(
      (sum, item) => sum + (item.kind === 'frame' ? item.text.length : 0),
      0,
    );
    expect(size).to.be.within(
      LIMITS.unacknowledgedBytes,
      LIMITS.unacknowledgedBytes + 2 * SDP.length,
    );
    const { session } = ben;
    const welcome = await ben.join('Ben', {
      call: true,
      resume: session,
      capabilities: CLIENT_CAPABILITIES,
    });
    expect(welcome).to.include({ resumed: true, session });
    expect(witness.last('presence').changed?.[0]).to.deep.equal({ session, state: 'active' });
    await expectUnharmed(house, witness);
  });

  it('[FL-1] bound a client that cannot answer them in the same way', async () => {
    const { house, ann, ben, witness } = await meetWithWitness([]);
    await load(house, ann, ben, LIMITS.unacknowledgedBytes + 2 * SDP.length);
    expect(ben.all('mark')).to.deep.equal([]);
    expect(ben.closed?.code).to.equal(CLOSE.idle);
    const { session } = ben;
    expect(await ben.join('Ben', { resume: session })).to.include({ resumed: true, session });
    // On the new socket it begins again.
    await load(house, ann, ben, LIMITS.unacknowledgedBytes / 2);
    expect(ben.closed).to.equal(null);
    await expectUnharmed(house, witness);
  });

  it('[FL-1] begin to count after welcome, however large that is', async () => {
    const house = new House({ limits: { members: 300 } });
    const meta = { note: 'x'.repeat(480) };
    const ann = house.client();
    await ann.join('Ann');
    for (let at = 0; at < LIMITS.stateKeys; at += 1) {
      const value = 'x'.repeat(LIMITS.stateBytes - 2);
      await ann.ask({ type: 'state.set', key: `k${at}`, value });
      await house.advance(50);
    }
    for (let guest = 0; guest < 250; guest += 1)
      await house.client().join(`Guest ${guest}`, { meta });
    const ben = house.client();
    await ben.join('Ben', { capabilities: CLIENT_CAPABILITIES });
    expect(JSON.stringify(ben.heard).length).to.be.above(LIMITS.markBytes);
    expect(ben.all('mark')).to.deep.equal([]);
  });

  it('[FL-1] survive a sleep of the room, and so does what was not read', async () => {
    const { house, ann, ben } = await meetWithWitness();
    await load(house, ann, ben, 2 * LIMITS.markBytes);
    const [first, second] = ben.all('mark');
    await house.advance(10_000);
    await house.hibernate();
    expect(ben.send({ type: 'ack', mark: first?.mark ?? '' }).closed).to.equal(null);
    await load(house, ann, ben, LIMITS.unacknowledgedBytes / 2);
    expect(ben.closed).to.equal(null);
    ben.send({ type: 'ack', mark: second?.mark ?? '' });
    await house.settle();
    expect(ben.all('error')).to.deep.equal([]);
    await house.advance(10_000);
    await house.hibernate();
    ann.clear();
    await load(house, ann, ben, LIMITS.unacknowledgedBytes);
    expect(ben.closed?.code).to.equal(CLOSE.idle);
  });

  it('[FL-1] wait for an hour, if that is how long nothing is sent', async () => {
    const { house, ann, ben } = await meetWithWitness();
    await load(house, ann, ben, LIMITS.markBytes);
    const [mark] = ben.all('mark');
    for (let passed = 0; passed < HOUR_MS; passed += TIMES.heartbeatHiddenMs) {
      for (const one of [ann, ben]) one.send({ type: 'ping' });
      await house.advance(TIMES.heartbeatHiddenMs);
    }
    expect(ben.closed).to.equal(null);
    ben.send({ type: 'ack', mark: mark?.mark ?? '' });
    await house.settle();
    expect(ben.all('error')).to.deep.equal([]);
    await load(house, ann, ben, LIMITS.unacknowledgedBytes + 2 * SDP.length);
    expect(ben.closed?.code).to.equal(CLOSE.idle);
  });

  it('[FL-1] are answered while something else of the same client takes long', async () => {
    const { house, ann, ben } = await meetWithWitness();
    await load(house, ann, ben, LIMITS.markBytes);
    house.store.holdWrites();
    ben.send({ type: 'chat.send', id: 'long', text: 'takes long' });
    await house.runTasks();
    acknowledge(ben);
    await load(house, ann, ben, LIMITS.unacknowledgedBytes - LIMITS.markBytes / 2);
    expect(ben.closed).to.equal(null);
    house.store.releaseWrites();
    await house.settle();
    expect(ben.all('chat.ack')).to.have.length(1);
  });

  const LIES: readonly (readonly [string, object, string])[] = [
    ['a mark that was never sent', { mark: 'AAAAAAAAAAAA' }, 'out-of-order'],
    ['a count of bytes', { mark: LIMITS.unacknowledgedBytes }, 'bad-shape'],
    ['a negative number', { mark: -1 }, 'bad-shape'],
    ['half a number', { mark: 0.5 }, 'bad-shape'],
    ['nothing', {}, 'bad-shape'],
    ['a list of marks', { mark: Array<string>(10_000).fill('x') }, 'bad-shape'],
    ['more than a mark', { mark: 'AAAAAAAAAAAA', bytes: 1 }, 'bad-shape'],
  ];
  for (const [what, lie, code] of LIES) {
    it(`[FL-1] [UN-1] refuse ${what} with ${code}, and the backlog stays`, async () => {
      const { house, ann, ben, witness } = await meetWithWitness();
      await load(house, ann, ben, LIMITS.markBytes);
      ben.sendRaw(JSON.stringify({ type: 'ack', ...lie }));
      await house.settle();
      expect(ben.last('error').code).to.equal(code);
      expect(ben.closed).to.equal(null);
      await load(house, ann, ben, LIMITS.unacknowledgedBytes - LIMITS.markBytes + SDP.length);
      expect(ben.closed?.code).to.equal(CLOSE.idle);
      await expectUnharmed(house, witness);
    });
  }

  it('[FL-1] [UN-1] refuse an answer that is given twice, and one of a client without any marks', async () => {
    const { house, ann, ben, witness } = await meetWithWitness();
    await load(house, ann, ben, LIMITS.markBytes);
    acknowledge(acknowledge(ben));
    witness.send({ type: 'ack', mark: ben.last('mark').mark });
    await house.settle();
    for (const one of [ben, witness]) {
      expect(one.all('error').map(({ code }) => code)).to.deep.equal(['out-of-order']);
    }
    await expectUnharmed(house, witness);
  });

  it('[FL-1] [LI-4] count lies as refused frames, so a flood of them ends with 4429', async () => {
    const { house, ann, ben, witness } = await meetWithWitness();
    for (let count = 0; count < 1_000; count += 1) ben.send({ type: 'ack', mark: createId() });
    await house.settle();
    expect(ben.closed?.code).to.equal(CLOSE.flood);
    expect(ben.all('error')).to.have.length(LIMITS.faultBurst + 1);
    await house.advance(100);
    expect(witness.last('presence').changed?.[0]?.state).to.equal('reconnecting');
    ann.send({ type: 'signal', to: witness.session, epoch: 1, n: 0 });
    await house.settle();
    expect(witness.all('signal')).to.have.length(1);
  });

  it('[EN-3] [FL-1] are nothing that a stranger can answer', async () => {
    const { house, witness } = await meetWithWitness();
    const stranger = house.client().open().send({ type: 'ack', mark: 'AAAAAAAAAAAA' });
    await house.settle();
    expect(stranger.last('error').code).to.equal('out-of-order');
    expect(stranger.closed?.code).to.equal(CLOSE.badMessage);
    await expectUnharmed(house, witness);
  });
});

describe('a client', () => {
  it('[FL-1] answers marks while its room is busy, and says so in advance', async () => {
    const { house, room } = await joinHouseRoom();
    const { you } = room.getSnapshot();
    const ann = house.client();
    await ann.join('Ann', { call: true });
    const pair = house.pairs[0];
    for (let sent = 0; sent < 3 * LIMITS.unacknowledgedBytes; sent += SDP.length) {
      const description = { type: 'offer', sdp: SDP } as const;
      ann.send({ type: 'signal', to: you?.session ?? '', epoch: 1, n: sent, description });
      await house.advance(STEP_MS);
      ann.send({ type: 'ping' });
    }
    expect(house.pairs[0]).to.equal(pair);
    expect(room.getSnapshot().connection).to.equal('connected');
    expect(ann.all('error')).to.deep.equal([]);
    expect(house.warnings).to.deep.equal([]);
  });

  it('[FL-1] resumes after 4408, with what it has missed', async () => {
    const { house, room } = await joinHouseRoom();
    const session = room.getSnapshot().you?.session;
    const ann = house.client();
    await ann.join('Ann');
    house.pairs[0]?.close(CLOSE.idle, 'too much is unread');
    await house.settle();
    await ann.say('while you were away');
    await house.advance(2_000);
    expect(room.getSnapshot().connection).to.equal('connected');
    expect(room.getSnapshot().you?.session).to.equal(session);
    expect(room.getSnapshot().chat.entries.map(({ text }) => text)).to.deep.equal([
      'while you were away',
    ]);
  });
});
