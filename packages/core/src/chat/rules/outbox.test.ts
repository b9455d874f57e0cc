import { expect } from '@esm-bundle/chai';
import { LIMITS } from '@rtc-elements/protocol';

import { Outbox } from './outbox.js';

const item = (n: number) => ({ id: `id-${n}`, text: `text ${n}` });

describe('outbox', () => {
  it('[CH-5] gives one message at a time, in the order written', () => {
    const outbox = new Outbox();
    outbox.add(item(1));
    outbox.add(item(2));
    expect(outbox.next()).to.deep.equal(item(1));
    expect(outbox.next()).to.equal(null);
    outbox.remove('id-1');
    expect(outbox.next()).to.deep.equal(item(2));
  });

  it('[CH-5] holds 200 messages and refuses the next', () => {
    const outbox = new Outbox();
    for (let n = 0; n < LIMITS.outboxMessages; n += 1) expect(outbox.add(item(n))).to.equal(true);
    expect(outbox.add(item(-1))).to.equal(false);
    expect(outbox.size).to.equal(200);
  });
});
