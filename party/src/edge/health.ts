/** The answer of `/health`, on every host: 200, or 503 with a sentence for each wrong setting. */
export function answerHealth(problems: readonly string[]): Response {
  const isWell = problems.length === 0;
  const body = isWell ? { ok: true } : { ok: false, problems };
  const headers = { 'access-control-allow-origin': '*', 'cache-control': 'no-store' };
  return Response.json(body, { status: isWell ? 200 : 503, headers });
}
