import { expect } from '@esm-bundle/chai';

import { MOST_REFUSED_SOCKETS, RefusedSockets } from './refused-sockets.js';

describe('sockets that are refused', () => {
  const openAll = (refused: RefusedSockets, address: string | null, count: number, now = 0) =>
    Array.from({ length: count }, () => refused.open(address, now)).filter((one) => one !== null);

  it('[LI-6] are 32 of an address at a time, and others still get theirs', () => {
    const refused = new RefusedSockets();
    const mine = openAll(refused, 'home', 1_000);
    expect(mine).to.have.length(MOST_REFUSED_SOCKETS.ofAddress);
    expect(openAll(refused, 'office', 1)).to.have.length(1);
    mine[0]?.();
    mine[0]?.();
    expect(openAll(refused, 'home', 1_000), 'one is gone').to.have.length(1);
  });

  it('[LI-6] are 512 in all, where no address is known', () => {
    const refused = new RefusedSockets();
    expect(openAll(refused, null, 1_000)).to.have.length(MOST_REFUSED_SOCKETS.ofAll);
    expect(openAll(refused, 'home', 1)).to.have.length(0);
    expect(openAll(refused, 'home', 1, 300_000), 'nobody said that they are gone').to.have.length(
      1,
    );
  });
});
