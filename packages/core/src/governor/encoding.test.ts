import { expect } from '@esm-bundle/chai';

import { cameraEncoding } from './encoding.js';

describe('cameraEncoding', () => {
  it('gets smaller and cheaper with the number of peers', () => {
    const scales = [0, 1, 2, 3, 4, 7].map((n) => cameraEncoding(n).scaleResolutionDownBy);
    expect(scales).to.deep.equal([1, 1, 1.5, 1.5, 3, 3]);
    const rates = [1, 2, 4].map((n) => cameraEncoding(n).maxBitrate);
    expect(rates).to.deep.equal([...rates].sort((a, b) => b - a));
  });
});
