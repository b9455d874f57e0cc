/**
 * The limits of the protocol, which both ends use and `docs/protocol.md` lists (LI).
 *
 * Every figure is below the smallest limit of the runtimes that a room can run on: under `partykit`,
 * 1 MiB for a received message and 2 KiB for a connection's attachment; everywhere, 128 KiB for a stored
 * value.
 */
export const LIMITS = {
  /** One text frame, in UTF-8 bytes. */
  frameBytes: 65_536,
  /** The nesting of the JSON in a frame, where the frame itself is level 1. */
  jsonDepth: 8,
  /** One session description, in characters. */
  sdpLength: 49_152,
  /** One ICE candidate line, in characters. */
  candidateLength: 1_024,
  /** Candidates in one `signal`. */
  candidatesPerSignal: 64,
  /** Media sections named in one `signal`. */
  sourcesPerSignal: 64,
  /** Early offers in one `hello` (EN-6). */
  helloOffers: 2,
  /** The width or height in a `layout`, in device pixels (LK-1). */
  layoutPixels: 8_192,
  /** A display name, in code points. */
  nameLength: 64,
  /** Custom presence metadata, as JSON in UTF-8 bytes. */
  metaBytes: 512,
  /** A chat message, in code points. */
  textLength: 4_000,
  /** The name of a file in a chat message, in code points (CH-11). */
  fileNameLength: 255,
  /** Members of one room. */
  members: 100,
  /** Members of one mesh call, unless the client sets another limit. */
  meshMembers: 8,
  /** Sockets of one user in one room. */
  connectionsPerUser: 4,
  /** Messages of one session except signals: refill per second, and burst. One user has twice as much. */
  messagesPerSecond: 20,
  messageBurst: 40,
  /** Signals of one session: refill per second, and burst (enough to join a full mesh at once). */
  signalsPerSecond: 100,
  signalBurst: 200,
  /**
   * What the messages of one session may cost, and its signals, in bytes: refill per second, and burst. The messages
   * of one user may cost twice as much (FL-3).
   */
  messageBytesPerSecond: 65_536,
  messageByteBurst: 262_144,
  signalBytesPerSecond: 131_072,
  signalByteBurst: 524_288,
  /** How much a room sends between two marks, and to a client that has not acknowledged it, in bytes (FL-1). */
  markBytes: 262_144,
  unacknowledgedBytes: 1_048_576,
  /** Frames of one socket that wait until the room has handled those before, and their bytes (FL-4). */
  waitingFrames: 512,
  waitingFrameBytes: 1_048_576,
  /** Refused frames of one socket: refill per second, and burst. Beyond that it is closed with 4429. */
  faultsPerSecond: 10,
  faultBurst: 50,
  /** Joins from one network address, if it is known: refill per second, and burst. */
  joinsPerSecond: 5,
  joinBurst: 20,
  /** Chat messages kept, and their size in bytes. The oldest are dropped first (CH-4). */
  historyMessages: 1_000,
  historyBytes: 4_194_304,
  /**
   * Messages in one page of history, and in `welcome`; and their size as JSON in UTF-8 bytes, unless one alone is
   * larger (CH-2). With the rest of a `welcome` they fit a frame.
   */
  pageMessages: 50,
  pageBytes: 32_768,
  /** Reactions to one message: different emoji, and users for each. */
  reactions: 16,
  reactionUsers: 100,
  /** All reactions to one message, as JSON in UTF-8 bytes, so that the message fits a frame (CH-8). */
  reactionBytes: 32_768,
  /** One reaction, in UTF-16 code units: an emoji joined from several is long. */
  reactionLength: 32,
  /** The text of a search, in code points. */
  queryLength: 128,
  /** Searches of one user: refill per second, and burst. Each may read the whole history. */
  searchesPerSecond: 1,
  searchBurst: 5,
  /** Searches that wait in one room, which carries them out one at a time (FL-4). */
  waitingSearches: 16,
  /** Messages that a client holds while it cannot send (CH-5). */
  outboxMessages: 200,
  /** Keys of a room's shared state, and one value as JSON in UTF-8 bytes (ST-1). */
  stateKeys: 64,
  stateBytes: 2_048,
  /** Ephemeral values of one person: names, one value and one message as JSON in UTF-8 bytes, messages (EV). */
  valueNames: 16,
  valueBytes: 1_024,
  valuesBytes: 4_096,
  valuesPerSecond: 30,
  /** Messages that wait to be stored, and changes of the state (FL-4). */
  waitingWrites: 512,
  /** Changes of the roster that wait to be sent together (FL-4). */
  gatheredChanges: 1_024,
  /** Notices to one room: refill per second, and burst (NO-1). */
  noticesPerSecond: 10,
  noticeBurst: 20,
  /** Changes of one room's shared state over HTTP: refill per second, and burst (ST-2). */
  statePutsPerSecond: 10,
  statePutBurst: 20,
  /** Exports of one room's chat: refill per second, and burst. */
  exportsPerSecond: 1,
  exportBurst: 5,
  /** A notice: title and body in code points, data as JSON in UTF-8 bytes. */
  noticeTitleLength: 128,
  noticeBodyLength: 1_000,
  noticeBytes: 2_048,
  /** Sessions and users that one notice can name. */
  noticeAddressees: 100,
  /** The ICE servers of a deployment, as JSON in UTF-8 bytes: they travel in `welcome`. */
  iceServersBytes: 8_192,
  /** Requests of one user for ICE servers: refill per second, and burst. */
  iceRequestsPerSecond: 1,
  iceRequestBurst: 5,
  /** Bans in one room (MO-2). Beyond that the oldest ends. */
  bans: 256,
  /** Changes in one `presence`, so that it fits a frame however long the names are (PR-2). */
  presenceChanges: 48,
  /** Join requests in the waiting room of a locked room (MO-3). */
  waiting: 32,
  /** Capabilities in `hello`, features in `welcome` or of a peer, and the name of one (UN-4). */
  capabilities: 16,
  features: 64,
  featureLength: 32,
  /** The sessions that one message of data through the room can be for, and its base64, in characters (DA-1). */
  dataRecipients: 100,
  dataLength: 49_152,
  /** The URL of a request at the edge, in characters. */
  urlLength: 4_096,
} as const;

/** The times that both ends use, in milliseconds. */
export const TIMES = {
  /** A socket without `hello` after this is closed with 4408 (EN-3). */
  helloMs: 10_000,
  /** How long a session can be resumed after its socket broke (EN-5). */
  resumeGraceMs: 30_000,
  /** The interval of a client's heartbeat, while its page is visible and while it is hidden (PR-3). */
  heartbeatMs: 10_000,
  heartbeatHiddenMs: 25_000,
  /**
   * A session that is silent for longer is removed (PR-3). Everybody knows within 45 s: the last second
   * is for the alarm to fire, the room to wake and the change to be sent.
   */
  silentMs: 44_000,
  /** The same for a session that is `away`, as browsers may wake a hidden page only once a minute. */
  silentAwayMs: 100_000,
  /** How long ICE credentials are valid that were issued before any `hello` (EN-9). */
  checkCredentialsMs: 60_000,
  /** A join request that no host has answered is denied after this (MO-3). */
  knockMs: 600_000,
  /** A user may come back this long after flooding: well before the session's grace is over (LI-4). */
  floodMs: 10_000,
  /** A host of a room without tokens who is back within this is host again (MO-1). */
  hostReturnMs: 60_000,
  /** Whoever finds a room that cannot be opened may come back after this (EN-4). */
  unavailableMs: 5_000,
  /** What could not be stored may be sent again after this (CH-1). */
  storeRetryMs: 2_000,
  /** A message whose predecessor is missing may be sent again after this (CH-10). */
  orderRetryMs: 250,
  /** How long the body of a request over HTTP may take to arrive. */
  bodyMs: 10_000,
  /** Presence changes are gathered for this long (PR-2). */
  presenceFlushMs: 50,
  /** Candidates are gathered for this long (SG-2). */
  candidateFlushMs: 20,
  /** How often typing is sent at most, and when it expires (CH-6). */
  typingEveryMs: 3_000,
  typingExpiresMs: 6_000,
} as const;
