/**
 * The limits of the protocol, which both ends use and `docs/protocol.md` lists (LI): `LIMITS` of the package. One
 * constant each, so that a bundle has those that it uses.
 *
 * Every figure is below the smallest limit of the runtimes that a room can run on: under `partykit`,
 * 1 MiB for a received message and 2 KiB for a connection's attachment; everywhere, 128 KiB for a stored
 * value.
 */
/** One text frame, in UTF-8 bytes. */
export const frameBytes = 65_536;
/** The nesting of the JSON in a frame, where the frame itself is level 1. */
export const jsonDepth = 8;
/** One session description, in characters. */
export const sdpLength = 49_152;
/** One ICE candidate line, in characters. */
export const candidateLength = 1_024;
/** Candidates in one `signal`. */
export const candidatesPerSignal = 64;
/** Media sections named in one `signal`. */
export const sourcesPerSignal = 64;
/** Early offers in one `hello` (EN-6). */
export const helloOffers = 2;
/** The width or height in a `layout`, in device pixels (LK-1). */
export const layoutPixels = 8_192;
/** A display name, in code points. */
export const nameLength = 64;
/** Custom presence metadata, as JSON in UTF-8 bytes. */
export const metaBytes = 512;
/** A chat message, in code points. */
export const textLength = 4_000;
/** The name of a file in a chat message, in code points (CH-11). */
export const fileNameLength = 255;
/** Members of one room. */
export const members = 100;
/** Members of one mesh call, unless the client sets another limit. */
export const meshMembers = 8;
/** Sockets of one user in one room. */
export const connectionsPerUser = 4;
/** Messages of one session except signals: refill per second, and burst. One user has twice as much. */
export const messagesPerSecond = 20;
export const messageBurst = 40;
/** Signals of one session: refill per second, and burst (enough to join a full mesh at once). */
export const signalsPerSecond = 100;
export const signalBurst = 200;
/**
 * What the messages of one session may cost, and its signals, in bytes: refill per second, and burst. The messages
 * of one user may cost twice as much (FL-3).
 */
export const messageBytesPerSecond = 65_536;
export const messageByteBurst = 262_144;
export const signalBytesPerSecond = 131_072;
export const signalByteBurst = 524_288;
/** How much a room sends between two marks, and to a client that has not acknowledged it, in bytes (FL-1). */
export const markBytes = 262_144;
export const unacknowledgedBytes = 1_048_576;
/** Frames of one socket that wait until the room has handled those before, and their bytes (FL-4). */
export const waitingFrames = 512;
export const waitingFrameBytes = 1_048_576;
/** Refused frames of one socket: refill per second, and burst. Beyond that it is closed with 4429. */
export const faultsPerSecond = 10;
export const faultBurst = 50;
/** Joins from one network address, if it is known: refill per second, and burst. */
export const joinsPerSecond = 5;
export const joinBurst = 20;
/** Chat messages kept, and their size in bytes. The oldest are dropped first (CH-4). */
export const historyMessages = 1_000;
export const historyBytes = 4_194_304;
/**
 * Messages in one page of history, and in `welcome`; and their size as JSON in UTF-8 bytes, unless one alone is
 * larger (CH-2). With the rest of a `welcome` they fit a frame.
 */
export const pageMessages = 50;
export const pageBytes = 32_768;
/** Reactions to one message: different emoji, and users for each. */
export const reactions = 16;
export const reactionUsers = 100;
/** All reactions to one message, as JSON in UTF-8 bytes, so that the message fits a frame (CH-8). */
export const reactionBytes = 32_768;
/** One reaction, in UTF-16 code units: an emoji joined from several is long. */
export const reactionLength = 32;
/** The text of a search, in code points. */
export const queryLength = 128;
/** Searches of one user: refill per second, and burst. Each may read the whole history. */
export const searchesPerSecond = 1;
export const searchBurst = 5;
/** Searches that wait in one room, which carries them out one at a time (FL-4). */
export const waitingSearches = 16;
/** Messages that a client holds while it cannot send (CH-5). */
export const outboxMessages = 200;
/** Keys of a room's shared state, and one value as JSON in UTF-8 bytes (ST-1). */
export const stateKeys = 64;
export const stateBytes = 2_048;
/** Ephemeral values of one person: names, one value and one message as JSON in UTF-8 bytes, messages (EV). */
export const valueNames = 16;
export const valueBytes = 1_024;
export const valuesBytes = 4_096;
export const valuesPerSecond = 30;
/** Messages that wait to be stored, and changes of the state (FL-4). */
export const waitingWrites = 512;
/** Changes of the roster that wait to be sent together (FL-4). */
export const gatheredChanges = 1_024;
/** Notices to one room: refill per second, and burst (NO-1). */
export const noticesPerSecond = 10;
export const noticeBurst = 20;
/** Changes of one room's shared state over HTTP: refill per second, and burst (ST-2). */
export const statePutsPerSecond = 10;
export const statePutBurst = 20;
/** Exports of one room's chat: refill per second, and burst. */
export const exportsPerSecond = 1;
export const exportBurst = 5;
/** A notice: title and body in code points, data as JSON in UTF-8 bytes. */
export const noticeTitleLength = 128;
export const noticeBodyLength = 1_000;
export const noticeBytes = 2_048;
/** Sessions and users that one notice can name. */
export const noticeAddressees = 100;
/** The ICE servers of a deployment, as JSON in UTF-8 bytes: they travel in `welcome`. */
export const iceServersBytes = 8_192;
/** Requests of one user for ICE servers: refill per second, and burst. */
export const iceRequestsPerSecond = 1;
export const iceRequestBurst = 5;
/** Bans in one room (MO-2). Beyond that the oldest ends. */
export const bans = 256;
/** Changes in one `presence`, so that it fits a frame however long the names are (PR-2). */
export const presenceChanges = 48;
/** Join requests in the waiting room of a locked room (MO-3). */
export const waiting = 32;
/** Capabilities in `hello`, features in `welcome` or of a peer, and the name of one (UN-4). */
export const capabilities = 16;
export const features = 64;
export const featureLength = 32;
/** The sessions that one message of data through the room can be for, and its base64, in characters (DA-1). */
export const dataRecipients = 100;
export const dataLength = 49_152;
/** The URL of a request at the edge, in characters. */
export const urlLength = 4_096;
