/**
 * The other ways to join, for the pages of `join-far`: PeerJS, simple-peer and Trystero, each as its
 * README shows it, without STUN as both sides reach each other. Must stand alone; after `installBench`.
 */
import type { JoinWay } from './join-page.js';

interface RivalMedia {
  answer(stream: MediaStream): void;
}

interface RivalPeer {
  on(event: 'open' | 'call', task: (call: RivalMedia) => void): void;
  call(id: string, stream: MediaStream): RivalMedia;
  destroy(): void;
}

interface RivalSimplePeer {
  on(event: 'signal', task: (data: unknown) => void): void;
  signal(data: unknown): void;
  destroy(): void;
}

interface RivalRoom {
  onPeerJoin: (id: string) => void;
  addStream(stream: MediaStream, options: { target: string }): void;
  leave(): Promise<void>;
}

declare global {
  interface Window {
    rivals: {
      readonly Peer: new (id: string | undefined, options: object) => RivalPeer;
      readonly SimplePeer: new (options: object) => RivalSimplePeer;
      joinRoom(options: object, room: string): RivalRoom;
    };
  }
}

/** To be evaluated in the page once `rivals.js` is there. */
export function installRivals(): void {
  const { Peer, SimplePeer, joinRoom } = window.rivals;
  const { capture, ways } = window.bench;
  const config = { iceServers: [] };
  const both = { audio: true, video: true };
  const stopAll = (stream: MediaStream): void =>
    stream.getTracks().forEach((track) => track.stop());

  /** `named`: whoever comes second has chosen an id; else `new Peer()` asks its server for one. */
  const joinPeer =
    (named: boolean): JoinWay =>
    async (url, isSecond) => {
      const stream = await capture(both);
      const { hostname: host, port, pathname } = new URL(url);
      const room = pathname.slice(1).replaceAll('/', '-');
      const first = `${room}-first`;
      const second = named ? `${room}-second` : undefined;
      const peer = new Peer(isSecond ? second : first, {
        host,
        port: Number(port),
        path: '/',
        config,
      });
      peer.on('call', (call) => call.answer(stream));
      await new Promise<unknown>((resolve) => peer.on('open', resolve));
      if (isSecond) peer.call(first, stream);
      return () => (peer.destroy(), stopAll(stream));
    };

  const simplePeer: JoinWay = async (url, isSecond) => {
    const stream = await capture(both);
    const socket = new WebSocket(url);
    await new Promise((resolve) => (socket.onopen = resolve));
    const peer = new SimplePeer({ initiator: isSecond, stream, config });
    peer.on('signal', (data) => socket.send(JSON.stringify(data)));
    socket.onmessage = ({ data }) => peer.signal(JSON.parse(data as string));
    return () => (peer.destroy(), socket.close(), stopAll(stream));
  };

  const trystero: JoinWay = async (url) => {
    const stream = await capture(both);
    const { origin, pathname } = new URL(url);
    const room = joinRoom(
      { appId: 'bench', relayConfig: { urls: [origin], redundancy: 1 }, rtcConfig: config },
      pathname.slice(1),
    );
    room.onPeerJoin = (target) => room.addStream(stream, { target });
    return async () => (await room.leave(), stopAll(stream));
  };

  Object.assign(ways, {
    peerjs: joinPeer(false),
    peerjsNamed: joinPeer(true),
    simplePeer,
    trystero,
  });
}
