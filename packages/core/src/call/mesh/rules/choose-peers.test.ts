import { expect } from '@esm-bundle/chai';

import { entry } from '../../../../../../tests/support/link-pair.js';
import { choosePeers } from './choose-peers.js';

const people = [entry('d', 4), entry('a', 1), entry('chat', 0), entry('c', 3), entry('b', 2)];
const seen = (session: string, max: number): string[] => {
  const you = people.find((one) => one.session === session);
  if (!you) throw new Error(session);
  return [...choosePeers(you, people, max).keys()];
};

describe('choosePeers', () => {
  it('links everybody in the call to everybody, and nobody else', () => {
    expect(seen('a', 8)).to.deep.equal(['b', 'c', 'd']);
    expect(seen('chat', 8)).to.deep.equal([]);
  });

  it('comes to the same answer at every member when there are too many', () => {
    expect(seen('a', 3)).to.deep.equal(['b', 'c']);
    expect(seen('c', 3)).to.deep.equal(['a', 'b']);
    expect(seen('d', 3)).to.deep.equal([]);
  });
});
