// How a request ends that is not carried out.
import { RtcError } from '@rtc-elements/core';

import type { RequestOutcome } from './request-map.js';

type Failed = Extract<RequestOutcome, { readonly status: 'failed' }>;

/** The outcome of a request that failed with `cause`, whatever that is. */
export const failed = (cause: unknown): Failed => ({
  status: 'failed',
  error: isRtcError(cause)
    ? cause
    : new RtcError('protocol', `This failed: ${String(cause)}`, { cause }),
});

/** Another bundle on the page has a class of its own, so the name decides. */
const isRtcError = (error: unknown): error is RtcError =>
  error instanceof Error && error.name === 'RtcError';

/** The error of a request that no room heard. */
export const noRoomError = (): RtcError =>
  new RtcError('not-found', 'There is no room here yet. Ask inside an <rtc-room>.', {
    retryable: true,
  });

/** The error of a toggle that is given something else than `true` or `false`, such as the event of a click. */
export const forceError = (): RtcError =>
  new RtcError('bad-argument', 'Pass true, false or nothing.');
