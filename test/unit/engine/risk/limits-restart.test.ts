import { afterEach, describe, expect, it } from 'vitest';
import { DEFAULT_RISK_LIMITS, type RiskLimits } from '../../../../src/domain/order/risk/limits.ts';
import type { OrderRequest } from '../../../../src/domain/order/types.ts';
import { TERMS } from '../../../../src/domain/words/terms.ts';
import { aQuote } from '../../domain/order/builders.ts';
import { createWorld, type World } from '../orders/world.ts';

let world: World;
afterEach(async () => {
  await world.close();
});

const asked = { quantity: 100, style: { kind: 'limit', limitPrice: 9.9 }, waitTimeout: 0 } as const;
const held = {
  security: '000001.XSHE',
  name: null,
  amount: 1000,
  closeableAmount: 1000,
  avgCost: 9,
  lastPrice: 10,
  marketValue: 10_000,
};
const at = (limitPrice: number): Partial<OrderRequest> => ({ style: { kind: 'limit', limitPrice } });

async function buy(change: Partial<OrderRequest> = {}): Promise<string> {
  const order = await world.settle(world.order({ ...asked, ...change }));
  return order?.orderId ?? '';
}

async function cancel(orderId: string): Promise<void> {
  await world.settle(world.trading.desk.cancel(orderId));
}

const denials = (): string[] =>
  world.ledger.risk.entriesSince(0).flatMap(({ level, rule }) => (level === 'denied' ? [rule] : []));
const stopped = (): string[] => world.trading.risk.guard.stops.all().map(({ rule }) => rule);

/** One that looks at each order by itself: refused before the kill, and after it. */
async function refusesAgain(
  risk: Partial<RiskLimits>,
  options: Parameters<typeof createWorld>[0] = {},
): Promise<string> {
  world = await createWorld({ risk, ...options });
  world.quotes.set('000001.XSHE', aQuote({ isSt: true }));
  expect(await buy()).toBe('');
  await world.restart();
  expect(await buy()).toBe('');
  expect(world.broker.placed).toEqual([]);
  const [first, second] = denials();
  expect(second).toBe(first);
  return second ?? '';
}

/** One that counts: what was sent before the kill takes the last place. */
async function counts(risk: Partial<RiskLimits>, then: Partial<OrderRequest> = at(9.8)): Promise<string> {
  world = await createWorld({ risk });
  world.quotes.set('000002.XSHE', aQuote());
  expect(await buy()).not.toBe('');
  await world.restart();
  expect(await buy(then)).toBe('');
  expect(world.broker.placed).toHaveLength(1);
  return denials().join();
}

/** The account falls from one minute to the next, with a kill between. */
async function loses(risk: Partial<RiskLimits>): Promise<string> {
  world = await createWorld({ risk });
  world.broker.held = [held];
  await world.restart();
  await world.pass(5_000);
  await world.restart();
  world.broker.held = [{ ...held, lastPrice: 3, marketValue: 3_000 }];
  await world.clock.walk(world.clock.now() + 60_000);
  await world.pass(70_000, () => stopped().length > 0);
  await world.restart();
  expect(await buy()).toBe('');
  return stopped().join();
}

async function rejected(limitPrice: number): Promise<void> {
  world.broker.onPlace = () => ({ kind: 'rejected', code: 'REQUEST_FAILED', reason: 'no right', orderId: null });
  await buy(at(limitPrice));
  world.broker.onPlace = (request, broker) => broker.accept(request);
}

/** The second of two cancels comes after a restart, and is refused. */
async function cancelsOne(risk: Partial<RiskLimits>): Promise<string> {
  world = await createWorld({ risk });
  const [one, other] = [await buy(), await buy(at(9.8))];
  await cancel(one);
  await world.restart();
  await cancel(other);
  expect(world.broker.cancels).toHaveLength(1);
  return denials().join();
}

type Stop = 'pause' | 'kill';

/** Of each limit by its name: shows that it holds, and says by which rule. */
const HOLDS: Readonly<Record<keyof RiskLimits | Stop, () => Promise<string>>> = {
  maxOrderValue: () => refusesAgain({ maxOrderValue: 500 }),
  maxOrderAmount: () => refusesAgain({ maxOrderAmount: 50 }),
  minOrderValue: () => refusesAgain({ minOrderValue: 10_000 }),
  maxDailyValue: () => counts({ maxDailyValue: 1_500 }),
  maxDailyOrders: () => counts({ maxDailyOrders: 1 }),
  maxDailyCancels: () => cancelsOne({ maxDailyCancels: 1 }),
  maxCancelsPerOrder: async () => {
    world = await createWorld({ risk: { maxCancelsPerOrder: 1 } });
    const one = await buy();
    world.broker.onCancel = () => ({ kind: 'refused', reason: 'not now' });
    await cancel(one);
    await world.restart();
    const before = world.broker.cancels.length;
    await cancel(one);
    expect(world.broker.cancels).toHaveLength(before);
    return denials().join();
  },
  minCancelInterval: () => cancelsOne({ minCancelInterval: 60 }),
  maxActionsPerSecond: async () => {
    world = await createWorld({ risk: { maxActionsPerSecond: 2 } });
    const one = await buy();
    await cancel(one);
    const left = world.clock.now();
    await world.restart();
    // It is about those that left within this second.
    expect(world.clock.now() - left).toBeLessThan(500);
    await buy(at(9.8));
    const sent = world.ledger.intentsOnDay('2026-07-06').map(({ sentAt }) => sentAt ?? 0);
    expect((sent[1] ?? 0) - (sent[0] ?? 0)).toBeGreaterThanOrEqual(1_000);
    return 'actions_per_second';
  },
  maxDailyActions: async () => {
    world = await createWorld({ risk: { maxDailyActions: 2 } });
    await cancel(await buy());
    await world.restart();
    expect(await buy(at(9.8))).toBe('');
    return denials().join();
  },
  maxNames: () => counts({ maxNames: 1 }, { security: '000002.XSHE' }),
  maxWeight: () => counts({ maxWeight: 1.5 }),
  maxExposure: () => counts({ maxExposure: 1.5 }, { security: '000002.XSHE' }),
  allowed: () => refusesAgain({ allowed: new Set(['600000.XSHG']) }),
  denied: () => refusesAgain({ denied: new Set(['000001.XSHE']) }),
  noSt: () => refusesAgain({ noSt: true }),
  minListedDays: () => refusesAgain({ minListedDays: 60 }, { instrument: () => Promise.resolve(null) }),
  maxPriceDeviation: () => refusesAgain({ maxPriceDeviation: 0.5 }),
  duplicateSeconds: async () => {
    world = await createWorld({ risk: { duplicateSeconds: 3 } });
    expect(await buy()).not.toBe('');
    expect(await buy()).not.toBe('');
    await world.restart();
    expect(await buy()).toBe('');
    return denials().join();
  },
  maxDailyLoss: () => loses({ maxDailyLoss: 5 }),
  maxDrawdown: () => loses({ maxDrawdown: 5 }),
  lossStops: async () => {
    const rule = await loses({ maxDailyLoss: 5, lossStops: 'all' });
    expect(await buy({ quantity: -100, ...at(3) })).toBe('');
    return rule;
  },
  breakerRejections: async () => {
    world = await createWorld({ risk: { breakerRejections: 3 } });
    for (const price of [9.9, 9.8]) await rejected(price);
    await world.restart();
    await rejected(9.7);
    await world.restart();
    expect(await buy()).toBe('');
    return stopped().join();
  },
  breakerCancels: async () => {
    world = await createWorld({ risk: { breakerCancels: 2 } });
    const orders = [await buy(), await buy(at(9.8)), await buy(at(9.7))];
    for (const order of orders.slice(0, 2)) await cancel(order);
    await world.restart();
    await cancel(orders[2] ?? '');
    await world.restart();
    expect(await buy(at(9.6))).toBe('');
    return stopped().join();
  },
  pause: async () => {
    world = await createWorld();
    world.trading.risk.pause('news');
    await world.restart();
    expect(await buy()).toBe('');
    return stopped().join();
  },
  kill: async () => {
    world = await createWorld();
    world.trading.risk.pull({ cancel: false, flatten: false, reason: 'too fast' });
    await world.restart();
    expect(await buy()).toBe('');
    return stopped().join();
  },
};

describe('over a kill and a restart', () => {
  const shown = new Set<string>();
  // A limit that is new and has no line above fails here, and in the types.
  for (const name of [...Object.keys(DEFAULT_RISK_LIMITS), 'pause', 'kill'] as (keyof typeof HOLDS)[]) {
    it(`${name} holds`, async () => {
      shown.add(await HOLDS[name]());
    });
  }

  it('every rule by which orders are stopped was seen to', async () => {
    world = await createWorld();
    const terms = Object.keys(TERMS.en).flatMap((term) => (term.startsWith('rule.') ? [term.slice(5)] : []));
    // The breaker's two limits stop by one rule.
    const rules = terms.filter((rule) => !rule.startsWith('breaker_'));
    expect([...shown].toSorted()).toEqual(rules.toSorted());
  });
});
