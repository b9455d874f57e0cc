import { expect } from '@esm-bundle/chai';

import { CandidateQueue } from './candidate-queue.js';

const candidates = (count: number): { candidate: string }[] =>
  Array.from({ length: count }, (_, i) => ({ candidate: `candidate:${i}` }));

describe('CandidateQueue', () => {
  it('holds candidates until it is opened, in order, and lets later ones through', () => {
    const queue = new CandidateQueue();
    const [first, second, third] = candidates(3);
    expect(queue.take([first!])).to.deep.equal([]);
    expect(queue.take([second!])).to.deep.equal([]);
    expect(queue.open()).to.deep.equal([first, second]);
    expect(queue.take([third!])).to.deep.equal([third]);
    expect(queue.open()).to.deep.equal([]);
  });

  it('does not grow without bound', () => {
    const queue = new CandidateQueue();
    queue.take(candidates(10_000));
    expect(queue.open().length).to.equal(256);
  });
});
