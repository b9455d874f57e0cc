/**
 * What a relay bears: two connections of this page meet at it, and one sends to the other, for a few
 * seconds or a few megabytes, whichever is over first.
 */
import type { RelayReach } from './rules/network-report.js';
import { type NetworkWorld, within } from './network-world.js';
import type { OneServer } from './probe-server.js';

const CONNECT_MS = 5_000;
const SEND_MS = 3_000;
/** Enough to see 10 Mbit/s for the whole time, which is more than any call of ours takes. */
const SEND_BYTES = 4_000_000;
const CHUNK = new Uint8Array(16_384);
/** Small windows are fastest, and what waits in a buffer is not under way. */
const BUFFER_BYTES = 256 * 1_024;

/** Agreed beforehand, so that both ends are there as soon as the connection is. */
const CHANNEL: RTCDataChannelInit = { negotiated: true, id: 0 };

export async function probeRelay(
  server: OneServer,
  world: NetworkWorld,
): Promise<RelayReach | null> {
  const links: RTCPeerConnection[] = [];
  try {
    const [from, to] = [0, 1].map(() => {
      const link = world.createPeerConnection({
        iceServers: [server],
        iceTransportPolicy: 'relay',
      });
      links.push(link);
      return link;
    }) as [RTCPeerConnection, RTCPeerConnection];
    const [out, back] = [
      from.createDataChannel('probe', CHANNEL),
      to.createDataChannel('probe', CHANNEL),
    ];
    const isOpen = await within<true>(CONNECT_MS, world, (settle, fail) => {
      out.addEventListener('open', () => settle(true));
      connect(from, to).catch(fail);
    });
    const rttMs = isOpen && (await roundTrip(out, back, world));
    if (!rttMs) return null;
    return { url: server.urls, rttMs, bps: await throughput(out, back, world) };
  } finally {
    for (const link of links) link.close();
  }
}

async function connect(from: RTCPeerConnection, to: RTCPeerConnection): Promise<void> {
  // A candidate is of use only to who has the description that it belongs to.
  const described = new Map<RTCPeerConnection, () => void>();
  const trickle = (link: RTCPeerConnection, other: RTCPeerConnection): void => {
    const ready = new Promise<void>((resolve) => described.set(other, resolve));
    link.addEventListener('icecandidate', ({ candidate }) => {
      // One that cannot be added is one path less.
      if (candidate) void ready.then(() => other.addIceCandidate(candidate)).catch(() => undefined);
    });
  };
  trickle(from, to);
  trickle(to, from);
  const describe = async (link: RTCPeerConnection, other: RTCPeerConnection): Promise<void> => {
    await link.setLocalDescription();
    if (link.localDescription) await other.setRemoteDescription(link.localDescription);
    described.get(other)?.();
  };
  await describe(from, to);
  await describe(to, from);
}

/** Of one byte over the channel, while nothing else is under way; never 0, which would be no answer. */
async function roundTrip(
  out: RTCDataChannel,
  back: RTCDataChannel,
  world: NetworkWorld,
): Promise<number | null> {
  const startedAt = world.clock.now();
  return within<number>(CONNECT_MS, world, (settle) => {
    const echo = (): void => back.send('.');
    back.addEventListener('message', echo, { once: true });
    out.addEventListener('message', () => settle(Math.max(1, world.clock.now() - startedAt)), {
      once: true,
    });
    out.send('.');
  });
}

async function throughput(
  out: RTCDataChannel,
  back: RTCDataChannel,
  world: NetworkWorld,
): Promise<number> {
  const { clock } = world;
  const startedAt = clock.now();
  let sent = 0;
  let received = 0;
  let lastAt = startedAt;
  const fill = (): void => {
    while (sent < SEND_BYTES && out.bufferedAmount < BUFFER_BYTES && out.readyState === 'open') {
      out.send(CHUNK);
      sent += CHUNK.byteLength;
    }
  };
  await within<true>(SEND_MS, world, (settle) => {
    back.binaryType = 'arraybuffer';
    back.addEventListener('message', ({ data }: MessageEvent<ArrayBuffer>) => {
      received += data.byteLength;
      lastAt = clock.now();
      if (received >= SEND_BYTES) settle(true);
    });
    out.addEventListener('close', () => settle(true));
    out.bufferedAmountLowThreshold = BUFFER_BYTES / 2;
    out.addEventListener('bufferedamountlow', fill);
    fill();
  });
  return received === 0 ? 0 : Math.round((received * 8_000) / Math.max(1, lastAt - startedAt));
}
