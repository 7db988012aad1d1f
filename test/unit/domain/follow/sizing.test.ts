import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sizeSignal, type SizeInputs, type Sized } from '../../../../src/domain/follow/sizing.ts';
import { isValidAmount, lotRule, roundBuyAmount } from '../../../../src/domain/market/lot.ts';
import { aSignal, pictureOf, rulesOf } from './rules.ts';

function inputs(change: Partial<SizeInputs> = {}): SizeInputs {
  return {
    rules: rulesOf(),
    signal: aSignal(),
    origin: 'source',
    picture: null,
    price: 10,
    held: 0,
    closeable: 0,
    totalValue: 100_000,
    collected: 0,
    netted: 0,
    spentToday: 0,
    ...change,
  };
}

const sell = (amount: number, more: Parameters<typeof aSignal>[0] = {}) => aSignal({ side: 'sell', amount, ...more });
const wanted = (sized: Sized): number | string => (sized.kind === 'order' ? sized.wanted : sized.kind);

describe('a buy', () => {
  test.each([
    ['000001.XSHE', 300, 1, 300],
    ['000001.XSHE', 300, 0.5, 100],
    ['000001.XSHE', 1_000, 0.29, 200],
    ['688001.XSHG', 430, 0.5, 215],
    ['113001.XSHG', 50, 0.5, 20],
    ['510300.XSHG', 300, 0.9, 200],
  ])('of %s, %i shares times %d, is %i in its lots', (security, amount, ratio, shares) => {
    expect(wanted(sizeSignal(inputs({ rules: rulesOf({ ratio }), signal: aSignal({ security, amount }) })))).toBe(
      shares,
    );
  });

  test('below one lot is left out, made one lot once, or kept for the next one', () => {
    const small = { signal: aSignal({ amount: 100 }) };
    const by = (smallLots: 'skip' | 'roundUp' | 'collect'): SizeInputs['rules'] => rulesOf({ ratio: 0.4, smallLots });
    expect(sizeSignal(inputs({ ...small, rules: by('skip') }))).toMatchObject({ kind: 'refused', code: 'BELOW_LOT' });
    expect(sizeSignal(inputs({ ...small, rules: by('roundUp') }))).toMatchObject({ kind: 'order', wanted: 100 });
    expect(sizeSignal(inputs({ ...small, rules: by('roundUp'), held: 100 }))).toMatchObject({ kind: 'refused' });
    expect(sizeSignal(inputs({ ...small, rules: by('collect') }))).toMatchObject({ kind: 'nothing', carry: 40 });
    const collected = sizeSignal(inputs({ ...small, rules: by('collect'), collected: 80 }));
    expect(collected).toMatchObject({ kind: 'order', wanted: 100, carry: -60 });
  });

  test('keeps to its limits of value, and says what they took', () => {
    const rules = rulesOf({ maxOrderValue: 2_500, maxDayValue: 10_000 });
    const cut = sizeSignal(inputs({ rules, signal: aSignal({ amount: 500 }) }));
    expect(cut).toMatchObject({ kind: 'order', asked: 500, wanted: 200 });
    expect(cut.kind === 'order' ? cut.notes.join() : '').toContain('maxOrderValue');
    expect(sizeSignal(inputs({ rules, spentToday: 9_500 }))).toMatchObject({ kind: 'refused', code: 'MAX_VALUE' });
  });

  test('of a fixed value, and by weight', () => {
    expect(wanted(sizeSignal(inputs({ rules: rulesOf({ mode: 'fixed', fixedValue: 5_000 }) })))).toBe(500);
    const rules = rulesOf({ mode: 'mirror' });
    const picture = pictureOf({ '000001.XSHE': 2_000 });
    expect(wanted(sizeSignal(inputs({ rules, picture, totalValue: 50_000 })))).toBe(1_000);
    expect(wanted(sizeSignal(inputs({ rules, picture, totalValue: 50_000, held: 600 })))).toBe(400);
    expect(wanted(sizeSignal(inputs({ rules, picture, held: 3_000 })))).toBe('nothing');
    expect(sizeSignal(inputs({ rules }))).toMatchObject({ kind: 'refused', code: 'NO_PICTURE' });
  });
});

describe('a sell', () => {
  test('takes the odd tail along when the source sells all it has', () => {
    const held = { held: 250, closeable: 250 };
    expect(wanted(sizeSignal(inputs({ ...held, signal: sell(200, { isClosing: true }) })))).toBe(250);
    const picture = pictureOf({});
    expect(wanted(sizeSignal(inputs({ ...held, signal: sell(200), picture })))).toBe(250);
    expect(wanted(sizeSignal(inputs({ ...held, signal: sell(200) })))).toBe(200);
    const rules = rulesOf({ oddLots: false });
    expect(wanted(sizeSignal(inputs({ ...held, rules, signal: sell(250, { isClosing: true }) })))).toBe(200);
  });

  test('is at most what can be sold, and says the difference', () => {
    const sized = sizeSignal(inputs({ held: 1_000, closeable: 300, signal: sell(800) }));
    expect(sized).toMatchObject({ kind: 'order', asked: 800, wanted: 300 });
    expect(sizeSignal(inputs({ held: 1_000, closeable: 0, signal: sell(800) }))).toMatchObject({
      code: 'NOT_CLOSEABLE',
    });
    expect(sizeSignal(inputs({ signal: sell(800) }))).toMatchObject({ code: 'NOT_HELD' });
  });

  test('of a fixed value sells the part that the source sells', () => {
    const rules = rulesOf({ mode: 'fixed', fixedValue: 5_000 });
    const picture = pictureOf({ '000001.XSHE': 3_000 });
    expect(wanted(sizeSignal(inputs({ rules, picture, held: 800, closeable: 800, signal: sell(1_000) })))).toBe(200);
  });
});

test('a sell of more than is held says so, and speaks of lots only where lots cut it', () => {
  const sold = (held: number, rules = rulesOf()): unknown => {
    const signal = aSignal({ side: 'sell', amount: 1_000, isClosing: null });
    return sizeSignal(inputs({ rules, signal, held, closeable: held }));
  };
  const all = '1000 became 300, which is all that is held';
  expect(sold(300)).toMatchObject({ kind: 'order', wanted: 300, notes: [all] });
  const notes = ['1000 became 350, which is all that is held', '350 became 300 in whole lots'];
  expect(sold(350, rulesOf({ oddLots: false }))).toMatchObject({ kind: 'order', wanted: 300, notes });
  expect(sold(1_000)).toMatchObject({ kind: 'order', wanted: 1_000, notes: [] });
});

test('whatever comes, what is wanted can be ordered, is within limits and holdings, and no more than asked', () => {
  const security = fc.constantFrom('000001.XSHE', '688001.XSHG', '113001.XSHG', '510300.XSHG', '830799.BJ');
  fc.assert(
    fc.property(
      security,
      fc.constantFrom('buy' as const, 'sell' as const),
      fc.integer({ min: 1, max: 100_000 }),
      fc.double({ min: 0.01, max: 3, noNaN: true }),
      fc.record({
        held: fc.nat(5_000),
        sold: fc.nat(5_000),
        collected: fc.double({ min: -100, max: 100, noNaN: true }),
      }),
      fc.constantFrom('skip' as const, 'roundUp' as const, 'collect' as const),
      fc.record({ maxOrderValue: fc.option(fc.integer({ min: 1, max: 100_000 })), oddLots: fc.boolean() }),
      fc.option(fc.boolean()),
      (code, side, amount, ratio, { held, sold, collected }, smallLots, limits, isClosing) => {
        const closeable = Math.max(0, held - sold);
        const rules = rulesOf({ ratio, smallLots, ...limits });
        const signal = aSignal({ security: code, side, amount, isClosing });
        const sized = sizeSignal(inputs({ rules, signal, held, closeable, collected }));
        if (sized.kind !== 'order') return;
        expect(sized.wanted).toBeGreaterThan(0);
        expect(sized.wanted).toBeLessThanOrEqual(sized.asked);
        if (side === 'sell') expect(sized.wanted).toBeLessThanOrEqual(closeable);
        const pieces = Math.min(sized.wanted, lotRule(code).maxLimit);
        if (sized.wanted === pieces) expect(isValidAmount(code, side, pieces, closeable)).toBe(true);
        if (side === 'buy') {
          expect(roundBuyAmount(code, sized.wanted)).toBe(sized.wanted);
          if (rules.maxOrderValue !== null) expect(sized.wanted * 10).toBeLessThanOrEqual(rules.maxOrderValue);
        }
      },
    ),
    { numRuns: 500 },
  );
});

test('what is collected is neither lost nor made', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 400 }), { maxLength: 40 }), (amounts) => {
      const rules = rulesOf({ ratio: 0.37, smallLots: 'collect' });
      let [carry, bought, exact] = [0, 0, 0];
      for (const amount of amounts) {
        const sized = sizeSignal(inputs({ rules, signal: aSignal({ amount }), collected: carry }));
        exact += amount * 0.37;
        if (sized.kind === 'refused') throw new Error('nothing of it is refused');
        carry += sized.carry;
        if (sized.kind === 'order') bought += sized.wanted;
      }
      expect(bought + carry).toBeCloseTo(exact, 6);
      expect(carry).toBeLessThan(100);
    }),
  );
});
