// Loads what only few requests need, once.
import { RtcError } from '@rtc-elements/core';

import type * as More from './more-requests.js';

let more: typeof More | null = null;

/**
 * Resolves in a microtask once it has loaded, so that what a click allows is still allowed.
 * @throws RtcError `part-unavailable`; the next call tries again.
 */
export async function loadMore(): Promise<typeof More> {
  try {
    return (more ??= await import('./more-requests.js'));
  } catch (cause) {
    throw new RtcError('part-unavailable', 'A part of the page could not be loaded. Try again.', {
      cause,
      retryable: true,
    });
  }
}
