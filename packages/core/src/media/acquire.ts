/**
 * Opens microphone and camera: both with one question where both are wanted, then each by itself,
 * as wished for or as its fallback, where that fails.
 */
import type { RtcError } from '../state/errors.js';
import type { MediaPort } from '../ports.js';
import { toMediaError, UNPLUGGED } from './media-errors.js';

export const DEVICE_SOURCES = ['microphone', 'camera'] as const;

export type DeviceSource = (typeof DEVICE_SOURCES)[number];

export interface Wish {
  /** `null`: the default device. */
  readonly deviceId: string | null;
  /** What to open if that device fails; `null`: the default; `undefined`: nothing. */
  readonly fallback: string | null | undefined;
  /** Whether it replaces a device that went away. */
  readonly unplugged: boolean;
}

export type Wishes = ReadonlyMap<DeviceSource, Wish>;

/** A track with an error is the fallback's; the error says why it was needed. */
export interface Outcome {
  readonly track: MediaStreamTrack | null;
  readonly error: RtcError | null;
}

/** `undefined`: not this source. */
type Ids = Readonly<Record<DeviceSource, string | null | undefined>>;

const KINDS = { microphone: 'audioinput', camera: 'videoinput' } as const;

const exactly = (deviceId: string | null): MediaTrackConstraints =>
  deviceId === null ? {} : { deviceId: { exact: deviceId } };

const constraintsOf = ({ microphone, camera }: Ids): MediaStreamConstraints => ({
  audio: microphone !== undefined && {
    echoCancellation: true,
    noiseSuppression: true,
    autoGainControl: true,
    ...exactly(microphone),
  },
  video: camera !== undefined && {
    width: { ideal: 960 },
    height: { ideal: 540 },
    frameRate: { ideal: 30, max: 30 },
    ...exactly(camera),
  },
});

/** Rejects if a device was unplugged meanwhile: its track has ended already and fires no event. */
async function openLive(port: MediaPort, ids: Ids): Promise<MediaStream> {
  const stream = await port.getUserMedia(constraintsOf(ids));
  const tracks = stream.getTracks();
  if (tracks.every(({ readyState }) => readyState === 'live')) return stream;
  tracks.forEach((track) => track.stop());
  throw new DOMException('', UNPLUGGED);
}

/** What may change while devices are opened, and where each goes as soon as it is open. */
export interface Acquiring {
  /** Nothing is opened any more that is not. */
  isWanted(source: DeviceSource): boolean;
  onOutcome(source: DeviceSource, outcome: Outcome): void;
}

/** Never rejects: each source wished for has an outcome, told before the next one is opened. */
export async function acquire(
  port: MediaPort,
  wishes: Wishes,
  { isWanted, onOutcome }: Acquiring,
): Promise<void> {
  const ids: Ids = {
    microphone: wishes.get('microphone')?.deviceId,
    camera: wishes.get('camera')?.deviceId,
  };
  const opened = await openLive(port, ids).then(
    (stream) => ({ stream }),
    (cause: unknown) => ({ stream: null, cause }),
  );
  if (opened.stream) {
    const { stream } = opened;
    for (const source of wishes.keys()) {
      const [track] = source === 'camera' ? stream.getVideoTracks() : stream.getAudioTracks();
      onOutcome(source, { track: track ?? null, error: null });
    }
    return;
  }
  const shared = wishes.size > 1;
  for (const [source, wish] of wishes) {
    const failed: Failed = { source, cause: opened.cause, shared, isWanted };
    onOutcome(source, await acquireAlone(port, wish, failed));
  }
}

/** A first attempt that failed. */
interface Failed {
  readonly source: DeviceSource;
  readonly cause: unknown;
  /** It was for both sources, so this one may still open. */
  readonly shared: boolean;
  readonly isWanted: Acquiring['isWanted'];
}

/** Opens one source by itself: as wished for, unless that was tried already, then its fallback. */
async function acquireAlone(
  port: MediaPort,
  { deviceId, fallback, unplugged }: Wish,
  { source, cause, shared, isWanted }: Failed,
): Promise<Outcome> {
  const explain = async (why: unknown): Promise<RtcError> =>
    toMediaError(why, source, await isListed(port, KINDS[source]));
  const failed = await explain(cause);
  const ids = shared ? [deviceId] : [];
  if (fallback !== undefined && fallback !== deviceId) ids.push(fallback);
  let first = shared ? null : failed;
  for (const id of ids) {
    // A person who has closed the prompt or refused is not asked again at once.
    const { code } = first ?? failed;
    if (code === 'permission-dismissed' || code === 'insecure-context') break;
    if (first?.code === 'permission-denied') break;
    if (!isWanted(source)) break;
    try {
      const only = { microphone: undefined, camera: undefined, [source]: id };
      const [track] = (await openLive(port, only)).getTracks();
      return { track: track ?? null, error: first };
    } catch (why) {
      const error = await explain(why);
      first ??= error;
    }
  }
  const error = first ?? failed;
  // Nothing replaced a device that went away: report that it went, not why the next one failed.
  const why = { name: UNPLUGGED, cause: error };
  return { track: null, error: unplugged ? toMediaError(why, source, true) : error };
}

/** Whether the browser lists any device of this kind. A list that cannot be had counts as empty. */
const isListed = async (port: MediaPort, kind: MediaDeviceKind): Promise<boolean> => {
  const devices = await port.enumerateDevices().catch(() => []);
  return devices.some((device) => device.kind === kind);
};
