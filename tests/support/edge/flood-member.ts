// A member of a room under attack. Some read everything, others nothing.
import {
  CLIENT_CAPABILITIES,
  type ClientMessage,
  createId,
  decodeServerMessage,
  encode,
  HEARTBEAT,
  type HelloMessage,
} from '@rtc-elements/protocol';
import WebSocket from 'ws';

import { helloOf } from '../house/raw-client.js';

export interface FloodMemberOptions {
  /** `false`: reads nothing after `welcome`, not even what TCP has received. */
  readonly reads: boolean;
  /** Whether it announces that it answers marks. It does if it reads. */
  readonly hasAck: boolean;
  readonly hello?: Partial<HelloMessage>;
}

export class FloodMember {
  session = '';
  isClosed = false;
  /** Called with each `pong`. */
  onPong: () => void = () => undefined;
  readonly #socket: WebSocket;
  #onAnswer: () => void = () => undefined;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  static async join(
    url: string,
    name: string,
    { reads, hasAck, hello = {} }: FloodMemberOptions,
  ): Promise<FloodMember> {
    // Nothing is compressed: that would hide how much is sent.
    const socket = new WebSocket(url, { perMessageDeflate: false });
    const member = new FloodMember(socket);
    socket.on('error', () => undefined);
    const capabilities = hasAck ? { capabilities: CLIENT_CAPABILITIES } : {};
    socket.on('open', () => member.send(helloOf(name, { ...capabilities, ...hello })));
    await new Promise<void>((resolve, reject) => {
      socket.on('message', (data) => member.#receive(String(data), resolve));
      socket.on('close', (code) => {
        member.isClosed = true;
        reject(new Error(`${name} was closed with ${code}`));
      });
    });
    if (!reads) socket.pause();
    return member;
  }

  send(message: ClientMessage): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(encode(message));
  }

  ping(): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(HEARTBEAT);
  }

  say(text: string): void {
    this.send({ type: 'chat.send', id: createId(), text });
  }

  /** Resolves when what was sent before has been handled. */
  async roundTrip(): Promise<void> {
    const ref = createId();
    const answered = new Promise<void>((resolve) => (this.#onAnswer = resolve));
    this.send({ type: 'chat.history', ref, limit: 1 });
    await answered;
  }

  /** Without a word. */
  drop(): void {
    this.#socket.terminate();
  }

  #receive(text: string, onWelcome: () => void): void {
    if (text === '{"type":"pong"}') return this.onPong();
    if (text.startsWith('{"type":"chat.page"')) return this.#onAnswer();
    // Cheap, as this shares the machine with the room.
    if (!text.startsWith('{"type":"mark"') && !text.startsWith('{"type":"welcome"')) return;
    const decoded = decodeServerMessage(text);
    if (!decoded.ok) return;
    const { message } = decoded;
    if (message.type === 'mark') this.send({ type: 'ack', mark: message.mark });
    if (message.type !== 'welcome') return;
    this.session = message.session;
    onWelcome();
  }
}
