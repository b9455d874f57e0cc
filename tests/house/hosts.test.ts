// Who is host of a room without tokens, while pages are reloaded and people come and go.
import { expect } from '@esm-bundle/chai';
import { CLOSE, TIMES } from '@rtc-elements/protocol';

import type { RawClient } from '../support/house/raw-client.js';
import { House } from '../support/house/house.js';
import { meet } from '../support/house/meet.js';

/** A host, who came first, and two speakers. Every client is known by its name. */
async function setup() {
  const { house, host, ben, cem } = await meet({ host: {}, ben: {}, cem: {} });
  await house.advance(100);
  return { house, host, ben, cem };
}

/** The role that the roster shows, `null` for somebody who is not on it. */
async function roleOf(house: House, who: RawClient, seenBy = who): Promise<string | null> {
  seenBy.send({ type: 'roster.get' });
  await house.settle();
  return seenBy.last('roster').peers.find(({ session }) => session === who.session)?.role ?? null;
}

/** Nobody falls silent while the clock runs. */
async function pass(house: House, ms: number, ...here: readonly RawClient[]): Promise<void> {
  for (let left = ms; left > 0; left -= 10_000) {
    for (const one of here) one.sendRaw('{"type":"ping"}');
    await house.advance(Math.min(left, 10_000));
  }
}

const LOCK = { type: 'moderate', action: 'lock', on: true } as const;

describe('a host', () => {
  it('[MO-1] who reloads the page is host again, and nobody has taken over', async () => {
    const { house, host, ben } = await setup();
    host.close();
    await pass(house, 1_000, ben);
    expect(await roleOf(house, ben)).to.equal('speaker');
    expect((await host.join('Host')).you.role).to.equal('host');
    await pass(house, 2 * TIMES.hostReturnMs, host, ben);
    expect([await roleOf(house, host), await roleOf(house, ben)]).to.deep.equal([
      'host',
      'speaker',
    ]);
  });

  it('[MO-1] who is away for a minute makes way for whoever is here the longest', async () => {
    const { house, host, ben, cem } = await setup();
    host.close();
    await pass(house, TIMES.hostReturnMs - 1, ben, cem);
    expect(await roleOf(house, ben)).to.equal('speaker');
    await house.hibernate();
    await pass(house, 1, ben, cem);
    expect([await roleOf(house, ben), await roleOf(house, cem)]).to.deep.equal(['host', 'speaker']);
    expect((await host.join('Host')).you.role, 'too late').to.equal('speaker');
  });

  it('[MO-1] is expected back for a minute from when the socket broke', async () => {
    const { house, host, ben } = await setup();
    host.pair?.cut();
    await pass(house, TIMES.resumeGraceMs + 1_000, ben);
    expect(await roleOf(house, host, ben), 'the session is lost').to.equal(null);
    expect((await host.join('Host')).you.role).to.equal('host');
    host.pair?.cut();
    await pass(house, TIMES.hostReturnMs, ben);
    expect(await roleOf(house, ben)).to.equal('host');
  });

  it('[MO-1] whose page crashed is host in a new session, before the old one is lost', async () => {
    const { house, host, ben } = await setup();
    host.pair?.cut();
    await house.settle();
    expect((await host.join('Host')).you.role).to.equal('host');
    await pass(house, 2 * TIMES.hostReturnMs, host, ben);
    expect(await roleOf(house, ben)).to.equal('speaker');
  });

  it('[MO-1] who closes one of two tabs is host in the other at once', async () => {
    const { house, host, ben } = await setup();
    const tab = house.client();
    expect((await tab.join('Host')).you.role).to.equal('speaker');
    host.close();
    await house.advance(100);
    expect([await roleOf(house, tab), await roleOf(house, ben)]).to.deep.equal(['host', 'speaker']);
  });

  it('[MO-1] who was made one and reloads is host again beside the other', async () => {
    const { house, host, ben } = await setup();
    const appoint = { type: 'moderate', action: 'role', role: 'host' } as const;
    expect(await host.ask({ ...appoint, session: ben.session })).to.equal('done');
    ben.close();
    await house.advance(100);
    expect((await ben.join('Ben')).you.role).to.equal('host');
  });

  it('[MO-1] who was sent away by another does not come back as host', async () => {
    for (const action of ['remove', 'ban'] as const) {
      const { house, host, ben } = await setup();
      const appoint = { type: 'moderate', action: 'role', role: 'host' } as const;
      await host.ask({ ...appoint, session: ben.session });
      const { user } = host.last('welcome').you;
      const whom = action === 'ban' ? { action, user } : { action, session: host.session };
      expect(await ben.ask({ type: 'moderate', ...whom })).to.equal('done');
      if (action === 'ban') await ben.ask({ type: 'moderate', action: 'unban', user });
      await house.advance(100);
      expect((await host.join('Host')).you.role, action).to.equal('speaker');
    }
  });

  it('[MO-1] who is alone and reloads is not outrun by a stranger', async () => {
    const { house, host } = await meet({ host: {} });
    host.close();
    const eve = house.client();
    expect((await eve.join('Eve')).you.role).to.equal('speaker');
    expect((await host.join('Host')).you.role).to.equal('host');
    host.close();
    await pass(house, TIMES.hostReturnMs, eve);
    expect(await roleOf(house, eve)).to.equal('host');
  });

  it('[MO-3] gets past the lock that they set, whoever else is outside', async () => {
    for (const isAlone of [true, false]) {
      const { house, host, ben, cem } = await setup();
      expect(await host.ask(LOCK)).to.equal('done');
      if (isAlone) for (const one of [ben, cem]) one.close();
      host.close();
      await house.advance(100);
      const eve = house.client();
      await eve.join('Eve').catch(() => undefined);
      expect(eve.closed?.code).to.equal(CLOSE.locked);
      expect((await host.join('Host')).you.role).to.equal('host');
      expect(host.last('access').locked).to.equal(true);
    }
  });
});

describe('a room that was left by all', () => {
  /** A room whose host has banned Ben and locked it, and has left. */
  async function abandon({ asksForTokens }: { readonly asksForTokens: boolean }) {
    const house = new House({ asksForTokens });
    const [host, ben] = [house.client(), house.client()];
    if (asksForTokens) {
      host.as({ user: 'host', role: 'host', name: null, can: null });
      ben.as({ user: 'ben', role: 'speaker', name: null, can: null });
    }
    await host.join('Host');
    const { user } = (await ben.join('Ben')).you;
    expect(await host.ask({ type: 'moderate', action: 'ban', user })).to.equal('done');
    expect(await host.ask(LOCK)).to.equal('done');
    host.close();
    await house.advance(100);
    return { house, ben };
  }

  it('[MO-2] keeps its bans while the host may come back', async () => {
    const { ben } = await abandon({ asksForTokens: false });
    await ben.join('Ben').catch(() => undefined);
    expect(ben.closed?.code).to.equal(CLOSE.banned);
  });

  it('[MO-2] forgets its bans and its lock when no host is expected back, over sleep', async () => {
    const { house, ben } = await abandon({ asksForTokens: false });
    await house.hibernate();
    await house.advance(TIMES.hostReturnMs);
    expect((await ben.join('Ben')).you.role).to.equal('host');
    expect(ben.all('access')).to.deep.equal([]);
    expect(house.store.entries.has('hosts')).to.equal(false);
  });

  it('[MO-2] keeps its bans where tokens say who is host', async () => {
    const { house, ben } = await abandon({ asksForTokens: true });
    await house.advance(TIMES.hostReturnMs);
    await ben.join('Ben').catch(() => undefined);
    expect(ben.closed?.code).to.equal(CLOSE.banned);
  });
});
