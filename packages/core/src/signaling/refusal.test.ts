import { expect } from '@esm-bundle/chai';

import { explainRefusal } from './refusal.js';

describe('explainRefusal', () => {
  it('[EN-4] explains why the room refused us', () => {
    for (const [cause, code, reason] of [
      [4401, 'auth', 'token-expired'],
      [4403, 'forbidden', 'removed'],
      [4404, 'bad-room-name', 'room-closed'],
      [4409, 'replaced', 'replaced'],
      [4410, 'removed', 'removed'],
      [4411, 'banned', 'banned'],
      [4423, 'forbidden', 'room-closed'],
      [4400, 'protocol', 'network'],
      ['bad-version', 'version-mismatch', 'network'],
      ['room-full', 'room-full', 'room-closed'],
    ] as const) {
      const refusal = explainRefusal(cause);
      expect([refusal.error.code, refusal.reason], String(cause)).to.deep.equal([code, reason]);
    }
  });

  it('[UN-5] explains a refusal that only newer rooms know in the words of the room', () => {
    const { error, reason } = explainRefusal(4430, 'This room is for subscribers.');
    expect([error.code, error.message, error.cause, reason]).to.deep.equal([
      'refused',
      'This room is for subscribers.',
      4430,
      'room-closed',
    ]);
    expect(explainRefusal(4430).error.code, 'without any words').to.equal('protocol');
    expect(explainRefusal(4411, 'Go away.').error.code, 'a known code').to.equal('banned');
  });
});
