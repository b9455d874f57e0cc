/**
 * Token buckets (LI-4).
 *
 * They are kept in memory only, yet sleep loses nothing: a room sleeps after at least `SLEEP_AFTER_MS`
 * without a frame, and by then every bucket is full again. A test checks the rates for that.
 */
import { type ClientMessage, LIMITS } from '@rtc-elements/protocol';

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
  faults: { perSecond: LIMITS.faultsPerSecond, burst: LIMITS.faultBurst },
  /** For all sessions of one user together. */
  userMessages: { perSecond: 2 * LIMITS.messagesPerSecond, burst: 2 * LIMITS.messageBurst },
  searches: { perSecond: LIMITS.searchesPerSecond, burst: LIMITS.searchBurst },
  iceServers: { perSecond: LIMITS.iceRequestsPerSecond, burst: LIMITS.iceRequestBurst },
  notices: { perSecond: LIMITS.noticesPerSecond, burst: LIMITS.noticeBurst },
  joins: { perSecond: LIMITS.joinsPerSecond, burst: LIMITS.joinBurst },
} as const satisfies Record<string, Rate>;

export type RateName = keyof typeof RATES;

export interface Taken {
  readonly bucket: Bucket;
  /** 0 if a token was taken. Otherwise none was, and the next is available after this many ms. */
  readonly retryAfterMs: number;
}

/** Takes one token, if there is one. `undefined` is a full bucket. A clock that runs back refills nothing. */
export function take(bucket: Bucket | undefined, rate: Rate, now: number): Taken {
  const elapsedMs = bucket ? Math.max(0, now - bucket.at) : 0;
  const before = bucket ? bucket.tokens + (elapsedMs * rate.perSecond) / 1000 : rate.burst;
  const tokens = Math.min(rate.burst, before);
  if (tokens >= 1) return { bucket: { tokens: tokens - 1, at: now }, retryAfterMs: 0 };
  const retryAfterMs = Math.ceil(((1 - tokens) * 1000) / rate.perSecond);
  return { bucket: { tokens, at: now }, retryAfterMs };
}

/** Whether a bucket can be dropped, since a new one would hold as much. */
export const isFull = (bucket: Bucket, rate: Rate, now: number): boolean =>
  bucket.tokens + ((now - bucket.at) * rate.perSecond) / 1000 >= rate.burst;

/** The rate that a member's message counts against. A `ping` that gets here has woken the room, so it counts. */
export function rateOf({ type }: ClientMessage): RateName | null {
  if (type === 'signal') return 'signals';
  return type === 'hello' || type === 'leave' ? null : 'messages';
}

/** The `ref` of a refusal: the message's own id, or for a signal, which has none, its addressee. */
export function refOf(message: ClientMessage): string | undefined {
  if ('ref' in message) return message.ref;
  if (message.type === 'chat.send') return message.id;
  return message.type === 'signal' ? message.to : undefined;
}
