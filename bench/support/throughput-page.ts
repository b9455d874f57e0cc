/**
 * The other ways to send a file, for the pages of `throughput`: PeerJS, simple-peer and Trystero, each as its README
 * shows it. Must stand alone, without anything of this module.
 */

/** What one page can do on a way that is open. */
interface RivalLine {
  /** Resolves once all of it was handed over. */
  send(bytes: number): Promise<void>;
}

interface RivalLines {
  /** Resolves once there is a way to the other. `hear` is told how many bytes have arrived. */
  open(way: string, url: string, isSecond: boolean): Promise<void>;
  /** Resolves with the time, ms since 1970, at which so many more bytes have arrived. */
  receive(bytes: number): Promise<number>;
  /** Sends so many, and resolves with the time at which it began. */
  send(bytes: number): Promise<number>;
}

interface Listening {
  on(event: string, task: (given: never) => void): void;
}
interface PeerConnection extends Listening {
  send(data: ArrayBuffer): unknown;
}
interface DataPeer extends Listening {
  connect(id: string): PeerConnection;
}
interface StreamPeer extends Listening {
  signal(data: unknown): void;
  write(chunk: Uint8Array): boolean;
  once(event: string, task: (given: unknown) => void): void;
}
interface TrysteroRoom {
  onPeerJoin: (id: string) => void;
  makeAction(name: string): {
    send(data: ArrayBuffer): Promise<unknown>;
    onMessage: (data: ArrayBufferView | ArrayBuffer) => void;
  };
}
interface Rivals {
  readonly Peer: new (id: string, options: object) => DataPeer;
  readonly SimplePeer: new (options: object) => StreamPeer;
  joinRoom(options: object, room: string): TrysteroRoom;
}

declare global {
  interface Window {
    rivalLines: RivalLines;
  }
}

/** To be evaluated in the page once `rivals.js` is there. */
export function installRivalLines(): void {
  const { Peer, SimplePeer, joinRoom } = window.rivals as unknown as Rivals;
  const config = { iceServers: [] };
  let arrived = 0;
  let awaited = { bytes: Infinity, resolve: (_at: number): void => undefined };
  let line: RivalLine | null = null;

  const hear = ({ byteLength }: { readonly byteLength: number }): void => {
    arrived += byteLength;
    if (arrived >= awaited.bytes) awaited.resolve(Date.now());
  };

  const openPeer = async (url: string, isSecond: boolean): Promise<RivalLine> => {
    const { hostname: host, port, pathname } = new URL(url);
    const room = pathname.slice(1).replaceAll('/', '-');
    const [first, second] = [`${room}-first`, `${room}-second`];
    const peer = new Peer(isSecond ? second : first, {
      host,
      port: Number(port),
      path: '/',
      config,
    });
    await new Promise<unknown>((resolve) => peer.on('open', resolve));
    const opened = isSecond
      ? peer.connect(first)
      : await new Promise<PeerConnection>((resolve) => peer.on('connection', resolve));
    opened.on('data', hear);
    await new Promise<unknown>((resolve) => opened.on('open', resolve));
    return { send: async (bytes) => void (await opened.send(new ArrayBuffer(bytes))) };
  };

  const openSimplePeer = async (url: string, isSecond: boolean): Promise<RivalLine> => {
    const socket = new WebSocket(url);
    await new Promise((resolve) => (socket.onopen = resolve));
    const peer = new SimplePeer({ initiator: isSecond, config });
    peer.on('signal', (data: unknown) => socket.send(JSON.stringify(data)));
    socket.onmessage = ({ data }) => peer.signal(JSON.parse(data as string));
    peer.on('data', hear);
    await new Promise<unknown>((resolve) => peer.on('connect', resolve));
    return {
      send: async (bytes) => {
        const chunk = new Uint8Array(65_536);
        for (let sent = 0; sent < bytes; sent += chunk.length) {
          if (!peer.write(chunk)) await new Promise((resolve) => peer.once('drain', resolve));
        }
      },
    };
  };

  const openTrystero = async (url: string): Promise<RivalLine> => {
    const { origin, pathname } = new URL(url);
    const options = { appId: 'bench', relayConfig: { urls: [origin], redundancy: 1 } };
    const room = joinRoom({ ...options, rtcConfig: config }, pathname.slice(1));
    const action = room.makeAction('file');
    action.onMessage = hear;
    await new Promise<unknown>((resolve) => (room.onPeerJoin = resolve));
    return { send: async (bytes) => void (await action.send(new ArrayBuffer(bytes))) };
  };

  const ways: Readonly<Record<string, (url: string, isSecond: boolean) => Promise<RivalLine>>> = {
    peerjs: openPeer,
    simplePeer: openSimplePeer,
    trystero: openTrystero,
  };

  window.rivalLines = {
    open: async (way, url, isSecond) => {
      line = (await ways[way]?.(url, isSecond)) ?? null;
    },
    receive: (bytes) =>
      new Promise<number>((resolve) => {
        awaited = { bytes: arrived + bytes, resolve };
      }),
    send: async (bytes) => {
      const at = Date.now();
      await line?.send(bytes);
      return at;
    },
  };
}
