/** A reporter of Node's test runner: says `{"passed":n,"failed":n,"skipped":n,"failures":[name]}` when all is over. */
import { relative } from 'node:path';

export default async function* summarize(events) {
  const failures = [];
  for await (const { type, data } of events) {
    // A suite fails when a test of it does, which is told already.
    if (type === 'test:fail' && data.details?.error?.failureType !== 'subtestsFailed') {
      failures.push(`${data.file ? relative('.', data.file) : '?'}: ${data.name}`);
    }
    // Each file tells its own summary too; the one without a file is the whole.
    if (type !== 'test:summary' || data.file !== undefined) continue;
    const { passed, failed, cancelled, skipped, todo } = data.counts;
    yield JSON.stringify({
      passed,
      failed: failed + cancelled,
      skipped: skipped + todo,
      failures,
    });
  }
}
