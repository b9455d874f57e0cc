/** What is tried when a device cannot be had as it was asked for. */
import type { RtcError } from '../state/errors.js';
import type { MediaPort } from '../ports.js';
import type { DeviceSource, Outcome, Wish } from './acquire.js';
import { toMediaError } from './media-errors.js';
import { UNPLUGGED } from './wanted.js';

const KINDS = { microphone: 'audioinput', camera: 'videoinput' } as const;

/** The first try, and how to make another. */
export interface Failed {
  readonly source: DeviceSource;
  readonly cause: unknown;
  /** It was for both sources, so this one may still do. */
  readonly shared: boolean;
  readonly port: Pick<MediaPort, 'enumerateDevices'>;
  open(id: string | null): Promise<MediaStreamTrack | null>;
}

/** Opens one source by itself: as wished for, if that was not tried yet, then its fallback. */
export async function acquireAlone(
  { deviceId, fallback, unplugged }: Wish,
  { source, cause, shared, port, open }: Failed,
): Promise<Outcome> {
  const explain = async (why: unknown): Promise<RtcError> =>
    toMediaError(why, source, await isListed(port, KINDS[source]));
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
  const error = first ?? failed;
  // Nothing took the place of a device that went away: that it did is what somebody wants to know.
  const why = { name: UNPLUGGED, cause: error };
  return { track: null, error: unplugged ? toMediaError(why, source, true) : error };
}

/** Whether the browser lists any device of this kind. A list that cannot be had is an empty one. */
const isListed = async (port: Failed['port'], kind: MediaDeviceKind): Promise<boolean> => {
  const devices = await port.enumerateDevices().catch(() => []);
  return devices.some((device) => device.kind === kind);
};
