/** Finds ports of loopback that a server of a test may listen on. */
import { randomInt } from 'node:crypto';
import { createSocket } from 'node:dgram';

import { isPortFree } from '../../../scripts/support/edge-server.mjs';

const HOST = '127.0.0.1';

/**
 * Below the ports that systems give to outgoing connections (32768 and up on Linux, RFC 6335 6 says 49152): while a
 * server of ours restarts, no connection of a browser can take its port. Browsers refuse to open none of these.
 */
const LOWEST = 20_000;
const HIGHEST = 32_000;

/** A port that TCP and UDP both had free a moment ago. Random, for many test files look for one at a time. */
export async function findFreePort(): Promise<number> {
  for (;;) {
    const port = randomInt(LOWEST, HIGHEST);
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
