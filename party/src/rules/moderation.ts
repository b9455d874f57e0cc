// What a host can change of somebody's roster line (MO-2).
import type { Moderation } from '@rtc-elements/protocol';

import { allowedMedia } from './permissions.js';
import type { SessionRecord } from './room-book.js';

/** The record after a host's action; itself when nothing is different. */
export function moderate(record: SessionRecord, moderation: Moderation): SessionRecord {
  switch (moderation.action) {
    case 'mute':
      return record.muted.includes(moderation.source)
        ? record
        : { ...record, muted: [...record.muted, moderation.source] };
    case 'lower-hand':
      return { ...record, hand: false };
    case 'role': {
      const { role } = moderation;
      // The host's word replaces the token's, or a promotion would allow nothing.
      return {
        ...record,
        role,
        can: null,
        media: allowedMedia({ role, can: null }, record.media),
      };
    }
    default:
      return record;
  }
}
