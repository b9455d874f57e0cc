// The servers with which browsers find a path to each other, and fresh credentials for them (EN-8).
import {
  type BodySchema,
  count,
  id,
  list,
  object,
  optional,
  type SchemaOf,
  text,
} from './schema.js';

/** An `RTCIceServer`, as it is sent. */
export interface IceServer {
  readonly urls: readonly string[];
  readonly username?: string;
  readonly credential?: string;
}

const iceServerSchema: SchemaOf<IceServer> = object({
  urls: list(text(512)),
  username: optional(text(512)),
  credential: optional(text(512)),
});

export const iceServersSchema: SchemaOf<readonly IceServer[]> = list(iceServerSchema, 16);

/** Client to room: my credentials are about to expire. */
export interface IceGetMessage {
  readonly type: 'ice.get';
  readonly ref: string;
}

/** Room to client: the answer to `ice.get`. */
export interface IceMessage {
  readonly type: 'ice';
  readonly ref: string;
  readonly iceServers: readonly IceServer[];
  /** How long the credentials are valid, in ms; absent if they do not expire. */
  readonly iceTtlMs?: number;
}

export const iceGetSchema: BodySchema<IceGetMessage> = object({ ref: id });

export const iceSchema: BodySchema<IceMessage> = object({
  ref: id,
  iceServers: iceServersSchema,
  iceTtlMs: optional(count),
});
