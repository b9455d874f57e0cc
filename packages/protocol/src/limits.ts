/** How much and how long: the figures that both ends use. */
export * as LIMITS from './limit-values.js';

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
