// What `hello` says of us.
import type { RoomOptions } from '../api/options.js';
import type { Greeting } from '../signaling/signaling-handlers.js';
import type { RoomState } from '../state/room-state.js';
import type { CallControl } from './call-control.js';
import type { Presence } from './presence.js';
import { getUserKey } from './user-key.js';

/** Takes the early offer, if there is one: it can be made only once. */
export function greetingOf(
  { chat: { lastSeq, lastRev } }: RoomState,
  presence: Pick<Presence, 'greeting'>,
  call: Pick<CallControl, 'takeEarlyOffer'>,
  identity: RoomOptions['identity'],
): Greeting {
  const offer = call.takeEarlyOffer();
  return {
    ...presence.greeting,
    key: getUserKey(identity),
    knock: true,
    ...(lastSeq > 0 && { lastSeq, lastRev }),
    ...(offer && { offers: [offer] }),
  };
}
