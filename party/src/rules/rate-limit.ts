/**
 * Token buckets, for how many messages are sent (LI-4) and for what they cost (FL-3).
 *
 * They are kept in memory only, yet sleep loses nothing: a room sleeps after at least `SLEEP_AFTER_MS`
 * without a frame, and by then every bucket is full again. A test checks the rates for that.
 */
import { ADDRESS_LIMITS, type ClientMessage, LIMITS } from '@rtc-elements/protocol';

/** How fast a bucket refills, and how many tokens it holds. */
export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

/** The tokens left at the time `at`. */
export interface Bucket {
  readonly tokens: number;
  readonly at: number;
}

/** The shortest time between a room's last frame and its sleep, in any runtime. */
export const SLEEP_AFTER_MS = 10_000;

export const RATES = {
  messages: { perSecond: LIMITS.messagesPerSecond, burst: LIMITS.messageBurst },
  signals: { perSecond: LIMITS.signalsPerSecond, burst: LIMITS.signalBurst },
  /** In bytes, as the next three. */
  messageBytes: { perSecond: LIMITS.messageBytesPerSecond, burst: LIMITS.messageByteBurst },
  userMessageBytes: {
    perSecond: 2 * LIMITS.messageBytesPerSecond,
    burst: 2 * LIMITS.messageByteBurst,
  },
  signalBytes: { perSecond: LIMITS.signalBytesPerSecond, burst: LIMITS.signalByteBurst },
  faults: { perSecond: LIMITS.faultsPerSecond, burst: LIMITS.faultBurst },
  /** For all sessions of one user together. */
  userMessages: { perSecond: 2 * LIMITS.messagesPerSecond, burst: 2 * LIMITS.messageBurst },
  searches: { perSecond: LIMITS.searchesPerSecond, burst: LIMITS.searchBurst },
  iceServers: { perSecond: LIMITS.iceRequestsPerSecond, burst: LIMITS.iceRequestBurst },
  exports: { perSecond: LIMITS.exportsPerSecond, burst: LIMITS.exportBurst },
  notices: { perSecond: LIMITS.noticesPerSecond, burst: LIMITS.noticeBurst },
  statePuts: { perSecond: LIMITS.statePutsPerSecond, burst: LIMITS.statePutBurst },
  joins: { perSecond: LIMITS.joinsPerSecond, burst: LIMITS.joinBurst },
  knocks: { perSecond: ADDRESS_LIMITS.knocksPerSecond, burst: ADDRESS_LIMITS.knockBurst },
} as const satisfies Record<string, Rate>;

export type RateName = keyof typeof RATES;

export interface Taken {
  readonly bucket: Bucket;
  /** 0 if a token was taken. Otherwise none was, and the next is available after this many ms. */
  readonly retryAfterMs: number;
}

/** Takes one token, if there is one. `undefined` is a full bucket. A clock that runs back refills nothing. */
export function take(bucket: Bucket | undefined, rate: Rate, now: number): Taken {
  const tokens = tokensAt(bucket, rate, now);
  const retryAfterMs = untilOne(bucket, rate, now);
  return { bucket: { tokens: retryAfterMs > 0 ? tokens : tokens - 1, at: now }, retryAfterMs };
}

/** How long until there is a token, in ms; 0 if there is one. */
export function untilOne(bucket: Bucket | undefined, rate: Rate, now: number): number {
  const tokens = tokensAt(bucket, rate, now);
  return tokens >= 1 ? 0 : Math.ceil(((1 - tokens) * 1000) / rate.perSecond);
}

/**
 * Takes `cost` tokens, even if there are fewer: what something costs may be known only afterwards, so what comes next
 * waits. The debt is a burst at most, so that no single answer locks anybody out for longer than two of them take.
 */
export const charge = (
  bucket: Bucket | undefined,
  rate: Rate,
  cost: number,
  now: number,
): Bucket => ({ tokens: Math.max(-rate.burst, tokensAt(bucket, rate, now) - cost), at: now });

function tokensAt(bucket: Bucket | undefined, rate: Rate, now: number): number {
  if (!bucket) return rate.burst;
  const gained = (Math.max(0, now - bucket.at) * rate.perSecond) / 1000;
  return Math.min(rate.burst, bucket.tokens + gained);
}

/** Whether a bucket can be dropped, since a new one would hold as much. */
export const isFull = (bucket: Bucket, rate: Rate, now: number): boolean =>
  bucket.tokens + ((now - bucket.at) * rate.perSecond) / 1000 >= rate.burst;

/** The rate that a member's message counts against. A `ping` that gets here has woken the room, so it counts. */
export function rateOf({ type }: ClientMessage): 'messages' | 'signals' | null {
  if (type === 'signal') return 'signals';
  // A room asks for each `ack` that it takes; any other is a fault, which is counted.
  return type === 'hello' || type === 'leave' || type === 'ack' ? null : 'messages';
}

/** The `ref` of a refusal: the message's own id, or for a signal, which has none, its addressee. */
export function refOf(message: ClientMessage): string | undefined {
  if ('ref' in message) return message.ref;
  if (message.type === 'chat.send') return message.id;
  return message.type === 'signal' ? message.to : undefined;
}
