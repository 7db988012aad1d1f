import { expect, test } from 'vitest';
import { orderStateText, percentText } from '../../../../src/cli/look/status-words.ts';
import { anOrder } from '../../report/a-status.ts';

test('bt orders says of a cancelled order what the report says of it', () => {
  const text = (change: Parameters<typeof anOrder>[0]): string => orderStateText(anOrder(change));
  expect([text({ state: 'canceled', filled: 0 }), text({ state: 'canceled', filled: 40 })]).toEqual([
    'cancelled',
    'partly filled, cancelled',
  ]);
  expect(text({ state: 'canceling', filled: 0, unknown: true })).toBe('being cancelled (fate unknown)');
});

test('a percentage that rounds to zero has no sign, and what is not known is no zero', () => {
  expect([-0.001, 0.001, -0.25, null].map((value) => percentText(value))).toEqual(['0.00 %', '0.00 %', '-0.25 %', '-']);
});
