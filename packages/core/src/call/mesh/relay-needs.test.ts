import { expect } from '@esm-bundle/chai';

import { RelayNeeds } from './relay-needs.js';

function setUp() {
  const told: (string | null)[] = [];
  const refusals: boolean[] = [];
  const needs = new RelayNeeds({
    onTurnRefused: (again) => void refusals.push(again),
    onRelayProblem: (code) => void told.push(code),
  });
  return { needs, told, refusals };
}

describe('RelayNeeds', () => {
  it('says the worst since a link was first without a relay, until none is', () => {
    const { needs, told } = setUp();
    needs.set('ann', 'turn-quota');
    needs.set('ben', 'turn-unreachable');
    needs.set('ann', null);
    needs.set('ben', null);
    needs.set('ben', 'turn-unreachable');
    expect(told).to.deep.equal([
      'turn-quota',
      'turn-quota',
      'turn-quota',
      null,
      'turn-unreachable',
    ]);
  });

  it('says nothing of links that never lacked one', () => {
    const { needs, told } = setUp();
    needs.set('ann', null);
    expect(told).to.deep.equal([]);
  });

  it('[EN-8] asks once for each set of servers, and says when fresh ones are refused again', () => {
    const { needs, refusals } = setUp();
    needs.onRefused();
    needs.onRefused();
    expect(refusals).to.deep.equal([false]);
    expect(needs.renew()).to.equal(true);
    needs.onRefused();
    expect(refusals).to.deep.equal([false, true]);
    needs.renew();
    needs.onGranted();
    needs.onRefused();
    expect(refusals).to.deep.equal([false, true, false]);
  });

  it('can act as if they had been refused after they had worked', () => {
    const { needs, refusals } = setUp();
    needs.simulateRefusal();
    needs.renew();
    needs.simulateRefusal();
    expect(refusals).to.deep.equal([false, false]);
  });
});
