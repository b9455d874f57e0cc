/**
 * Serves pages made up by a test from an origin of their own, with headers of their own, and hands
 * everything else through to the edge room when one is named, so that page and room share an origin.
 */
import { once } from 'node:events';
import {
  createServer,
  type IncomingMessage,
  request as httpRequest,
  type RequestOptions,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { pipeline } from 'node:stream';

export interface PageServer {
  readonly url: string;
  /** Breaks every WebSocket, with what is on its way, and lets none through until told so. */
  loseSockets(): void;
  restoreSockets(): void;
  close(): Promise<void>;
}

/** HTML by path, or a script where that ends in `.js`; one that depends on the query is made when it is asked for. */
export type Pages = Readonly<Record<string, string | ((query: URLSearchParams) => string)>>;

export interface PageServerOptions {
  readonly pages: Pages;
  readonly headers?: Readonly<Record<string, string>>;
  /** Where everything else comes from. */
  readonly behind?: string;
  /** The address to listen on. Default: loopback. */
  readonly host?: string;
  /** How long each byte of a WebSocket takes, in each direction, ms. Default 0. */
  readonly delayMs?: number;
}

/** On a free port. */
export async function servePages({
  pages,
  headers,
  behind,
  host = '127.0.0.1',
  delayMs = 0,
}: PageServerOptions): Promise<PageServer> {
  const target = (message: IncomingMessage): RequestOptions => ({
    host: '127.0.0.1',
    port: behind ? new URL(behind).port : 0,
    path: message.url,
    method: message.method,
    headers: message.headers,
    agent: false,
  });

  const server = createServer((message: IncomingMessage, response: ServerResponse) => {
    const { pathname, searchParams } = new URL(message.url ?? '/', 'http://page');
    const page = pages[pathname];
    if (page !== undefined) {
      const html = typeof page === 'string' ? page : page(searchParams);
      const type = pathname.endsWith('.js') ? 'text/javascript' : 'text/html; charset=utf-8';
      response.writeHead(200, { 'content-type': type, ...headers }).end(html);
    } else if (behind) {
      const onward = httpRequest(target(message), (answer) => {
        // The page may have gone meanwhile, and `pipeline` throws for what is closed.
        if (response.destroyed) return void answer.destroy();
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        // Ends what is cut off, which the page would otherwise wait for.
        pipeline(answer, response, () => undefined);
      });
      onward.on('error', () => response.destroy());
      pipeline(message, onward, () => undefined);
    } else {
      response.writeHead(404).end();
    }
  });

  const sockets = new Set<Socket>();
  let isLost = false;
  const lose = (): void => sockets.forEach((socket) => socket.destroy());
  server.on('upgrade', (message: IncomingMessage, socket: Socket, head: Buffer) => {
    if (!behind || isLost) return void socket.destroy();
    const onward = httpRequest(target(message)).end();
    const fail = (): void => void socket.destroy();
    onward.on('error', fail).on('response', fail);
    // Node has taken its own listener away: a page that resets its socket now would end this process.
    socket.on('error', () => onward.destroy());
    onward.on('upgrade', (answer, far: Socket, farHead: Buffer) => {
      if (socket.destroyed) return void far.destroy();
      const lines = answer.rawHeaders.flatMap((name, at, all) =>
        at % 2 === 0 ? [`${name}: ${all[at + 1]}`] : [],
      );
      socket.write(['HTTP/1.1 101 Switching Protocols', ...lines, '', ''].join('\r\n'));
      socket.write(farHead);
      far.write(head);
      for (const end of [socket, far]) {
        sockets.add(end);
        end.on('close', () => sockets.delete(end));
      }
      if (isLost) return lose();
      pass(far, socket, delayMs);
      pass(socket, far, delayMs);
    });
  });

  server.listen(0, host);
  await once(server, 'listening');
  return {
    url: `http://${host}:${(server.address() as AddressInfo).port}`,
    loseSockets: () => {
      isLost = true;
      lose();
    },
    restoreSockets: () => void (isLost = false),
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** Hands everything on, `ms` later, with its end. */
function pass(from: Socket, to: Socket, ms: number): void {
  const later = (task: () => void): void => void (ms > 0 ? setTimeout(task, ms) : task());
  from.on('data', (data: Buffer) => later(() => to.write(data)));
  from.on('end', () => later(() => to.end()));
  from.on('error', () => later(() => to.destroy()));
}

/** A whole page around `body`, which is all there is on it beside the script at `script`. */
export const page = (script: string, body: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Test page</title>` +
  `<script type="module" src="${script}"></script></head><body>${body}</body></html>`;

/** `<rtc-room>` in a call at once, with these attributes instead of or beside the usual ones. */
export function roomTag(attributes: Readonly<Record<string, string>>): string {
  const all = { name: 'Somebody', lobby: 'off', autojoin: '', ...attributes };
  const words = Object.entries(all).map(([name, value]) => `${name}="${value}"`);
  return `<rtc-room ${words.join(' ')}></rtc-room>`;
}

/** A page with nothing but {@link roomTag}; the query has its attributes, beside those given. */
export const callPage =
  (script: string, attributes: Readonly<Record<string, string>> = {}) =>
  (query: URLSearchParams): string =>
    page(script, roomTag({ ...attributes, ...Object.fromEntries(query) }));

/** Where the edge room serves the file with all elements. */
export const SCRIPT = '/packages/elements/dist/cdn/rtc-elements.min.js';
