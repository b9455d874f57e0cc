/** Opens microphone and camera, together where both are wanted. What is tried where that fails comes later. */
import type { RtcError } from '../state/errors.js';
import type { MediaPort } from '../ports.js';
import { explainMedia } from './explain-media.js';
import { UNPLUGGED } from './wanted.js';

export type DeviceSource = 'microphone' | 'camera';

export interface Wish {
  /** `null`: the default device. */
  readonly deviceId: string | null;
  /** What to open if that one will not; `null`: the default; `undefined`: nothing. */
  readonly fallback: string | null | undefined;
  /** In place of one that went away. */
  readonly unplugged: boolean;
}

export type Wishes = ReadonlyMap<DeviceSource, Wish>;

/** A track with an error: the fallback's, and why it had to be. */
export interface Outcome {
  readonly track: MediaStreamTrack | null;
  readonly error: RtcError | null;
}

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
async function openLive(port: MediaPort, ids: Ids): Promise<MediaStream> {
  const stream = await port.getUserMedia(constraintsOf(ids));
  const tracks = stream.getTracks();
  if (tracks.every(({ readyState }) => readyState === 'live')) return stream;
  tracks.forEach((track) => track.stop());
  throw new DOMException('', UNPLUGGED);
}

/** Never rejects: each source wished for has an outcome. */
export async function acquire(
  port: MediaPort,
  wishes: Wishes,
): Promise<ReadonlyMap<DeviceSource, Outcome>> {
  const outcomes = new Map<DeviceSource, Outcome>();
  const ids: Ids = {
    microphone: wishes.get('microphone')?.deviceId,
    camera: wishes.get('camera')?.deviceId,
  };
  try {
    const stream = await openLive(port, ids);
    for (const source of wishes.keys()) {
      const [track] = source === 'camera' ? stream.getVideoTracks() : stream.getAudioTracks();
      outcomes.set(source, { track: track ?? null, error: null });
    }
  } catch (cause) {
    const trouble = await import('./device-trouble.js').catch(() => null);
    const shared = wishes.size > 1;
    for (const [source, wish] of wishes) {
      const open = async (id: string | null): Promise<MediaStreamTrack | null> => {
        const only = { microphone: undefined, camera: undefined, [source]: id };
        return (await openLive(port, only)).getTracks()[0] ?? null;
      };
      const outcome = await trouble?.acquireAlone(wish, { source, port, open, cause, shared });
      outcomes.set(
        source,
        outcome ?? { track: null, error: await explainMedia(cause, source, true) },
      );
    }
  }
  return outcomes;
}
