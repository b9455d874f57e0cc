// Who is in a room before we join it; apart from the session, as only a lobby asks.
import { peekRoom, type RoomPeople } from '@rtc-elements/core';

import type { SharedRoom } from './shared-room.js';

/** Who is in the room of `session`; `null`: it does not say. */
export const peek = ({ options }: SharedRoom): Promise<RoomPeople | null> =>
  peekRoom(options).catch(() => null);
