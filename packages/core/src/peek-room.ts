// Who is in a room, without joining it.
import { RtcError } from './errors.js';
import { type RoomOptions, roomUrl } from './options.js';
import type { RoomPeople } from './room-api.js';

/**
 * Asks how many people are in a room, and the names of the first few.
 *
 * @throws RtcError `bad-host`, `bad-room-name`, `forbidden`, `host-unreachable`, `aborted`.
 */
export async function peekRoom(
  options: Pick<RoomOptions, 'host' | 'room' | 'signal'>,
): Promise<RoomPeople> {
  const url = `${roomUrl(options.host, options.room).replace(/^ws/, 'http')}/people`;
  const { signal = null } = options;
  let answer: unknown;
  try {
    const response = await fetch(url, { signal });
    if (response.status === 401 || response.status === 403) {
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
