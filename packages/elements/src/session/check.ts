// Whether a network is fit for a call; apart from the session, as only a lobby asks.
import { checkNetwork, type NetworkReport } from '@rtc-elements/core';

import type { SharedRoom } from './shared-room.js';

/** What stands between here and the room of `session`; `null`: it cannot be said. */
export const check = (
  { options }: SharedRoom,
  signal: AbortSignal,
): Promise<NetworkReport | null> => checkNetwork({ ...options, signal }).catch(() => null);
