import type { SignalBody } from '@rtc-elements/protocol';
import { expect } from '@esm-bundle/chai';

import { UnsentSignals } from './unsent-signals.js';

const offer = (n: number): SignalBody => ({ epoch: 1, n, description: { type: 'offer', sdp: '' } });
const answer = (n: number): SignalBody => ({
  epoch: 1,
  n,
  description: { type: 'answer', sdp: '' },
});

describe('UnsentSignals', () => {
  it('[SG-5] keeps what could not be sent, in order, and a new offer in place of the older one', () => {
    let isOnline = false;
    const sent: string[] = [];
    const signals = new UnsentSignals((to, { n }) => {
      if (isOnline) sent.push(`${to}${n}`);
      return isOnline;
    });
    signals.send('a', answer(0));
    signals.send('a', offer(1));
    signals.send('a', { epoch: 1, n: 2, candidates: [] });
    signals.send('b', offer(0));
    signals.send('a', offer(3));
    isOnline = true;
    signals.flush();
    signals.send('c', offer(0));
    expect(sent).to.deep.equal(['a0', 'b0', 'a3', 'c0']);
  });
});
