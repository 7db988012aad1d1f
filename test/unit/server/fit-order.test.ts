import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DepthQuote, GatewayPosition } from '../../../src/domain/gateway.ts';
import { isValidAmount } from '../../../src/domain/market/lot.ts';
import { chinaInstant } from '../../../src/domain/time.ts';
import { refusalOf } from '../../../src/protocol/refusals.ts';
import type { NewOrder } from '../../../src/server/adapters/gateway.ts';
import { DEFAULT_MARKET_ROOM, fitOrder } from '../../../src/server/fit-order.ts';
import type { FitContext, FittedOrder } from '../../../src/server/fit-order.ts';

const STOCK = '600000.XSHG';
const CONTINUOUS = chinaInstant('2026-07-06', '10:00');
const CALL = chinaInstant('2026-07-06', '09:20');

function order(given: Partial<NewOrder>): NewOrder {
  return {
    security: STOCK,
    side: 'buy',
    amount: 100,
    style: 'limit',
    price: 10,
    remark: '',
    strategyName: '',
    scenario: null,
    ...given,
  };
}

function quote(given: Partial<DepthQuote> = {}): DepthQuote {
  return {
    security: STOCK,
    time: CONTINUOUS,
    lastPrice: 10,
    preClose: 10,
    dayOpen: 10,
    highLimit: 11,
    lowLimit: 9,
    bid1: 9.99,
    ask1: 10.01,
    volume: 1,
    paused: false,
    isSt: false,
    name: null,
    dayHigh: null,
    dayLow: null,
    money: 0,
    bids: [],
    asks: [],
    ...given,
  };
}

function held(security: string, closeableAmount: number): GatewayPosition {
  const amounts = { amount: closeableAmount + 100, closeableAmount, frozenAmount: 0 };
  return { security, name: null, ...amounts, avgCost: 10, lastPrice: 10, marketValue: null };
}

function fit(given: Partial<NewOrder>, context: Partial<FitContext> = {}, closeable = 0): Promise<FittedOrder> {
  const security = given.security ?? STOCK;
  return fitOrder(order(given), {
    quote: quote({ security }),
    broker: { positions: async () => [held('000001.XSHE', 9_900), held(security, closeable)] },
    now: CONTINUOUS,
    room: DEFAULT_MARKET_ROOM,
    ...context,
  });
}

async function refusal(trying: Promise<unknown>): Promise<string> {
  const error = (await trying.catch((thrown: unknown) => thrown)) as { code: string; message: string };
  // Whoever sees it knows that nothing was entered.
  expect(refusalOf(error.code, error.message)).toBe(error.message);
  return error.message;
}

describe('the amount', () => {
  test.each([
    [STOCK, 1490, 1400],
    [STOCK, 100, 100],
    ['688001.XSHG', 333, 333],
    ['830799.BJ', 101, 101],
    ['113050.XSHG', 57, 50],
  ])('of a buy of %s: %d becomes %d', async (security, amount, fitted) => {
    const { order: made, notes } = await fit({ security, amount });
    expect(made.amount).toBe(fitted);
    expect(notes).toHaveLength(amount === fitted ? 0 : 1);
  });

  test.each([
    [150, 250, 100],
    [250, 250, 250],
    [999, 250, 250],
    [50, 50, 50],
    [300, 1000, 300],
  ])('of a sell: %d of %d becomes %d', async (amount, closeable, fitted) => {
    expect((await fit({ side: 'sell', amount }, {}, closeable)).order.amount).toBe(fitted);
  });

  test('that leaves nothing to order is refused in the deployed server’s words', async () => {
    expect(await refusal(fit({ amount: 99 }))).toBe(`${STOCK} 数量不足最小手数（原始数量=99，最小手数=100，步进=100）`);
    expect(await refusal(fit({ side: 'sell', amount: 50 }, {}, 250))).toContain('数量不足最小手数');
  });

  test('lesson A4 #12: nothing that can be sold is 0, not everything that is held', async () => {
    expect(await refusal(fit({ side: 'sell', amount: 100 }, {}, 0))).toBe(`${STOCK} 无可卖数量`);
  });

  test('of a repo: who lends needs no holding', async () => {
    expect((await fit({ security: '204001.XSHG', side: 'sell', amount: 1234, price: 2 })).order.amount).toBe(1230);
  });

  test('is always one that the exchange takes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(STOCK, '688001.XSHG', '830799.BJ', '113050.XSHG', '510300.XSHG'),
        fc.constantFrom('buy' as const, 'sell' as const),
        fc.integer({ min: 1, max: 50_000 }),
        fc.integer({ min: 1, max: 50_000 }),
        async (security, side, amount, closeable) => {
          const made = await fit({ security, side, amount }, {}, closeable).catch(() => null);
          if (made === null) return;
          expect(made.order.amount).toBeLessThanOrEqual(amount);
          expect(isValidAmount(security, side, made.order.amount, closeable)).toBe(true);
        },
      ),
    );
  });
});

describe('the price', () => {
  test.each([
    [10.5, 10.5],
    [12, 11],
    [8, 9],
  ])('of a limit order: %d becomes %d, inside the day’s limits, and says so', async (price, fitted) => {
    const { order: made, notes } = await fit({ price });
    expect(made.price).toBe(fitted);
    expect(notes).toEqual(price === fitted ? [] : [`${STOCK} 限价 ${price} 调整为 ${fitted}（涨跌停/价格笼子）`]);
  });

  test.each([[{ highLimit: null, lowLimit: null }], [{ highLimit: 0, lowLimit: 0 }]])(
    'of a limit order stays where there is no limit: %j',
    async (limits) => {
      expect((await fit({ price: 12 }, { quote: quote(limits) })).order.price).toBe(12);
    },
  );

  test.each([
    ['buy', null, 10.15],
    ['sell', null, 9.85],
    ['buy', 15, 10.2],
    ['sell', 1, 9.8],
    ['buy', 10.05, 10.05],
  ] as const)('of a market %s at %s is %d: the client’s or 1.5 %%, in the cage', async (side, price, fitted) => {
    const made = await fit({ side, price, style: 'market' }, {}, 100);
    expect(made.order.price).toBe(fitted);
    expect(made.notes).toHaveLength(price === null || price === fitted ? 0 : 1);
  });

  test('of a market order outside continuous trading has the limits only, and keeps the room it is told', async () => {
    expect((await fit({ style: 'market', price: 15 }, { now: CALL })).order.price).toBe(11);
    const room = { buy: 0.05, sell: -0.05 };
    expect((await fit({ style: 'market', price: null }, { now: CALL, room })).order.price).toBe(10.5);
  });

  test('of a market order without a last price goes by the limit, without both it is refused', async () => {
    const none = { lastPrice: null, bid1: null, ask1: null, preClose: null };
    expect((await fit({ style: 'market', price: null }, { quote: quote(none) })).order.price).toBe(11);
    const nothing = quote({ ...none, highLimit: null });
    expect(await refusal(fit({ style: 'market', price: null }, { quote: nothing }))).toBe(`${STOCK} 无法获取有效价格`);
  });
});
