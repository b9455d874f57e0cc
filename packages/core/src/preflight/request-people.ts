// The HTTP request behind `peekRoom()`.
import { CLOSE } from '@rtc-elements/protocol';

import { explainRefusal } from '../signaling/refusal.js';
import { RtcError } from '../state/errors.js';
import { type PeekOptions, roomUrl } from '../api/options.js';
import type { RoomPeople } from '../api/room-api.js';
import { askForToken } from '../signaling/address.js';
import { checkOptions } from './check-options.js';

export async function requestPeople(given: PeekOptions): Promise<RoomPeople> {
  const options = checkOptions('peekRoom', given);
  const url = `${roomUrl(options.host, options.room).replace(/^ws/, 'http')}/people`;
  const { signal = null } = options;
  const { tokenProvider } = options;
  const token = tokenProvider
    ? await untilAborted(askForToken(tokenProvider), signal)
    : options.token;
  let answer: unknown;
  try {
    const headers: HeadersInit = token ? { authorization: `Bearer ${token}` } : {};
    const response = await fetch(url, { signal, headers });
    if (response.status === 401 || response.status === 403) throw await refused(response);
    if (response.status === 429) throw tooOften();
    answer = response.ok ? await response.json() : null;
  } catch (cause) {
    if (cause instanceof RtcError) throw cause;
    if (signal?.aborted) throw abortedError(cause);
    throw unreachable(cause);
  }
  const said = (answer ?? {}) as Partial<Record<keyof RoomPeople, unknown>>;
  const { count, names, inCall, meshMembers } = said;
  if (typeof count === 'number' && Array.isArray(names) && names.every(isText)) {
    const isCall = typeof inCall === 'number' && typeof meshMembers === 'number';
    return { count, names, ...(isCall && { inCall, meshMembers }) };
  }
  throw unreachable(answer);
}

/** Refused like an attempt to join, of which the edge says the same. */
async function refused(response: Response): Promise<RtcError> {
  const answer: unknown = await response.json().catch(() => null);
  const { error } = (answer ?? {}) as { readonly error?: unknown };
  const why = typeof error === 'string' ? error : '';
  return explainRefusal(response.status === 401 ? CLOSE.auth : CLOSE.forbidden, { why }).error;
}

/** What comes of `task`, or `aborted`: a provider may never answer. */
const untilAborted = <T>(task: Promise<T>, signal: AbortSignal | null): Promise<T> =>
  new Promise((resolve, reject) => {
    const stop = (): void => reject(abortedError(signal?.reason));
    if (signal?.aborted) stop();
    signal?.addEventListener('abort', stop, { once: true });
    task.then(resolve, reject).finally(() => signal?.removeEventListener('abort', stop));
  });

const abortedError = (cause: unknown): RtcError =>
  new RtcError('aborted', 'The question was taken back.', { cause });

const isText = (name: unknown): name is string => typeof name === 'string';

const tooOften = (): RtcError =>
  new RtcError('flooded', 'Too much was asked too fast. Try again in a moment.', {
    retryable: true,
  });

const unreachable = (cause: unknown): RtcError =>
  new RtcError('host-unreachable', 'The room cannot be reached. Try again in a moment.', {
    cause,
    retryable: true,
  });
