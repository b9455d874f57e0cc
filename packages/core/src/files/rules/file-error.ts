/** Why a transfer does not go on, in words that say what to do. */
import type { RtcErrorCode } from '../../state/error-codes.js';
import { RtcError } from '../../state/errors.js';
import type { StopReason } from './frames.js';

export const FILE_ERRORS = {
  'sender-gone': ['The sender is not here now. It goes on when they are back.', true],
  'receiver-gone': ['The receiver is not here now. It goes on when they are back.', true],
  'no-space': ['There is not enough space for this. Make room, then resume.', true],
  'destination-lost': [
    'This can no longer be saved in the place you chose. Choose it again.',
    true,
  ],
  'file-declined': ['It was declined.', false],
  'file-cancelled': ['The other person cancelled it.', false],
  'file-corrupt': ['It arrived damaged, several times. Ask for it again.', false],
  'file-unreadable': ['The file cannot be read any more. Pick it again and offer it anew.', false],
  'file-mismatch': ['These are not the same files. Pick those that you offered.', true],
  'too-many-offers': ['They have many offers to answer. Wait until they have.', true],
  'transfer-broken': [
    'The page at the other end does not keep to the rules. Ask them to reload it.',
    false,
  ],
  'not-allowed': ['A listener cannot send files.', false],
} as const satisfies Partial<Record<RtcErrorCode, readonly [message: string, retryable: boolean]>>;

export type FileErrorCode = keyof typeof FILE_ERRORS;

export function fileError(code: FileErrorCode, cause?: unknown): RtcError {
  const [message, retryable] = FILE_ERRORS[code];
  return new RtcError(code, message, { retryable, cause });
}

/** The words of somebody who declined are theirs: they follow ours. */
export function declinedError(words: string): RtcError {
  const [message] = FILE_ERRORS['file-declined'];
  return new RtcError('file-declined', words === '' ? message : `${message} They say: ${words}`);
}

/** What the other end means by ending or interrupting a transfer. */
export const STOP_CODES: Readonly<Record<StopReason, FileErrorCode>> = {
  cancelled: 'file-cancelled',
  unknown: 'sender-gone',
  unready: 'sender-gone',
  corrupt: 'file-corrupt',
  'no-space': 'no-space',
  'destination-lost': 'destination-lost',
  unreadable: 'file-unreadable',
  broken: 'transfer-broken',
  'too-many': 'too-many-offers',
  'not-allowed': 'not-allowed',
  declined: 'file-declined',
};

/** After these, a transfer may still go on. */
export const isInterruption = (reason: StopReason): boolean =>
  ['unknown', 'unready', 'no-space', 'destination-lost'].includes(reason);
