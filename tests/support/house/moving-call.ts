/** Two people in a call that can move: the mesh and two engines of the tests, `one` and `two`. */
import type { Source } from '@rtc-elements/protocol';

import type { RoomOptions } from '../../../packages/core/src/api/options.js';
import type { Room } from '../../../packages/core/src/api/room-api.js';
import type { CallHost } from '../../../packages/core/src/call/ports.js';
import type { Ports } from '../../../packages/core/src/ports.js';
import type { RoomClient } from '../../../packages/core/src/room/room.js';
import { type FakeCall, FakeNetwork } from '../fake-call.js';
import { CallHouse } from './call-house.js';
import { CountedDevices } from './counted-devices.js';

export interface MovingCall {
  readonly house: CallHouse;
  readonly one: FakeNetwork;
  readonly two: FakeNetwork;
  readonly ann: RoomClient;
  readonly ben: RoomClient;
  /** The devices of each of them. */
  readonly devices: { readonly ann: CountedDevices; readonly ben: CountedDevices };
  /** Every peer connection that they have made. */
  readonly connections: { readonly ann: RTCPeerConnection[]; readonly ben: RTCPeerConnection[] };
  /** For whoever joins later. */
  readonly more: Partial<RoomOptions>;
  /** Moves both. */
  move(engine: string): Promise<unknown>;
}

/** Both see each other's camera, and have no microphone unless `options` say so. */
export async function meetToMove(options: Partial<RoomOptions> = {}): Promise<MovingCall> {
  const house = new CallHouse();
  const one = new FakeNetwork();
  const two = new FakeNetwork();
  const more = { engines: { one: one.load, two: two.load }, ...options };
  const devices = { ann: new CountedDevices(), ben: new CountedDevices() };
  const connections: MovingCall['connections'] = { ann: [], ben: [] };
  const portsOf = (who: 'ann' | 'ben'): Partial<Ports> => ({
    media: devices[who],
    createPeerConnection: (configuration) => {
      const connection = new RTCPeerConnection(configuration);
      connections[who].push(connection);
      return connection;
    },
  });
  const ann = await house.join('Ann', { ...more, ports: portsOf('ann') });
  const ben = await house.join('Ben', { ...more, ports: portsOf('ben') });
  await house.connect();
  await house.until(() => trackOf(ann, 'camera') !== null && trackOf(ben, 'camera') !== null);
  const move = (engine: string): Promise<unknown> =>
    house.during(Promise.all([ann.moveCall(engine), ben.moveCall(engine)]));
  return { house, one, two, ann, ben, devices, connections, more, move };
}

/** The session of `room`. */
export const sessionOf = (room: Room): string => room.getSnapshot().you?.session ?? '';

/** What `room` receives of the peer called `name`, or of the first. */
export function trackOf(room: Room, source: Source, name?: string): MediaStreamTrack | null {
  const { peers } = room.getSnapshot();
  const peer = name === undefined ? peers[0] : peers.find((one) => one.name === name);
  return peer ? room.getTrack(peer.session, source) : null;
}

/** What the snapshot of `room` has shown of its first peer, each state once. */
export function watchPeer(room: Room): string[] {
  const shown: string[] = [];
  const look = (): void => {
    const [peer] = room.getSnapshot().peers;
    const sources = Object.keys(peer?.tracks ?? {}).sort();
    const now = `${peer?.link.status} ${sources.join('+')}`;
    if (shown.at(-1) !== now) shown.push(now);
  };
  room.subscribe(look);
  look();
  return shown;
}

/** The codes of the errors that `room` reports from now on. */
export function errorsOf(room: Room): string[] {
  const codes: string[] = [];
  room.addEventListener('error', ({ error }) => codes.push(error.code));
  return codes;
}

/** Whether a call is one of `room`. */
export const isOf = (host: CallHost, room: Room): boolean =>
  host.getSnapshot() === room.getSnapshot();

/** The fake calls of `network` that are open, of `room` or of everybody. */
export const openCalls = (network: FakeNetwork, room?: Room): readonly FakeCall[] =>
  network.made.filter(({ calls, host }) => calls.at(-1) !== 'close' && (!room || isOf(host, room)));

/** The peer connections that are open. */
export const openConnections = (
  connections: readonly RTCPeerConnection[],
): readonly RTCPeerConnection[] =>
  connections.filter(({ connectionState }) => connectionState !== 'closed');

/** Every live track that goes out to others, over any call that is open, each once. */
export function sentBy(call: MovingCall, who: 'ann' | 'ben'): ReadonlySet<MediaStreamTrack> {
  const published = [call.one, call.two]
    .flatMap((network) => openCalls(network, call[who]))
    .flatMap((fake) => Object.values(fake.published));
  const sent = openConnections(call.connections[who])
    .flatMap((connection) => connection.getSenders())
    .map(({ track }) => track);
  const isLive = (track: MediaStreamTrack | null): track is MediaStreamTrack =>
    track?.readyState === 'live';
  return new Set([...published, ...sent].filter(isLive));
}
