/**
 * Token buckets (LI-4).
 *
 * They live in memory, and still outlast the sleep of a room: a room sleeps only after more than
 * `SLEEP_AFTER_MS` without a frame, and by then every bucket here is full again. A test holds the
 * figures to that.
 */
import { type ClientMessage, LIMITS } from '@rtc-elements/protocol';

/** How fast a bucket fills, and how much it holds. */
export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

/** What was left at a time. */
export interface Bucket {
  readonly tokens: number;
  readonly at: number;
}

/** No runtime puts a room to sleep sooner after its last frame. */
export const SLEEP_AFTER_MS = 10_000;

export const RATES = {
  messages: { perSecond: LIMITS.messagesPerSecond, burst: LIMITS.messageBurst },
  signals: { perSecond: LIMITS.signalsPerSecond, burst: LIMITS.signalBurst },
  faults: { perSecond: LIMITS.faultsPerSecond, burst: LIMITS.faultBurst },
  /** Of one user, over all sessions. */
  userMessages: { perSecond: 2 * LIMITS.messagesPerSecond, burst: 2 * LIMITS.messageBurst },
  searches: { perSecond: LIMITS.searchesPerSecond, burst: LIMITS.searchBurst },
  grants: { perSecond: LIMITS.grantsPerSecond, burst: LIMITS.grantBurst },
  notices: { perSecond: LIMITS.noticesPerSecond, burst: LIMITS.noticeBurst },
  joins: { perSecond: LIMITS.joinsPerSecond, burst: LIMITS.joinBurst },
} as const satisfies Record<string, Rate>;

export type RateName = keyof typeof RATES;

export interface Taken {
  readonly bucket: Bucket;
  /** 0: taken. Otherwise nothing was, and a token is there after so many milliseconds. */
  readonly retryAfterMs: number;
}

/** Takes one token, if there is one. `undefined` is a full bucket. A clock that runs back fills nothing. */
export function take(bucket: Bucket | undefined, rate: Rate, now: number): Taken {
  const elapsedMs = bucket ? Math.max(0, now - bucket.at) : 0;
  const before = bucket ? bucket.tokens + (elapsedMs * rate.perSecond) / 1000 : rate.burst;
  const tokens = Math.min(rate.burst, before);
  if (tokens >= 1) return { bucket: { tokens: tokens - 1, at: now }, retryAfterMs: 0 };
  const retryAfterMs = Math.ceil(((1 - tokens) * 1000) / rate.perSecond);
  return { bucket: { tokens, at: now }, retryAfterMs };
}

/** Whether a bucket can be forgotten, as a new one would hold as much. */
export const isFull = (bucket: Bucket, rate: Rate, now: number): boolean =>
  bucket.tokens + ((now - bucket.at) * rate.perSecond) / 1000 >= rate.burst;

/** What a frame of a member counts as. A heartbeat in other letters wakes the room, so it counts, too. */
export function rateOf({ type }: ClientMessage): RateName | null {
  if (type === 'signal') return 'signals';
  return type === 'hello' || type === 'leave' ? null : 'messages';
}

/** By what its sender knows a refused message again. A signal has no id: its addressee serves. */
export function refOf(message: ClientMessage): string | undefined {
  if ('ref' in message) return message.ref;
  if (message.type === 'chat.send') return message.id;
  return message.type === 'signal' ? message.to : undefined;
}
