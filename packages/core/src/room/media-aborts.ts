// What somebody hears who waits for a device of ours that is turned off before it is on.
import { RtcError } from '../state/errors.js';

export const withdrawnError = (): RtcError =>
  new RtcError('aborted', 'The page has turned this off meanwhile. You can turn it on again.', {
    retryable: true,
  });

export const stoppedError = (): RtcError =>
  new RtcError('aborted', 'It was turned off again before it was on.');

export const mutedError = (): RtcError =>
  new RtcError('aborted', 'A host has turned this off. You can turn it on again.', {
    retryable: true,
  });
