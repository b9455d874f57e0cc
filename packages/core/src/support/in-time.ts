import type { Clock } from '../ports.js';
import { RtcError } from '../state/errors.js';

/**
 * What comes of `task`.
 * @throws RtcError `timeout` after `ms`, whatever comes later.
 */
export const inTime = <T>(task: Promise<T>, ms: number, clock: Clock): Promise<T> =>
  new Promise((resolve, reject) => {
    const cancel = clock.setTimer(ms, () =>
      reject(new RtcError('timeout', 'It took too long. Try again.', { retryable: true })),
    );
    task.then(resolve, reject).finally(cancel);
  });
