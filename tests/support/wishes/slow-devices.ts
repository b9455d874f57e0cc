/** Devices that answer when a clock says so, with tracks that are nothing but live or ended. */
import type { MediaPort } from '../../../packages/core/src/ports.js';

/** A track without a picture or a sound: thousands of them cost nothing. */
export class FakeTrack extends EventTarget {
  readonly kind: 'audio' | 'video';
  readonly id: string;
  readonly muted = false;
  readyState: MediaStreamTrackState = 'live';
  contentHint = '';
  onended: (() => void) | null = null;
  readonly #device: string;

  constructor(device: string, id: string) {
    super();
    this.kind = device.startsWith('mic') ? 'audio' : 'video';
    this.id = id;
    this.#device = device;
  }

  getSettings(): MediaTrackSettings {
    return { deviceId: this.#device, groupId: this.#device };
  }

  stop(): void {
    this.readyState = 'ended';
  }

  /** As when it is unplugged: nobody has stopped it. */
  end(): void {
    if (this.readyState === 'ended') return;
    this.readyState = 'ended';
    this.onended?.();
  }
}

export type Captured = 'microphone' | 'camera' | 'screen';

export interface SlowDevicesOptions {
  /** How long the next answer takes. */
  readonly wait: (what: 'device' | 'screen') => Promise<void>;
  /** The name of the error that the next answer is; `null`: the devices. */
  readonly refuse: () => string | null;
  /** Hears what is asked for, before the answer. */
  readonly onAsk: (sources: readonly Captured[]) => void;
}

const FIRST = { microphone: 'mic-1', camera: 'cam-1' } as const;
const ALL = ['mic-1', 'mic-2', 'cam-1', 'cam-2'];

export class SlowDevices implements MediaPort {
  readonly #options: SlowDevicesOptions;
  readonly #made: { readonly source: Captured; readonly device: string; track: FakeTrack }[] = [];

  constructor(options: SlowDevicesOptions) {
    this.#options = options;
  }

  /** The devices that are open, each with what it is open for: `camera cam-1`. */
  get live(): readonly string[] {
    return this.#made
      .filter(({ track }) => track.readyState === 'live')
      .map(({ source, device }) => `${source} ${device}`)
      .sort();
  }

  /** The live tracks of a source. */
  tracksOf(source: Captured): readonly FakeTrack[] {
    return this.#made
      .filter((one) => one.source === source && one.track.readyState === 'live')
      .map(({ track }) => track);
  }

  async getUserMedia({ audio, video }: MediaStreamConstraints): Promise<MediaStream> {
    const wanted = [
      ...(audio ? [['microphone', idOf(audio) ?? FIRST.microphone] as const] : []),
      ...(video ? [['camera', idOf(video) ?? FIRST.camera] as const] : []),
    ];
    this.#options.onAsk(wanted.map(([source]) => source));
    await this.#answer('device');
    return streamOf(wanted.map(([source, device]) => this.#open(source, device)));
  }

  async getDisplayMedia({ audio }: DisplayMediaStreamOptions): Promise<MediaStream> {
    this.#options.onAsk(['screen']);
    await this.#answer('screen');
    const sound = audio ? [this.#open('screen', 'mic-of-screen')] : [];
    return streamOf([this.#open('screen', 'screen'), ...sound]);
  }

  readonly enumerateDevices = async (): Promise<readonly MediaDeviceInfo[]> =>
    ALL.map((deviceId) => ({
      deviceId,
      groupId: deviceId,
      kind: deviceId.startsWith('mic') ? ('audioinput' as const) : ('videoinput' as const),
      label: deviceId,
      toJSON: () => ({}),
    }));

  readonly onDeviceChange = (): (() => void) => () => undefined;

  async #answer(what: 'device' | 'screen'): Promise<void> {
    const name = this.#options.refuse();
    await this.#options.wait(what);
    if (name) throw new DOMException('', name);
  }

  #open(source: Captured, device: string): FakeTrack {
    const track = new FakeTrack(device, `track-${this.#made.length}`);
    this.#made.push({ source, device, track });
    return track;
  }
}

function idOf(constraint: boolean | MediaTrackConstraints): string | undefined {
  const { deviceId } = typeof constraint === 'boolean' ? {} : constraint;
  const exact = typeof deviceId === 'object' && 'exact' in deviceId ? deviceId.exact : undefined;
  return typeof exact === 'string' ? exact : undefined;
}

/** As much of a stream as is read of one: a real one takes no track that is not the browser's. */
const streamOf = (tracks: readonly FakeTrack[]): MediaStream =>
  ({
    getTracks: () => [...tracks],
    getAudioTracks: () => tracks.filter(({ kind }) => kind === 'audio'),
    getVideoTracks: () => tracks.filter(({ kind }) => kind === 'video'),
  }) as unknown as MediaStream;
