// How long to wait before the next try to reach a room. Pure.

const FIRST_CAP_MS = 1_000;
const CAP_MS = 15_000;
const FLOOR_MS = 500;

/**
 * The wait before retry number `attempt` (1 for the first), given a `random` from [0, 1).
 *
 * Full jitter: everybody in a room loses the connection in the same instant when it restarts, so
 * even the first retry is spread over a whole second. Later ones spread over a span that doubles
 * up to 15 s and never come close after one another.
 */
export function retryDelay(attempt: number, random: number): number {
  if (attempt <= 1) return random * FIRST_CAP_MS;
  const cap = Math.min(CAP_MS, FIRST_CAP_MS * 2 ** (attempt - 1));
  return FLOOR_MS + random * (cap - FLOOR_MS);
}
