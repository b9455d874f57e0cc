/**
 * The types that the host uses from the `partykit` package. They are declared here because the package
 * brings its own runtime types, two years older than ours, and one program cannot have both.
 */
import type { ConnectionNote } from '../ports.js';
import type { HostConnection } from './host-connection.js';

/** What a party is constructed with. */
export interface PartyKitParty {
  /** Throws while an alarm runs, and in a room that an alarm woke. */
  readonly id: string;
  readonly env: Readonly<Record<string, unknown>>;
  readonly storage: DurableObjectStorage;
  readonly context: { readonly parties: PartyKitParties };
  blockConcurrencyWhile<T>(task: () => Promise<T>): Promise<T>;
  getConnections<State extends ConnectionNote>(): Iterable<PartyKitConnection<State>>;
}

/** A socket. In `onClose` it is still half closed. */
export type PartyKitConnection<State = ConnectionNote> = HostConnection & {
  readonly state: State | null;
};

/** What the static functions that run before the room get. */
export interface PartyKitLobby {
  readonly env: Readonly<Record<string, unknown>>;
  readonly parties: PartyKitParties;
}

/** Parties by name. `path` is appended to that of the room. */
export type PartyKitParties = Readonly<
  Record<string, { get(room: string): { fetch(path: string, init: Request): Promise<Response> } }>
>;

/** A socket on a path that belongs to no party. */
export type PartyKitSocket = WebSocket & { readonly request: Request };
