/** Finds ports of loopback that a server of a test may listen on. */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';

import { isPortFree } from '../../../scripts/support/edge-server.mjs';

const HOST = '127.0.0.1';

/** A port that TCP and UDP both had free a moment ago. */
export async function findFreePort(): Promise<number> {
  for (;;) {
    const probe = createServer().listen(0, HOST);
    await once(probe, 'listening');
    const { port } = probe.address() as AddressInfo;
    await new Promise((resolve) => probe.close(resolve));
    if (await canListen(port)) return port;
  }
}

/**
 * Whether a server can listen on `port` by TCP and by UDP. One number may be free for UDP and not for
 * TCP: a connection that somebody made from it holds it for a minute after its end (TIME_WAIT).
 */
export const canListen = async (port: number): Promise<boolean> =>
  (await isPortFree(port)) && (await canBindUdp(port));

async function canBindUdp(port: number): Promise<boolean> {
  const socket = createSocket('udp4');
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject).bind(port, HOST, resolve);
    });
    return true;
  } catch {
    return false;
  } finally {
    socket.close();
  }
}
