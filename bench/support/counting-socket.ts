/**
 * A WebSocket client that counts frames and reads none unless asked. What drives a room shares the
 * machine with it, so it must cost next to nothing: no events, no unmasking, no text. It answers marks (FL-1), and does
 * not count them.
 */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

const TEXT = 0x81;
const CLOSE = 0x88;
const MASKED = 0x80;
/** In the byte of the length: it follows in two bytes, or in eight. */
const IN_TWO = 126;
const IN_EIGHT = 127;
/** The only type of message that begins with an `m` is `mark`. */
const TYPE_AT = '{"type":"'.length;
const M = 'm'.charCodeAt(0);
const HEAD_END = '\r\n\r\n';
/** Client frames must be masked; under a key of zeros the text stays as it is. */
const ZERO_MASK = Buffer.alloc(4);
const NOTHING = Buffer.alloc(0);

export class CountingSocket {
  /** Text frames that came. */
  frames = 0;
  /** The code with which the other end closed. */
  closed: number | null = null;
  /** Called with each text frame, if set. The buffer is good during the call only. */
  onText: ((payload: Buffer) => void) | null = null;
  /** Called after a chunk that held frames. */
  onFrames: (() => void) | null = null;
  readonly #socket: Socket;
  #rest = NOTHING;
  /** Bytes to come of a frame that nobody reads. */
  #skip = 0;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('error', () => undefined);
    socket.on('close', () => (this.closed ??= 1006));
  }

  /** Opens a URL, or fails with the status line of the answer. */
  static async open(url: string): Promise<CountingSocket> {
    const { hostname, port, pathname, host } = new URL(url);
    const socket = connect({ host: hostname, port: Number(port), noDelay: true });
    const opened = new CountingSocket(socket);
    const key = randomBytes(16).toString('base64');
    socket.write(
      `GET ${pathname} HTTP/1.1\r\nHost: ${host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
        `Sec-WebSocket-Key: ${key}\r\nSec-WebSocket-Version: 13${HEAD_END}`,
    );
    let head = NOTHING;
    while (!head.includes(HEAD_END)) {
      const [chunk] = (await once(socket, 'data')) as [Buffer];
      head = Buffer.concat([head, chunk]);
    }
    const status = head.toString('latin1', 0, head.indexOf('\r\n'));
    if (!status.includes(' 101 ')) throw new Error(`${url}: ${status}`);
    socket.on('data', (chunk: Buffer) => opened.#take(chunk));
    opened.#take(head.subarray(head.indexOf(HEAD_END) + HEAD_END.length));
    return opened;
  }

  /** Over TCP so far, the handshake included. */
  get bytes(): { readonly down: number; readonly up: number } {
    return { down: this.#socket.bytesRead, up: this.#socket.bytesWritten };
  }

  send(text: string): void {
    const payload = Buffer.from(text);
    const isShort = payload.length < IN_TWO;
    const header = Buffer.alloc(isShort ? 2 : 4);
    header[0] = TEXT;
    header[1] = MASKED | (isShort ? payload.length : IN_TWO);
    if (!isShort) header.writeUInt16BE(payload.length, 2);
    this.#socket.write(Buffer.concat([header, ZERO_MASK, payload]));
  }

  /** Without a word. */
  drop(): void {
    this.#socket.destroy();
  }

  #take(chunk: Buffer): void {
    const data = this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk]) : chunk;
    const before = this.frames;
    let at = Math.min(this.#skip, data.length);
    this.#skip -= at;
    for (let step = this.#frameAt(data, at); step > 0; step = this.#frameAt(data, at)) at += step;
    this.#skip += Math.max(0, at - data.length);
    this.#rest = at < data.length ? Buffer.from(data.subarray(at)) : NOTHING;
    if (this.frames > before) this.onFrames?.();
  }

  /** Counts the frame that begins there; its length, which may go beyond the data, or 0: not yet. */
  #frameAt(data: Buffer, at: number): number {
    const left = data.length - at;
    if (left < 2) return 0;
    const short = data.readUInt8(at + 1);
    const header = short === IN_EIGHT ? 10 : short === IN_TWO ? 4 : 2;
    if (left < header) return 0;
    let length = short;
    if (short === IN_EIGHT) length = Number(data.readBigUInt64BE(at + 2));
    else if (short === IN_TWO) length = data.readUInt16BE(at + 2);
    const whole = header + length;
    const isShort = short < IN_TWO;
    if ((this.onText || isShort) && left < whole) return 0;
    const isMark = isShort && data[at] === TEXT && data[at + header + TYPE_AT] === M;
    if (data[at] === CLOSE && left >= header + 2) this.closed = data.readUInt16BE(at + header);
    if (isMark) {
      const mark = data.toString('latin1', at + header, at + whole);
      this.send(mark.replace('mark', 'ack'));
    } else if (data[at] === TEXT) {
      this.frames += 1;
      this.onText?.(data.subarray(at + header, at + whole));
    }
    return whole;
  }
}
