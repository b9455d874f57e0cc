// A role that a host has given is the user's, not the session's: no reload and no second tab is a way around it.
import { expect } from '@esm-bundle/chai';
import type { Role } from '@rtc-elements/protocol';

import type { RawClient } from '../support/house/raw-client.js';
import { meet } from '../support/house/meet.js';

const OFF = { microphone: false, camera: false, screen: false };
const ON = { ...OFF, microphone: true };

const give = (host: RawClient, session: string, role: Role) =>
  host.ask({ type: 'moderate', action: 'role', session, role });

/** A host, who came first, and two speakers. */
async function setup() {
  const { house, host, ben, cem } = await meet({ host: {}, ben: {}, cem: {} });
  await house.advance(100);
  return { house, host, ben, cem };
}

describe('a role that a host has given', () => {
  it('[MO-2] outlives the session: a listener who reloads is a listener', async () => {
    const { house, host, ben } = await setup();
    await give(host, ben.session, 'listener');
    ben.close();
    await house.hibernate();
    const { you } = await ben.join('Ben', { media: ON });
    expect(you).to.deep.include({ role: 'listener', media: OFF });
    await give(host, ben.session, 'speaker');
    ben.close();
    await house.advance(100);
    expect((await ben.join('Ben')).you.role).to.equal('speaker');
  });

  it('[MO-2] holds in every session of the user, also in one that begins later', async () => {
    const { house, host, ben } = await setup();
    const [tab, later] = [house.client(), house.client()];
    await tab.join('Ben');
    await give(host, ben.session, 'listener');
    await later.join('Ben');
    host.send({ type: 'roster.get' });
    await house.settle();
    const theirs = host.last('roster').peers.filter(({ name }) => name === 'Ben');
    expect(theirs.map(({ role }) => role)).to.deep.equal(['listener', 'listener', 'listener']);
  });

  it('[MO-2] takes the way back from a host who was one', async () => {
    const { house, host, ben } = await setup();
    await give(host, ben.session, 'host');
    await give(ben, host.session, 'speaker');
    host.close();
    await house.advance(100);
    expect((await host.join('Host')).you.role).to.equal('speaker');
  });

  it('[MO-1] does not keep somebody from becoming host later, and from being host again', async () => {
    const { house, host, ben, cem } = await setup();
    await give(host, ben.session, 'host');
    await give(ben, host.session, 'speaker');
    cem.close();
    await house.advance(100);
    await give(ben, ben.session, 'listener');
    await house.advance(100);
    host.close();
    await house.advance(100);
    expect((await host.join('Host')).you.role).to.equal('host');
  });

  it('[MO-2] overrides a token, unless that makes somebody host', async () => {
    const { house, host } = await meet({ host: {} });
    const named = (user: string, role: Role) => ({
      user,
      role,
      name: null,
      can: ['chat'] as const,
    });
    const pupil = house.client().as(named('pupil', 'listener'));
    const owner = house.client().as(named('owner', 'host'));
    await pupil.join('Pupil');
    await owner.join('Owner');
    await give(host, pupil.session, 'speaker');
    await give(host, owner.session, 'listener');
    for (const one of [pupil, owner]) one.close();
    await house.advance(100);
    const { you } = await pupil.join('Pupil');
    expect([you.role, you.can]).to.deep.equal(['speaker', undefined]);
    expect((await owner.join('Owner')).you.role, 'nobody else could give it back').to.equal('host');
  });

  it('[MO-2] ends when nobody is in the room', async () => {
    const { house, host, ben } = await setup();
    await give(host, ben.session, 'listener');
    expect(await host.ask({ type: 'moderate', action: 'close' })).to.equal('done');
    await house.advance(100);
    await host.join('Host');
    expect((await ben.join('Ben')).you.role).to.equal('speaker');
  });
});
