/**
 * Devices that a test can pull out, plug in and interrupt, which no browser lets a page do to its own.
 * Behind each microphone is the browser's, so that the page counts as one that captures; a camera is
 * painted, so that it can stand still while it is live.
 */
type InputKind = 'audioinput' | 'videoinput';

interface Rack {
  /** Plugs it in; the browser tells. */
  plug(kind: InputKind, deviceId: string): void;
  /** Pulls it out: its tracks end, and the browser tells. */
  unplug(deviceId: string): void;
  /** As a phone call does it on iOS: tracks are muted and unmuted, and give nothing from then on. */
  interrupt(kinds: readonly InputKind[]): void;
  /** Whether what is opened from now on gives anything. */
  gives: boolean;
  /** Goes away while it is being opened. */
  vanishing: string | null;
}

declare global {
  interface Window {
    rack: Rack;
  }
}

/** For `evaluate`: puts two microphones and two cameras in the place of the real ones. */
export function installRack(): void {
  const devices = navigator.mediaDevices;
  const openReal = devices.getUserMedia.bind(devices);
  const inputs: { readonly kind: InputKind; readonly deviceId: string }[] = [
    { kind: 'audioinput', deviceId: 'mic-1' },
    { kind: 'audioinput', deviceId: 'mic-2' },
    { kind: 'videoinput', deviceId: 'cam-1' },
    { kind: 'videoinput', deviceId: 'cam-2' },
  ];
  const open = new Map<MediaStreamTrack, (typeof inputs)[number] & { silence(): void }>();

  // Firefox hands what a page makes up to the handlers of a track (`onended`), never to its listeners.
  const listeners = new WeakMap<MediaStreamTrack, EventTarget>();
  const listen = (track: MediaStreamTrack): void => {
    const ears = new EventTarget();
    listeners.set(track, ears);
    track.addEventListener = ears.addEventListener.bind(ears);
    track.removeEventListener = ears.removeEventListener.bind(ears);
  };
  const fire = (track: MediaStreamTrack, type: string): void => {
    track.dispatchEvent(new Event(type));
    const told = Object.defineProperty(new Event(type), 'target', { value: track });
    listeners.get(track)?.dispatchEvent(told);
  };

  const openMicrophone = async (): Promise<[MediaStreamTrack, () => void]> => {
    const [track] = (await openReal({ audio: true })).getTracks();
    if (!track) throw new Error('The browser has no microphone.');
    // One that is not enabled is live and unmuted, and every sample of it is zero.
    return [track, () => (track.enabled = false)];
  };
  const openCamera = (): [MediaStreamTrack, () => void] => {
    const canvas = document.createElement('canvas');
    const context = canvas.getContext('2d');
    let turn = 0;
    const timer = setInterval(() => {
      if (!context) return;
      context.fillStyle = (turn += 1) % 2 ? 'teal' : 'orange';
      context.fillRect(0, 0, canvas.width, canvas.height);
    }, 50);
    const [track] = canvas.captureStream(20).getTracks();
    if (!track) throw new Error('The canvas has no track.');
    return [track, () => clearInterval(timer)];
  };
  const openOne = async (kind: InputKind, constraint: unknown): Promise<MediaStreamTrack[]> => {
    if (!constraint) return [];
    const wanted = (constraint as { deviceId?: { exact?: string } }).deviceId?.exact;
    const all = inputs.filter((input) => input.kind === kind);
    if (all.length === 0) throw new DOMException('not found', 'NotFoundError');
    const found = wanted === undefined ? all[0] : all.find(({ deviceId }) => deviceId === wanted);
    if (!found) throw new DOMException('', 'OverconstrainedError');
    const { deviceId } = found;
    const [track, silence] = kind === 'audioinput' ? await openMicrophone() : openCamera();
    const settings = track.getSettings.bind(track);
    track.getSettings = () => ({ ...settings(), deviceId, groupId: deviceId });
    listen(track);
    open.set(track, { kind, deviceId, silence });
    window.probe.tracks.push(track);
    if (!window.rack.gives) silence();
    if (deviceId === window.rack.vanishing) track.stop();
    return [track];
  };
  devices.getUserMedia = async ({ audio, video } = {}) => {
    const tracks = [await openOne('audioinput', audio), await openOne('videoinput', video)];
    return new MediaStream(tracks.flat());
  };
  devices.enumerateDevices = () => {
    const list = inputs.map(({ kind, deviceId }) => {
      return { kind, deviceId, groupId: deviceId, label: deviceId, toJSON: () => ({}) };
    });
    return Promise.resolve(list);
  };
  const tell = (): void => void devices.dispatchEvent(new Event('devicechange'));

  window.rack = {
    gives: true,
    vanishing: null,
    plug(kind, deviceId) {
      inputs.push({ kind, deviceId });
      tell();
    },
    unplug(pulled) {
      inputs.splice(0, Infinity, ...inputs.filter(({ deviceId }) => deviceId !== pulled));
      for (const [track, { deviceId }] of open) {
        if (deviceId !== pulled || track.readyState === 'ended') continue;
        track.stop();
        // Only of a page's own `stop()` is nothing told.
        fire(track, 'ended');
      }
      tell();
    },
    interrupt(kinds) {
      for (const [track, { kind, silence }] of open) {
        if (track.readyState === 'ended' || !kinds.includes(kind)) continue;
        silence();
        fire(track, 'mute');
        fire(track, 'unmute');
      }
    },
  };
  tell();
}
