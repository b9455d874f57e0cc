// Which closes of a room say why in an `error` before, and which by their code alone.
import { expect } from '@esm-bundle/chai';
import { CLOSE, LIMITS, TIMES } from '@rtc-elements/protocol';

import { House } from '../support/house/house.js';
import { meet } from '../support/house/meet.js';
import { helloOf, type RawClient } from '../support/house/raw-client.js';

/** Makes a room close a client, and returns the client. */
type Scene = () => Promise<RawClient>;

/** A client whose `hello` the room refuses. */
async function refused(house: House, name = 'Cem', changes = {}): Promise<RawClient> {
  const client = house.client().open().send(helloOf(name, changes));
  await house.settle();
  return client;
}

async function flooded(): Promise<RawClient> {
  const { house, ben } = await meet({ ann: {}, ben: {} });
  for (let index = 0; index <= LIMITS.faultBurst; index += 1) ben.sendRaw('nonsense');
  await house.settle();
  ben.heard.splice(0, ben.heard.length - 1);
  return ben;
}

/** A client that a host of theirs has done this to. */
const moderated =
  (action: 'remove' | 'ban' | 'close'): Scene =>
  async () => {
    const { ann, ben } = await meet({ ann: {}, ben: {} });
    const { session, user } = ben.last('welcome').you;
    const request = { remove: { action, session }, ban: { action, user }, close: { action } };
    ann.send({ type: 'moderate', ref: 'r', ...request[action] } as never);
    await ann.say('after it');
    return ben;
  };

/** The room is locked. */
async function locked(): Promise<{ house: House; ann: RawClient }> {
  const { house, ann } = await meet({ ann: {} });
  await ann.ask({ type: 'moderate', action: 'lock', on: true });
  return { house, ann };
}

const SAID: readonly (readonly [what: string, code: number, error: string, scene: Scene])[] = [
  [
    'a first frame that is no hello',
    CLOSE.badMessage,
    'not-json',
    async () => {
      const house = new House();
      const client = house.client().open().sendRaw('nonsense');
      await house.settle();
      return client;
    },
  ],
  [
    'a first frame that is too big',
    CLOSE.tooBig,
    'too-big',
    () => refused(new House(), 'Cem', { meta: { m: 'x'.repeat(LIMITS.frameBytes) } }),
  ],
  ['a flood', CLOSE.flood, 'rate-limited', flooded],
  [
    'a full room',
    CLOSE.retryLater,
    'room-full',
    async () => refused((await meet({ ann: {} }, { limits: { members: 1 } })).house),
  ],
  [
    'one connection of a user too many',
    CLOSE.forbidden,
    'room-full',
    async () => {
      const house = new House();
      for (let tab = 0; tab < LIMITS.connectionsPerUser; tab += 1) await house.client().join('Ann');
      return refused(house, 'Ann');
    },
  ],
  [
    'a lock, without a knock',
    CLOSE.locked,
    'forbidden',
    async () => refused((await locked()).house),
  ],
  [
    'a ban, on return',
    CLOSE.banned,
    'forbidden',
    async () => {
      const { house, ann, ben } = await meet({ ann: {}, ben: {} });
      await ann.ask({ type: 'moderate', action: 'ban', user: ben.last('welcome').you.user });
      return refused(house, 'Ben');
    },
  ],
  [
    'a room that cannot be read',
    CLOSE.retryLater,
    'unavailable',
    async () => {
      const house = new House({ iceServers: { issue: () => Promise.reject(new Error('broken')) } });
      return refused(house);
    },
  ],
  [
    'too many sockets of one address',
    CLOSE.retryLater,
    'rate-limited',
    async () => {
      const house = new House();
      for (let index = 0; index < LIMITS.joinBurst; index += 1) house.client().open('192.0.2.1');
      const last = house.client().open('192.0.2.1');
      await house.settle();
      return last;
    },
  ],
  [
    'more sockets than the room takes',
    CLOSE.retryLater,
    'rate-limited',
    async () => {
      const house = new House({ limits: { members: 1 } });
      for (let index = 0; index <= LIMITS.members; index += 1) house.client().open();
      const last = house.client().open();
      await house.settle();
      return last;
    },
  ],
];

const ALONE: readonly (readonly [what: string, code: number, scene: Scene])[] = [
  [
    'no hello in time',
    CLOSE.idle,
    async () => {
      const house = new House();
      const client = house.client().open();
      await house.advance(TIMES.helloMs);
      return client;
    },
  ],
  [
    'a resume in another connection',
    CLOSE.replaced,
    async () => {
      const { house, ann } = await meet({ ann: {} });
      await house.client().join('Ann', { resume: ann.session });
      return ann;
    },
  ],
  ['a removal', CLOSE.removed, moderated('remove')],
  ['a ban', CLOSE.banned, moderated('ban')],
  ['a room that is closed', CLOSE.room, moderated('close')],
  [
    'a knock that is denied',
    CLOSE.locked,
    async () => {
      const { house, ann } = await locked();
      const cem = await refused(house, 'Cem', { knock: true });
      const [person] = ann.last('access').waiting ?? [];
      await ann.ask({ type: 'moderate', action: 'deny', session: person?.session ?? '' });
      return cem;
    },
  ],
];

describe('a close', () => {
  for (const [what, code, error, scene] of SAID) {
    it(`[CC-1] comes after an error: ${what}`, async () => {
      const client = await scene();
      expect(client.closed?.code).to.equal(code);
      expect(client.heard.at(-1)).to.deep.include({ type: 'error', code: error });
    });
  }

  for (const [what, code, scene] of ALONE) {
    it(`[CC-1] comes alone: ${what}`, async () => {
      const client = await scene();
      expect(client.closed?.code).to.equal(code);
      expect(client.all('error')).to.deep.equal([]);
    });
  }
});
