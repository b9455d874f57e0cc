// The values shared by everybody in a room: read from the snapshot, changed by requests (ST-1).
import { type Json, LIMITS, STATE_KEY_PATTERN, utf8Length } from '@rtc-elements/protocol';

import type { RoomSharedState } from '../api/room-api.js';
import type { RoomContext } from '../room/room-context.js';
import type { Requests } from '../signaling/requests.js';
import { RtcError } from '../state/errors.js';
import { LatestWrites } from './latest-writes.js';

/** Creates `Room.sharedState`. */
export function createSharedState(
  { getSnapshot }: Pick<RoomContext, 'getSnapshot'>,
  requests: Requests,
): RoomSharedState {
  const writes = new LatestWrites((key, value) => requests.ask({ type: 'state.set', key, value }));
  const set: RoomSharedState['set'] = async (key, value, { rev } = {}) => {
    checkValue(key, value);
    if (rev === undefined) await writes.write(key, value);
    else await requests.ask({ type: 'state.set', key, value, rev });
  };
  return {
    get: (key) => getSnapshot().sharedState[key] ?? null,
    set,
    delete: (key, options) => set(key, null, options),
  };
}

/** Throws `protocol` for what the room would refuse, with a message that says why. */
function checkValue(key: string, value: Json): void {
  if (!STATE_KEY_PATTERN.test(key)) {
    throw new RtcError('protocol', 'Give a key of 1 to 64 characters: letters, digits, "_.:-".');
  }
  if (value === undefined || utf8Length(JSON.stringify(value)) > LIMITS.stateBytes) {
    throw new RtcError('protocol', `Give a value of at most ${LIMITS.stateBytes} bytes of JSON.`);
  }
}
