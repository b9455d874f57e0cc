import { expect } from '@esm-bundle/chai';

import { relayError } from './relay-error.js';

const CODES = [
  'turn-refused',
  'turn-forbidden',
  'turn-quota',
  'turn-capacity',
  'turn-unreachable',
  'turn-missing',
] as const;

describe('relayError', () => {
  it('has a sentence for each reason', () => {
    const sentences = CODES.map((code) => relayError(code).message);
    expect(new Set(sentences).size).to.equal(CODES.length);
    for (const sentence of sentences) expect(sentence).to.match(/^[A-Z].*\.$/);
    expect(CODES.map((code) => relayError(code).code)).to.deep.equal(CODES);
  });
});
