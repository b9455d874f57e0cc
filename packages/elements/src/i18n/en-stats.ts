// The English words of the details of each link.
import { enRoom } from './en-room.js';

/** What the details say. */
export const enStats = {
  ...enRoom,
  statsNone: 'Figures come as soon as somebody else is in the call.',
  statsPath: 'Path',
  statsRoundTrip: 'Round trip',
  statsReceived: 'Received',
  statsSent: 'Sent',
  statsPictureIn: 'Picture received',
  statsPictureOut: 'Picture sent',
  statsCodecs: 'Codecs',
  statsLost: '{rate}, {share} lost',
  statsPicture: '{size}, {fps} fps',
  statsUnknown: 'not known',
  statsNoPicture: 'none',
};
