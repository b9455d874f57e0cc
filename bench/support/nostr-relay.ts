/** The least of a Nostr relay (NIP-01) that Trystero needs: passes events on, keeps none. */
import { once } from 'node:events';

import { type WebSocket, WebSocketServer } from 'ws';

interface NostrEvent {
  readonly id: string;
  readonly kind: number;
}
type Filter = Readonly<{ kinds?: readonly number[] }>;

export async function startNostrRelay(host: string, port: number): Promise<void> {
  const server = new WebSocketServer({ host, port });
  await once(server, 'listening');
  const filters = new Map<WebSocket, Map<string, readonly Filter[]>>();
  server.on('connection', (socket) => {
    const own = new Map<string, readonly Filter[]>();
    filters.set(socket, own);
    socket.on('close', () => filters.delete(socket));
    socket.on('message', (data) => {
      const [type, first, ...rest] = JSON.parse(String(data)) as [string, unknown, ...Filter[]];
      if (type === 'REQ') own.set(String(first), rest);
      else if (type === 'CLOSE') own.delete(String(first));
      else if (type === 'EVENT') {
        const event = first as NostrEvent;
        socket.send(JSON.stringify(['OK', event.id, true, '']));
        passOn(event);
      }
    });
  });

  function passOn(event: NostrEvent): void {
    for (const [socket, subscriptions] of filters) {
      for (const [id, wanted] of subscriptions) {
        if (!wanted.some(({ kinds }) => !kinds || kinds.includes(event.kind))) continue;
        socket.send(JSON.stringify(['EVENT', id, event]));
      }
    }
  }
}
