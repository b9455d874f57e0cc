import { expect } from '@esm-bundle/chai';
import { CLOSE, LIMITS, type MediaFlags, type ServerMessage, TIMES } from '@rtc-elements/protocol';

import type { RawClient } from '../support/house/raw-client.js';
import { House } from '../support/house/house.js';
import { meet } from '../support/house/meet.js';

const ON: MediaFlags = { microphone: true, camera: true, screen: false };
const OFF: MediaFlags = { microphone: false, camera: false, screen: false };

/** A host, who came first, and a speaker who sends. */
async function setup() {
  const { house, host, ben } = await meet({ host: { call: true }, ben: { call: true, media: ON } });
  await house.advance(100);
  const lineOf = async (who: RawClient, of: RawClient) => {
    who.send({ type: 'roster.get' });
    await house.settle();
    return who.last('roster').peers.find(({ session }) => session === of.session);
  };
  return { house, host, ben, lineOf };
}

const isBareClose = (client: RawClient, code: number): boolean => client.closed?.code === code;

describe('roles', () => {
  it('[MO-1] make the first member of an open room host, and the next speakers', async () => {
    const { host, ben } = await setup();
    expect(host.last('welcome').you.role).to.equal('host');
    expect(ben.last('welcome').you.role).to.equal('speaker');
  });

  it('[MO-1] pass to whoever is here the longest when the last host has gone for good', async () => {
    const { house, host, ben, lineOf } = await setup();
    const cem = house.client();
    await cem.join('Cem');
    host.pair?.cut();
    await house.advance(TIMES.resumeGraceMs / 2);
    expect((await lineOf(ben, ben))?.role, 'a broken socket is not the end').to.equal('speaker');
    for (const one of [ben, cem]) one.sendRaw('{"type":"ping"}');
    await house.advance(TIMES.resumeGraceMs);
    expect(await lineOf(ben, host), 'the session is lost').to.equal(undefined);
    expect((await lineOf(ben, ben))?.role, 'the host may come back').to.equal('speaker');
    for (const one of [ben, cem]) one.sendRaw('{"type":"ping"}');
    await house.advance(TIMES.hostReturnMs - 1.5 * TIMES.resumeGraceMs);
    expect((await lineOf(cem, ben))?.role).to.equal('host');
    expect((await lineOf(cem, cem))?.role).to.equal('speaker');
  });

  it('[MO-1] are those of the token where there is one, and never passed on', async () => {
    const house = new House();
    const [ann, ben] = [house.client(), house.client()];
    const identity = { role: 'speaker', name: 'By Token', can: null } as const;
    await ann.as({ ...identity, user: 'ann' }).join('Somebody else');
    expect(ann.last('welcome').you).to.include({ user: 'ann', name: 'By Token', role: 'speaker' });
    ann.send({ type: 'presence.set', name: 'Somebody else', hand: true });
    await ben.join('Ben');
    expect(ben.last('welcome').you.role, 'Ben has no token').to.equal('host');
    ben.close();
    await house.advance(100);
    ann.send({ type: 'roster.get' });
    await house.settle();
    const [line] = ann.last('roster').peers;
    expect(line).to.include({ name: 'By Token', hand: true, role: 'speaker' });
  });

  for (const [role, can, allowed] of [
    ['listener', null, ['chat']],
    ['speaker', null, ['chat', 'media', 'state']],
    ['host', null, ['chat', 'media', 'state', 'moderate']],
    ['speaker', ['state'], ['state']],
    ['listener', ['media', 'moderate'], ['media', 'moderate']],
  ] as const) {
    it(`[MO-1] let a ${role}${can ? ` who can ${can.join(' and ')}` : ''} do just that`, async () => {
      const { house, witness } = await meet({ witness: { call: true } });
      const ann = house.client();
      await ann.as({ user: 'ann', name: null, role, can }).join('Ann', { media: ON });
      await house.advance(100);
      expect(ann.last('welcome').you.can, 'as the roster shows it').to.deep.equal(can ?? undefined);
      witness.clear();
      const done: string[] = [];
      await ann.say('a word');
      if (ann.all('chat.ack').length > 0) done.push('chat');
      const { session } = witness;
      if (ann.last('welcome').you.media.microphone) done.push('media');
      ann.clear();
      ann.send({ type: 'presence.set', media: { ...ON, screen: true } });
      await house.settle();
      expect(ann.all('error').length === 0, 'a frame says the same').to.equal(
        done.includes('media'),
      );
      if ((await ann.ask({ type: 'state.set', key: 'k', value: 1 })) === 'done') done.push('state');
      const lower = { type: 'moderate', action: 'lower-hand', session } as const;
      if ((await ann.ask(lower)) === 'done') done.push('moderate');
      expect(done).to.deep.equal(allowed);
      expect(house.warnings).to.deep.equal([]);
    });
  }

  it('[MO-1] stop nobody from turning off what they may not send', async () => {
    const { house, host, ben, lineOf } = await setup();
    await host.ask({ type: 'moderate', action: 'role', session: ben.session, role: 'listener' });
    ben.send({ type: 'presence.set', media: OFF, hand: true });
    await house.advance(100);
    expect(await lineOf(host, ben)).to.deep.include({ media: OFF, hand: true, role: 'listener' });
  });
});

describe('moderation', () => {
  it('[MO-2] mutes for everybody until its owner has turned it off and on again', async () => {
    const { house, host, ben, lineOf } = await setup();
    const mute = { type: 'moderate', action: 'mute', source: 'microphone' } as const;
    expect(await host.ask({ ...mute, session: ben.session })).to.equal('done');
    const muted = async () => (await lineOf(host, ben))?.muted;
    expect(await muted()).to.deep.equal(['microphone']);
    ben.send({ type: 'presence.set', media: ON });
    await house.advance(100);
    expect(await muted(), 'still on is not turned on').to.deep.equal(['microphone']);
    ben.send({ type: 'presence.set', media: { ...ON, microphone: false } });
    await house.hibernate();
    await house.advance(100);
    expect(await muted()).to.deep.equal(['microphone']);
    ben.send({ type: 'presence.set', media: ON });
    await house.advance(100);
    expect(await muted()).to.deep.equal([]);
  });

  it('[MO-2] removes with 4410, and lets the same person come again', async () => {
    const { house, host, ben } = await setup();
    const { session } = ben;
    host.clear();
    expect(await host.ask({ type: 'moderate', action: 'remove', session })).to.equal('done');
    await house.advance(100);
    expect(isBareClose(ben, CLOSE.removed)).to.equal(true);
    expect(host.last('presence').left).to.deep.equal([{ session, reason: 'removed' }]);
    await ben.join('Ben');
    expect(await host.ask({ type: 'moderate', action: 'remove', session })).to.equal('not-found');
  });

  it('[MO-2] bans every session of a user with 4411, over restarts, until it is taken back', async () => {
    const { house, host, ben } = await setup();
    const twin = house.client();
    const { you } = await twin.join('Ben');
    await host.ask({ type: 'moderate', action: 'ban', user: you.user });
    await house.settle();
    expect([ben, twin].every((one) => isBareClose(one, CLOSE.banned))).to.equal(true);
    expect(host.last('access').banned).to.deep.equal([{ user: you.user, name: 'Ben' }]);
    await house.hibernate();
    await ben.join('Ben').catch(() => undefined);
    expect(isBareClose(ben, CLOSE.banned)).to.equal(true);
    await host.ask({ type: 'moderate', action: 'unban', user: you.user });
    await ben.join('Ben');
    expect(host.last('access').banned).to.deep.equal([]);
  });

  it('[MO-2] gives a role that a resumed session has, and a listener sends nothing', async () => {
    const { house, host, ben, lineOf } = await setup();
    const { session } = ben;
    await host.ask({ type: 'moderate', action: 'role', session, role: 'listener' });
    expect(await lineOf(host, ben)).to.deep.include({ role: 'listener', media: OFF });
    ben.pair?.cut();
    await house.settle();
    await ben.join('Ben', { resume: session, media: ON, call: true });
    expect(ben.last('welcome').you).to.deep.include({ role: 'listener', media: OFF });
    await host.ask({ type: 'moderate', action: 'role', session, role: 'host' });
    expect(await ben.ask({ type: 'moderate', action: 'lock', on: true })).to.equal('done');
  });

  it('[MO-2] ends a mute when its owner turns the source on while the room is out of reach', async () => {
    const { house, host, ben, lineOf } = await setup();
    const { session } = ben;
    ben.send({ type: 'presence.set', media: ON });
    await host.ask({ type: 'moderate', action: 'mute', session, source: 'microphone' });
    ben.send({ type: 'presence.set', media: OFF });
    expect(await lineOf(host, ben)).to.deep.include({ media: OFF, muted: ['microphone'] });
    ben.pair?.cut();
    await house.settle();
    await ben.join('Ben', { resume: session, media: OFF });
    expect(ben.last('welcome').you.muted, 'it is still off').to.deep.equal(['microphone']);
    ben.pair?.cut();
    await house.settle();
    await ben.join('Ben', { resume: session, media: ON });
    expect(ben.last('welcome').you).to.deep.include({ media: ON, muted: [] });
  });

  it('[MO-2] closes the room with 4404 for everybody, who may come again', async () => {
    const { house, host, ben } = await setup();
    await host.say('before');
    await host.ask({ type: 'moderate', action: 'lock', on: true });
    host.send({ type: 'moderate', ref: 'x', action: 'close' });
    await house.settle();
    expect([host, ben].every((one) => isBareClose(one, CLOSE.room))).to.equal(true);
    const { you, chat } = await ben.join('Ben');
    expect([you.role, chat.messages.length]).to.deep.equal(['host', 1]);
  });

  it('[MO-2] is refused to a speaker, and reaches nobody', async () => {
    const { house, host, ben } = await setup();
    host.clear();
    for (const request of [
      { action: 'remove', session: host.session },
      { action: 'mute', session: host.session, source: 'camera' },
      { action: 'ban', user: ben.last('welcome').you.user },
      { action: 'role', session: ben.session, role: 'host' },
      { action: 'lock', on: true },
      { action: 'close' },
    ] as const) {
      expect(await ben.ask({ type: 'moderate', ...request }), request.action).to.equal('forbidden');
    }
    await house.advance(100);
    expect(host.heard).to.deep.equal([]);
    expect(host.closed).to.equal(null);
  });
});

describe('a locked room', () => {
  /** Locked by its host, with somebody at the door. */
  async function knock() {
    const made = await setup();
    await made.host.ask({ type: 'moderate', action: 'lock', on: true });
    const cem = made.house.client();
    await cem.join('Cem', { knock: true }).catch(() => undefined);
    return { ...made, cem };
  }
  const typesOf = (heard: readonly ServerMessage[]): string[] => heard.map(({ type }) => type);

  it('[MO-3] turns away with 4423, and lets wait whoever knocks', async () => {
    const { house, host, ben, cem } = await knock();
    const dan = house.client();
    await dan.join('Dan').catch(() => undefined);
    expect(isBareClose(dan, CLOSE.locked)).to.equal(true);
    expect(typesOf(cem.heard)).to.deep.equal(['wait']);
    expect(cem.closed).to.equal(null);
    const [waiting] = host.last('access').waiting ?? [];
    expect(waiting?.name).to.equal('Cem');
    expect(ben.last('access')).to.deep.equal({ type: 'access', locked: true });
  });

  it('[MO-3] lets in whom a host admits, also after sleep, and turns away whom they deny', async () => {
    const { house, host, cem } = await knock();
    const eve = house.client();
    await eve.join('Eve', { knock: true }).catch(() => undefined);
    await house.hibernate();
    const [first, second] = host.last('access').waiting ?? [];
    await host.ask({ type: 'moderate', action: 'admit', session: first?.session ?? '' });
    expect(cem.last('welcome').session).to.equal(first?.session);
    await host.ask({ type: 'moderate', action: 'deny', session: second?.session ?? '' });
    expect(isBareClose(eve, CLOSE.locked)).to.equal(true);
    expect(host.last('access').waiting).to.deep.equal([]);
    const again = { type: 'moderate', action: 'admit', session: second?.session ?? '' } as const;
    expect(await host.ask(again)).to.equal('not-found');
  });

  it('[MO-3] lets in everybody who waits once it is unlocked, or empty', async () => {
    for (const unlock of [true, false]) {
      const { house, host, ben, cem } = await knock();
      if (unlock) await host.ask({ type: 'moderate', action: 'lock', on: false });
      else {
        host.close();
        ben.close();
      }
      await house.advance(unlock ? 100 : TIMES.hostReturnMs);
      expect(cem.all('welcome')).to.have.length(1);
    }
  });

  it('[MO-3] lets in who resumes and who may moderate', async () => {
    const { house, ben } = await knock();
    ben.pair?.cut();
    await house.settle();
    await ben.join('Ben', { resume: ben.session });
    const guard = house.client();
    const identity = { user: 'guard', name: null, role: 'host', can: null } as const;
    await guard.as(identity).join('Guard');
    expect(guard.last('access').waiting).to.have.length(1);
  });

  it('[MO-3] tires of whom nobody lets in after ten minutes, and of more than 32', async () => {
    const { house, host, ben, cem } = await knock();
    const crowd = Array.from({ length: LIMITS.waiting }, () => house.client());
    for (const [index, one] of crowd.entries()) {
      await one.join(`P${index}`, { knock: true }).catch(() => undefined);
    }
    expect(isBareClose(crowd.at(-1) as RawClient, CLOSE.locked)).to.equal(true);
    for (let beat = 0; beat < TIMES.knockMs / 25_000 + 2; beat += 1) {
      for (const one of [host, ben]) one.sendRaw('{"type":"ping"}');
      await house.advance(25_000);
    }
    expect(isBareClose(cem, CLOSE.locked)).to.equal(true);
    expect(host.last('access').waiting).to.deep.equal([]);
  });

  it('[MO-3] takes nothing but the heartbeat from who waits', async () => {
    const { house, host, cem } = await knock();
    cem.sendRaw('{"type":"ping"}');
    await house.settle();
    expect(cem.last('pong')).to.deep.equal({ type: 'pong' });
    host.clear();
    cem.send({ type: 'chat.send', id: 'x', text: 'let me in' });
    await house.settle();
    expect(isBareClose(cem, CLOSE.badMessage)).to.equal(true);
    expect(host.last('access').waiting).to.deep.equal([]);
    expect(host.all('chat.message')).to.deep.equal([]);
  });
});
