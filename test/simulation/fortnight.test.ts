import { expect, it } from 'vitest';
import { walkFortnight, wholeFortnight } from './fortnight/walk-fortnight.ts';

/** All of them: `npm run simulate -- --fortnight`. */
const SAMPLE = [
  '1. before commit calls+cash_moves+settings+sub_bonuses+variables',
  '3. after commit calls+triggers+variables',
  '4. before commit intents+order_changes',
  '5. before book datasync',
  '6. after wire broker.place_order',
  '25. before commit triggers',
];

it(
  'a fortnight on the paper market whose process is killed with -9 at points of its input and output ends as the one that was not',
  { timeout: 240_000 },
  async () => {
    const whole = await wholeFortnight();
    expect([whole.lives, whole.triggers.size, whole.orders.length]).toEqual([1, 49, 12]);
    expect(
      new Set(Array.from(whole.triggers.values(), ({ outcome }) => outcome)).isSubsetOf(new Set(['ran', 'ran_late'])),
    ).toBe(true);
    const walked = await walkFortnight(SAMPLE, whole);
    for (const { kill, struck, violations, folder } of walked)
      expect([kill, struck, violations, violations.length === 0 ? '' : folder]).toEqual([kill, true, [], '']);
  },
);
