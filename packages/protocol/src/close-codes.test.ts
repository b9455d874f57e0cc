import { expect } from '@esm-bundle/chai';

import { CLOSE, mayRetryAfterClose } from './close-codes.js';

describe('close codes', () => {
  it('[EN-4] forbid another try after a 44xx, save 4408, and allow it after all others', () => {
    const terminal = Object.values(CLOSE).filter((code) => !mayRetryAfterClose(code));
    expect(terminal).to.deep.equal([4400, 4401, 4403, 4404, 4409, 4410, 4411, 4413, 4423, 4429]);
    for (const code of [1000, 1001, 1005, 1006, 1011, 1012, CLOSE.idle, CLOSE.retryLater]) {
      expect(mayRetryAfterClose(code), String(code)).to.equal(true);
    }
  });
});
