// Tests whether the room's socket opens and how soon it answers. It sends no hello, so nobody notices.
import type { SocketPort } from '../ports.js';
import { Address, type AddressOptions } from '../signaling/address.js';
import type { RoomReach } from './rules/network-report.js';
import { type NetworkWorld, within } from './network-world.js';

const ROOM_MS = 6_000;

/** The only message allowed before hello (EN-3), in its exact form (PR-3). */
const PING = '{"type":"ping"}';

/** Close codes from here on are the room's own: it was reached, but refused us. */
const FIRST_OF_THE_ROOM = 4_400;

export async function probeRoom(options: AddressOptions, world: NetworkWorld): Promise<RoomReach> {
  const address = new Address(options);
  let socket: SocketPort | null = null;
  let askedAt = 0;
  try {
    const reach = await within<RoomReach>(ROOM_MS, world, (settle) => {
      socket = world.openSocket(async () => ({ url: await address.get() }), {
        onOpen: () => {
          askedAt = world.clock.now();
          socket?.send(PING);
        },
        onMessage: () => settle({ isReachable: true, rttMs: world.clock.now() - askedAt }),
        onClose: ({ code }) => settle({ isReachable: code >= FIRST_OF_THE_ROOM, rttMs: null }),
      });
    });
    return reach ?? { isReachable: askedAt > 0, rttMs: null };
  } finally {
    (socket as SocketPort | null)?.close(1000, '');
  }
}
