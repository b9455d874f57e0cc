/**
 * The part of `join-time` that runs in the two pages: the same stop-watch on both ways to join, and
 * the bare way itself. Must stand alone, without anything of this module.
 */
import type { joinRoom as JoinRoom, Room } from '../../packages/core/src/index.js';

/** Milliseconds from the call that joins. */
export interface JoinTimes {
  readonly channelMs: number;
  readonly frameMs: number;
}

interface Bench {
  openCamera(): Promise<void>;
  /** Joins; resolves once in, or with the times once media flows when somebody is there already. */
  ours(url: string, measured: boolean): Promise<JoinTimes | null>;
  bare(relay: string, measured: boolean): Promise<JoinTimes | null>;
  leave(): Promise<void>;
}

declare global {
  interface Window {
    bench: Bench;
  }
}

interface TrackProcessor {
  new (options: { track: MediaStreamTrack }): { readable: ReadableStream<{ close(): void }> };
}

/** For `evaluateOnNewDocument`. */
export function installBench(): void {
  const watch = { channel: (): void => undefined, frame: (): void => undefined };

  const onFirstFrame = async (track: MediaStreamTrack): Promise<void> => {
    // Unlike a <video>, it hands over frames in a tab that is not painted, too.
    const { MediaStreamTrackProcessor } = window as unknown as {
      MediaStreamTrackProcessor: TrackProcessor;
    };
    const reader = new MediaStreamTrackProcessor({ track }).readable.getReader();
    const { value } = await reader.read();
    if (value) watch.frame();
    value?.close();
    await reader.cancel();
  };

  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(...args: ConstructorParameters<typeof RTCPeerConnection>) {
      super(...args);
      this.addEventListener('datachannel', ({ channel }) => {
        if (channel.readyState === 'open') watch.channel();
        else channel.addEventListener('open', () => watch.channel());
      });
      this.addEventListener('track', ({ track }) => {
        if (track.kind === 'video') void onFirstFrame(track);
      });
    }

    override createDataChannel(...args: Parameters<RTCPeerConnection['createDataChannel']>) {
      const channel = super.createDataChannel(...args);
      channel.addEventListener('open', () => watch.channel());
      return channel;
    }
  };

  let camera: MediaStream;
  let leave: () => Promise<void> | void = () => undefined;
  /** The camera is open already: a copy of its track is all there is to wait for. */
  const capture = (constraints: MediaStreamConstraints): Promise<MediaStream> => {
    const wanted = camera
      .getTracks()
      .filter((track) => constraints[track.kind as 'audio' | 'video']);
    return Promise.resolve(new MediaStream(wanted.map((track) => track.clone())));
  };

  const time = async (join: () => Promise<void>): Promise<JoinTimes> => {
    const from = performance.now();
    const elapsed = (kind: 'channel' | 'frame'): Promise<number> =>
      new Promise((resolve) => {
        watch[kind] = () => resolve(performance.now() - from);
      });
    const both = Promise.all([elapsed('channel'), elapsed('frame')]);
    await join();
    const [channelMs, frameMs] = await both;
    return { channelMs, frameMs };
  };

  const joinOurs = async (url: string): Promise<void> => {
    const { origin: host, pathname } = new URL(url);
    const path = '/packages/core/dist/cdn/rtc-core.min.js';
    const { joinRoom } = (await import(path)) as { joinRoom: typeof JoinRoom };
    const media = {
      getUserMedia: capture,
      getDisplayMedia: capture,
      enumerateDevices: () => navigator.mediaDevices.enumerateDevices(),
      onDeviceChange: () => () => undefined,
    };
    const room: Room = await joinRoom({
      host,
      room: pathname.slice(1),
      name: 'Bench',
      ports: { media },
    });
    leave = () => room.leave();
  };

  /** As short as it can be written: whoever comes second offers as soon as its socket is open. */
  const joinBare = async (relay: string, offers: boolean): Promise<void> => {
    const stream = await capture({ audio: true, video: true });
    const connection = new RTCPeerConnection();
    const socket = new WebSocket(relay);
    const say = (message: unknown): void => socket.send(JSON.stringify(message));
    leave = () => {
      connection.close();
      socket.close();
      for (const track of stream.getTracks()) track.stop();
    };
    connection.onicecandidate = ({ candidate }) => candidate && say({ candidate });
    socket.onmessage = async ({ data }) => {
      const { description, candidate } = JSON.parse(data as string) as {
        description?: RTCSessionDescriptionInit;
        candidate?: RTCIceCandidateInit;
      };
      if (candidate) return connection.addIceCandidate(candidate);
      if (!description) return;
      await connection.setRemoteDescription(description);
      if (description.type !== 'offer') return;
      for (const track of stream.getTracks()) connection.addTrack(track, stream);
      await connection.setLocalDescription();
      say({ description: connection.localDescription });
    };
    await new Promise((resolve) => (socket.onopen = resolve));
    if (!offers) return;
    connection.createDataChannel('bench');
    for (const track of stream.getTracks()) connection.addTrack(track, stream);
    await connection.setLocalDescription();
    say({ description: connection.localDescription });
  };

  const run = async (join: () => Promise<void>, measured: boolean): Promise<JoinTimes | null> => {
    if (measured) return time(join);
    await join();
    return null;
  };

  window.bench = {
    openCamera: async () => {
      const video = { width: { ideal: 960 }, height: { ideal: 540 }, frameRate: { max: 30 } };
      camera = await navigator.mediaDevices.getUserMedia({ audio: true, video });
    },
    ours: (url, measured) => run(() => joinOurs(url), measured),
    bare: (relay, measured) => run(() => joinBare(relay, measured), measured),
    leave: async () => leave(),
  };
}
