import { expect, test } from 'vitest';
import { chinaInstant } from '../../../../src/domain/time.ts';
import { quoteTime } from '../../../../src/protocol/encode/quote-time.ts';

test('the time of each quote is its own, whatever was asked before', () => {
  const [one, two] = [chinaInstant('2026-07-06', '09:30:03'), chinaInstant('2026-07-06', '09:30:06')];
  expect([one, one, two, null, null, one].map(quoteTime)).toEqual([
    '2026-07-06 09:30:03',
    '2026-07-06 09:30:03',
    '2026-07-06 09:30:06',
    null,
    null,
    '2026-07-06 09:30:03',
  ]);
});
