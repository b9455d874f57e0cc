import { expect } from '@esm-bundle/chai';

import { escalate, NO_ESCALATION } from './escalation.js';

describe('escalate', () => {
  it('restarts three times, rebuilds, does both again and then gives up', () => {
    const steps: string[] = [];
    let escalation = NO_ESCALATION;
    while (steps.at(-1) !== 'give-up') {
      const next = escalate(escalation);
      escalation = next.escalation;
      steps.push(next.step);
    }
    const round = ['restart', 'restart', 'restart'];
    expect(steps).to.deep.equal([...round, 'rebuild', ...round, 'rebuild', ...round, 'give-up']);
  });
});
