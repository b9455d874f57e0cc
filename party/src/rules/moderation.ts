// What a host can change in somebody's roster entry (MO-2).
import type { Moderation, Role } from '@rtc-elements/protocol';

import { allowedMedia } from './permissions.js';
import type { SessionRecord } from './room-book.js';

/** The record after a host's action; the same object if the action does not change it. */
export function moderate(record: SessionRecord, moderation: Moderation): SessionRecord {
  switch (moderation.action) {
    case 'mute':
      return record.muted.includes(moderation.source)
        ? record
        : { ...record, muted: [...record.muted, moderation.source] };
    case 'lower-hand':
      return { ...record, hand: false };
    default:
      return record;
  }
}

/** The new role overrides the token's permissions; otherwise a promotion would have no effect. */
export const withRole = (record: SessionRecord, role: Role): SessionRecord => ({
  ...record,
  role,
  can: null,
  media: allowedMedia({ role, can: null }, record.media),
});
