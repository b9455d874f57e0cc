/**
 * A WebSocket client down at TCP, which answers only what a test lets it: a browser and `ws` end a connection by
 * themselves, so they do not show whether the other end does.
 */
import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

import { SUBPROTOCOL } from '@rtc-elements/protocol';

import type { Edge } from './edge.js';

const CLOSE = 8;
const TEXT = 1;

export interface RawSocketOptions {
  readonly headers?: Readonly<Record<string, string>>;
  /** A packed `hello` (EN-10). */
  readonly packed?: string;
  /** Whether it answers a close frame. */
  readonly answersClose?: boolean;
}

/** One request for a socket, from its answer to the end of its connection. */
export class RawSocket {
  /** The status of the answer. */
  readonly status: Promise<number>;
  /** The code of the close frame of the other end. */
  readonly closed: Promise<number>;
  /** Resolves when the other end has ended the connection. */
  readonly ended: Promise<void>;
  readonly #socket: Socket;
  readonly #answersClose: boolean;
  #bytes = Buffer.alloc(0);
  #isOpen = false;
  #onStatus: (status: number) => void = () => undefined;
  #onClose: (code: number) => void = () => undefined;

  constructor(edge: Edge, path: string, options: RawSocketOptions = {}) {
    const { headers = {}, packed, answersClose = true } = options;
    this.#answersClose = answersClose;
    this.status = new Promise((resolve) => (this.#onStatus = resolve));
    this.closed = new Promise((resolve) => (this.#onClose = resolve));
    this.#socket = connect(edge.port, '127.0.0.1');
    this.ended = new Promise((resolve) => {
      this.#socket.on('end', resolve);
      this.#socket.on('close', () => resolve());
    });
    this.#socket.on('error', () => undefined);
    this.#socket.on('data', (data) => this.#take(data));
    const all = {
      host: `127.0.0.1:${edge.port}`,
      upgrade: 'websocket',
      connection: 'Upgrade',
      'sec-websocket-key': randomBytes(16).toString('base64'),
      'sec-websocket-version': '13',
      ...(packed && { 'sec-websocket-protocol': `${SUBPROTOCOL}, ${packed}` }),
      ...headers,
    };
    const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
    this.#socket.write(`GET ${path} HTTP/1.1\r\n${lines.join('')}\r\n`);
  }

  /** A frame of less than 126 bytes. */
  send(text: string): void {
    this.#write(TEXT, Buffer.from(text));
  }

  destroy(): void {
    this.#socket.destroy();
  }

  #take(data: Buffer): void {
    this.#bytes = Buffer.concat([this.#bytes, data]);
    if (!this.#isOpen && !this.#takeHead()) return;
    while (this.#takeFrame());
  }

  #takeHead(): boolean {
    const end = this.#bytes.indexOf('\r\n\r\n');
    if (end < 0) return false;
    this.#isOpen = true;
    this.#onStatus(Number(this.#bytes.subarray(9, 12).toString()));
    this.#bytes = this.#bytes.subarray(end + 4);
    return true;
  }

  /** `false` if there is no whole frame. No test has one of 64 KiB. */
  #takeFrame(): boolean {
    if (this.#bytes.length < 4) return false;
    const isLong = ((this.#bytes[1] ?? 0) & 0x7f) === 126;
    const start = isLong ? 4 : 2;
    const length = isLong ? this.#bytes.readUInt16BE(2) : (this.#bytes[1] ?? 0) & 0x7f;
    if (this.#bytes.length < start + length) return false;
    const payload = this.#bytes.subarray(start, start + length);
    if (((this.#bytes[0] ?? 0) & 0x0f) === CLOSE) {
      this.#onClose(payload.readUInt16BE(0));
      if (this.#answersClose) this.#write(CLOSE, payload.subarray(0, 2));
    }
    this.#bytes = this.#bytes.subarray(start + length);
    return true;
  }

  #write(opcode: number, payload: Buffer): void {
    // A mask of zeros leaves the payload as it is.
    const head = Buffer.from([0x80 | opcode, 0x80 | payload.length, 0, 0, 0, 0]);
    this.#socket.write(Buffer.concat([head, payload]));
  }
}
