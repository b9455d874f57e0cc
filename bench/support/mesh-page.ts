/**
 * The part of `mesh` that runs in each page: one person of a mesh, ours or bare, whose videos are
 * played at the size that the stage gives them. Must stand alone, without anything of this module.
 */
import type { createRoom as CreateRoom, Room } from '../../packages/core/src/index.js';

/** What the connections of one page have done so far. */
export interface MeshCounts {
  readonly atMs: number;
  /** Of everything sent, by the payload of RTP and its headers. */
  readonly bytesOut: number;
  readonly videoBytesIn: number;
  /** Decoded frames of each person, by a name that stays. */
  readonly frames: Readonly<Record<string, number>>;
}

/** CSS pixels of a tile; `null`: nothing of them is shown. */
export type TileSize = { readonly width: number; readonly height: number } | null;

interface MeshBench {
  openCamera(): Promise<void>;
  /** Resolves once this page has a picture of `peers` others. */
  ours(url: string, name: string, peers: number): Promise<void>;
  bare(relay: string, name: string, peers: number): Promise<void>;
  /** How large everybody is shown; `first` is for the person of that name. */
  show(others: TileSize, first: { readonly name: string; readonly size: TileSize } | null): void;
  count(): Promise<MeshCounts>;
  leave(): Promise<void>;
}

declare global {
  interface Window {
    mesh: MeshBench;
  }
}

/** For `evaluateOnNewDocument`. */
export function installMesh(): void {
  const connections = new Set<RTCPeerConnection>();
  const seen = new Set<MediaStreamTrack>();
  const videos = new Map<MediaStreamTrack, HTMLVideoElement>();
  let onSeen = (): void => undefined;
  let camera: MediaStream;
  let room: Room | null = null;
  let leave: () => Promise<void> | void = () => undefined;
  let shown: Parameters<MeshBench['show']> = [{ width: 424, height: 318 }, null];

  const play = (track: MediaStreamTrack): void => {
    if (track.kind !== 'video' || videos.has(track)) return;
    const video = document.createElement('video');
    video.muted = video.autoplay = true;
    video.srcObject = new MediaStream([track]);
    video.onloadeddata = () => {
      seen.add(track);
      onSeen();
    };
    videos.set(track, video);
    document.body.append(video);
    void video.play().catch(() => undefined);
  };

  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(...args: ConstructorParameters<typeof RTCPeerConnection>) {
      super(...args);
      connections.add(this);
      this.addEventListener('track', ({ track }) => play(track));
    }
    override close(): void {
      connections.delete(this);
      super.close();
    }
  };

  const capture = (constraints: MediaStreamConstraints): Promise<MediaStream> => {
    const wanted = camera
      .getTracks()
      .filter((track) => constraints[track.kind as 'audio' | 'video']);
    return Promise.resolve(new MediaStream(wanted.map((track) => track.clone())));
  };

  const everybody = (peers: number): Promise<void> =>
    new Promise((resolve) => {
      onSeen = () => {
        const live = [...seen].filter(({ readyState }) => readyState === 'live');
        if (live.length >= peers) resolve();
      };
      onSeen();
    });

  const tellLayout = (): void => {
    const [others, first] = shown;
    for (const { session, name } of room?.getSnapshot().peers ?? []) {
      room?.show(session, 'camera', name === first?.name ? first.size : others);
    }
  };

  const joinOurs = async (url: string, name: string): Promise<void> => {
    const { origin: host, pathname } = new URL(url);
    const path = '/packages/core/dist/cdn/rtc-core.min.js';
    const { createRoom } = (await import(path)) as { createRoom: typeof CreateRoom };
    const media = {
      getUserMedia: capture,
      getDisplayMedia: capture,
      enumerateDevices: () => navigator.mediaDevices.enumerateDevices(),
      onDeviceChange: () => () => undefined,
    };
    const made = createRoom({ host, room: pathname.slice(1), name, ports: { media } });
    room = made;
    let count = 0;
    made.subscribe(() => {
      const { peers } = made.getSnapshot();
      if (peers.length === count) return;
      count = peers.length;
      tellLayout();
    });
    await made.join();
    leave = () => made.leave();
  };

  /** As short as it can be written: of two who hear of each other, one offers. */
  const joinBare = async (relay: string, name: string): Promise<void> => {
    const stream = await capture({ audio: true, video: true });
    const socket = new WebSocket(relay);
    const links = new Map<string, RTCPeerConnection>();
    const say = (message: object): void => socket.send(JSON.stringify({ ...message, from: name }));
    const link = (to: string): RTCPeerConnection => {
      const connection = new RTCPeerConnection();
      links.set(to, connection);
      connection.createDataChannel('control', { negotiated: true, id: 0 });
      connection.onicecandidate = ({ candidate }) => candidate && say({ to, candidate });
      return connection;
    };
    const addTracks = (connection: RTCPeerConnection): void => {
      for (const track of stream.getTracks()) connection.addTrack(track, stream);
    };
    leave = () => {
      for (const connection of links.values()) connection.close();
      socket.close();
      for (const track of stream.getTracks()) track.stop();
    };
    interface Frame {
      readonly from: string;
      readonly to?: string;
      readonly description?: RTCSessionDescriptionInit;
      readonly candidate?: RTCIceCandidateInit;
    }
    socket.onmessage = async ({ data }) => {
      const { from, to, description, candidate } = JSON.parse(data as string) as Frame;
      if (to !== undefined && to !== name) return;
      if (!description && !candidate) {
        if (links.has(from)) return;
        if (name < from) return to === undefined && say({ to: from });
        const connection = link(from);
        addTracks(connection);
        await connection.setLocalDescription();
        return say({ to: from, description: connection.localDescription });
      }
      const connection = links.get(from) ?? link(from);
      if (candidate) return connection.addIceCandidate(candidate);
      if (!description) return;
      await connection.setRemoteDescription(description);
      if (description.type !== 'offer') return;
      addTracks(connection);
      await connection.setLocalDescription();
      say({ to: from, description: connection.localDescription });
    };
    await new Promise((resolve) => (socket.onopen = resolve));
    say({});
  };

  window.mesh = {
    openCamera: async () => {
      const video = { width: 640, height: 480, frameRate: 30 };
      camera = await navigator.mediaDevices.getUserMedia({ audio: true, video });
    },
    ours: async (url, name, peers) => {
      await joinOurs(url, name);
      await everybody(peers);
    },
    bare: async (relay, name, peers) => {
      await joinBare(relay, name);
      await everybody(peers);
    },
    show: (others, first) => {
      shown = [others, first];
      tellLayout();
    },
    count: async () => {
      let bytesOut = 0;
      let videoBytesIn = 0;
      const frames: Record<string, number> = {};
      for (const connection of connections) {
        for (const stat of (await connection.getStats()).values()) {
          if (stat.type === 'outbound-rtp') bytesOut += stat.bytesSent + stat.headerBytesSent;
          if (stat.type !== 'inbound-rtp' || stat.kind !== 'video') continue;
          videoBytesIn += stat.bytesReceived;
          frames[String(stat.ssrc)] = stat.framesDecoded ?? 0;
        }
      }
      return { atMs: performance.now(), bytesOut, videoBytesIn, frames };
    },
    leave: async () => {
      await leave();
      room = null;
      onSeen = () => undefined;
      for (const video of videos.values()) {
        video.srcObject = null;
        video.remove();
      }
      videos.clear();
      seen.clear();
      connections.clear();
    },
  };
}
