// A client of the house that knows nothing but frames: what a stranger would write first.
import {
  type ClientMessage,
  createId,
  decodeServerMessage,
  encode,
  type HelloMessage,
  PROTOCOL_VERSION,
  type ServerMessage,
  type WelcomeMessage,
} from '@rtc-elements/protocol';

import type { Identity } from '../../../party/src/rules/admit.js';
import type { SocketPair } from './socket-pair.js';

/** Messages of one type. */
export type ServerMessageOf<Type extends ServerMessage['type']> = Extract<
  ServerMessage,
  { readonly type: Type }
>;

/** Every message that is answered by `done` or `error`. */
type Asking = ClientMessage extends infer Message
  ? Message extends { readonly ref: string }
    ? Omit<Message, 'ref'>
    : never
  : never;

/** A key of the right form that always names the same user. */
export const keyOf = (who: string): string =>
  `key-of-${who.replace(/[^A-Za-z0-9]/g, '-')}_`.padEnd(32, '0');

/** A `hello` that is fine as it is. */
export const helloOf = (who: string, changes: Partial<HelloMessage> = {}): HelloMessage => ({
  type: 'hello',
  protocol: PROTOCOL_VERSION,
  name: who,
  key: keyOf(who),
  call: false,
  media: { microphone: false, camera: false, screen: false },
  ...changes,
});

/** What a client needs of the house that it is in. */
interface Surroundings {
  connect(handlers: {
    onFrame(data: string): void;
    onClose(code: number, reason: string): void;
    address?: string;
    identity?: Identity;
    hello?: string;
  }): SocketPair | null;
  settle(): Promise<void>;
}

/** Holds one socket at a time, and everything it was told. */
export class RawClient {
  /** Every message, oldest first. */
  readonly heard: ServerMessage[] = [];
  /** The last close, while there is no socket. */
  closed: { readonly code: number; readonly reason: string } | null = null;
  pair: SocketPair | null = null;
  readonly #house: Surroundings;
  #session = '';
  #identity: Identity | null = null;
  #answersMarks = false;

  constructor(house: Surroundings) {
    this.#house = house;
  }

  /** Our session, once welcome; also after `clear()`. */
  get session(): string {
    return this.#session;
  }

  /** From now on as whom a token would name. */
  as(identity: Identity): this {
    this.#identity = identity;
    return this;
  }

  /** From now on it answers each mark, as a client does that reads (FL-1). */
  answerMarks(): this {
    this.#answersMarks = true;
    return this;
  }

  /** Opens a socket, and says nothing. */
  open(address?: string): this {
    this.closed = null;
    this.pair = this.#house.connect({
      ...(address !== undefined && { address }),
      ...(this.#identity && { identity: this.#identity }),
      onFrame: (data) => {
        const decoded = decodeServerMessage(data);
        if (!decoded.ok) throw new Error(`the room sent nonsense: ${decoded.fault.detail}`);
        if (decoded.unknown > 0) throw new Error(`the room sent what it does not know: ${data}`);
        const { message } = decoded;
        if (message.type === 'welcome') this.#session = message.session;
        this.heard.push(message);
        if (message.type === 'mark' && this.#answersMarks) {
          this.send({ type: 'ack', mark: message.mark });
        }
      },
      onClose: (code, reason) => {
        this.closed = { code, reason };
        this.pair = null;
      },
    });
    return this;
  }

  /** Opens and says hello; the welcome is there once the promise is. */
  async join(who: string, changes: Partial<HelloMessage> = {}): Promise<WelcomeMessage> {
    this.open().send(helloOf(who, changes));
    await this.#house.settle();
    return this.last('welcome');
  }

  /** Asks for something under `ref`; the answer, `done` or the code of an error, is there once the promise is. */
  async ask(request: Asking): Promise<string> {
    const ref = createId();
    this.send({ ...request, ref });
    await this.#house.settle();
    if (this.all('done').some((done) => done.ref === ref)) return 'done';
    const error = this.all('error').find((one) => one.ref === ref);
    if (!error) throw new Error(`no answer to ${request.type}`);
    return error.code;
  }

  send(message: ClientMessage): this {
    return this.sendRaw(encode(message));
  }

  /** Any frame at all. */
  sendRaw(data: unknown): this {
    this.pair?.clientSend(data);
    return this;
  }

  /** Says something, and waits until it went round. */
  async say(text: string, id = createId()): Promise<string> {
    this.send({ type: 'chat.send', id, text });
    await this.#house.settle();
    return id;
  }

  close(code = 1000): this {
    this.pair?.clientClose(code);
    return this;
  }

  /** Everything of one type. */
  all<Type extends ServerMessage['type']>(type: Type): ServerMessageOf<Type>[] {
    return this.heard.filter((message): message is ServerMessageOf<Type> => message.type === type);
  }

  /** The newest of one type. */
  last<Type extends ServerMessage['type']>(type: Type): ServerMessageOf<Type> {
    const message = this.all(type).at(-1);
    if (!message) throw new Error(`no ${type} was heard`);
    return message;
  }

  /** What was heard is forgotten, so that a test sees what comes next. */
  clear(): this {
    this.heard.length = 0;
    return this;
  }
}
