// What hosts can do, sent as requests to the room (MO-2).
import type { Moderation } from '@rtc-elements/protocol';

import type { RoomModeration } from '../api/room-api.js';
import type { Requests } from '../signaling/requests.js';

/** Creates `Room.moderation`. */
export function createModeration(requests: Requests): RoomModeration {
  const moderate = async (moderation: Moderation): Promise<void> => {
    await requests.ask({ type: 'moderate', ...moderation });
  };
  return {
    mute: (session, source) => moderate({ action: 'mute', session, source }),
    lowerHand: (session) => moderate({ action: 'lower-hand', session }),
    remove: (session) => moderate({ action: 'remove', session }),
    ban: (user) => moderate({ action: 'ban', user }),
    unban: (user) => moderate({ action: 'unban', user }),
    lock: (on) => moderate({ action: 'lock', on }),
    admit: (session) => moderate({ action: 'admit', session }),
    deny: (session) => moderate({ action: 'deny', session }),
    setRole: (session, role) => moderate({ action: 'role', session, role }),
    close: () => moderate({ action: 'close' }),
  };
}
