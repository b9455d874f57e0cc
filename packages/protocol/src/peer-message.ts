// What two peers say to each other on the control channel of their link, without the room.
import { LIMITS } from './limits.js';
import { type MediaFlags, mediaFlagsSchema } from './presence.js';
import { type BodySchema, integer, object, optional } from './schema.js';

/** I am going for good: close the link now, do not try to recover it. */
export interface ByeMessage {
  readonly type: 'bye';
}

/** What I am sending, told directly so that it holds while the room is out of reach. */
export interface MediaMessage {
  readonly type: 'media';
  readonly media: MediaFlags;
}

/** How large a picture is shown, in device pixels; 0 by 0: not at all. */
export interface ShownSize {
  readonly width: number;
  readonly height: number;
}

/** How large I show what you send, so that you send no more (LK-1). What is absent, I have not said. */
export interface LayoutMessage {
  readonly type: 'layout';
  readonly camera?: ShownSize;
  readonly screen?: ShownSize;
}

export type PeerMessage = ByeMessage | MediaMessage | LayoutMessage;

const byeSchema: BodySchema<ByeMessage> = object({});
const mediaSchema: BodySchema<MediaMessage> = object({
  media: mediaFlagsSchema,
});

const pixels = integer(0, LIMITS.layoutPixels);
const shown = optional(object({ width: pixels, height: pixels }));
const layoutSchema: BodySchema<LayoutMessage> = object({ camera: shown, screen: shown });

/** One schema per `type`: what `decodePeerMessage` looks up. */
export const peerMessageSchemas = { bye: byeSchema, media: mediaSchema, layout: layoutSchema };
