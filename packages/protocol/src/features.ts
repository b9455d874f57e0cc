// How version 1 grows: each end says what it can do beyond the first edition (UN-4).
import { LIMITS } from './limits.js';
import { list, text } from './schema.js';

/** The client ignores whatever it does not know in what a room sends (UN-2, UN-5). */
export const IGNORES_UNKNOWN = 'ignore-unknown';

/** The client takes what does not fit one frame in several (PG-1). */
export const TAKES_PAGES = 'pages';

/** The client answers each `mark`, and the room takes the answers (FL-1). */
export const ACKNOWLEDGES = 'ack';

/** What this version of the client names in `hello.capabilities`. */
export const CLIENT_CAPABILITIES: readonly string[] = [IGNORES_UNKNOWN, TAKES_PAGES, ACKNOWLEDGES];

/** What this version of the room names in `welcome.features`. Clients send nothing else that is new. */
export const ROOM_FEATURES: readonly string[] = [ACKNOWLEDGES];

/** What this version of the client tells each peer that it takes from them. */
export const PEER_FEATURES: readonly string[] = [];

/** A client cuts a longer list of a room; what is in it does not matter. */
export const featuresSchema = list(text(LIMITS.featureLength), LIMITS.features);
