import { describe, expect, test } from 'vitest';
import { deviations, type DeviationInputs } from '../../../../src/domain/follow/deviation.ts';
import { orderableAt } from '../../../../src/domain/follow/hours.ts';
import { signalRefusal } from '../../../../src/domain/follow/refusal.ts';
import { sellsFirstUntil } from '../../../../src/domain/follow/rotation.ts';
import { isAtLimit, styleOf } from '../../../../src/domain/follow/style.ts';
import { exchangeCalendar } from '../../../../src/domain/market/calendar.ts';
import { chinaInstant } from '../../../../src/domain/time.ts';
import { aQuote } from '../order/builders.ts';
import { AT, aSignal, pictureOf, rulesOf } from './rules.ts';

const on = (day: string, time: string): number => chinaInstant(day, time);

describe('what is followed', () => {
  test.each([
    [{ sides: 'buy' as const }, { side: 'sell' as const }, 'SIDE'],
    [{ deny: ['000001.XSHE'] }, {}, 'DENIED'],
    [{ allow: ['600000.XSHG'] }, {}, 'NOT_ALLOWED'],
    [{ maxAgeSeconds: 5 }, { sentAt: AT - 6_000 }, 'EXPIRED'],
    [{}, { sentAt: AT + 31_000 }, 'CLOCK'],
  ])('by %o a signal %o is refused with %s', (rules, signal, code) => {
    expect(signalRefusal(aSignal(signal), rulesOf(rules), AT)?.code).toBe(code);
  });

  test('by a simulated clock no clock is called wrong: it says which one counts', () => {
    for (const [sentAt, code] of [
      [AT + 45_000, 'CLOCK'],
      [AT - 90_000, 'EXPIRED'],
    ] as const) {
      const simulated = signalRefusal(aSignal({ sentAt }), rulesOf(), AT, true);
      expect(simulated).toMatchObject({ code, reason: expect.stringContaining('simulated clock (--at), which shows') });
      expect(simulated?.reason).not.toContain('set both clocks');
      expect(signalRefusal(aSignal({ sentAt }), rulesOf(), AT)?.reason).not.toContain('simulated');
    }
    expect(signalRefusal(aSignal({ sentAt: AT + 45_000 }), rulesOf(), AT)?.reason).toContain('set both clocks');
  });

  test('is what the rules allow, as fresh as they ask', () => {
    expect(signalRefusal(aSignal({ sentAt: AT - 60_000 }), rulesOf({ allow: ['000001.XSHE'] }), AT)).toBeNull();
    expect(signalRefusal(aSignal({ price: null }), rulesOf(), AT)).toBeNull();
  });
});

describe('the hours', () => {
  const calendar = exchangeCalendar();
  test.each([
    ['2026-07-06', '09:16:00', '2026-07-06', '09:16:00'],
    ['2026-07-06', '08:00:00', '2026-07-06', '09:30:00'],
    ['2026-07-06', '09:26:00', '2026-07-06', '09:30:00'],
    ['2026-07-06', '12:00:00', '2026-07-06', '13:00:00'],
    ['2026-07-06', '14:58:00', '2026-07-06', '14:58:00'],
    ['2026-07-06', '15:00:00', '2026-07-07', '09:30:00'],
    ['2026-07-10', '20:00:00', '2026-07-13', '09:30:00'],
  ])('%s %s is ordered on %s at %s', (day, time, opens, at) => {
    expect(orderableAt(on(day, time), calendar, '000001.XSHE')).toBe(on(opens, at));
  });

  test('where the calendar has ended nothing is', () => {
    expect(orderableAt(on('2040-07-06', '10:00:00'), calendar, '000001.XSHE')).toBeNull();
  });
});

describe('a price', () => {
  test("is the signal's with what it may be worse, on the tick", () => {
    const price = (side: 'buy' | 'sell') =>
      styleOf({ price: 'signal', slippage: 0.003 }, { side, price: 10 }, aQuote())?.price;
    expect(price('buy')).toBe(10.03);
    expect(price('sell')).toBe(9.97);
  });

  test("is the opponent's best where the signal names none, and that is told", () => {
    const styled = styleOf({ price: 'signal', slippage: 0 }, { side: 'sell', price: null }, aQuote());
    expect(styled).toMatchObject({ price: 9.99, style: { kind: 'limit', limitPrice: 9.99 } });
    expect(styled?.notes).toHaveLength(1);
  });

  test('of a market order is protected', () => {
    const styled = styleOf({ price: 'market', slippage: 0.01 }, { side: 'buy', price: 5 }, aQuote());
    expect(styled).toMatchObject({ price: 10, style: { kind: 'market', limitPrice: 10.1 } });
    expect(styleOf({ price: 'market', slippage: 0 }, { side: 'buy', price: 5 }, aQuote())?.style).toEqual({
      kind: 'market',
      limitPrice: null,
    });
  });

  test('is none where nothing is known', () => {
    const quote = aQuote({ lastPrice: null, preClose: null });
    expect(styleOf({ price: 'opponent', slippage: 0 }, { side: 'buy', price: 5 }, quote)).toBeNull();
  });

  test('is at the limit where only queueing is left', () => {
    expect(isAtLimit('buy', aQuote({ lastPrice: 11, ask1: null }))).toBe(true);
    expect(isAtLimit('buy', aQuote({ lastPrice: 11, ask1: 11 }))).toBe(false);
    expect(isAtLimit('sell', aQuote({ lastPrice: 11, ask1: null }))).toBe(false);
    expect(isAtLimit('sell', aQuote({ lastPrice: 9, bid1: null }))).toBe(true);
  });
});

describe('a rotation', () => {
  const turn = (side: 'buy' | 'sell', freshFrom: number, strategy = 'alpha') =>
    ({ strategy, side, freshFrom, key: '', origin: 'source' }) as const;
  test('lets buys wait for sells that may still come, then for those that are open, and not for ever', () => {
    const rules = { rotationSeconds: 1 };
    const buy = turn('buy', AT);
    const sells = [turn('sell', AT + 900)];
    expect(sellsFirstUntil(buy, [], rules, AT + 500)).toBe(AT + 1_000);
    expect(sellsFirstUntil(buy, [], rules, AT + 1_000)).toBeNull();
    expect(sellsFirstUntil(buy, sells, rules, AT + 1_000)).toBe(AT + 20_000);
    expect(sellsFirstUntil(buy, sells, rules, AT + 20_000)).toBeNull();
    expect(sellsFirstUntil(buy, [turn('sell', AT + 1_001)], rules, AT + 2_000)).toBeNull();
    expect(sellsFirstUntil(buy, [turn('sell', AT, 'beta')], rules, AT + 2_000)).toBeNull();
    expect(sellsFirstUntil(turn('sell', AT), sells, rules, AT)).toBeNull();
    expect(sellsFirstUntil(buy, sells, { rotationSeconds: 0 }, AT)).toBeNull();
  });
});

describe('a deviation', () => {
  const inputs = (change: Partial<DeviationInputs> = {}): DeviationInputs => ({
    rules: rulesOf({ ratio: 0.5 }),
    picture: pictureOf({ '000001.XSHE': 1_000, '600000.XSHG': 500 }),
    held: new Map([['600519.XSHG', { amount: 100, closeable: 100 }]]),
    totalValue: 50_000,
    priceOf: () => 10,
    lastEnd: (security) => (security === '000001.XSHE' ? 'REFUSED (EXPIRED)' : null),
    isOpen: () => false,
    isOutdated: () => false,
    ...change,
  });

  test('names each security with what is wanted, held, why, and what would correct it', () => {
    const of = { pictureAt: inputs().picture.at };
    expect(deviations(inputs())).toEqual([
      { ...of, security: '000001.XSHE', wanted: 500, held: 0, why: 'REFUSED (EXPIRED)', correction: 500 },
      { ...of, security: '600000.XSHG', wanted: 200, held: 0, why: 'no signal of it has come', correction: 200 },
      { ...of, security: '600519.XSHG', wanted: 0, held: 100, why: 'no signal of it has come', correction: -100 },
    ]);
  });

  test('is none where what is held is what is wanted', () => {
    const held = new Map([['000001.XSHE', { amount: 500, closeable: 0 }]]);
    const [first] = deviations(inputs({ held, picture: pictureOf({ '000001.XSHE': 1_000 }) }));
    expect(first).toMatchObject({ why: null, correction: null });
  });

  test('is not corrected against the rules, while a signal is under way, or beyond what can be sold', () => {
    const corrections = (change: Partial<DeviationInputs>) =>
      deviations(inputs(change)).map(({ correction }) => correction);
    expect(corrections({ rules: rulesOf({ ratio: 0.5, sides: 'sell' }) })).toEqual([null, null, -100]);
    expect(corrections({ isOpen: () => true })).toEqual([null, null, null]);
    expect(corrections({ isOutdated: (code) => code !== '600519.XSHG' })).toEqual([null, null, -100]);
    expect(corrections({ held: new Map([['600519.XSHG', { amount: 100, closeable: 0 }]]) })[2]).toBeNull();
  });

  test('by weight is reckoned with both totals; of a fixed value only what one of both lacks', () => {
    const mirror = deviations(inputs({ rules: rulesOf({ mode: 'mirror' }) }));
    expect(mirror.map(({ wanted }) => wanted)).toEqual([500, 200, 0]);
    const fixed = rulesOf({ mode: 'fixed', fixedValue: 3_000 });
    const held = new Map([['000001.XSHE', { amount: 100, closeable: 100 }]]);
    expect(deviations(inputs({ rules: fixed, held })).map(({ wanted }) => wanted)).toEqual([null, 300]);
  });
});
