// A client over a real socket that keeps what it hears, and lets a test wait for what comes.
import {
  type ClientMessage,
  createId,
  decodeServerMessage,
  encode,
  type HelloMessage,
  type ServerMessage,
  type WelcomeMessage,
} from '@rtc-elements/protocol';
import WebSocket from 'ws';

import type { Edge } from './edge.js';
import { helloOf, type ServerMessageOf } from '../house/raw-client.js';

const WAIT_MS = 15_000;
/**
 * A room that slept ends the TCP connection only seconds after its close frame. Browsers do not
 * wait for that either.
 */
const PATIENCE = { closeTimeout: 500 };

export interface Closed {
  readonly code: number;
  readonly reason: string;
}

/** One socket of one room. */
export class EdgeClient {
  readonly heard: ServerMessage[] = [];
  readonly socket: WebSocket;
  readonly closed: Promise<Closed>;
  #wake: () => void = () => undefined;

  private constructor(
    url: string,
    headers: Readonly<Record<string, string>>,
    protocols: readonly string[],
  ) {
    this.socket = new WebSocket(url, [...protocols], { ...PATIENCE, headers });
    this.socket.on('error', () => undefined);
    this.socket.on('message', (data, isBinary) => {
      const decoded = decodeServerMessage(isBinary ? data : String(data));
      if (!decoded.ok) throw new Error(`the room sent nonsense: ${decoded.fault.detail}`);
      if (decoded.unknown > 0)
        throw new Error(`the room sent what it does not know: ${String(data)}`);
      this.heard.push(decoded.message);
      this.#wake();
    });
    this.closed = new Promise((resolve) => {
      this.socket.on('close', (code, reason) => {
        resolve({ code, reason: String(reason) });
        this.#wake();
      });
    });
  }

  /** Opens a socket at a path of the edge, and says nothing. */
  static async open(
    edge: Pick<Edge, 'port'>,
    path: string,
    headers: Readonly<Record<string, string>> = {},
    protocols: readonly string[] = [],
  ): Promise<EdgeClient> {
    const client = new EdgeClient(`ws://127.0.0.1:${edge.port}${path}`, headers, protocols);
    await new Promise((resolve, reject) => {
      client.socket.once('open', resolve);
      client.socket.once('close', reject);
    });
    return client;
  }

  /** Opens, says hello, and waits for the welcome. */
  static async join(
    edge: Pick<Edge, 'port'>,
    room: string,
    who: string,
    changes: Partial<HelloMessage> = {},
  ): Promise<EdgeClient & { readonly welcome: WelcomeMessage }> {
    const client = await EdgeClient.open(edge, `/parties/room/${room}`);
    client.send(helloOf(who, changes));
    const welcome = await client.next('welcome');
    return Object.assign(client, { welcome });
  }

  send(message: ClientMessage): void {
    this.socket.send(encode(message));
  }

  /** Says something; resolves with its ack. */
  async say(text: string, id = createId()): Promise<ServerMessageOf<'chat.ack'>> {
    this.send({ type: 'chat.send', id, text });
    return this.next('chat.ack', (ack) => ack.id === id);
  }

  /** The first message of a type, heard already or to come, that fits. */
  async next<Type extends ServerMessage['type']>(
    type: Type,
    fits: (message: ServerMessageOf<Type>) => boolean = () => true,
    waitMs = WAIT_MS,
  ): Promise<ServerMessageOf<Type>> {
    const deadline = Date.now() + waitMs;
    for (;;) {
      const found = this.heard.find(
        (message): message is ServerMessageOf<Type> =>
          message.type === type && fits(message as ServerMessageOf<Type>),
      );
      if (found) return found;
      const left = deadline - Date.now();
      if (this.socket.readyState === WebSocket.CLOSED) {
        throw new Error(`closed before any ${type}; heard ${this.#summary()}`);
      }
      if (left <= 0) throw new Error(`no ${type} in ${waitMs} ms; heard ${this.#summary()}`);
      await this.#change(left);
    }
  }

  /** Forgets what was heard. */
  clear(): void {
    this.heard.length = 0;
  }

  /** Closes as a client that leaves; resolves with what the other end made of it. */
  async close(code = 1000): Promise<Closed> {
    this.socket.close(code);
    return this.closed;
  }

  /** Says `leave`, which takes it out at once on every host (PR-1). */
  async leave(): Promise<Closed> {
    this.send({ type: 'leave' });
    return this.closed;
  }

  /** The next frame, or the end of our patience. */
  async #change(waitMs: number): Promise<void> {
    const timer = setTimeout(() => this.#wake(), waitMs);
    await new Promise<void>((resolve) => (this.#wake = resolve));
    clearTimeout(timer);
  }

  #summary(): string {
    return JSON.stringify(this.heard.map((message) => message.type));
  }
}
