import { expect } from '@esm-bundle/chai';

import { NO_ESCALATION } from './escalation.js';
import { type RecoveryFacts, nextStep } from './next-step.js';

const CONNECTED: RecoveryFacts = {
  state: 'connected',
  since: 0,
  isEarly: false,
  isOffline: false,
  wokeAt: null,
  isUnsent: false,
  heardAt: -Infinity,
  silentFrom: null,
  readAt: -Infinity,
  triedAt: -Infinity,
  escalation: NO_ESCALATION,
};

const TOP = { restarts: 3, rebuilds: 2 };

/** Numbers are those of the faults that recovery was made for. */
const ROWS: readonly [title: string, facts: Partial<RecoveryFacts>, now: number, step: string][] = [
  ['leaves a connected link alone', {}, 1e9, 'wait'],
  ['13: waits for a path that may come back', { state: 'disconnected' }, 499, 'wait 1'],
  [
    '13: keeps waiting while bytes arrive',
    { state: 'disconnected', heardAt: 2_500 },
    3_000,
    'wait 2500',
  ],
  ['14: restarts once bytes have stopped', { state: 'disconnected' }, 500, 'restart'],
  [
    '14: gives a failed link that is on its way back time before it is rebuilt',
    { state: 'disconnected', escalation: { restarts: 3, rebuilds: 0 } },
    2_999,
    'wait 1',
  ],
  [
    '14: gives a restart because of silence its time',
    { state: 'disconnected', since: 6_000, heardAt: 0, triedAt: 5_500 },
    6_999,
    'wait 1',
  ],
  ['14: restarts a failed one at once', { state: 'failed', since: 5 }, 5, 'restart'],
  [
    '21: needs no `disconnected` before `failed`',
    { state: 'failed', since: 21_500 },
    21_500,
    'restart',
  ],
  [
    '21: restarts a silent one while it is `connected`',
    { silentFrom: 1_000, readAt: 4_000 },
    4_000,
    'restart',
  ],
  ['17: gives a silence time', { silentFrom: 1_000, readAt: 3_999 }, 9_000, 'wait'],
  [
    '59: does so once for each silence',
    { silentFrom: 1_000, readAt: 60_000, triedAt: 6_000 },
    60_000,
    'wait',
  ],
  ['14: gives a restart its time', { state: 'failed', since: 1, triedAt: 2 }, 10_001, 'wait 1'],
  ['14: tries again after it', { state: 'failed', since: 1, triedAt: 2 }, 10_002, 'restart'],
  [
    '14: does not wait when the restart has failed',
    { state: 'failed', since: 4_000, triedAt: 2 },
    4_000,
    'restart',
  ],
  [
    '24: rebuilds after three restarts',
    { state: 'failed', escalation: { restarts: 3, rebuilds: 0 } },
    0,
    'rebuild',
  ],
  ['24: gives up after two rebuilds', { state: 'failed', escalation: TOP }, 0, 'give-up'],
  ['24: lets a link that was given up be', { state: 'closed', escalation: TOP }, 1e9, 'wait'],
  ['15: rebuilds what has lost SCTP', { state: 'mute' }, 3_000, 'rebuild'],
  ['15: gives the peer time to leave', { state: 'mute' }, 2_999, 'wait 1'],
  ['26: uses up no step while offline', { state: 'failed', isOffline: true }, 1e9, 'wait'],
  [
    '26: not even when the machine woke up',
    { state: 'failed', isOffline: true, wokeAt: 5 },
    1e9,
    'wait',
  ],
  ['16: restarts when the network is back', { wokeAt: 5 }, 5, 'restart'],
  [
    '16: with all steps available again',
    { state: 'failed', wokeAt: 5, escalation: TOP },
    5,
    'restart',
  ],
  ['26: not faster than the network flaps', { wokeAt: 1_500, triedAt: 1_000 }, 1_500, 'wait 1500'],
  [
    '24: tries a link that was given up when the network is back',
    { state: 'closed', wokeAt: 5 },
    5,
    'rebuild',
  ],
  [
    '27: uses up no step that the room cannot carry',
    { state: 'failed', isUnsent: true },
    1e9,
    'wait',
  ],
  [
    '27: gives a step its time once its signal was sent',
    { state: 'failed', triedAt: 50_000 },
    50_000,
    'wait 10000',
  ],
  ['22: gives a first connection its time', { state: 'new' }, 9_999, 'wait 1'],
  ['22: restarts one that is never set up', { state: 'connecting' }, 10_000, 'restart'],
  [
    '22: is quicker where no server was known',
    { state: 'connecting', isEarly: true },
    1_500,
    'restart',
  ],
  [
    '22: and then with the usual patience',
    { state: 'connecting', isEarly: true, triedAt: 1_500 },
    11_499,
    'wait 1',
  ],
];

describe('nextStep', () => {
  for (const [title, facts, now, expected] of ROWS) {
    it(title, () => {
      const decision = nextStep({ ...CONNECTED, ...facts }, now);
      const isTimed = decision.step === 'wait' && decision.ms !== Infinity && expected !== 'wait';
      expect(isTimed ? `wait ${decision.ms}` : decision.step).to.equal(expected);
    });
  }

  it('13-26: never returns a wait that is over, whatever the facts', () => {
    const times = [-Infinity, 0, 4_000, 10_000];
    const states = [
      'new',
      'connecting',
      'connected',
      'mute',
      'disconnected',
      'failed',
      'closed',
    ] as const;
    for (const state of states)
      for (const triedAt of times)
        for (const heardAt of times)
          for (const wokeAt of [null, 4_000])
            for (const [isOffline, isUnsent] of [
              [false, false],
              [true, false],
              [false, true],
            ] as const) {
              const facts = { ...CONNECTED, state, triedAt, heardAt, wokeAt, isOffline, isUnsent };
              const decision = nextStep(facts, 10_000);
              if (decision.step === 'wait') expect(decision.ms).to.be.above(0);
              else expect(isOffline, 'a step while offline').to.equal(false);
            }
  });
});
