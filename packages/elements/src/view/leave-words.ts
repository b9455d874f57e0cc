// Says why a stay ended and what to do next.
import type { LeaveReason, RoomState, RtcErrorCode } from '@rtc-elements/core';

import type { MessageKey } from '../i18n/en.js';

/** The texts of a screen after a stay. `{room}` in the title must be filled in. */
export interface LeaveWords {
  readonly title: MessageKey;
  /** What to do next; `null`: use the problem in the snapshot, if there is one. */
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

/** A refusal says more than the reason for which the stay ended. */
const BY_CODE: Readonly<Partial<Record<RtcErrorCode, Row>>> = {
  'token-missing': ['uninvitedTitle', null],
  'token-invalid': ['invalidTitle', null],
  'token-early': ['earlyTitle', null],
  'token-wrong-room': ['elsewhereTitle', null],
  'bad-origin': ['forbiddenTitle', null],
  'room-full': ['fullTitle', null],
  'too-many-tabs': ['tabsTitle', null],
  'room-closed': ['closedTitle', 'closedHint'],
  'bad-room-name': ['noRoomTitle', null],
};

/** The texts for a stay that has ended. */
export function leaveWords({ left, problem }: RoomState): LeaveWords {
  const [title, hint] = rowOf(left ?? 'left', problem?.code);
  return { title, hint, mayReturn: left !== 'banned' };
}

/** Being refused entry has the same reasons as being removed, but different texts. */
function rowOf(left: LeaveReason, code: RtcErrorCode | undefined): Row {
  const row = code && BY_CODE[code];
  if (row) return row;
  if (code === 'forbidden' && left === 'room-closed') return ['lockedTitle', 'lockedHint'];
  if (code === 'forbidden' && left === 'removed') return ['forbiddenTitle', 'forbiddenHint'];
  if (left === 'room-closed' && code === undefined) return ['closedTitle', 'closedHint'];
  return BY_REASON[left];
}
