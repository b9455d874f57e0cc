// Why what was dropped cannot be offered.
import { RtcError } from '@rtc-elements/core';

/** Files or folders cannot be read. */
export const unreadDropError = (cause: unknown): RtcError =>
  new RtcError('file-unreadable', 'What was dropped cannot be read. Drop it again, or choose it.', {
    cause,
    retryable: true,
  });

/** What reads them cannot be loaded. */
export const unreadableYetError = (cause: unknown): RtcError =>
  new RtcError('part-unavailable', 'A part of the page could not be loaded. Try again.', {
    cause,
    retryable: true,
  });
