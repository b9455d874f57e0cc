/** Two people in a call and a witness, for tests of what one of them may do to the room. */
import { expect } from '@esm-bundle/chai';
import { CLIENT_CAPABILITIES } from '@rtc-elements/protocol';

import type { House } from './house.js';
import { meet } from './meet.js';
import type { RawClient } from './raw-client.js';

/** Ann and Ben in a call, and a witness. Each has seen the others come, and starts with an empty inbox. */
export async function meetWithWitness(capabilitiesOfBen: readonly string[] = CLIENT_CAPABILITIES) {
  const { house, ann, ben, witness } = await meet({
    ann: { call: true },
    ben: { call: true, capabilities: capabilitiesOfBen },
    witness: {},
  });
  await house.advance(100);
  for (const one of [ann, ben, witness]) one.clear();
  return { house, ann, ben, witness };
}

/** The witness can chat, and the room has warned of nothing but so many floods. */
export async function expectUnharmed(
  house: House,
  witness: RawClient,
  { floods = 0 } = {},
): Promise<void> {
  await witness.say('still here');
  expect(witness.all('chat.ack')).to.have.length(1);
  expect(witness.closed).to.equal(null);
  const isFlood = (warning: string): boolean => warning.startsWith('flood ');
  expect(house.warnings.filter((one) => !isFlood(one))).to.deep.equal([]);
  expect(house.warnings.filter(isFlood)).to.have.length(floods);
}
