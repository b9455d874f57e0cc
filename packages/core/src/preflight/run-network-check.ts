/** Checks a network before a call: how the room, the ICE servers and a relay can be reached. */
import { type CheckOptions, roomUrl } from '../api/options.js';
import { RtcError } from '../state/errors.js';
import type { NetworkReport, ServerReach } from './rules/network-report.js';
import { askServers } from './ask-servers.js';
import { checkOptions } from './check-options.js';
import type { NetworkWorld } from './network-world.js';
import { probeRelay } from './probe-relay.js';
import { probeRoom } from './probe-room.js';
import { type OneServer, probeServer } from './probe-server.js';
import { createPeerConnection, requirePeerConnections } from '../support/create-peer-connection.js';
import { judgeNetwork } from './rules/judge-network.js';
import type { AddressOptions } from '../signaling/address.js';
import { createSocketFactory } from '../signaling/socket.js';
import { systemClock } from '../support/clock.js';

/** The most that a room may name. More would use up peer connections that the page needs for calls. */
const MAX_SERVERS = 16;

export async function runNetworkCheck(given: CheckOptions): Promise<NetworkReport> {
  const options = checkOptions('checkNetwork', given);
  const { ports, signal } = options;
  const url = roomUrl(options.host, options.room);
  requirePeerConnections(ports);
  const clock = ports?.clock ?? systemClock;
  const world: NetworkWorld = {
    clock,
    signal,
    openSocket: ports?.openSocket ?? createSocketFactory({ clock, WebSocket: ports?.WebSocket }),
    createPeerConnection: ports?.createPeerConnection ?? createPeerConnection,
  };
  if (signal?.aborted) throw new RtcError('aborted', 'The check was taken back.');
  const place = { ...options, url };
  const [room, { all, servers }] = await Promise.all([
    probeRoom(place, world),
    probeServers(place, world),
  ]);
  const relay = best(servers);
  // `null` also stands for a relay that answers but carries nothing.
  const carried =
    relay < 0 ? null : await probeRelay(all[relay] as OneServer, world).catch(nothing(signal));
  const findings = { room, servers, relay: carried };
  return { ...judgeNetwork(findings), ...findings };
}

/** Tests the servers of the room, then those of the page, in the order of a call. */
async function probeServers(
  options: AddressOptions & Pick<CheckOptions, 'iceServers'>,
  world: NetworkWorld,
): Promise<{ readonly all: readonly OneServer[]; readonly servers: readonly ServerReach[] }> {
  const named = await askServers(options, world);
  const all = oneByOne([...named, ...(options.iceServers ?? [])]);
  return { all, servers: await Promise.all(all.map((server) => probeServer(server, world))) };
}

/** Splits the servers into one per URL, so that each URL gets a result of its own. */
function oneByOne(servers: readonly RTCIceServer[]): OneServer[] {
  const all = servers.flatMap((server) =>
    [server?.urls]
      .flat()
      .flatMap((urls) => (typeof urls === 'string' ? [{ ...server, urls }] : [])),
  );
  return all.slice(0, MAX_SERVERS);
}

/** The index of the relay that a call would use: over UDP if one was reached. -1 if there is none. */
function best(servers: readonly ServerReach[]): number {
  const isRelay = ({ kind, isReachable }: ServerReach): boolean => kind === 'turn' && isReachable;
  const byUdp = servers.findIndex((server) => isRelay(server) && server.transport === 'udp');
  return byUdp >= 0 ? byUdp : servers.findIndex(isRelay);
}

/** Turns an error into `null`, unless the check was aborted. */
const nothing =
  (signal: AbortSignal | undefined) =>
  (error: unknown): null => {
    if (signal?.aborted) throw error;
    return null;
  };
