/** The least that two browsers need to find each other: every frame goes to everybody else on the same path. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

import { WebSocketServer } from 'ws';

export interface Relay {
  readonly url: string;
  close(): Promise<void>;
}

/** Default: on a free port of loopback. */
export async function startRelay(host = '127.0.0.1', port = 0): Promise<Relay> {
  const server = new WebSocketServer({ host, port });
  await once(server, 'listening');
  const paths = new Map<object, string>();
  server.on('connection', (socket, request) => {
    paths.set(socket, request.url ?? '');
    socket.on('message', (data) => {
      for (const other of server.clients) {
        if (other !== socket && paths.get(other) === paths.get(socket)) other.send(String(data));
      }
    });
  });
  return {
    url: `ws://${host}:${(server.address() as AddressInfo).port}`,
    close: () => {
      for (const socket of server.clients) socket.terminate();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
