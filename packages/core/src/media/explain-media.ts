// Why a device cannot be had, in words. They come late: most calls never need them.
import { RtcError } from '../state/errors.js';
import { loadModule } from '../support/lazy-module.js';
import type { Wanted } from './wanted.js';

/** `cause`, as thrown by a request for `wanted`, as an error that says what to do; see `toMediaError`. */
export async function explainMedia(
  cause: unknown,
  wanted: Wanted,
  listed: boolean,
): Promise<RtcError> {
  try {
    const { toMediaError } = await loadModule(import('./device-trouble.js'));
    return toMediaError(cause, wanted, listed);
  } catch {
    const options = { cause, retryable: true };
    return new RtcError('device-failed', `The ${wanted} did not start. Try again.`, options);
  }
}

/** A listener sends nothing (MO-1). */
export const listenerError = (): RtcError =>
  new RtcError('not-allowed', 'You are listening. Ask a host to let you speak.');
