// How long to wait before the next attempt to reach a room. Pure.

const FIRST_CAP_MS = 1_000;
const CAP_MS = 15_000;
const FLOOR_MS = 500;

/**
 * The delay before retry number `attempt` (1 for the first), ms, for a `random` in [0, 1).
 *
 * Full jitter: when a room restarts, everybody loses the connection at the same instant, so even the
 * first retry is spread over a full second. Later retries are spread over a range that doubles up to
 * 15 s, with at least 500 ms between attempts.
 */
export function retryDelay(attempt: number, random: number): number {
  if (attempt <= 1) return random * FIRST_CAP_MS;
  const cap = Math.min(CAP_MS, FIRST_CAP_MS * 2 ** (attempt - 1));
  return FLOOR_MS + random * (cap - FLOOR_MS);
}
