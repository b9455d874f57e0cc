/**
 * Measures what a relay can carry: two connections of this page meet at the relay, and one sends to the
 * other for 3 s or 4 MB, whichever is reached first.
 */
import type { RelayReach } from './rules/network-report.js';
import { type NetworkWorld, within } from './network-world.js';
import type { OneServer } from './probe-server.js';

const CONNECT_MS = 5_000;
const SEND_MS = 3_000;
/** Enough to measure 10 Mbit/s for the whole time, which is more than any of our calls needs. */
const SEND_BYTES = 4_000_000;
const CHUNK = new Uint8Array(16_384);
/** The most to keep in the channel's buffer. Small windows are fastest, and buffered bytes are not yet sent. */
const BUFFER_BYTES = 256 * 1_024;

/** Negotiated in advance, so that both ends are open as soon as the connection is. */
const CHANNEL: RTCDataChannelInit = { negotiated: true, id: 0 };

/** Resolves with what the relay carries, or with `null` if nothing gets through it. */
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
  // A candidate can be added only after the description that it belongs to.
  const described = new Map<RTCPeerConnection, () => void>();
  const trickle = (link: RTCPeerConnection, other: RTCPeerConnection): void => {
    const ready = new Promise<void>((resolve) => described.set(other, resolve));
    link.addEventListener('icecandidate', ({ candidate }) => {
      // A candidate that cannot be added only means one path fewer.
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

/** The round trip of one byte over the idle channel, ms. At least 1, because 0 would mean no answer. */
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

/** The bits per second that arrived. */
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
