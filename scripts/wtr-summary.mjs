/**
 * Ends a web-test-runner run with `N passed, N failed`, and writes both to the file that
 * `TEST_SUMMARY` names, for `scripts/test.mjs`. Each browser's run of a test counts.
 */
import { writeFileSync } from 'node:fs';

export function summaryReporter() {
  return {
    onTestRunFinished({ sessions }) {
      const total = { passed: 0, failed: 0, skipped: 0 };
      for (const session of sessions) count(session, total);
      console.log(`\n${total.passed} passed, ${total.failed} failed`);
      if (process.env.TEST_SUMMARY) writeFileSync(process.env.TEST_SUMMARY, JSON.stringify(total));
    },
  };
}

function count(session, total) {
  const before = total.failed;
  countSuite(session.testResults, total);
  // A file that did not load or finish has no failed test, but is not fine.
  if (!session.passed && total.failed === before) total.failed += 1;
}

function countSuite(suite, total) {
  if (!suite) return;
  for (const test of suite.tests) {
    total[test.skipped ? 'skipped' : test.passed ? 'passed' : 'failed'] += 1;
  }
  for (const inner of suite.suites) countSuite(inner, total);
}
