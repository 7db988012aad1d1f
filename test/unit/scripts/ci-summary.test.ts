import { expect, test } from 'vitest';
import { summary } from '../../../scripts/ci-summary.ts';

const GOOD = { success: true, numPassedTests: 12, numFailedTests: 0, numFailedTestSuites: 0 };

test.each([
  [GOOD, 0, '12 passed, 0 failed'],
  [{ ...GOOD, success: false, numFailedTests: 2, numFailedTestSuites: 3 }, 1, '12 passed, 2 failed'],
  [{ ...GOOD, success: false, numFailedTestSuites: 1 }, 1, '12 passed, 1 failed'],
  [{ ...GOOD, success: false }, 0, '12 passed, 1 failed'],
  [GOOD, 1, '12 passed, 1 failed'],
  [null, 2, '0 passed, 1 failed'],
  [null, 0, '0 passed, 1 failed'],
])('%j with exit code %i is %s', (results, exitCode, text) => {
  expect(summary(results, exitCode)).toBe(text);
});
