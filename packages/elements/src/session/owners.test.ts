import { expect } from '@esm-bundle/chai';

import { Owners } from './owners.js';

describe('owners', () => {
  const [first, second, third] = [{ id: 1 }, { id: 2 }, { id: 3 }];

  it('are who claimed first, until they go', () => {
    let changes = 0;
    const owners = new Owners<'sound' | 'texts'>(() => (changes += 1));
    expect(owners.ownerOf('sound')).to.equal(undefined);
    expect([first, second, third].map((one) => owners.claim('sound', one))).to.deep.equal([
      true,
      false,
      false,
    ]);
    expect(owners.claim('texts', second)).to.equal(true);
    expect(owners.release('sound', second)).to.equal(false);
    expect(changes).to.equal(0);
    expect(owners.release('sound', first)).to.equal(true);
    expect(changes).to.equal(1);
    expect(owners.ownerOf('sound')).to.equal(third);
    expect(owners.ownerOf('texts')).to.equal(second);
  });

  it('keep their place when they claim again, and lose it when they went', () => {
    const owners = new Owners<'sound'>(() => undefined);
    owners.claim('sound', first);
    owners.claim('sound', second);
    expect(owners.claim('sound', first)).to.equal(true);
    owners.releaseAll(first);
    expect(owners.claim('sound', first)).to.equal(false);
    expect(owners.claim('sound', second)).to.equal(true);
  });
});
