// What a close code or a fault means to the person: a typed error, and why the room was left.
import { CLOSE, type FaultCode } from '@rtc-elements/protocol';

import { RtcError, type RtcErrorCode } from '../errors.js';
import type { LeaveReason } from '../state/room-state.js';

/** The end of a stay that the room brought about. */
export interface Refusal {
  readonly error: RtcError;
  readonly reason: LeaveReason;
}

type Row = readonly [RtcErrorCode, LeaveReason, string];

const OUTDATED = 'This page and the room speak different versions. Reload the page.';

const BY_CODE: Readonly<Record<number, Row>> = {
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
    'The room is locked. Ask somebody inside to open it.',
  ],
  [CLOSE.flood]: [
    'flooded',
    'network',
    'Too much was sent too fast. Wait a moment, then join again.',
  ],
};

const BY_FAULT: Readonly<Partial<Record<FaultCode, Row>>> = {
  'bad-version': ['version-mismatch', 'network', OUTDATED],
  'room-full': ['room-full', 'room-closed', 'The room is full. Try again when somebody has left.'],
};

/** What a close code that forbids another try means. */
export function refusalOf(code: number): Refusal {
  const row = BY_CODE[code];
  return row ? toRefusal(row, code) : toRefusal(['protocol', 'network', OUTDATED], code);
}

/** What a fault means that the room answers to `hello`; `null` for one that is not the end. */
export function refusalOfFault(code: FaultCode): Refusal | null {
  const row = BY_FAULT[code];
  return row ? toRefusal(row, code) : null;
}

const toRefusal = ([code, reason, message]: Row, cause: unknown): Refusal => ({
  error: new RtcError(code, message, {
    cause,
    retryable: code === 'flooded' || code === 'room-full',
  }),
  reason,
});
