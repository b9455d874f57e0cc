// Whatever a person wants last is what is, however late everything else answers.
import { expect } from '@esm-bundle/chai';

import type { EncryptionKeys } from '../../packages/core/src/api/room-api.js';
import { House } from '../support/house/house.js';
import { WishWorld } from '../support/wishes/wish-world.js';

const CASES = 10_000;
const CASES_PER_HOUSE = 100;
/** A failure prints the seed of its case: put it here, with `CASES = 1`, to see that case alone. */
const SEED = 20_261_129;

async function makeKeys(): Promise<ReadonlyMap<string, EncryptionKeys>> {
  const entries = ['a', 'b'].map(async (name) => {
    const algorithm = { name: 'AES-GCM', length: 128 };
    const key = await crypto.subtle.generateKey(algorithm, true, ['encrypt', 'decrypt']);
    return [name, { keys: new Map([[0, key]]), sendWith: 0 }] as const;
  });
  return new Map(await Promise.all(entries));
}

describe('the last wish', () => {
  const { AudioContext } = window;
  // Levels need tracks that a browser has made.
  before(() => Object.assign(window, { AudioContext: undefined }));
  after(() => Object.assign(window, { AudioContext }));

  for (const fails of [false, true]) {
    const what = fails ? 'never more than is wanted, where devices and files fail' : 'wins';
    const first = SEED + (fails ? CASES : 0);
    it(`${what}: ${CASES / 2} cases, seeds from ${first}`, async () => {
      const keys = await makeKeys();
      const found: string[] = [];
      for (let count = 0; count < CASES / 2 && found.length < 5;) {
        const house = new House();
        const host = house.client().answerMarks();
        await host.join('Host');
        const end = Math.min(count + CASES_PER_HOUSE, CASES / 2);
        for (; count < end; count += 1) {
          const world = new WishWorld({ house, host, keys }, { seed: first + count, fails });
          const wrong = await world.run();
          host.clear();
          if (wrong.length > 0)
            found.push([`seed ${first + count}`, ...world.story, ...wrong].join('\n  '));
        }
      }
      expect(found.join('\n')).to.equal('');
    });
  }
});
