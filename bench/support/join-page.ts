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

/** Joins at `url`; `isSecond`: somebody is there already. Resolves with what leaves again. */
export type JoinWay = (url: string, isSecond: boolean) => Promise<() => Promise<void> | void>;

interface Bench {
  openCamera(): Promise<void>;
  /** A copy of what the open camera and microphone give. */
  capture(constraints: MediaStreamConstraints): Promise<MediaStream>;
  readonly ways: Record<string, JoinWay>;
  /** Resolves once in, or with the times once media flows when somebody is there already. */
  join(way: string, url: string, isSecond: boolean): Promise<JoinTimes | null>;
  /** The same without a data channel, which not every way has: only until the first frame, ms. */
  joinToFrame(way: string, url: string): Promise<number>;
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

  const elapsed = (kind: 'channel' | 'frame'): Promise<number> => {
    const from = performance.now();
    return new Promise((resolve) => {
      watch[kind] = () => resolve(performance.now() - from);
    });
  };

  const loadCore = async (): Promise<{ readonly joinRoom: typeof JoinRoom }> => {
    const path = '/packages/core/dist/cdn/rtc-core.min.js';
    return (await import(path)) as { joinRoom: typeof JoinRoom };
  };

  const joinOurs: JoinWay = async (url) => {
    const { origin: host, pathname } = new URL(url);
    const { joinRoom } = await loadCore();
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
    return () => room.leave();
  };

  /** As short as it can be written: whoever comes second offers as soon as its socket is open. */
  const joinBare: JoinWay = async (relay, offers) => {
    const stream = await capture({ audio: true, video: true });
    const connection = new RTCPeerConnection();
    const socket = new WebSocket(relay);
    const say = (message: unknown): void => socket.send(JSON.stringify(message));
    const end = (): void => {
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
    if (!offers) return end;
    connection.createDataChannel('bench');
    for (const track of stream.getTracks()) connection.addTrack(track, stream);
    await connection.setLocalDescription();
    say({ description: connection.localDescription });
    return end;
  };

  const ways: Record<string, JoinWay> = { ours: joinOurs, bare: joinBare };
  const join = async (way: string, url: string, isSecond: boolean): Promise<void> => {
    const begin = ways[way];
    if (!begin) throw new Error(`no way ${way}`);
    leave = await begin(url, isSecond);
  };

  window.bench = {
    openCamera: async () => {
      const video = { width: { ideal: 960 }, height: { ideal: 540 }, frameRate: { max: 30 } };
      [camera] = await Promise.all([
        navigator.mediaDevices.getUserMedia({ audio: true, video }),
        loadCore(),
      ]);
    },
    capture,
    ways,
    join: async (way, url, isSecond) => {
      const both = Promise.all([elapsed('channel'), elapsed('frame')]);
      await join(way, url, isSecond);
      if (!isSecond) return null;
      const [channelMs, frameMs] = await both;
      return { channelMs, frameMs };
    },
    joinToFrame: async (way, url) => {
      const frame = elapsed('frame');
      await join(way, url, true);
      return frame;
    },
    leave: async () => leave(),
  };
}
