// English texts of the connection details.
import { enRoom } from './en-room.js';

/** Texts of the connection details. */
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
