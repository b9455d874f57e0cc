// Why there is no link for data, in words that say what to do.
import { RtcError } from '../../state/errors.js';

export const linkGoneError = (): RtcError =>
  new RtcError('not-found', 'This person is not in the room any more.');

export const linkUnsupportedError = (): RtcError =>
  new RtcError(
    'unsupported',
    'Their page has an older version, which takes this only in the call. Ask them to reload it.',
  );

export const linkDeclinedError = (): RtcError =>
  new RtcError('peer-unreachable', 'Their page takes no connection for this now.', {
    retryable: true,
  });

export const linkUnreachableError = (cause?: RtcError): RtcError =>
  new RtcError(
    'peer-unreachable',
    'No connection to this person could be made. Try again, or ask them to enter the call.',
    { cause, retryable: true },
  );
