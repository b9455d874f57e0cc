import { expect } from '@esm-bundle/chai';

import { LazyPart } from './lazy-part.js';

describe('a part that loads when it is wanted', () => {
  it('loads once, tells everybody who asked, and tries again later after a failure', async () => {
    const keep = performance.now.bind(performance);
    let now = 0;
    performance.now = () => now;
    let asked = 0;
    let isThere = false;
    let ended: (() => void) | null = null;
    const part = new LazyPart(async () => {
      asked += 1;
      await new Promise<void>((resolve) => (ended = resolve));
      if (!isThere) throw new TypeError('Failed to fetch');
      return { found: 7 };
    });
    const told: string[] = [];
    const end = async (): Promise<void> => {
      ended?.();
      for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
    };
    const tellA = (): void => void told.push('a');
    try {
      expect(part.use(tellA)).to.equal(null);
      expect(part.use(tellA)).to.equal(null);
      await end();
      expect([asked, told.length, part.isLoaded]).to.deep.equal([1, 0, false]);
      part.use(tellA);
      expect(asked, 'at once').to.equal(1);
      now = 31_000;
      isThere = true;
      part.use(() => told.push('b'));
      await end();
      expect(asked).to.equal(2);
      expect(told).to.deep.equal(['a', 'b']);
      expect(part.use(tellA)).to.deep.equal({ found: 7 });
    } finally {
      performance.now = keep;
    }
  });
});
