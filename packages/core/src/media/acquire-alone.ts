/** What is tried when a device cannot be had as it was asked for. */
import type { RtcError } from '../errors.js';
import type { DeviceSource, Outcome, Wish } from './acquire.js';
import type { DeviceList } from './device-list.js';
import { toMediaError } from './media-errors.js';

const KINDS = { microphone: 'audioinput', camera: 'videoinput' } as const;

/** The first try, and how to make another. */
export interface Failed {
  readonly source: DeviceSource;
  readonly cause: unknown;
  /** It was for both sources, so this one may still do. */
  readonly shared: boolean;
  readonly list: DeviceList;
  open(id: string | null): Promise<MediaStreamTrack | null>;
}

/** Opens one source by itself: as wished for, if that was not tried yet, then its fallback. */
export async function acquireAlone(
  { deviceId, fallback }: Wish,
  { source, cause, shared, list, open }: Failed,
): Promise<Outcome> {
  const explain = async (why: unknown): Promise<RtcError> =>
    toMediaError(why, source, await list.has(KINDS[source]));
  const failed = await explain(cause);
  const ids = shared ? [deviceId] : [];
  if (fallback !== undefined && fallback !== deviceId) ids.push(fallback);
  let first = shared ? null : failed;
  for (const id of ids) {
    // Whoever closed the question, or said no, is not to be asked again at once.
    const { code } = first ?? failed;
    if (code === 'permission-dismissed' || code === 'insecure-context') break;
    if (first?.code === 'permission-denied') break;
    try {
      return { track: await open(id), error: first };
    } catch (why) {
      const error = await explain(why);
      first ??= error;
    }
  }
  return { track: null, error: first ?? failed };
}
