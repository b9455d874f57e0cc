// Why a stay is over, and what to do about it, in words.
import type { LeaveReason, RoomState } from '@rtc-elements/core';

import type { MessageKey } from '../i18n/en.js';

/** What the screens after a stay say. `{room}` of the title is to be filled in. */
export interface LeaveWords {
  readonly title: MessageKey;
  /** What to do; `null`: the snapshot's problem says it, if there is one. */
  readonly hint: MessageKey | null;
  /** Whether joining again can succeed. */
  readonly mayReturn: boolean;
}

type Row = readonly [title: MessageKey, hint: MessageKey | null];

const BY_REASON: Readonly<Record<LeaveReason, Row>> = {
  left: ['leftTitle', null],
  removed: ['removedTitle', 'removedHint'],
  banned: ['bannedTitle', 'bannedHint'],
  'room-closed': ['closedTitle', null],
  replaced: ['replacedTitle', 'replacedHint'],
  network: ['networkTitle', null],
  'token-expired': ['expiredTitle', 'expiredHint'],
};

/** The words for a stay that is over. */
export function leaveWords({ left, problem }: RoomState): LeaveWords {
  const [title, hint] = rowOf(left ?? 'left', problem?.code);
  return { title, hint, mayReturn: left !== 'banned' };
}

/** A door that stayed shut is no stay that was ended, though it has the same reason. */
function rowOf(left: LeaveReason, code: string | undefined): Row {
  if (code === 'forbidden' && left === 'room-closed') return ['lockedTitle', 'lockedHint'];
  if (code === 'forbidden' && left === 'removed') return ['forbiddenTitle', 'forbiddenHint'];
  if (left === 'room-closed' && code === undefined) return ['closedTitle', 'closedHint'];
  return BY_REASON[left];
}
