// Asking for ICE servers anew (EN-8).
import { type IceServer, iceServersSchema } from './ice.js';
import { type BodySchema, count, id, object, optional } from './schema.js';

/** Client to room: what I have will not last. */
export interface IceGetMessage {
  readonly type: 'ice.get';
  readonly ref: string;
}

/** Room to client: answer to `ice.get`. */
export interface IceMessage {
  readonly type: 'ice';
  readonly ref: string;
  readonly iceServers: readonly IceServer[];
  /** How long their credentials are good for, ms; absent: for ever. */
  readonly iceTtlMs?: number;
}

export const iceGetSchema: BodySchema<IceGetMessage> = object({ ref: id });

export const iceSchema: BodySchema<IceMessage> = object({
  ref: id,
  iceServers: iceServersSchema,
  iceTtlMs: optional(count),
});
