// Changing the values that a room shares, as requests (ST-1).
import { type Json, LIMITS, STATE_KEY_PATTERN, utf8Length } from '@rtc-elements/protocol';

import { RtcError } from '../state/errors.js';
import type { Annex } from '../ports.js';
import type { Requests } from '../signaling/requests.js';

export function createValues(requests: Requests): Annex['values'] {
  const set: Annex['values']['set'] = async (key, value, { rev } = {}) => {
    checkValue(key, value);
    await requests.ask({ type: 'state.set', key, value, ...(rev !== undefined && { rev }) });
  };
  return { set, delete: (key, options) => set(key, null, options) };
}

/** What the room would not take is refused here, where the caller sees why. */
function checkValue(key: string, value: Json): void {
  if (!STATE_KEY_PATTERN.test(key)) {
    throw new RtcError('protocol', 'Give a key of 1 to 64 characters: letters, digits, "_.:-".');
  }
  if (value === undefined || utf8Length(JSON.stringify(value)) > LIMITS.stateBytes) {
    throw new RtcError('protocol', `Give a value of at most ${LIMITS.stateBytes} bytes of JSON.`);
  }
}
