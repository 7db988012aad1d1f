import { expect, test } from 'vitest';
import { INTENT_STATES } from '../../../../src/domain/order/types.ts';
import { stateText } from '../../../../src/domain/words/order-state.ts';

test('what is cancelled is written one way wherever persons read it', () => {
  expect([stateText('canceled'), stateText('canceled', 100), stateText('canceling')]).toEqual([
    'cancelled',
    'partly filled, cancelled',
    'being cancelled',
  ]);
  expect(INTENT_STATES.map((state) => stateText(state)).filter((text) => /cancel(?!l)/u.test(text))).toEqual([]);
  expect(stateText('filled', 100)).toBe('filled');
});
