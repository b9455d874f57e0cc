/** A reporter of Node's test runner: says `{"passed":n,"failed":n,"skipped":n}` when all is over. */
export default async function* summarize(events) {
  for await (const { type, data } of events) {
    // Each file tells its own summary too; the one without a file is the whole.
    if (type !== 'test:summary' || data.file !== undefined) continue;
    const { passed, failed, cancelled, skipped, todo } = data.counts;
    yield JSON.stringify({ passed, failed: failed + cancelled, skipped: skipped + todo });
  }
}
