/** Opens microphone and camera: together where both are wanted, each alone where that fails. */
import type { RtcError } from '../errors.js';
import type { MediaPort } from '../ports.js';
import type { DeviceList } from './device-list.js';
import { explainMedia } from './explain-media.js';
import { UNPLUGGED } from './wanted.js';

export type DeviceSource = 'microphone' | 'camera';

export interface Wish {
  /** `null`: the default device. */
  readonly deviceId: string | null;
  /** What to open if that one will not; `null`: the default; `undefined`: nothing. */
  readonly fallback: string | null | undefined;
}

export type Wishes = ReadonlyMap<DeviceSource, Wish>;

/** A track with an error: the fallback's, and why it had to be. */
export interface Outcome {
  readonly track: MediaStreamTrack | null;
  readonly error: RtcError | null;
}

const KINDS = { microphone: 'audioinput', camera: 'videoinput' } as const;

/** `undefined`: not this one. */
type Ids = Readonly<Record<DeviceSource, string | null | undefined>>;

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

/** One that was unplugged while it was being opened comes as a track that has ended, and tells nobody. */
async function openLive(
  port: MediaPort,
  constraints: MediaStreamConstraints,
): Promise<MediaStream> {
  const stream = await port.getUserMedia(constraints);
  const tracks = stream.getTracks();
  if (tracks.every(({ readyState }) => readyState === 'live')) return stream;
  tracks.forEach((track) => track.stop());
  throw new DOMException('', UNPLUGGED);
}

/** Never rejects: each source wished for has an outcome. */
export async function acquire(
  port: MediaPort,
  list: DeviceList,
  wishes: Wishes,
): Promise<ReadonlyMap<DeviceSource, Outcome>> {
  const outcomes = new Map<DeviceSource, Outcome>();
  const shared = wishes.size > 1;
  const ids: Ids = {
    microphone: wishes.get('microphone')?.deviceId,
    camera: wishes.get('camera')?.deviceId,
  };
  try {
    const stream = await openLive(port, constraintsOf(ids));
    for (const source of wishes.keys()) {
      const [track] = source === 'camera' ? stream.getVideoTracks() : stream.getAudioTracks();
      outcomes.set(source, { track: track ?? null, error: null });
    }
  } catch (cause) {
    for (const [source, wish] of wishes) {
      const explain = async (why: unknown): Promise<RtcError> =>
        explainMedia(why, source, await list.has(KINDS[source]));
      const open = async (id: string | null): Promise<MediaStreamTrack | null> => {
        const only = { microphone: undefined, camera: undefined, [source]: id };
        return (await openLive(port, constraintsOf(only))).getTracks()[0] ?? null;
      };
      const failed = { error: await explain(cause), shared };
      outcomes.set(source, await tryAlone(wish, failed, open, explain));
    }
  }
  return outcomes;
}

/** `shared`: the failed try was for both sources, so this one may still do. */
async function tryAlone(
  { deviceId, fallback }: Wish,
  failed: { readonly error: RtcError; readonly shared: boolean },
  open: (id: string | null) => Promise<MediaStreamTrack | null>,
  explain: (cause: unknown) => Promise<RtcError>,
): Promise<Outcome> {
  const ids = failed.shared ? [deviceId] : [];
  if (fallback !== undefined && fallback !== deviceId) ids.push(fallback);
  let first = failed.shared ? null : failed.error;
  for (const id of ids) {
    // Whoever closed the question, or said no, is not to be asked again at once.
    const { code } = first ?? failed.error;
    if (code === 'permission-dismissed' || code === 'insecure-context') break;
    if (first?.code === 'permission-denied') break;
    try {
      return { track: await open(id), error: first };
    } catch (cause) {
      const error = await explain(cause);
      first ??= error;
    }
  }
  return { track: null, error: first ?? failed.error };
}
