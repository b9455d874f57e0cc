/**
 * Ends a web-test-runner run with `N passed, N failed`, and writes both, and the names of what failed, to
 * the file that `TEST_SUMMARY` names, for `scripts/test.mjs`. Each browser's run of a test counts.
 */
import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';

export function summaryReporter() {
  return {
    onTestRunFinished({ sessions }) {
      const total = { passed: 0, failed: 0, skipped: 0, failures: [] };
      for (const session of sessions) count(session, total);
      console.log(`\n${total.passed} passed, ${total.failed} failed`);
      if (process.env.TEST_SUMMARY) writeFileSync(process.env.TEST_SUMMARY, JSON.stringify(total));
    },
  };
}

function count(session, total) {
  const place = `${session.browser.name}, ${relative('.', session.testFile)}`;
  const before = total.failed;
  countSuite(session.testResults, total, place);
  // A file that did not load or finish has no failed test, but is not fine.
  if (session.passed || total.failed > before) return;
  total.failed += 1;
  total.failures.push(`${place}: did not load or finish`);
}

function countSuite(suite, total, place) {
  if (!suite) return;
  for (const test of suite.tests) {
    total[test.skipped ? 'skipped' : test.passed ? 'passed' : 'failed'] += 1;
    if (!test.skipped && !test.passed) total.failures.push(`${place}: ${test.name}`);
  }
  for (const inner of suite.suites) countSuite(inner, total, place);
}
