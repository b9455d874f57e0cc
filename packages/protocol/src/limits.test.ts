import { expect } from '@esm-bundle/chai';

import { LIMITS, TIMES } from './limits.js';

describe('the table of limits', () => {
  it('[LI-1] stays below the smallest limits of the runtimes', () => {
    expect(LIMITS.frameBytes).to.be.below(1_048_576);
    // A stored message: four bytes for each code point, and its other fields.
    expect(LIMITS.textLength * 4 + 1_024).to.be.below(131_072);
    expect(LIMITS.sdpLength).to.be.below(LIMITS.frameBytes);
  });

  it('[PR-3] leaves time for a missed heartbeat before a session counts as silent', () => {
    expect(TIMES.silentMs).to.be.above(TIMES.heartbeatHiddenMs);
    expect(TIMES.heartbeatMs * 2).to.be.below(TIMES.silentMs);
  });
});
