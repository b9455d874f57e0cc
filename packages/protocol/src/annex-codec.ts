// The decoders of what a room may send besides the basics; apart, so that a client can load them later.
import { type AnnexMessage, annexMessageSchemas } from './annex-message.js';
import { decode, type Decoded } from './codec.js';
import { basicMessageSchemas, type ServerMessage } from './server-message.js';
import { signalSchemas } from './signal-codec.js';

/** What `decodeBasicMessage` calls an `unknown-type`, but for signals. */
export const decodeAnnexMessage = (data: unknown): Decoded<AnnexMessage> =>
  decode(data, annexMessageSchemas, Infinity);

/** One schema for everything a room can say, by `type`. */
export const serverMessageSchemas = {
  ...basicMessageSchemas,
  ...signalSchemas,
  ...annexMessageSchemas,
};

/** Whatever a room sent. */
export const decodeServerMessage = (data: unknown): Decoded<ServerMessage> =>
  decode(data, serverMessageSchemas, Infinity);
