// Waits for a room to reach a certain state, or for an abort signal.
import type { Room } from '../api/room-api.js';
import type { RtcError } from '../state/errors.js';
import type { RoomState } from '../state/room-state.js';

/**
 * Resolves once `test` returns `true`, or when `signal` aborts. Rejects with the error of `getEnd` once the
 * room was left.
 */
export const waitFor = (
  room: Pick<Room, 'getSnapshot' | 'subscribe'>,
  getEnd: () => RtcError | null,
  test: (state: RoomState) => boolean,
  signal?: AbortSignal,
): Promise<void> =>
  new Promise((resolve, reject) => {
    const check = (): void => {
      const end = getEnd();
      if (end) reject(end);
      else if (!signal?.aborted && !test(room.getSnapshot())) return;
      stop();
      signal?.removeEventListener('abort', check);
      resolve();
    };
    const stop = room.subscribe(check);
    signal?.addEventListener('abort', check);
    check();
  });

/**
 * Calls `task` when any of `signals` aborts, or at once if one already has. Call the returned function to
 * stop listening.
 */
export function onAbort(
  signals: readonly (AbortSignal | undefined)[],
  task: () => void,
): () => void {
  for (const signal of signals) {
    if (signal?.aborted) task();
    signal?.addEventListener('abort', task);
  }
  return () => {
    for (const signal of signals) signal?.removeEventListener('abort', task);
  };
}
