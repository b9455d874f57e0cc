/** What `Room.data` is: messages from page to page, without a server that knows them. */
import type { Reliability } from '../call/rules/reliability.js';
import type { RtcError } from '../state/errors.js';

/** How a message went: over the link to the peer, or through the room, which then sees it. */
export type DataWay = 'peer' | 'room';

/** What a schema says: the value, perhaps converted, or what is wrong. */
export type SchemaResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly { readonly message: string }[] };

/** A Standard Schema (standardschema.dev), as Zod, Valibot, ArkType and others make them. */
export interface DataSchema<Output = unknown> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    validate(value: unknown): SchemaResult<Output> | Promise<SchemaResult<Output>>;
  };
}

/**
 * How the messages of an action are sent; by default in order, and until they arrive. What is above 16 KiB always goes
 * so, and what goes through the room, too, except that what may be lost is not sent there while something waits.
 */
export interface ActionOptions<T = unknown> extends Reliability {
  /** Checks what others send, before it is heard. What does not pass is dropped; a request is refused. */
  readonly schema?: DataSchema<T>;
}

/** Who sent it, and how it came. */
export interface ActionSource {
  /** Their session. */
  readonly from: string;
  readonly via: DataWay;
}

/** To whom a message was sent and how, or why not. */
export type ActionSent =
  | { readonly session: string; readonly via: DataWay; readonly error?: undefined }
  | { readonly session: string; readonly via?: undefined; readonly error: RtcError };

/** The answer of one of several peers, or why there is none. */
export type ActionAnswer<R> =
  | {
      readonly session: string;
      readonly value: R;
      readonly via: DataWay;
      readonly error?: undefined;
    }
  | {
      readonly session: string;
      readonly value?: undefined;
      readonly via?: undefined;
      readonly error: RtcError;
    };

export interface ActionRequestOptions {
  /** How long the answer may take, ms. Default 10,000. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/**
 * Messages of one name. `T` is what is sent, `R` what a request is answered with: anything that JSON can say, or an
 * `ArrayBuffer`, a typed array or a `DataView` by itself, which arrives as the same type. At most 16 MiB, 1 MiB through
 * the room. They are read when the method is called.
 */
export interface Action<T = unknown, R = unknown> {
  readonly name: string;
  /**
   * Sends to everybody else in the room, or to the sessions `to`. Resolves once all of it is on its way, or in the room;
   * waiting for that keeps the page from sending more than the line takes. Never rejects because of a peer: each has a
   * result of its own, with `unsupported` (an older client), `not-found` (not in the room), `peer-unreachable`,
   * `message-too-large`, `flooded` (too much waits) or what the room says.
   * @throws RtcError `not-allowed` (a listener), `bad-argument` (no JSON), `message-too-large`, `aborted` (not in a room),
   * `part-unavailable`.
   */
  send(
    data: T,
    options?: { readonly to?: string | readonly string[] },
  ): Promise<readonly ActionSent[]>;
  /**
   * Calls `listener` with what others send. Call the returned function to end that. What arrives before the page has its
   * first listener waits for it: at most 64 messages and 1 MiB.
   */
  onReceive(listener: (data: T, source: ActionSource) => void): () => void;
  /**
   * Asks one peer, and resolves with what its `onRequest` handler returns.
   * @throws RtcError as `send` has results; `remote-failed` (the handler there threw; `message` is that of an `RtcError`),
   * `not-found` (nobody answers there), `bad-argument` (its schema refuses), `timeout`, `aborted`.
   */
  request(data: T, options: ActionRequestOptions & { readonly to: string }): Promise<R>;
  /**
   * Asks everybody else, or the sessions `to`. Resolves once each has answered or failed, and never rejects because of a peer.
   * @throws RtcError as `send` does.
   */
  requestMany(
    data: T,
    options?: ActionRequestOptions & { readonly to?: readonly string[] },
  ): Promise<readonly ActionAnswer<R>[]>;
  /**
   * Answers requests. Call the returned function to end that.
   * @throws RtcError `conflict` if something answers already.
   */
  onRequest(handler: (data: T, source: ActionSource) => R | Promise<R>): () => void;
}

export interface RoomData {
  /**
   * Messages of the name `name`: 1 to 64 characters of `A-Za-z0-9_.:-`. Works before joining, and in every stay.
   * ```ts
   * const move = room.data.action<Move>('move', { ordered: false, maxRetransmits: 0 });
   * move.onReceive(({ x, y }, { from }) => draw(from, x, y));
   * await move.send({ x: 1, y: 2 });
   * ```
   * @throws RtcError `bad-argument`.
   */
  action<T = unknown, R = unknown>(name: string, options?: ActionOptions<T>): Action<T, R>;
}
