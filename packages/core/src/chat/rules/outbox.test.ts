import { expect } from '@esm-bundle/chai';
import { LIMITS } from '@rtc-elements/protocol';
import fc from 'fast-check';

import { Outbox } from './outbox.js';

const item = (n: number) => ({ id: `id-${n}`, text: `text ${n}` });

describe('outbox', () => {
  it('[CH-5] gives one line at a time, in the order written', () => {
    const outbox = new Outbox();
    outbox.add(item(1));
    outbox.add(item(2));
    expect(outbox.next()).to.deep.equal(item(1));
    expect(outbox.next()).to.equal(null);
    outbox.remove('id-1');
    expect(outbox.next()).to.deep.equal(item(2));
  });

  it('[CH-5] gives a line again, under the same id, when it may have been lost', () => {
    const outbox = new Outbox();
    outbox.add(item(1));
    outbox.next();
    outbox.release();
    expect(outbox.next()).to.deep.equal(item(1));
  });

  it('[CH-5] holds 200 lines and refuses the next', () => {
    const outbox = new Outbox();
    for (let n = 0; n < LIMITS.outboxMessages; n += 1) expect(outbox.add(item(n))).to.equal(true);
    expect(outbox.add(item(-1))).to.equal(false);
    expect(outbox.size).to.equal(200);
  });

  it('[CH-5] delivers every line once and in order over a line that loses at random (seed 5)', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('write', 'send', 'lose', 'ack'), { maxLength: 200 }),
        (steps) => {
          const outbox = new Outbox();
          const stored: string[] = [];
          let written = 0;
          let onWire: string | null = null;
          for (const step of [
            ...steps,
            ...Array<string>(2 * LIMITS.outboxMessages).fill('send-ack'),
          ]) {
            if (step === 'write' && outbox.add(item(written))) written += 1;
            if (step.startsWith('send')) {
              const next = outbox.next();
              // The room stores a line once, and acknowledges it each time it comes (CH-1).
              if (next && !stored.includes(next.id)) stored.push(next.id);
              onWire = next?.id ?? onWire;
            }
            if (step === 'lose') {
              outbox.release();
              onWire = null;
            }
            if (step.endsWith('ack') && onWire !== null) {
              outbox.remove(onWire);
              onWire = null;
            }
          }
          expect(stored).to.deep.equal(Array.from({ length: written }, (_, n) => `id-${n}`));
          expect(outbox.size).to.equal(0);
        },
      ),
      { seed: 5, numRuns: 200 },
    );
  });
});
