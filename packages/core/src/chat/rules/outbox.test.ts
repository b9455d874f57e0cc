import { expect } from '@esm-bundle/chai';
import { LIMITS } from '@rtc-elements/protocol';

import { MOST_UNANSWERED, Outbox } from './outbox.js';

const item = (n: number) => ({ id: `id-${n}`, text: `text ${n}` });

describe('outbox', () => {
  it('[CH-5] gives one message at a time, in the order written', () => {
    const outbox = new Outbox();
    outbox.add(item(1));
    outbox.add(item(2));
    expect(outbox.next(1)).to.deep.equal(item(1));
    expect(outbox.next(1)).to.equal(null);
    outbox.remove('id-1');
    expect(outbox.next(1)).to.deep.equal(item(2));
  });

  it('[CH-10] gives eight at a time for a room that keeps their order, and says what each comes after', () => {
    const outbox = new Outbox();
    for (let n = 1; n <= 10; n += 1) outbox.add(item(n));
    const given = Array.from({ length: 9 }, () => outbox.next(MOST_UNANSWERED));
    expect(given.map((one) => one?.text ?? null)).to.deep.equal([
      ...Array.from({ length: 8 }, (_, n) => `text ${n + 1}`),
      null,
    ]);
    expect([outbox.before('id-1'), outbox.before('id-2')]).to.deep.equal([undefined, 'id-1']);
    outbox.remove('id-1');
    expect(outbox.before('id-2')).to.equal(undefined);
    expect(outbox.next(MOST_UNANSWERED)).to.deep.equal(item(9));
  });

  it('[CH-5] holds 200 messages and refuses the next', () => {
    const outbox = new Outbox();
    for (let n = 0; n < LIMITS.outboxMessages; n += 1) expect(outbox.add(item(n))).to.equal(true);
    expect(outbox.add(item(-1))).to.equal(false);
    expect(outbox.size).to.equal(200);
  });
});
