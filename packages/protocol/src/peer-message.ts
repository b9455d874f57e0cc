// The messages between two peers on the control channel of their link, which bypass the room.
import { DATA_PURPOSES, type DataPurpose } from './data.js';
import { featuresSchema } from './features.js';
import { LIMITS } from './limits.js';
import { type MediaFlags, mediaFlagsSchema } from './presence.js';
import { type BodySchema, integer, object, oneOf, optional } from './schema.js';

/** I am leaving for good: close the link now, and do not try to recover it. */
export interface ByeMessage {
  readonly type: 'bye';
}

/** What I am sending. It comes directly, so it is right even while the room is out of reach. */
export interface MediaMessage {
  readonly type: 'media';
  readonly media: MediaFlags;
}

/** The size at which a video is shown, in device pixels; 0 by 0 if it is not shown. */
export interface ShownSize {
  readonly width: number;
  readonly height: number;
}

/** The size at which I show your video, so that you need not send more (LK-1). Absent means unknown. */
export interface LayoutMessage {
  readonly type: 'layout';
  readonly camera?: ShownSize;
  readonly screen?: ShownSize;
}

/** What I take on this link beyond the first edition of this version (UN-4); see `PEER_FEATURES`. */
export interface FeaturesMessage {
  readonly type: 'features';
  readonly features: readonly string[];
}

/** I receive on the channel for this purpose from now on (LK-3). */
export interface ReadyMessage {
  readonly type: 'ready';
  readonly purpose: DataPurpose;
}

export type PeerMessage =
  ByeMessage | MediaMessage | LayoutMessage | FeaturesMessage | ReadyMessage;

const byeSchema: BodySchema<ByeMessage> = object({});
const mediaSchema: BodySchema<MediaMessage> = object({
  media: mediaFlagsSchema,
});

const pixels = integer(0, LIMITS.layoutPixels);
const shown = optional(object({ width: pixels, height: pixels }));
const layoutSchema: BodySchema<LayoutMessage> = object({ camera: shown, screen: shown });
const featuresMessageSchema: BodySchema<FeaturesMessage> = object({ features: featuresSchema });
const readySchema: BodySchema<ReadyMessage> = object({ purpose: oneOf(...DATA_PURPOSES) });

/** The schemas that `decodePeerMessage` uses, by `type`. */
export const peerMessageSchemas = {
  bye: byeSchema,
  media: mediaSchema,
  layout: layoutSchema,
  features: featuresMessageSchema,
  ready: readySchema,
};
