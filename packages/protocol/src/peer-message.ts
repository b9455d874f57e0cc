// What two peers say to each other on the control channel of their link, without the room.
import { type MediaFlags, mediaFlagsSchema } from './presence.js';
import { type BodySchema, object } from './schema.js';

/** I am going for good: close the link now, do not try to recover it. */
export interface ByeMessage {
  readonly type: 'bye';
}

/** What I am sending, told directly so that it holds while the room is out of reach. */
export interface MediaMessage {
  readonly type: 'media';
  readonly media: MediaFlags;
}

export type PeerMessage = ByeMessage | MediaMessage;

const byeSchema: BodySchema<ByeMessage> = object({});
const mediaSchema: BodySchema<MediaMessage> = object({
  media: mediaFlagsSchema,
});

/** One schema per `type`: what `decodePeerMessage` looks up. */
export const peerMessageSchemas = { bye: byeSchema, media: mediaSchema };
