import { expect } from '@esm-bundle/chai';

import { createId, ID_PATTERN, isRoomName, KEY_PATTERN, roomPath } from './ids.js';

describe('ids and names', () => {
  it('[EN-1] name a room by 1 to 64 of A-Z a-z 0-9 _ and -', () => {
    for (const name of ['a', 'Stand-up_7', 'x'.repeat(64), '__proto__']) {
      expect(isRoomName(name), name).to.equal(true);
      expect(new URL(roomPath(name), 'http://x').pathname).to.equal(`/parties/room/${name}`);
    }
    for (const name of ['', 'a b', 'a/b', 'a%2Fb', '..', 'é', 'a\n', 'x'.repeat(65)]) {
      expect(isRoomName(name), name).to.equal(false);
    }
  });

  it('are random, and fit both as an id and as a key', () => {
    const made = new Set(Array.from({ length: 1_000 }, createId));
    expect(made.size).to.equal(1_000);
    for (const id of made) expect(ID_PATTERN.test(id) && KEY_PATTERN.test(id)).to.equal(true);
  });
});
