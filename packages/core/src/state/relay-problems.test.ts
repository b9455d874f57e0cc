import { expect } from '@esm-bundle/chai';

import { type RelayProblemCode, relayProblemOf, worstRelayProblem } from './relay-problems.js';

const ANSWERS: readonly [errorCode: number, code: RelayProblemCode][] = [
  [300, 'turn-capacity'],
  [400, 'turn-forbidden'],
  [401, 'turn-refused'],
  [403, 'turn-forbidden'],
  [420, 'turn-forbidden'],
  [438, 'turn-refused'],
  [440, 'turn-forbidden'],
  [441, 'turn-refused'],
  [442, 'turn-forbidden'],
  [486, 'turn-quota'],
  [500, 'turn-capacity'],
  [508, 'turn-capacity'],
  [699, 'turn-forbidden'],
  [700, 'turn-unreachable'],
  [701, 'turn-unreachable'],
  [799, 'turn-unreachable'],
  [65_535, 'turn-forbidden'],
];

const WORST: readonly [codes: readonly RelayProblemCode[], worst: RelayProblemCode | null][] = [
  [[], null],
  [['turn-unreachable'], 'turn-unreachable'],
  [['turn-unreachable', 'turn-quota'], 'turn-quota'],
  [['turn-quota', 'turn-refused', 'turn-unreachable'], 'turn-refused'],
  [['turn-capacity', 'turn-quota'], 'turn-quota'],
  [['turn-quota', 'turn-forbidden'], 'turn-forbidden'],
];

describe('relay problems', () => {
  for (const [errorCode, code] of ANSWERS) {
    it(`calls ${errorCode} ${code}`, () => {
      expect(relayProblemOf(errorCode)).to.equal(code);
    });
  }

  for (const [codes, worst] of WORST) {
    it(`says ${worst ?? 'nothing'} of ${codes.join(' and ') || 'no answer'}`, () => {
      expect(worstRelayProblem(codes)).to.equal(worst);
    });
  }
});
