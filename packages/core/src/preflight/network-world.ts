// What the network checks need from their environment, and how each of them ends.
import { RtcError } from '../state/errors.js';
import type { Ports } from '../ports.js';

export interface NetworkWorld extends Pick<Ports, 'clock' | 'openSocket' | 'createPeerConnection'> {
  /** Aborts the check. */
  readonly signal: AbortSignal | undefined;
}

const abortedError = (): RtcError => new RtcError('aborted', 'The check was taken back.');

/**
 * Resolves with the first value that `begin` passes to `settle`, or with `null` after `ms`. Rejects with
 * the error that `begin` passes to `fail`, or with `aborted`.
 */
export function within<T>(
  ms: number,
  { clock, signal }: Pick<NetworkWorld, 'clock' | 'signal'>,
  begin: (settle: (value: T) => void, fail: (error: unknown) => void) => void,
): Promise<T | null> {
  return new Promise<T | null>((resolve, reject) => {
    const onAbort = (): void => end(() => reject(abortedError()));
    const cancel = clock.setTimer(ms, () => end(() => resolve(null)));
    const end = (tell: () => void): void => {
      cancel();
      signal?.removeEventListener('abort', onAbort);
      tell();
    };
    signal?.addEventListener('abort', onAbort);
    if (signal?.aborted) return onAbort();
    begin(
      (value) => end(() => resolve(value)),
      (error) => end(() => reject(error)),
    );
  });
}
