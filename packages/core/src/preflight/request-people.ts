// The HTTP request behind `peekRoom()`.
import { RtcError } from '../state/errors.js';
import { type PeekOptions, roomUrl } from '../api/options.js';
import type { RoomPeople } from '../api/room-api.js';
import { askForToken } from '../signaling/address.js';

export async function requestPeople(options: PeekOptions): Promise<RoomPeople> {
  const url = `${roomUrl(options.host, options.room).replace(/^ws/, 'http')}/people`;
  const { signal = null } = options;
  const token = options.tokenProvider ? await askForToken(options.tokenProvider) : options.token;
  let answer: unknown;
  try {
    const headers: HeadersInit = token ? { authorization: `Bearer ${token}` } : {};
    const response = await fetch(url, { signal, headers });
    if (response.status === 401) {
      throw new RtcError('auth', 'Your pass for this room is missing or has expired.');
    }
    if (response.status === 403) {
      throw new RtcError('forbidden', 'You are not allowed to see who is in this room.');
    }
    answer = response.ok ? await response.json() : null;
  } catch (cause) {
    if (cause instanceof RtcError) throw cause;
    if (signal?.aborted) throw new RtcError('aborted', 'The question was taken back.', { cause });
    throw unreachable(cause);
  }
  const { count, names } = (answer ?? {}) as Partial<Record<keyof RoomPeople, unknown>>;
  if (typeof count === 'number' && Array.isArray(names) && names.every(isText)) {
    return { count, names };
  }
  throw unreachable(answer);
}

const isText = (name: unknown): name is string => typeof name === 'string';

const unreachable = (cause: unknown): RtcError =>
  new RtcError('host-unreachable', 'The room cannot be reached. Try again in a moment.', {
    cause,
    retryable: true,
  });
