import { expect } from '@esm-bundle/chai';

import { freeBuffer } from './free-buffer.js';

describe('the memory of what has arrived', () => {
  it('is let go at once, time after time', async () => {
    for (let time = 0; time < 20; time += 1) {
      const buffer = new ArrayBuffer(65_536);
      freeBuffer(buffer);
      expect(buffer.byteLength).to.equal(0);
      await new Promise(requestAnimationFrame);
    }
  });

  it('may be let go twice', () => {
    const buffer = new ArrayBuffer(8);
    freeBuffer(buffer);
    freeBuffer(buffer);
    expect(buffer.byteLength).to.equal(0);
  });
});
