import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyTally, tallied, tallyOf } from '../../../../../src/domain/order/risk/tally.ts';
import type { IntentRow } from '../../../../../src/domain/order/rows.ts';
import { anIntent, DAY } from '../../../engine/orders/rows.ts';

const intents = fc.record({
  state: fc.constantFrom('planned', 'sending', 'accepted', 'not_sent', 'filled', 'rejected'),
  sentAt: fc.option(fc.integer({ min: 1, max: 9 }), { nil: null }),
  cancels: fc.nat(4),
  amount: fc.integer({ min: 1, max: 900 }),
  day: fc.constantFrom(DAY, '2026-07-03'),
});

describe('the tally of a day', () => {
  it('counts what was sent or is about to be, its money and its cancels', () => {
    const sent = anIntent({ clientId: 'a', state: 'filled', sentAt: 1, cancels: 2, amount: 100, price: 10 });
    const planned = anIntent({ clientId: 'b', state: 'planned', sentAt: null, amount: 200, price: 10 });
    const never = anIntent({ clientId: 'c', state: 'not_sent', sentAt: null });
    expect(tallyOf(DAY, [sent, planned, never])).toEqual({ day: DAY, orders: 2, value: 3_000, cancels: 2 });
  });

  it('is the same whether it follows each change or is made of the rows', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(intents, fc.option(intents, { nil: null }))), (changes) => {
        let tally = emptyTally(DAY);
        const last: IntentRow[] = [];
        for (const [first, then] of changes) {
          const before = anIntent(first);
          tally = tallied(tally, null, before);
          const after = then === null ? null : anIntent(then);
          tally = tallied(tally, before, after);
          if (after !== null) last.push(after);
        }
        const made = tallyOf(DAY, last);
        expect({ ...tally, value: Math.round(tally.value) }).toEqual({ ...made, value: Math.round(made.value) });
      }),
    );
  });
});
