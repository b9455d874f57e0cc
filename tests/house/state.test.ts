import { expect } from '@esm-bundle/chai';
import { type Json, LIMITS } from '@rtc-elements/protocol';

import { meet } from '../support/house/meet.js';

async function setup() {
  const { house, ann, ben } = await meet({ ann: {}, ben: {} });
  const set = (who: typeof ann, key: string, value: Json, rev?: number) =>
    who.ask({ type: 'state.set', key, value, ...(rev !== undefined && { rev }) });
  return { house, ann, ben, set };
}

describe('the state of a room', () => {
  it('[ST-1] is told to everybody as it changes, and to whoever comes or comes back', async () => {
    const { house, ann, ben, set } = await setup();
    const { user } = ann.last('welcome').you;
    expect(await set(ann, 'slide', 4)).to.equal('done');
    const entry = { key: 'slide', value: 4, rev: 1, by: user };
    expect(ben.last('state')).to.deep.equal({ type: 'state', entries: [entry] });
    expect(ann.last('state')).to.deep.equal(ben.last('state'));
    const cem = house.client();
    await cem.join('Cem');
    expect(cem.last('state')).to.deep.equal({ type: 'state', entries: [entry], all: true });
    await set(ben, 'slide', null);
    ann.pair?.cut();
    await house.settle();
    await ann.join('Ann', { resume: ann.session });
    expect(ann.last('state')).to.deep.equal({ type: 'state', entries: [], all: true });
  });

  it('[ST-1] compares before it sets, where asked to', async () => {
    const { ann, ben, set } = await setup();
    expect(await set(ann, 'k', 'a', 0)).to.equal('done');
    ben.clear();
    expect(await set(ben, 'k', 'b', 0)).to.equal('conflict');
    expect(ben.last('state').entries[0]).to.include({ value: 'a', rev: 1 });
    expect(await set(ben, 'k', 'b', 1)).to.equal('done');
    expect(await set(ann, 'k', 'c', 1)).to.equal('conflict');
    expect(await set(ann, 'k', 'c')).to.equal('done');
    expect(await set(ben, 'gone', null, 7)).to.equal('conflict');
  });

  it('[ST-1] lets one of two win who set at the same time', async () => {
    const { house, ann, ben } = await setup();
    for (const who of [ann, ben]) {
      who.send({ type: 'state.set', ref: 'r', key: 'k', value: who.session, rev: 0 });
    }
    await house.settle();
    const done = [ann, ben].filter((who) => who.all('done').length > 0);
    expect(done).to.have.length(1);
    expect([ann, ben].flatMap((who) => who.all('error'))).to.have.length(1);
  });

  it('[ST-1] survives sleep and restart', async () => {
    const { house, ann, ben, set } = await setup();
    await set(ann, 'kept', { deep: [1, { a: null }] });
    await set(ann, 'taken', 1);
    await set(ann, 'taken', null);
    await house.hibernate();
    expect(await set(ben, 'kept', 2, 0)).to.equal('conflict');
    await house.kill();
    await ben.join('Ben');
    expect(ben.last('state').entries).to.have.length(1);
    expect(ben.last('state').entries[0]).to.deep.include({ value: { deep: [1, { a: null }] } });
    expect(await set(ben, 'next', 1)).to.equal('done');
    expect(ben.last('state').entries[0]?.rev, 'the count goes on').to.equal(4);
  });

  it('[ST-1] holds 64 keys of 2 KiB, and no more', async () => {
    const { house, ann, set } = await setup();
    for (let index = 0; index < LIMITS.stateKeys; index += 1) {
      expect(await set(ann, `k${index}`, index)).to.equal('done');
      await house.advance(100);
    }
    expect(await set(ann, 'more', 1)).to.equal('forbidden');
    expect(await set(ann, 'k0', null)).to.equal('done');
    expect(await set(ann, 'more', 'é'.repeat(LIMITS.stateBytes / 2 - 1))).to.equal('done');
    expect(await set(ann, 'more', 'é'.repeat(LIMITS.stateBytes / 2))).to.equal('bad-shape');
    for (const key of ['', 'a b', '__proto__ ', 'x'.repeat(65), 'ü']) {
      expect(await set(ann, key, 1), key).to.equal('bad-shape');
      await house.advance(200);
    }
  });

  it('[ST-1] is not done when it could not be stored', async () => {
    const { house, ann, ben, set } = await setup();
    house.store.isBroken = true;
    ben.clear();
    expect(await set(ann, 'k', 1)).to.equal('not-stored');
    expect(ben.all('state')).to.deep.equal([]);
    house.store.isBroken = false;
    expect(await set(ann, 'k', 1, 0)).to.equal('done');
  });
});
