import { afterEach, describe, expect, it } from 'vitest';
import { tickSize } from '../../src/domain/market/tick.ts';
import { chinaInstant } from '../../src/domain/time.ts';
import type { OrderRequest } from '../../src/domain/order/types.ts';
import type { PlaceRequest } from '../../src/venues/broker.ts';
import type { Quote } from '../../src/domain/trading.ts';
import { planOrder } from '../../src/domain/order/plan.ts';
import type { Plan } from '../../src/domain/order/plan.ts';
import { aPosition, aQuote, aRequest, anAccount } from '../unit/domain/order/builders.ts';
import { FakeBroker } from '../unit/engine/orders/fake-broker.ts';
import { createWorld } from '../unit/engine/orders/world.ts';
import type { World } from '../unit/engine/orders/world.ts';

const worlds: World[] = [];
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close();
});

/** What reaches the broker when `held` shares are sold with this call. */
async function sold(security: string, held: number, change: Partial<OrderRequest>): Promise<readonly PlaceRequest[]> {
  const broker = new FakeBroker();
  const position = { name: null, avgCost: 9, lastPrice: 10, marketValue: held * 10 };
  broker.held = [{ ...position, security, amount: held, closeableAmount: held }];
  const world = await createWorld({ broker });
  worlds.push(world);
  world.quotes.set(security, aQuote({ security }));
  await world.settle(world.order({ security, waitTimeout: 0, ...change }));
  return broker.placed;
}

function plan(request: Partial<OrderRequest>, quote: Quote | null, held = 0): Plan {
  const security = request.security ?? '000001.XSHE';
  return planOrder(aRequest(request), {
    account: anAccount({ positions: held > 0 ? [aPosition({ security, amount: held, closeableAmount: held })] : [] }),
    quote,
    day: '2026-07-06',
    openBuy: 0,
    openSell: 0,
    prices: { buyPercent: 0.015, sellPercent: -0.015, continuous: true },
  });
}

describe('the odd tail of a holding', () => {
  it.each<[string, string, number, Partial<OrderRequest>, number[]]>([
    ['sold with the target 0', '000001.XSHE', 250, { kind: 'target', quantity: 0 }, [250]],
    ['sold with its amount', '000001.XSHE', 150, { quantity: -150 }, [150]],
    ['sold with more than there is', '000001.XSHE', 150, { quantity: -1000 }, [150]],
    ['by itself', '000001.XSHE', 37, { kind: 'target_value', quantity: 0 }, [37]],
    ['of a fund', '510300.XSHG', 1050, { quantity: -1050 }, [1050]],
    ['left where only a part is sold', '000001.XSHE', 250, { quantity: -120 }, [100]],
    ['of the STAR market below its smallest lot', '688001.XSHG', 150, { kind: 'target', quantity: 0 }, [150]],
    ['of the STAR market beside whole shares', '688001.XSHG', 451, { quantity: -451 }, [451]],
    ['of Beijing', '830799.BJ', 77, { quantity: -77 }, [77]],
    ['of convertible bonds', '113050.XSHG', 15, { quantity: -15 }, [15]],
  ])('A4-13/D15: %s', async (_name, security, held, change, amounts) => {
    const placed = await sold(security, held, change);
    expect(placed.map(({ side, amount }) => [side, amount])).toEqual(amounts.map((amount) => ['sell', amount]));
  });
});

describe('a price that is not there', () => {
  it.each<[string, Quote | null, RegExp]>([
    ['no quote', null, /No quote/u],
    ['a quote of nothing', aQuote({ lastPrice: null, preClose: null, bid1: null, ask1: null }), /no price/u],
    ['nobody says whether it is suspended', aQuote({ paused: null }), /suspended/u],
  ])('D14: %s: the order says so and nothing is sent', (_name, quote, words) => {
    const result = plan({}, quote);
    expect(result.kind).toBe('refused');
    expect(result).toHaveProperty('reason', expect.stringMatching(words));
  });

  it('D14: without a last price the close of the day before is one, and a limit needs neither book nor limits of the day', () => {
    expect(plan({}, aQuote({ lastPrice: null }))).toMatchObject({ kind: 'send', orders: [{ price: 10.15 }] });
    const style = { kind: 'limit', limitPrice: 9.9 } as const;
    const bare = aQuote({ lastPrice: null, bid1: null, ask1: null, highLimit: null, lowLimit: null });
    expect(plan({ style }, bare)).toMatchObject({ kind: 'send', orders: [{ price: 9.9, amount: 100 }] });
  });
});

describe('convertible bonds', () => {
  const quote = aQuote({
    security: '113050.XSHG',
    lastPrice: 118.123,
    preClose: 118,
    highLimit: 141.6,
    lowLimit: 94.4,
    bid1: 118.122,
    ask1: 118.124,
  });

  it('D+easytrader#446: are ordered in tens: by amount, by value and by target', () => {
    const amounts = (
      [
        ['amount', 25],
        ['value', 5000],
        ['target', 30],
        ['target_value', 5000],
      ] as const
    ).map(([kind, quantity]) => {
      const result = plan({ kind, quantity, security: '113050.XSHG' }, quote);
      return result.kind === 'send' ? result.orders[0]?.amount : result.reason;
    });
    expect(amounts).toEqual([20, 40, 30, 40]);
  });

  it.each(['113050.XSHG', '110059.XSHG', '123001.XSHE', '127005.XSHE'])('A4-14: %s has a tick of 0.001', (security) => {
    expect(tickSize(security)).toBe(0.001);
    const style = { kind: 'limit', limitPrice: 118.1237 } as const;
    const result = plan({ style, security, quantity: 10 }, { ...quote, security });
    expect(result).toMatchObject({ kind: 'send', orders: [{ price: 118.123 }] });
  });
});

describe('the age of a quote', () => {
  const book = (time: string, ask1: number): Quote =>
    aQuote({ time: chinaInstant('2026-07-06', time), lastPrice: ask1, ask1, bid1: ask1 - 0.01 });

  it('D+JoinQuant-QMT-Trader: at the opening an order waits for a book of after it, and goes by that', async () => {
    const world = await createWorld({ start: '09:30:00' });
    worlds.push(world);
    world.quotes.set('000001.XSHE', book('09:25:03', 10));
    const call = world.order({ waitTimeout: 0 });
    await world.pass(400);
    world.quotes.set('000001.XSHE', book('09:30:00', 10.3));
    await world.settle(call);
    expect(world.broker.placed.map(({ price }) => price)).toEqual([10.45]);
  });

  it('D+JoinQuant-QMT-Trader: a book that stays old is said, after a second at most', async () => {
    const world = await createWorld({ start: '09:30:00' });
    worlds.push(world);
    world.quotes.set('000001.XSHE', book('09:25:03', 10));
    const began = world.clock.now();
    await world.settle(world.order({ waitTimeout: 0 }));
    expect(world.clock.now() - began).toBeLessThan(2_500);
    expect(
      world.lines.some(({ level, text }) => level === 'warning' && /quote.*(?:old|age)|09:25:03/u.test(text)),
    ).toBe(true);
  });
});
