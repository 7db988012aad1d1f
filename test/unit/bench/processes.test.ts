import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { residentMbOf } from '../../../bench/processes.ts';

test.runIf(existsSync('/proc/self/status'))('the memory of a process is read, and that of none is nothing', () => {
  expect(residentMbOf(process.pid)).toBeGreaterThan(10);
  expect(residentMbOf(process.pid)).toBeLessThan(100_000);
  expect(residentMbOf(2 ** 30)).toBeNull();
});
