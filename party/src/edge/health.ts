/** The sentence of `/health` while rooms cannot write. */
const NOT_WRITABLE =
  'storage cannot be written: rooms store no messages, and new rooms cannot be opened';

/**
 * The answer of `/health`, on every host: 200, or 503 with a sentence for each wrong setting and for storage
 * that fails.
 */
export function answerHealth(problems: readonly string[], canWrite: boolean): Response {
  const all = canWrite ? problems : [...problems, NOT_WRITABLE];
  const isWell = all.length === 0;
  const body = isWell ? { ok: true } : { ok: false, problems: all };
  const headers = { 'access-control-allow-origin': '*', 'cache-control': 'no-store' };
  return Response.json(body, { status: isWell ? 200 : 503, headers });
}
