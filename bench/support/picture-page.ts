/**
 * The stop-watch of `first-picture`, inside a page of either person. Sees only what every page has:
 * scripts, sockets, connections and videos. Must stand alone, without anything of this module.
 */

/** All times in ms from navigation (`performance.timeOrigin`); 0: not yet. */
export interface PictureTimes {
  /** The first socket is asked for. */
  readonly socketMs: number;
  /** The first word comes through it. */
  readonly answerMs: number;
  /** The camera is open. */
  readonly cameraMs: number;
  /** The first RTCPeerConnection is made. */
  readonly connectionMs: number;
  /** A frame of somebody else is presented by a video on the page. */
  readonly pictureMs: number;
}

export interface FetchedScript {
  /** Without its folder. */
  readonly name: string;
  /** When its last byte was there, ms from navigation. */
  readonly endMs: number;
  /** As it was sent, compressed. */
  readonly bytes: number;
}

declare global {
  interface Window {
    stopwatch: {
      readonly times: PictureTimes;
      /** Resolves with the first frame of somebody else. */
      readonly picture: Promise<void>;
      scripts(): readonly FetchedScript[];
    };
  }
}

/** For `evaluateOnNewDocument`. */
export function installStopwatch(): void {
  const times = { socketMs: 0, answerMs: 0, cameraMs: 0, connectionMs: 0, pictureMs: 0 };
  const round = (ms: number): number => Math.round(ms * 10) / 10;
  const note = (name: keyof typeof times): void => {
    times[name] ||= round(performance.now());
  };

  window.WebSocket = class extends WebSocket {
    constructor(...args: ConstructorParameters<typeof WebSocket>) {
      note('socketMs');
      super(...args);
      this.addEventListener('message', () => note('answerMs'), { once: true });
    }
  };

  const devices = navigator.mediaDevices;
  const capture = devices.getUserMedia.bind(devices);
  devices.getUserMedia = async (constraints) => {
    const stream = await capture(constraints);
    note('cameraMs');
    return stream;
  };

  const remote = new WeakSet<MediaStreamTrack>();
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(...args: ConstructorParameters<typeof RTCPeerConnection>) {
      note('connectionMs');
      super(...args);
      this.addEventListener('track', ({ track }) => remote.add(track));
    }
  };

  let onPicture = (): void => undefined;
  const picture = new Promise<void>((resolve) => (onPicture = resolve));
  const watch = (video: HTMLVideoElement): void => {
    video.requestVideoFrameCallback((_now, { presentationTime }) => {
      if (times.pictureMs > 0) return;
      const stream = video.srcObject;
      const tracks = stream instanceof MediaStream ? stream.getVideoTracks() : [];
      if (!tracks.some((track) => remote.has(track))) return watch(video);
      times.pictureMs = round(presentationTime);
      onPicture();
    });
  };
  const property = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'srcObject') ?? {};
  Object.defineProperty(HTMLMediaElement.prototype, 'srcObject', {
    ...property,
    set(this: HTMLMediaElement, stream: MediaStream | null) {
      property.set?.call(this, stream);
      if (stream && this instanceof HTMLVideoElement) watch(this);
    },
  });

  const scripts = (): FetchedScript[] => {
    const entries = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
    return entries
      .map(({ name, responseEnd, encodedBodySize }) => ({
        name: new URL(name).pathname.replace(/.*\//, ''),
        endMs: round(responseEnd),
        bytes: encodedBodySize,
      }))
      .filter(({ name }) => name.endsWith('.js'));
  };

  window.stopwatch = { times, picture, scripts };
}
