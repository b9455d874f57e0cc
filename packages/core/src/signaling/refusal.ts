// Maps a close code or a fault to a typed error and to the reason for leaving.
import { CLOSE } from '@rtc-elements/protocol';

import { RtcError, type RtcErrorCode } from '../state/errors.js';
import type { LeaveReason } from '../state/room-state.js';

/** Why the room ended our stay. */
export interface Refusal {
  readonly error: RtcError;
  readonly reason: LeaveReason;
}

type Row = readonly [RtcErrorCode, LeaveReason, string];

const INVALID: Row = [
  'token-invalid',
  'token-expired',
  'Your invitation is not valid for this room. Ask whoever invited you for a new one.',
];

const OUTDATED = 'This page and the room speak different versions. Reload the page.';

/** By close code or, where that has several meanings, by it and the word that came with it (CC-2). */
const ROWS: Readonly<Record<string | number, Row>> = {
  [CLOSE.auth]: [
    'auth',
    'token-expired',
    'The room does not accept your invitation. Ask whoever invited you for a new one.',
  ],
  [CLOSE.forbidden]: ['forbidden', 'removed', 'You are not allowed into this room.'],
  [CLOSE.room]: ['bad-room-name', 'room-closed', 'There is no such room.'],
  [`${CLOSE.room} closed`]: [
    'room-closed',
    'room-closed',
    'The room was closed for everybody. Join again to begin anew.',
  ],
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
  [`${CLOSE.auth} token-missing`]: [
    'token-missing',
    'token-expired',
    'This room is for people with an invitation. Ask whoever runs it for one.',
  ],
  [`${CLOSE.auth} token-expired`]: [
    'token-expired',
    'token-expired',
    'Your invitation has expired. Reload the page, or ask whoever invited you for a new one.',
  ],
  [`${CLOSE.auth} token-early`]: [
    'token-early',
    'token-expired',
    'Your invitation is not valid yet. Try again in a few minutes.',
  ],
  [`${CLOSE.auth} token-invalid`]: INVALID,
  [`${CLOSE.auth} token-claims`]: INVALID,
  [`${CLOSE.auth} token-long-lived`]: INVALID,
  [`${CLOSE.forbidden} wrong-room`]: [
    'token-wrong-room',
    'token-expired',
    'Your invitation is for another room. Ask whoever invited you for one to this room.',
  ],
  [`${CLOSE.forbidden} origin`]: [
    'bad-origin',
    'removed',
    'This room is not for pages of this site. Tell whoever runs it.',
  ],
  [`${CLOSE.forbidden} room-full`]: [
    'too-many-tabs',
    'room-closed',
    'You have this room open too often. Close another tab or device with it, then try again.',
  ],
  [`${CLOSE.retryLater} room-full`]: [
    'room-full',
    'room-closed',
    'The room is full. Try again when somebody has left.',
  ],
  'bad-version': ['version-mismatch', 'network', OUTDATED],
};

/** A refusal that ends when somebody leaves, or when time passes. */
const RETRYABLE: ReadonlySet<RtcErrorCode> = new Set(['room-full', 'too-many-tabs', 'token-early']);

/** What a room that refuses us has said besides. */
export interface RefusalWords {
  /** In its own words, for codes that only newer rooms have (UN-5). */
  readonly said?: string;
  /** The code of its `error` in answer to `hello`, or the reason of the close (CC-2). */
  readonly why?: string;
}

/** Explains a close code that rules out a retry, or the code of an error in answer to `hello`. */
export function explainRefusal(
  cause: number | string,
  { said = '', why = '' }: RefusalWords = {},
): Refusal {
  const other: Row = said ? ['refused', 'room-closed', said] : ['protocol', 'network', OUTDATED];
  const [word = ''] = why.split(':');
  const [code, reason, message] = ROWS[`${cause} ${word}`] ?? ROWS[cause] ?? other;
  return { error: new RtcError(code, message, { cause, retryable: RETRYABLE.has(code) }), reason };
}

/** The error for an attempt that did not reach the room. Others follow. */
export const unreachableError = (): RtcError =>
  new RtcError('host-unreachable', 'The room cannot be reached. Trying again.', {
    retryable: true,
  });
