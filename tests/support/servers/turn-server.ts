// A real TURN server (coturn) on loopback, and just enough of a client to be let in or refused.
import { createHash, createHmac, randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { on } from 'node:events';

import { Coturn } from './coturn.js';
import { findFreePort } from './free-port.js';

const HOST = '127.0.0.1';

/** One that knows a shared secret (`use-auth-secret`), and no user by name. */
export class TurnServer {
  readonly port: number;
  readonly #coturn: Coturn;

  private constructor(port: number, secret: string) {
    this.port = port;
    // Both ends of a test's call are on loopback.
    const words = ['--allow-loopback-peers'];
    this.#coturn = new Coturn({ address: HOST, port, secret, words });
  }

  /** Resolves once it answers. */
  static async start(secret: string): Promise<TurnServer> {
    const server = new TurnServer(await findFreePort(), secret);
    await server.#coturn.untilReady(() => server.#isAnswering());
    return server;
  }

  /** Asks for a relay address: `allocated`, or the code of the error. */
  async allocate(username: string, credential: string): Promise<'allocated' | number> {
    // One socket for both questions: a nonce is for the address that asked.
    const socket = createSocket('udp4');
    try {
      const { error: asked, realm, nonce } = await this.#ask(socket, messageOf([TRANSPORT]));
      if (asked !== 401) throw new Error('coturn did not ask who we are');
      const attributes = [
        TRANSPORT,
        attributeOf(0x0006, Buffer.from(username)),
        attributeOf(0x0014, realm),
        attributeOf(0x0015, nonce),
      ];
      const login = `${username}:${realm.toString()}:${credential}`;
      const key = createHash('md5').update(login).digest();
      const { error } = await this.#ask(socket, messageOf(attributes, key));
      return error === 0 ? 'allocated' : error;
    } finally {
      socket.close();
    }
  }

  async stop(): Promise<void> {
    await this.#coturn.kill();
  }

  /** Whether it asks who we are, as it does once it serves UDP; its TCP listener is there before that. */
  async #isAnswering(): Promise<boolean> {
    const socket = createSocket('udp4');
    // Nobody listens yet.
    socket.on('error', () => undefined);
    try {
      return (await this.#ask(socket, messageOf([TRANSPORT]), ASK_EVERY_MS)).error === 401;
    } catch {
      return false;
    } finally {
      socket.close();
    }
  }

  /** Sends again until there is an answer, as STUN does. */
  async #ask(socket: Socket, message: Buffer, limitMs = ANSWER_MS): Promise<Answer> {
    const id = message.subarray(8, HEADER_BYTES);
    const timer = setInterval(() => socket.send(message, this.port, HOST), ASK_EVERY_MS);
    try {
      socket.send(message, this.port, HOST);
      for await (const [data] of on(socket, 'message', {
        signal: AbortSignal.timeout(limitMs),
      })) {
        const answer = data as Buffer;
        if (answer.subarray(8, HEADER_BYTES).equals(id)) return readAnswer(answer);
      }
      throw new Error('coturn does not answer');
    } finally {
      clearInterval(timer);
    }
  }
}

const ANSWER_MS = 20_000;
const ASK_EVERY_MS = 200;
const HEADER_BYTES = 20;
const MAGIC = 0x2112a442;
const ALLOCATE = 0x0003;

interface Answer {
  /** 0: none. */
  readonly error: number;
  readonly realm: Buffer;
  readonly nonce: Buffer;
}

function attributeOf(type: number, value: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16BE(type, 0);
  head.writeUInt16BE(value.length, 2);
  return Buffer.concat([head, value, Buffer.alloc((4 - (value.length % 4)) % 4)]);
}

/** REQUESTED-TRANSPORT: UDP. */
const TRANSPORT = attributeOf(0x0019, Buffer.from([17, 0, 0, 0]));

/** An Allocate request, signed when there is a key. */
function messageOf(attributes: readonly Buffer[], key?: Buffer): Buffer {
  const body = Buffer.concat(attributes);
  const head = Buffer.alloc(HEADER_BYTES);
  head.writeUInt16BE(ALLOCATE, 0);
  // The length that is signed has the signature in it.
  head.writeUInt16BE(body.length + (key ? 24 : 0), 2);
  head.writeUInt32BE(MAGIC, 4);
  randomBytes(12).copy(head, 8);
  const message = Buffer.concat([head, body]);
  if (!key) return message;
  const integrity = createHmac('sha1', key).update(message).digest();
  return Buffer.concat([message, attributeOf(0x0008, integrity)]);
}

function readAnswer(message: Buffer): Answer {
  const found = new Map<number, Buffer>();
  for (let at = HEADER_BYTES; at + 4 <= message.length;) {
    const length = message.readUInt16BE(at + 2);
    found.set(message.readUInt16BE(at), message.subarray(at + 4, at + 4 + length));
    at += 4 + Math.ceil(length / 4) * 4;
  }
  const code = found.get(0x0009);
  return {
    error: code ? (code[2] ?? 0) * 100 + (code[3] ?? 0) : 0,
    realm: found.get(0x0014) ?? Buffer.alloc(0),
    nonce: found.get(0x0015) ?? Buffer.alloc(0),
  };
}
