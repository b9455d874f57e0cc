// Servers by which browsers find a path to each other.
import { list, object, optional, type SchemaOf, text } from './schema.js';

/** An `RTCIceServer` as it travels. */
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
