/** Thousands of frames that nobody should send, each followed by a look at a bystander. */
import { expect } from '@esm-bundle/chai';
import { CLOSE, encode } from '@rtc-elements/protocol';
import fc from 'fast-check';

import { clientMessageSchemas } from '../../packages/protocol/src/client-message.js';
import { helloOf, type RawClient } from '../support/house/raw-client.js';
import type { House } from '../support/house/house.js';
import { meet } from '../support/house/meet.js';

const SEED = 20_261_121;
const CASES = 10_000;
const FRAMES_PER_RUN = 20;

const idLike = fc.oneof(fc.constantFrom('witness', 'x', '', '__proto__'), fc.string());
const scalar = fc.oneof(fc.integer(), fc.double(), fc.boolean(), fc.constant(null), idLike);
const keys = fc.constantFrom(
  'to',
  'id',
  'text',
  'on',
  'ref',
  'limit',
  'before',
  'epoch',
  'n',
  'meta',
  'seq',
  'emoji',
  'query',
  'action',
  'session',
  'user',
  'key',
  'value',
);

/** The right type with wrong insides: what comes nearest to being believed. */
const nearMiss = fc
  .tuple(
    fc.constantFrom(...Object.keys(clientMessageSchemas)),
    fc.dictionary(fc.oneof(keys, fc.string()), fc.oneof(scalar, fc.array(scalar))),
  )
  .map(([type, rest]) => JSON.stringify({ ...rest, type }));

const mutated = fc.tuple(fc.nat(400), fc.string({ maxLength: 3 })).map(([at, put]) => {
  const text = encode(helloOf('Fuzz', { call: true }));
  return text.slice(0, at) + put + text.slice(at + put.length);
});

const frame = fc.oneof(
  nearMiss,
  mutated,
  fc.json({ maxDepth: 12 }),
  fc.string(),
  fc.uint8Array({ maxLength: 64 }).map((bytes) => bytes.buffer),
);

describe('fuzz', () => {
  it(`[UN-1] survives ${CASES} wrong frames without an exception or an effect on a member (seed ${SEED})`, async () => {
    const { house, witness } = await meet({ witness: { call: true } });
    await house.advance(100);
    witness.clear();
    const before = await rosterSeenBy(house, witness);
    const run = fc.asyncProperty(
      fc.array(frame, { minLength: FRAMES_PER_RUN, maxLength: FRAMES_PER_RUN }),
      async (frames) => {
        const member = house.client();
        await member.join('Mallory', { call: true });
        const stranger = house.client().open();
        for (const data of frames) {
          // Each takes its turn as a first frame, too.
          if (!stranger.pair) stranger.open();
          stranger.sendRaw(data);
          if (!member.pair) await member.join('Mallory', { call: true });
          // What happens to be valid is no fuzz, save that it must harm nobody either.
          member.sendRaw(data);
        }
        await house.settle();
        member.close();
        stranger.close();
        await house.advance(3_000);
        await expectUnharmed(house, witness, before);
      },
    );
    await fc.assert(run, { seed: SEED, numRuns: CASES / FRAMES_PER_RUN });
  }).timeout(120_000);

  it(`[UN-1] closes only who sends the wrong frames (seed ${SEED})`, async () => {
    const { house, witness, mallory } = await meet({ witness: {}, mallory: {} });
    for (const data of fc.sample(fc.string(), { seed: SEED, numRuns: 500 })) mallory.sendRaw(data);
    await house.settle();
    expect(mallory.closed?.code).to.equal(CLOSE.flood);
    expect(witness.closed).to.equal(null);
  });
});

async function rosterSeenBy(house: House, client: RawClient): Promise<string> {
  client.send({ type: 'roster.get' });
  await house.settle();
  const { peers } = client.last('roster');
  client.clear();
  return JSON.stringify(peers);
}

async function expectUnharmed(house: House, witness: RawClient, before: string): Promise<void> {
  expect(house.warnings).to.deep.equal([]);
  expect(witness.closed).to.equal(null);
  const allowed = new Set(['presence', 'typing', 'chat.message', 'state']);
  expect(witness.heard.filter(({ type }) => !allowed.has(type))).to.deep.equal([]);
  witness.sendRaw('{"type":"ping"}');
  expect(await rosterSeenBy(house, witness)).to.equal(before);
}
