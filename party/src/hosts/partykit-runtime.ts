/**
 * What the host uses of the `partykit` package. Written down here, as the package brings runtime
 * types of its own, two years older than ours, and one program cannot have both.
 */
import type { ConnectionNote } from '../ports.js';
import type { HostConnection } from './runtime-ports.js';

/** What a party gets as its room. */
export interface PartyKitParty {
  /** Throws while an alarm runs, and in a room that an alarm woke. */
  readonly id: string;
  readonly env: Readonly<Record<string, unknown>>;
  readonly storage: DurableObjectStorage;
  blockConcurrencyWhile<T>(task: () => Promise<T>): Promise<T>;
  getConnections<State extends ConnectionNote>(): Iterable<PartyKitConnection<State>>;
}

/** A socket, which in `onClose` is half closed still. */
export type PartyKitConnection<State = ConnectionNote> = HostConnection & {
  readonly state: State | null;
};

/** What the functions before the room get. */
export interface PartyKitLobby {
  readonly env: Readonly<Record<string, unknown>>;
  /** By the name of the party. `path` goes behind that of the room. */
  readonly parties: Readonly<
    Record<string, { get(room: string): { fetch(path: string, init: Request): Promise<Response> } }>
  >;
}

/** A socket on a path that belongs to no party. */
export type PartyKitSocket = WebSocket & { readonly request: Request };
