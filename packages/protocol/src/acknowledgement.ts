// How a client shows that it reads what it is sent (FL-1).
import { type BodySchema, id, object } from './schema.js';

/** Room to client: answer with `ack` and the same `mark`, at once. */
export interface MarkMessage {
  readonly type: 'mark';
  /** Random, so only a client that reads can know it. */
  readonly mark: string;
}

/** Client to room: I have received everything up to this `mark`. */
export interface AckMessage {
  readonly type: 'ack';
  readonly mark: string;
}

export const markSchema: BodySchema<MarkMessage> = object({ mark: id });
export const ackSchema: BodySchema<AckMessage> = object({ mark: id });
