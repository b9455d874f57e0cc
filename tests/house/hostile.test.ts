import { expect } from '@esm-bundle/chai';
import { CLOSE, type FaultCode, LIMITS, TIMES } from '@rtc-elements/protocol';

import type { RawClient } from '../support/house/raw-client.js';
import type { House } from '../support/house/house.js';
import { meet } from '../support/house/meet.js';

async function setup() {
  const { house, witness, mallory } = await meet({
    witness: { call: true },
    mallory: { call: true },
  });
  await house.advance(100);
  witness.clear();
  mallory.clear();
  return { house, witness, mallory };
}

/** Nothing reached the witness, who is still served. */
async function expectUnharmed(house: House, witness: RawClient): Promise<void> {
  expect(witness.heard).to.deep.equal([]);
  const id = await witness.say('still here');
  expect(witness.last('chat.ack').id).to.equal(id);
  expect(house.warnings).to.deep.equal([]);
}

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

const frames: readonly (readonly [string, unknown, FaultCode])[] = [
  ['an unknown type', '{"type":"make.coffee"}', 'unknown-type'],
  ['a type that is a name of Object.prototype', '{"type":"constructor"}', 'unknown-type'],
  ['broken JSON', '{"type":', 'not-json'],
  ['JSON that is no object', '[1,2]', 'not-json'],
  ['an object without a type', '{"to":"x"}', 'not-json'],
  ['an extra key', '{"type":"typing","on":true,"as":"x"}', 'bad-shape'],
  ['a missing key', '{"type":"typing"}', 'bad-shape'],
  ['__proto__ as a key', '{"type":"typing","on":true,"__proto__":{"on":1}}', 'bad-shape'],
  ['deep nesting', `{"type":"typing","on":${nested(2_000)}}`, 'too-deep'],
  [
    'a frame over 64 KiB',
    `{"type":"chat.send","id":"x","text":"${'x'.repeat(65_536)}"}`,
    'too-big',
  ],
  ['binary', new Uint8Array([123, 125]).buffer, 'binary'],
  ['an epoch that is no whole number', '{"type":"signal","to":"x","epoch":0.5,"n":0}', 'bad-shape'],
  ['a control character in a text', '{"type":"chat.send","id":"x","text":"\\u0000"}', 'bad-shape'],
  ['a name that is not trimmed', '{"type":"presence.set","name":" x"}', 'bad-shape'],
  ['a name of nothing visible', '{"type":"presence.set","name":"\\u3164\\u200b"}', 'bad-shape'],
  ['a text of nothing visible', '{"type":"chat.send","id":"x","text":"\\u2800"}', 'bad-shape'],
  ['a role of its own choice', '{"type":"presence.set","role":"host"}', 'bad-shape'],
];

describe('hostile input', () => {
  for (const [what, frame, code] of frames) {
    it(`[UN-1] answers ${what} with ${code}, and nobody else notices`, async () => {
      const { house, witness, mallory } = await setup();
      mallory.sendRaw(frame);
      await house.settle();
      expect(mallory.last('error').code).to.equal(code);
      expect(mallory.closed).to.equal(null);
      await expectUnharmed(house, witness);
    });
  }

  it('[UN-1] closes a stranger whose first frame is nonsense with 4400, too big with 4413', async () => {
    const { house, witness } = await setup();
    const codes: (number | undefined)[] = [];
    for (const frame of ['nonsense', new ArrayBuffer(4), 'x'.repeat(70_000)]) {
      const stranger = house.client().open().sendRaw(frame);
      await house.settle();
      expect(stranger.all('error')).to.have.length(1);
      codes.push(stranger.closed?.code);
    }
    expect(codes).to.deep.equal([CLOSE.badMessage, CLOSE.badMessage, CLOSE.tooBig]);
    await expectUnharmed(house, witness);
  });

  it('[UN-2] leaves Object.prototype as it was, whatever keys come', async () => {
    const { house, mallory } = await setup();
    mallory.sendRaw('{"type":"presence.set","meta":{"__proto__":"x","constructor":"y"}}');
    await house.settle();
    expect(Object.getOwnPropertyNames(Object.prototype)).not.to.include('x');
    expect(({} as Record<string, unknown>)['constructor']).to.equal(Object);
  });

  it('[UN-1] names the refused message in ref', async () => {
    const { house, mallory } = await setup();
    mallory.sendRaw('{"type":"chat.send","id":"my-id","text":""}');
    await house.settle();
    expect(mallory.last('error')).to.include({ code: 'bad-shape', ref: 'my-id' });
  });

  it('[LI-4] refuses chat beyond the burst with rate-limited, and takes it after retryAfterMs', async () => {
    const { house, witness, mallory } = await setup();
    for (let index = 0; index <= LIMITS.messageBurst; index += 1) {
      mallory.send({ type: 'chat.send', id: `m${index}`, text: 'x' });
    }
    await house.settle();
    const refusal = mallory.last('error');
    expect(refusal).to.include({ code: 'rate-limited', ref: `m${LIMITS.messageBurst}` });
    expect(mallory.all('chat.ack')).to.have.length(LIMITS.messageBurst);
    expect(witness.all('chat.message')).to.have.length(LIMITS.messageBurst);
    await house.advance(refusal.retryAfterMs ?? 0);
    await mallory.say('now it goes');
    expect(mallory.all('chat.ack')).to.have.length(LIMITS.messageBurst + 1);
  });

  it('[LI-4] lets through the signals of a full mesh at once', async () => {
    const { house, witness, mallory } = await setup();
    for (let n = 0; n < LIMITS.signalBurst; n += 1) {
      mallory.send({ type: 'signal', to: witness.session, epoch: 1, n });
    }
    await house.settle();
    expect(witness.all('signal')).to.have.length(LIMITS.signalBurst);
    expect(mallory.all('error')).to.deep.equal([]);
  });

  it('[LI-4] closes who floods on with 4429, and keeps the session', async () => {
    const { house, witness, mallory } = await setup();
    for (let index = 0; index < 1_000; index += 1) {
      mallory.send({ type: 'typing', on: index % 2 === 0 });
    }
    await house.settle();
    expect(mallory.closed?.code).to.equal(CLOSE.flood);
    expect(mallory.all('error')).to.have.length(LIMITS.faultBurst + 1);
    expect(mallory.last('error').retryAfterMs).to.equal(TIMES.floodMs);
    await house.advance(100);
    expect(witness.all('typing')).to.have.length(LIMITS.messageBurst);
    expect(witness.all('presence').flatMap(({ changed = [] }) => changed)).to.deep.equal([
      { session: mallory.session, state: 'reconnecting' },
    ]);
    expect(witness.all('presence').filter(({ left }) => left)).to.deep.equal([]);
  });

  it('[LI-4] resumes a flooder who comes back when it may, with its place in the call', async () => {
    const { house, witness, mallory } = await setup();
    const { session } = mallory;
    for (let index = 0; index < 1_000; index += 1) mallory.send({ type: 'typing', on: true });
    await house.settle();
    await house.advance(mallory.last('error').retryAfterMs ?? 0);
    const welcome = await mallory.join('Mallory', { call: true, resume: session });
    expect([welcome.resumed, welcome.session]).to.deep.equal([true, session]);
    expect(welcome.you).to.include({ call: 2, state: 'active' });
    await house.advance(100);
    expect(witness.last('presence').changed).to.deep.equal([{ session, state: 'active' }]);
    expect(witness.all('presence').filter(({ left }) => left)).to.deep.equal([]);
  });

  it('[LI-4] loses the session of a flooder who does not come back', async () => {
    const { house, witness, mallory } = await setup();
    for (let index = 0; index < 1_000; index += 1) mallory.send({ type: 'typing', on: true });
    await house.settle();
    await house.advance(TIMES.resumeGraceMs + 100);
    const departed = { session: mallory.session, reason: 'lost' };
    expect(witness.last('presence').left).to.deep.equal([departed]);
  });

  it('[LI-4] leaves the other sessions of a flooder alone', async () => {
    const { house, mallory } = await setup();
    const other = house.client();
    await other.join('Mallory');
    for (let index = 0; index < 1_000; index += 1) mallory.sendRaw('nonsense');
    await house.settle();
    expect([mallory.closed?.code, other.closed]).to.deep.equal([CLOSE.flood, null]);
    await other.say('still here');
  });

  it('[LI-4] keeps a flooder out for a while, over sleep and restart, and then lets them in', async () => {
    const { house, witness, mallory } = await setup();
    for (let index = 0; index < 1_000; index += 1) mallory.send({ type: 'typing', on: true });
    await house.settle();
    await house.advance(TIMES.floodMs / 2);
    await house.hibernate();
    await mallory.join('Mallory').catch(() => undefined);
    const refusal = mallory.last('error');
    expect(refusal.code).to.equal('rate-limited');
    expect(refusal.retryAfterMs).to.be.within(1, TIMES.floodMs / 2);
    expect(mallory.closed?.code).to.equal(CLOSE.flood);
    await house.advance(refusal.retryAfterMs ?? 0);
    await mallory.join('Mallory');
    expect(mallory.closed).to.equal(null);
    await witness.say('still here');
  });

  it('[LI-4] counts one user over all sessions, at twice the figures of one', async () => {
    const { house, mallory } = await setup();
    const others = [house.client(), house.client()];
    for (const other of others) await other.join('Mallory');
    const all = [mallory, ...others];
    for (let index = 0; index < LIMITS.messageBurst; index += 1) {
      for (const one of all) one.send({ type: 'roster.get' });
    }
    await house.settle();
    const served = all.reduce((sum, one) => sum + one.all('roster').length, 0);
    expect(served).to.equal(2 * LIMITS.messageBurst);
  });

  it('[LI-4] does not count one session against another', async () => {
    const { house, witness, mallory } = await setup();
    for (let index = 0; index < 60; index += 1) mallory.send({ type: 'roster.get' });
    await house.settle();
    await expectUnharmed(house, witness);
  });
});
