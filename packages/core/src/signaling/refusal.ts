// Maps a close code or a fault to a typed error and to the reason for leaving.
import { CLOSE } from '@rtc-elements/protocol';

import { RtcError, type RtcErrorCode } from '../state/errors.js';
import type { LeaveReason, Problem } from '../state/room-state.js';

/** Shown while the room cannot be reached for an unknown reason. */
export const UNREACHABLE: Problem = {
  code: 'host-unreachable',
  message: 'The room cannot be reached. Trying again.',
  retryable: true,
};

/** Why the room ended our stay. */
export interface Refusal {
  readonly error: RtcError;
  readonly reason: LeaveReason;
}

type Row = readonly [RtcErrorCode, LeaveReason, string];

const OUTDATED = 'This page and the room speak different versions. Reload the page.';

const ROWS: Readonly<Record<string | number, Row>> = {
  [CLOSE.auth]: ['auth', 'token-expired', 'Your pass for this room is missing or has expired.'],
  [CLOSE.forbidden]: ['forbidden', 'removed', 'You are not allowed into this room.'],
  [CLOSE.room]: ['bad-room-name', 'room-closed', 'There is no such room.'],
  [CLOSE.replaced]: [
    'replaced',
    'replaced',
    'You joined from somewhere else; this stay has ended.',
  ],
  [CLOSE.removed]: ['removed', 'removed', 'You were removed from the room.'],
  [CLOSE.banned]: ['banned', 'banned', 'You may not enter this room again.'],
  [CLOSE.locked]: [
    'forbidden',
    'room-closed',
    'The room is locked, and nobody let you in. Ask somebody inside.',
  ],
  'bad-version': ['version-mismatch', 'network', OUTDATED],
  'room-full': ['room-full', 'room-closed', 'The room is full. Try again when somebody has left.'],
};

/**
 * Explains a close code that rules out a retry, or the code of an error in answer to `hello`. `said`: the room's own
 * words, for codes that only newer rooms have (UN-5).
 */
export function explainRefusal(cause: number | string, said = ''): Refusal {
  const other: Row = said ? ['refused', 'room-closed', said] : ['protocol', 'network', OUTDATED];
  const [code, reason, message] = ROWS[cause] ?? other;
  return { error: new RtcError(code, message, { cause, retryable: code === 'room-full' }), reason };
}
