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
    ] as const) {
      const refusal = explainRefusal(cause);
      expect([refusal.error.code, refusal.reason], String(cause)).to.deep.equal([code, reason]);
    }
  });

  it('[CC-2] explains it further by the word in front of the reason, under its own code only', () => {
    for (const [cause, why, code, reason] of [
      [4401, 'token-missing: …', 'token-missing', 'token-expired'],
      [4401, 'token-expired: …', 'token-expired', 'token-expired'],
      [4401, 'token-early: …', 'token-early', 'token-expired'],
      [4401, 'token-invalid: …', 'token-invalid', 'token-expired'],
      [4401, 'token-claims: …', 'token-invalid', 'token-expired'],
      [4401, 'token-long-lived: …', 'token-invalid', 'token-expired'],
      [4403, 'wrong-room: …', 'token-wrong-room', 'token-expired'],
      [4403, 'origin: …', 'bad-origin', 'removed'],
      [4404, 'closed', 'room-closed', 'room-closed'],
      [4404, 'room-name: …', 'bad-room-name', 'room-closed'],
      [4403, 'room-full', 'too-many-tabs', 'room-closed'],
      [4503, 'room-full', 'room-full', 'room-closed'],
      [4401, 'new-word: …', 'auth', 'token-expired'],
      [4401, ': token-expired', 'auth', 'token-expired'],
      [4403, 'token-expired: …', 'forbidden', 'removed'],
      [4411, 'wrong-room: …', 'banned', 'banned'],
      [4401, 'constructor', 'auth', 'token-expired'],
    ] as const) {
      const refusal = explainRefusal(cause, { why });
      expect([refusal.error.code, refusal.reason], `${cause} ${why}`).to.deep.equal([code, reason]);
    }
  });

  it('[UN-5] explains a refusal that only newer rooms know in the words of the room', () => {
    const { error, reason } = explainRefusal(4430, {
      said: 'This room is for subscribers.',
    });
    expect([error.code, error.message, error.cause, reason]).to.deep.equal([
      'refused',
      'This room is for subscribers.',
      4430,
      'room-closed',
    ]);
    expect(explainRefusal(4430).error.code, 'without any words').to.equal('protocol');
    expect(explainRefusal(4411, { said: 'Go away.' }).error.code, 'a known code').to.equal(
      'banned',
    );
  });
});
