/**
 * The one table of limits, used by both ends of the wire and printed in `docs/protocol.md` (LI).
 *
 * Every figure lies below the smallest limit of the runtimes a room may live on: 1 MiB received
 * messages and 2 KiB connection attachments under `partykit`, 128 KiB stored values everywhere.
 */
export const LIMITS = {
  /** One text frame, in UTF-8 bytes. */
  frameBytes: 65_536,
  /** Nesting of the JSON in a frame; the frame itself is level 1. */
  jsonDepth: 8,
  /** One session description, in characters. */
  sdpLength: 49_152,
  /** One ICE candidate line, in characters. */
  candidateLength: 1_024,
  /** Candidates in one `signal`. */
  candidatesPerSignal: 64,
  /** Media sections named in one `signal`. */
  sourcesPerSignal: 64,
  /** Offers that `hello` may carry (EN-6). */
  helloOffers: 2,
  /** One side of a picture as `layout` tells it, in device pixels (LK-1). */
  layoutPixels: 8_192,
  /** A display name, in code points. */
  nameLength: 64,
  /** Custom presence metadata, in UTF-8 bytes of its JSON. */
  metaBytes: 512,
  /** A chat text, in code points. */
  textLength: 4_000,
  /** Members of one room. */
  members: 100,
  /** Members of one mesh call, unless the client sets another cap. */
  meshMembers: 8,
  /** Sockets of one user in one room. */
  connectionsPerUser: 4,
  /** Chat, presence and typing messages of one session: refill per second, and burst. */
  messagesPerSecond: 20,
  messageBurst: 40,
  /** Signals of one session: refill per second, and burst (a join of a full mesh at once). */
  signalsPerSecond: 100,
  signalBurst: 200,
  /** Refused frames of any kind after which a session is closed with 4429. */
  faultsPerSecond: 10,
  faultBurst: 50,
  /** Joins from one network address, where the address is known. */
  joinsPerSecond: 5,
  joinBurst: 20,
  /** Chat messages kept, and their stored size in bytes; the oldest go first (CH-4). */
  historyMessages: 1_000,
  historyBytes: 4_194_304,
  /** Messages in one page of history, and in `welcome`. */
  pageMessages: 50,
  /** Reactions to one message: different ones, and people for each. */
  reactions: 16,
  reactionUsers: 100,
  /** One reaction, in characters: an emoji of several joined ones is long. */
  reactionLength: 32,
  /** A text to search the history for, in code points. */
  queryLength: 128,
  /** Searches of one session: refill per second, and burst. Each may read the whole history. */
  searchesPerSecond: 1,
  searchBurst: 5,
  /** Messages that the client holds while it cannot send (CH-5). */
  outboxMessages: 200,
  /** Keys of the state of a room, and one value in UTF-8 bytes of its JSON (ST-1). */
  stateKeys: 64,
  stateBytes: 2_048,
  /** Notices to one room: refill per second, and burst (NO-1). */
  noticesPerSecond: 10,
  noticeBurst: 20,
  /** A notice: title and body in code points, data in UTF-8 bytes of its JSON. */
  noticeTitleLength: 128,
  noticeBodyLength: 1_000,
  noticeBytes: 2_048,
  /** Sessions and users that one notice can name. */
  noticeAddressees: 100,
  /** ICE servers asked for anew by one user: refill per second, and burst. */
  grantsPerSecond: 1,
  grantBurst: 5,
  /** Users that are kept out of a room (MO-2); beyond that the oldest ban ends. */
  bans: 256,
  /** People waiting at a locked room (MO-3). */
  waiting: 32,
  /** The request URL at the edge, in characters. */
  urlLength: 4_096,
} as const;

/** Times both ends agree on, in milliseconds. */
export const TIMES = {
  /** A socket that has not said `hello` by then is closed with 4408 (EN-3). */
  helloMs: 10_000,
  /** How long a session can be resumed after its socket broke (EN-5). */
  resumeGraceMs: 30_000,
  /** Client heartbeat, while its page is shown and while it is hidden (PR-3). */
  heartbeatMs: 10_000,
  heartbeatHiddenMs: 25_000,
  /**
   * A session silent for longer is swept (PR-3): gone for everybody in 45 s, of which one is for the
   * alarm to ring, for a room to wake, and for the change to be told.
   */
  silentMs: 44_000,
  /** The same for a session that is `away`: browsers wake a hidden page but once a minute. */
  silentAwayMs: 100_000,
  /** ICE servers that were asked for before any `hello` hold for this long (EN-9). */
  checkGrantMs: 60_000,
  /** Whoever waits at a locked room is turned away after this (MO-3). */
  knockMs: 600_000,
  /** Whoever was put out for flooding may come back after this (LI-4). */
  floodMs: 30_000,
  /** Presence deltas are gathered for this long (PR-2). */
  presenceFlushMs: 50,
  /** Candidates are gathered for this long (SG-2). */
  candidateFlushMs: 20,
  /** Typing is told at most this often, and expires after this (CH-6). */
  typingEveryMs: 3_000,
  typingExpiresMs: 6_000,
} as const;
