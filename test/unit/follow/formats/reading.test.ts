import { expect, test } from 'vitest';
import { chinaInstant } from '../../../../src/domain/time.ts';
import { notOfNow } from '../../../../src/follow/formats/reading.ts';

const NOW = chinaInstant('2026-07-06', '09:40:00');

test.each([
  ['AHEAD', NOW + 86_400_000],
  ['STALE', NOW - 86_400_000],
])('a signal that is %s for a simulated clock says so, and calls no clock wrong', (code, stamp) => {
  const simulated = notOfNow(stamp, { now: NOW, isSimulated: true }, 60_000);
  expect(simulated?.code).toBe(code);
  expect(simulated?.reason).toContain('runs on a simulated clock (--at), which shows 2026-07-06 09:40:00');
  expect(simulated?.reason).not.toMatch(/Correct the clock|clocks is wrong/u);
  const real = notOfNow(stamp, { now: NOW, isSimulated: false }, 60_000);
  expect(real?.code).toBe(code);
  expect(real?.reason).toContain('one of the two clocks is wrong');
  expect(real?.reason).not.toContain('simulated');
});
