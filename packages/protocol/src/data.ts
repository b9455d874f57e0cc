// Data between two peers that is neither media nor chat: what the channels of a link are for (LK-3), and the way through
// the room for peers without a link (DA).
import { LIMITS } from './limits.js';
import { type BodySchema, id, list, object, optional, type SchemaOf, text } from './schema.js';

/** What the data channels of a link are for. A peer names those that it takes in `features` (LK-2). */
export const DATA_PURPOSES = ['actions', 'values', 'files'] as const;

export type DataPurpose = (typeof DATA_PURPOSES)[number];

/** Client to room: deliver this to the sessions `to` (DA-1). The answer is `data.ack`. */
export interface DataSendMessage {
  readonly type: 'data.send';
  readonly ref: string;
  readonly to: readonly string[];
  /** Base64 of an action frame (DA-3). */
  readonly data: string;
}

/** Room to client: who of `to` did not get it. */
export interface DataAckMessage {
  readonly type: 'data.ack';
  readonly ref: string;
  /** Not here, or without a socket. */
  readonly gone?: readonly string[];
  /** Their client takes no data through the room. */
  readonly unable?: readonly string[];
}

/** Room to client: what a peer sent, with the sender as the room knows it. */
export interface DataMessage {
  readonly type: 'data';
  readonly from: string;
  readonly data: string;
}

const sessions: SchemaOf<readonly string[]> = list(id, LIMITS.dataRecipients);
const base64 = text(LIMITS.dataLength, /^[A-Za-z0-9+/]*={0,2}$/);

export const dataSendSchema: BodySchema<DataSendMessage> = object({
  ref: id,
  to: sessions,
  data: base64,
});

export const dataAckSchema: BodySchema<DataAckMessage> = object({
  ref: id,
  gone: optional(sessions),
  unable: optional(sessions),
});

export const dataSchema: BodySchema<DataMessage> = object({ from: id, data: base64 });
