// Why a stay is over, in words.
import type { LeaveReason } from '@rtc-elements/core';

import type { MessageKey } from '../locales/en.js';

/** The title for each reason; `{room}` is to be filled in. */
export const LEAVE_TITLES: Readonly<Record<LeaveReason, MessageKey>> = {
  left: 'leftTitle',
  removed: 'removedTitle',
  banned: 'bannedTitle',
  'room-closed': 'closedTitle',
  replaced: 'replacedTitle',
  network: 'networkTitle',
  'token-expired': 'expiredTitle',
};
