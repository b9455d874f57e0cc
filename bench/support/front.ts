/**
 * The web server of a bench: files that are compressed beforehand, over HTTP/1.1, or over HTTP/2 and
 * TLS. What it does not have, sockets included, it passes on to a server behind it.
 */
import { once } from 'node:events';
import {
  createServer,
  type IncomingMessage,
  request as httpRequest,
  type ServerResponse,
} from 'node:http';
import { createSecureServer, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2';
import { connect, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';

/** PEM, both. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

export interface Content {
  /** MIME type. */
  readonly type: string;
  readonly gzip: Buffer;
}

export interface FrontOptions {
  readonly host: string;
  readonly port: number;
  /** Default: HTTP/1.1 without TLS. */
  readonly secure?: Certificate | undefined;
  /** What is at an address; `null` passes the request on. */
  readonly find?: (url: URL) => Promise<Content | null>;
  /** Origin of the server behind. Default: what is not found answers 404. */
  readonly behind?: string;
}

export const contentOf = (type: string, body: string | Buffer): Content => ({
  type: `${type}; charset=utf-8`,
  gzip: gzipSync(body, { level: 9 }),
});

/** Resolves with its origin once it listens. */
export async function startFront(options: FrontOptions): Promise<string> {
  const { host, port, secure, behind } = options;
  const answer = async (
    request: IncomingMessage | Http2ServerRequest,
    response: ServerResponse | Http2ServerResponse,
  ): Promise<void> => {
    const content = await options.find?.(new URL(request.url ?? '/', 'http://front'));
    if (content) {
      const headers = { 'content-type': content.type, 'content-encoding': 'gzip' };
      // `end` of both classes takes a buffer, but their union has no call that does.
      (response as ServerResponse).writeHead(200, headers).end(content.gzip);
    } else if (behind !== undefined) {
      passOn(request as IncomingMessage, response as ServerResponse, behind);
    } else {
      (response as ServerResponse).writeHead(404).end();
    }
  };
  const server = secure
    ? createSecureServer({ ...secure, allowHTTP1: true }, answer)
    : createServer(answer);
  server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    if (behind === undefined) socket.destroy();
    else join(request, socket, { head, behind });
  });
  server.listen(port, host);
  await once(server, 'listening');
  return `${secure ? 'https' : 'http'}://${host}:${port}`;
}

/** Headers of a connection, which HTTP/2 forbids and the next connection sets for itself (RFC 9113, 8.2.2). */
const OF_CONNECTION = ['connection', 'keep-alive', 'transfer-encoding', 'upgrade'];

const withoutConnection = (headers: Readonly<Record<string, string | string[] | undefined>>) =>
  Object.fromEntries(
    Object.entries(headers).filter(
      ([name]) => !name.startsWith(':') && !OF_CONNECTION.includes(name),
    ),
  );

function passOn(request: IncomingMessage, response: ServerResponse, behind: string): void {
  const headers = withoutConnection(request.headers);
  const onward = httpRequest(new URL(request.url ?? '/', behind), {
    method: request.method ?? 'GET',
    headers,
  });
  onward.on('error', () => response.destroy());
  onward.on('response', (answer) => {
    response.writeHead(answer.statusCode ?? 502, withoutConnection(answer.headers));
    answer.pipe(response);
  });
  request.pipe(onward);
}

/** Joins both connections byte by byte, the request that opens the socket first, as it came. */
function join(
  { method, url, rawHeaders }: IncomingMessage,
  socket: Socket,
  { head, behind }: { readonly head: Buffer; readonly behind: string },
): void {
  const { hostname, port } = new URL(behind);
  const far = connect(Number(port), hostname);
  const lines = rawHeaders.flatMap((name, at) =>
    at % 2 === 0 ? [`${name}: ${rawHeaders[at + 1]}`] : [],
  );
  for (const end of [far, socket]) {
    end.setNoDelay(true);
    end.on('error', () => (far.destroy(), socket.destroy()));
    end.on('close', () => (far.destroy(), socket.destroy()));
  }
  far.write([`${method} ${url} HTTP/1.1`, ...lines, '', ''].join('\r\n'));
  far.write(head);
  far.pipe(socket).pipe(far);
}
