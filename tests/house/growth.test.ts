// A client in a room that is newer than it, and a room with clients that are newer or older than it.
import { expect } from '@esm-bundle/chai';
import {
  CLIENT_CAPABILITIES,
  CLOSE,
  LIMITS,
  ROOM_FEATURES,
  type ServerMessage,
} from '@rtc-elements/protocol';

import type { RoomErrorEvent } from '../../packages/core/src/api/room-events.js';
import { changingFrames, growFrame } from '../support/grow.js';
import { House } from '../support/house/house.js';
import { type HouseRoom, joinHouseRoom, textsOf } from '../support/house/house-room.js';
import { meet } from '../support/house/meet.js';
import { helloOf } from '../support/house/raw-client.js';

/** A client in a room whose frames pass through `change`. */
function enter(house: House, change: (frame: string) => string): Promise<HouseRoom> {
  const openSocket = changingFrames(house.openSocket, change);
  return joinHouseRoom(house, { name: 'Me', ports: { clock: house.clock, openSocket } });
}

/** The same, if the frame is of that type. */
const change =
  (type: ServerMessage['type'], how: (message: Record<string, unknown>) => object) =>
  (frame: string): string => {
    const message = JSON.parse(frame) as { readonly type: string };
    return message.type === type ? JSON.stringify(how({ ...message })) : frame;
  };

describe('a client in a newer room', () => {
  it('[UN-2] sees the same of a room that says more in every object of every frame', async () => {
    const house = new House();
    const today = await enter(house, (frame) => frame);
    const old = await enter(house, growFrame);
    const ann = house.client();
    await ann.join('Ann');
    await ann.say('hello');
    ann.send({ type: 'presence.set', hand: true, meta: { seat: 1 } });
    ann.send({ type: 'typing', on: true });
    ann.send({ type: 'state.set', ref: 'r', key: 'topic', value: { a: 1 } });
    await house.advance(100);
    const sent = old.room.chat.send('hello yourself');
    await house.settle();
    await sent;

    const [here, there] = [today, old].map(({ room }) => room.getSnapshot());
    const others = (state = here) => state?.peers.filter(({ name }) => name === 'Ann');
    expect(others(there)).to.deep.equal(others(here));
    expect(others(there)?.[0]).to.include({ hand: true, typing: true });
    expect(textsOf(old.room)).to.deep.equal(textsOf(today.room));
    expect(there?.chat).to.deep.equal(here?.chat);
    expect(there?.sharedState).to.deep.equal(here?.sharedState);
    expect(JSON.stringify(there)).not.to.contain('x-new');

    const { room: facts } = await old.room.diagnostics();
    expect(facts.unknown).to.be.above(10);
    expect((await today.room.diagnostics()).room.unknown).to.equal(0);
    expect(house.warnings).to.deep.equal([]);
  });

  it('[UN-2] resumes in it', async () => {
    const house = new House();
    const { room } = await enter(house, growFrame);
    const { session } = room.getSnapshot().you ?? {};
    house.pairs[0]?.cut();
    await house.advance(2_000);
    expect(room.getSnapshot().connection).to.equal('connected');
    expect(room.getSnapshot().you?.session).to.equal(session);
  });

  it('[UN-5] shows a message of a kind that it does not know as its text', async () => {
    const house = new House();
    const poll = change('chat.message', (frame) => ({
      ...frame,
      message: { ...(frame['message'] as object), kind: 'poll', options: ['yes', 'no'] },
    }));
    const { room } = await enter(house, poll);
    const ann = house.client();
    await ann.join('Ann');
    await ann.say('Poll: shall we? Yes or no.');
    expect(room.getSnapshot().chat.entries).to.have.length(1);
    expect(room.getSnapshot().chat.entries[0]).to.include({
      kind: 'text',
      text: 'Poll: shall we? Yes or no.',
    });
    expect((await room.diagnostics()).room.unknown).to.equal(2);
  });

  it('[UN-5] shows an error that it does not know in the words of the room', async () => {
    const house = new House();
    const quota = { code: 'disk-quota', detail: 'This room has no space left.' };
    const { room } = await enter(
      house,
      change('done', ({ ref }) => ({ type: 'error', ref, ...quota, retryAfterMs: 3_000 })),
    );
    const errors: unknown[] = [];
    room.addEventListener('error', ({ error }: RoomErrorEvent) => errors.push(error));
    const failed = room.moderation.lock(true).catch((error: unknown) => error);
    await house.settle();
    expect(await failed).to.include({
      code: 'refused',
      message: quota.detail,
      cause: quota.code,
      retryable: true,
      retryAfterMs: 3_000,
    });
    expect(errors).to.deep.equal([]);
  });

  it('[UN-5] tells of an error that nobody waits for, if it does not know it', async () => {
    const house = new House();
    const detail = 'The relay is over its quota.';
    const { room } = await enter(
      house,
      change('typing', () => ({ type: 'error', code: 'turn-quota', detail })),
    );
    const errors: unknown[] = [];
    room.addEventListener('error', ({ error, fatal }: RoomErrorEvent) =>
      errors.push([error.code, error.message, fatal]),
    );
    const ann = house.client();
    await ann.join('Ann');
    ann.send({ type: 'typing', on: true });
    await house.settle();
    expect(errors).to.deep.equal([['refused', detail, false]]);
    expect(room.getSnapshot().connection).to.equal('connected');
  });

  it('[UN-5] says why a newer room let it in no more, in the words of the room', async () => {
    const house = new House();
    const detail = 'This room is for subscribers.';
    const { room } = await enter(
      house,
      change('typing', () => ({ type: 'error', code: 'no-subscription', detail })),
    );
    const ann = house.client();
    await ann.join('Ann');
    ann.send({ type: 'typing', on: true });
    await house.settle();
    house.pairs[0]?.close(4430, 'no-subscription');
    await house.settle();
    const { connection, left, problem } = room.getSnapshot();
    expect([connection, left]).to.deep.equal(['closed', 'room-closed']);
    expect(problem).to.include({ code: 'refused', message: detail, retryable: false });
  });

  it('[UN-4] keeps what the room takes, at most 64 of it', async () => {
    const house = new House();
    const features = Array.from({ length: 10_000 }, (_, index) => `feature-${index}`);
    const { room } = await enter(
      house,
      change('welcome', (welcome) => ({ ...welcome, features })),
    );
    const { room: facts } = await room.diagnostics();
    expect(facts.features).to.deep.equal(features.slice(0, LIMITS.features));
    expect(facts.unknown).to.equal(1);
    expect(room.getSnapshot().connection).to.equal('connected');
  });
});

describe('a room with clients of other editions', () => {
  it('[UN-4] names its features to clients that can take them, and to no others', async () => {
    const house = new House();
    const old = await house.client().join('Old');
    expect(old).not.to.have.property('features');
    for (const capabilities of [[], ['something-else'], ['']]) {
      const welcome = await house.client().join('Old', { capabilities });
      expect(welcome, String(capabilities)).not.to.have.property('features');
    }
    const now = await house.client().join('New', { capabilities: CLIENT_CAPABILITIES });
    expect(now.features).to.deep.equal(ROOM_FEATURES);
  });

  it('[UN-4] names them to somebody who was admitted from the waiting room, after a sleep', async () => {
    const { house, ann } = await meet({ ann: {} });
    await ann.ask({ type: 'moderate', action: 'lock', on: true });
    const ben = house.client();
    ben.open().send(helloOf('Ben', { knock: true, capabilities: CLIENT_CAPABILITIES }));
    await house.settle();
    await house.hibernate();
    const [person] = ann.last('access').waiting ?? [];
    await ann.ask({ type: 'moderate', action: 'admit', session: person?.session ?? '' });
    expect(ben.last('welcome').features).to.deep.equal(ROOM_FEATURES);
  });

  it('[UN-4] ignores capabilities that it does not know', async () => {
    const house = new House();
    const capabilities = Array.from({ length: LIMITS.capabilities }, (_, index) => `new-${index}`);
    const welcome = await house.client().join('Ann', { capabilities });
    expect(welcome.you.name).to.equal('Ann');
    expect(JSON.stringify(welcome)).not.to.contain('new-');
  });

  it('[EN-4] refuses the hello of the next version, whatever its shape, and says what to do', async () => {
    const { house, ann } = await meet({ ann: {} });
    ann.clear();
    for (const hello of [
      { ...helloOf('Zoe'), protocol: 2 },
      { ...helloOf('Zoe'), protocol: 2, languages: ['en'], media: 'none' },
      { type: 'hello', protocol: 2 },
    ]) {
      const zoe = house.client().open().sendRaw(JSON.stringify(hello));
      await house.settle();
      expect(zoe.last('error').code).to.equal('bad-version');
      expect(zoe.last('error').detail).to.contain('version 1').and.to.contain('update');
      expect(zoe.closed?.code).to.equal(CLOSE.badMessage);
    }
    expect(ann.heard).to.deep.equal([]);
  });
});
