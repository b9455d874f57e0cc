// How version 1 grows: each end says what it can do beyond the first edition (UN-4).
import { DATA_PURPOSES } from './data.js';
import { LIMITS } from './limits.js';
import { list, text } from './schema.js';

/** The client ignores whatever it does not know in what a room sends (UN-2, UN-5). */
export const IGNORES_UNKNOWN = 'ignore-unknown';

/** The client takes what does not fit one frame in several (PG-1). */
export const TAKES_PAGES = 'pages';

/** The client answers each `mark`, and the room takes the answers (FL-1). */
export const ACKNOWLEDGES = 'ack';

/** The room stores a message only after the one that it comes after, so clients need not wait for acks (CH-10). */
export const KEEPS_ORDER = 'chat-order';

/** The client takes `data`, and the room `data.send` (DA-1). */
export const CARRIES_DATA = 'data';

/** The room keeps what a message tells of a file (CH-11). */
export const TAKES_CHAT_FILES = 'chat-files';

/** The client takes signals with `link`, and the room passes them on (DL-1). */
export const LINKS_DATA = 'data-links';

/** What this version of the client names in `hello.capabilities`. */
export const CLIENT_CAPABILITIES: readonly string[] = [
  IGNORES_UNKNOWN,
  TAKES_PAGES,
  ACKNOWLEDGES,
  CARRIES_DATA,
  LINKS_DATA,
];

/** What this version of the room names in `welcome.features`. Clients send nothing else that is new. */
export const ROOM_FEATURES: readonly string[] = [
  ACKNOWLEDGES,
  KEEPS_ORDER,
  TAKES_CHAT_FILES,
  CARRIES_DATA,
  LINKS_DATA,
];

/** What this version of the client tells each peer that it takes from them. */
export const PEER_FEATURES: readonly string[] = DATA_PURPOSES;

/** A client cuts a longer list of a room; what is in it does not matter. */
export const featuresSchema = list(text(LIMITS.featureLength), LIMITS.features);
