/** Cameras, microphones and a screen without a prompt, which count what is open. */
import type { MediaPort } from '../../../packages/core/src/ports.js';
import { makeAudioTrack, makeVideoTrack } from '../link-pair.js';

const DEVICES = { videoinput: ['camera-1', 'camera-2'], audioinput: ['mic-1', 'mic-2'] } as const;

let context: AudioContext | null = null;

/** One for the whole page: browsers allow few. */
const audioContext = (): AudioContext => (context ??= new AudioContext());

export class CountedDevices implements MediaPort {
  /** Each device that was opened, in order. A screen is `screen`. */
  readonly opened: string[] = [];
  readonly #tracks: { readonly id: string; readonly track: MediaStreamTrack }[] = [];

  /** The devices that are open now, once for each live track. */
  get live(): readonly string[] {
    return this.#tracks
      .filter(({ track }) => track.readyState === 'live')
      .map(({ id }) => id)
      .sort();
  }

  /** The live tracks. */
  get tracks(): readonly MediaStreamTrack[] {
    return this.#tracks.flatMap(({ track }) => (track.readyState === 'live' ? track : []));
  }

  async getUserMedia({ audio, video }: MediaStreamConstraints): Promise<MediaStream> {
    const tracks: MediaStreamTrack[] = [];
    if (audio) tracks.push(this.#open(idOf(audio, DEVICES.audioinput[0])));
    if (video) tracks.push(this.#open(idOf(video, DEVICES.videoinput[0])));
    return new MediaStream(tracks);
  }

  async getDisplayMedia(): Promise<MediaStream> {
    return new MediaStream([this.#open('screen')]);
  }

  enumerateDevices = async (): Promise<readonly MediaDeviceInfo[]> =>
    Object.entries(DEVICES).flatMap(([kind, ids]) =>
      ids.map((deviceId) => ({
        deviceId,
        groupId: deviceId,
        kind: kind as MediaDeviceKind,
        label: deviceId,
        toJSON: () => ({}),
      })),
    );

  onDeviceChange = (): (() => void) => () => undefined;

  #open(id: string): MediaStreamTrack {
    const isSound = id.startsWith('mic');
    const track = isSound ? makeAudioTrack(audioContext()) : makeVideoTrack();
    const settings = track.getSettings.bind(track);
    track.getSettings = () => ({ ...settings(), deviceId: id, groupId: id });
    this.opened.push(id);
    this.#tracks.push({ id, track });
    return track;
  }
}

/** The device that is asked for, or the first. */
const idOf = (constraint: boolean | MediaTrackConstraints, first: string): string => {
  const { deviceId } = constraint === true || constraint === false ? {} : constraint;
  const exact = typeof deviceId === 'object' && 'exact' in deviceId ? deviceId.exact : null;
  return typeof exact === 'string' ? exact : first;
};
