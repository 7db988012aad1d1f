import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MOST_ORDERS, planOrder, type Plan } from '../../../src/domain/order/plan.ts';
import { project } from '../../../src/domain/order/projection.ts';
import type { AccountView, OrderRequest } from '../../../src/domain/order/types.ts';
import { gapKind } from '../../../src/domain/order/plausible-worth.ts';
import { wholePositions } from '../../../src/engine/account/whole-account.ts';
import { decodeAccount, decodePositions } from '../../../src/protocol/decode/account.ts';
import type { JsonObject } from '../../../src/protocol/json.ts';
import { aQuote, aRequest } from '../../unit/domain/order/builders.ts';

const SECURITY = '000001.XSHE';
const PRICES = { buyPercent: 0.015, sellPercent: -0.015, continuous: true };

/** An account that can be true, with 1,000 shares at 10. */
const ACCOUNT = { available_cash: 100_000, frozen_cash: 0, market_value: 10_000, total_value: 110_000 };
const HELD = { security: SECURITY, amount: 1_000, closeable_amount: 1_000, last_price: 10, market_value: 10_000 };

const absurd = fc.oneof(
  fc.constantFrom<unknown>(
    1e308,
    -1e308,
    '9'.repeat(400),
    Number.NaN,
    Infinity,
    null,
    0,
    -1,
    999_999_999_999_999,
    1e12,
  ),
  fc.integer({ min: -(2 ** 52), max: 2 ** 52 }),
  fc.double(),
  fc.integer({ min: 0, max: 2_000_000 }),
  fc.integer({ min: 900, max: 1_100 }),
);
const changed = (row: JsonObject): fc.Arbitrary<JsonObject> =>
  fc
    .uniqueArray(fc.constantFrom(...Object.keys(row).filter((key) => key !== 'security')), { maxLength: 2 })
    .chain((keys) => fc.record(Object.fromEntries(keys.map((key) => [key, absurd]))))
    .map((lies) => ({ ...row, ...lies }));

const request: fc.Arbitrary<OrderRequest> = fc
  .record({
    kind: fc.constantFrom('amount', 'target', 'value', 'target_value'),
    quantity: fc.oneof(fc.integer({ min: -3_000, max: 30_000 }), fc.double({ noNaN: true })),
  })
  .map((change) => aRequest(change));

/** What a strategy would be shown of these answers; null = they are not believed. */
function shown(account: JsonObject, rows: readonly JsonObject[]): AccountView | null {
  try {
    const told = decodeAccount(account);
    const { positions, gap } = wholePositions(told, decodePositions(rows));
    if (gap !== null && gapKind(gap, positions, null) === 'absurd') return null;
    return project({
      base: { account: told, positions, requestedAt: 0, working: [], foreignHold: 0 },
      fills: [],
      working: [],
      found: [],
      prices: new Map(),
      owned: null,
      heldSince: new Map(),
      boughtToday: new Map(),
      day: '2026-07-06',
      startingCash: 1,
      version: 1,
    });
  } catch {
    return null;
  }
}

function plan(asked: OrderRequest, account: AccountView): Plan {
  return planOrder(asked, { account, quote: aQuote(), day: '2026-07-06', openBuy: 0, openSell: 0, prices: PRICES });
}

describe('no figure of an account makes a plan larger than the account', () => {
  it('whatever is told, and whatever is asked for', () => {
    const seen = { refused: 0, sent: 0, unbelieved: 0 };
    fc.assert(
      fc.property(changed(ACCOUNT), fc.array(changed(HELD), { maxLength: 2 }), request, (account, rows, asked) => {
        const view = shown(account, rows);
        if (view === null) {
          seen.unbelieved += 1;
          return;
        }
        const planned = plan(asked, view);
        seen[planned.kind === 'send' ? 'sent' : 'refused'] += 1;
        if (planned.kind === 'refused') return;
        const sum = (of: 'shares' | 'money'): number =>
          planned.orders.reduce((total, { amount, price }) => total + (of === 'money' ? amount * price : amount), 0);
        expect(planned.orders.length).toBeLessThanOrEqual(MOST_ORDERS);
        expect(planned.orders.every(({ amount }) => Number.isSafeInteger(amount) && amount > 0)).toBe(true);
        const whole = Number(account['total_value']) * 1.02 + 10;
        if (planned.orders[0]?.side === 'buy') {
          expect(sum('money')).toBeLessThanOrEqual(Math.min(view.availableCash, whole));
        } else {
          const held = rows.reduce((total, row) => total + Number(row['amount']), 0);
          expect(sum('shares')).toBeLessThanOrEqual(held);
        }
      }),
      { numRuns: 3_000, seed: 9 },
    );
    // Each way is taken often enough to mean something.
    expect(Math.min(...Object.values(seen)), JSON.stringify(seen)).toBeGreaterThan(100);
  });

  it('a plan of more orders than it may have is refused with both numbers, however many they would be', () => {
    const position = { security: SECURITY, name: null, lockedAmount: 0, todayAmount: 0, avgCost: 9, price: 10 };
    for (const amount of [100_000_001, 1e12, Number.MAX_SAFE_INTEGER]) {
      const held = { ...position, amount, closeableAmount: amount, value: null, initTime: null, transactTime: null };
      const account = { ...shown(ACCOUNT, [HELD]), positions: [held] } as AccountView;
      const planned = plan(aRequest({ quantity: -amount }), account);
      expect(planned).toMatchObject({
        kind: 'refused',
        reason: expect.stringMatching(
          new RegExp(`: ${amount} would be \\d+ orders of at most 1000000; one order becomes at most 100\\. Check`),
        ) as string,
      });
    }
  });
});
