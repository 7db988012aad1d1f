import { afterEach, describe, expect, it } from 'vitest';
import { chinaInstant } from '../../../../src/domain/time.ts';
import { createWorld, type World } from '../orders/world.ts';

let world: World;
afterEach(async () => {
  await world.close();
});

const asked = { quantity: 100, style: { kind: 'limit', limitPrice: 9.9 }, waitTimeout: 0 } as const;
const refusals = (): string[] =>
  world.lines.filter(({ text }) => text.startsWith('Order refused')).map(({ text }) => text);
const alarms = (): string[] =>
  world.happened.flatMap((event) =>
    event.kind === 'alarm' && event.alarm.code === 'RISK_STOPPED' ? [event.alarm.text] : [],
  );
const held = {
  security: '000001.XSHE',
  name: null,
  amount: 1000,
  closeableAmount: 1000,
  avgCost: 9,
  lastPrice: 10,
  marketValue: 10_000,
};

describe('a limit of a run', () => {
  it('refuses an order, and is written down with its name', async () => {
    world = await createWorld({ risk: { maxOrderValue: 500 } });
    expect(await world.settle(world.order(asked))).toBeNull();
    expect(refusals().join()).toMatch(/limit order_value/);
    expect(world.broker.placed).toEqual([]);
    expect(world.ledger.risk.entriesSince(0)).toMatchObject([{ level: 'denied', rule: 'order_value' }]);
    expect(world.ledger.ordersOf('2026-07-06')[0]?.denied).toMatch(/limit order_value/);
  });

  it('of orders a day holds over a kill and a restart, and begins anew with the day', async () => {
    world = await createWorld({ risk: { maxDailyOrders: 2 } });
    await world.settle(world.order(asked));
    await world.restart();
    await world.settle(world.order({ ...asked, style: { kind: 'limit', limitPrice: 9.8 } }));
    await world.restart();
    expect(await world.settle(world.order(asked))).toBeNull();
    expect(world.broker.placed).toHaveLength(2);
    await world.clock.walk(chinaInstant('2026-07-07', '09:35:00'));
    await world.restart();
    expect(world.trading.risk.guard.tally()).toMatchObject({ day: '2026-07-07', orders: 0 });
  });

  it('of cancels an order holds over a restart, for what the strategy asks', async () => {
    world = await createWorld({ risk: { maxCancelsPerOrder: 1 } });
    const order = await world.settle(world.order(asked));
    world.broker.onCancel = () => ({ kind: 'refused', reason: 'not now' });
    const id = order?.orderId ?? '';
    await world.settle(world.trading.desk.cancel(id));
    expect(world.broker.cancels.length).toBeGreaterThan(0);
    await world.restart();
    expect(world.ledger.intentsOnDay('2026-07-06')[0]?.cancels).toBe(world.broker.cancels.length);
    await world.settle(world.trading.desk.cancel(id));
    expect(world.lines.map(({ text }) => text).join('\n')).toMatch(/limit cancels_per_order/);
  });

  it('tells the second equal order and refuses the third', async () => {
    world = await createWorld({ risk: { duplicateSeconds: 3 } });
    expect(await world.settle(world.order(asked))).not.toBeNull();
    expect(await world.settle(world.order(asked))).not.toBeNull();
    expect(world.lines.map(({ text }) => text).join('\n')).toMatch(/came twice within 3 s/);
    expect(await world.settle(world.order(asked))).toBeNull();
    expect(refusals().join()).toMatch(/limit duplicate/);
  });

  it('asks the data about a security only when it must, and buys nothing of which nobody knows', async () => {
    const asks: string[] = [];
    const info = {
      security: '000001.XSHE',
      displayName: '',
      name: '',
      type: 'stock',
      startDate: '2026-07-01',
      endDate: null,
    };
    world = await createWorld({
      risk: { minListedDays: 60 },
      instrument: (security) => {
        asks.push(security);
        return asks.length === 1 ? Promise.reject(new Error('away')) : Promise.resolve(info);
      },
    });
    expect(await world.settle(world.order(asked))).toBeNull();
    expect(await world.settle(world.order(asked))).toBeNull();
    expect(refusals()[0]).toMatch(/nobody says when/);
    expect(refusals()[1]).toMatch(/was listed 5 days ago/);
  });

  it('is told once a day when half of it is used', async () => {
    world = await createWorld({ risk: { maxDailyOrders: 4 } });
    for (const limitPrice of [9.9, 9.8, 9.7])
      await world.settle(world.order({ ...asked, style: { kind: 'limit', limitPrice } }));
    const told = world.happened.filter((event) => event.kind === 'risk' && event.level === 'told');
    expect(told).toMatchObject([{ rule: 'daily_orders', text: expect.stringMatching(/2 of 4/) }]);
  });
});

describe('the breaker', () => {
  it('stops buying for the day after three rejections of one kind, over a restart too, and sells go on', async () => {
    world = await createWorld({ risk: { breakerRejections: 3 } });
    world.broker.held = [held];
    await world.restart();
    for (const limitPrice of [9.9, 9.8, 9.7]) {
      world.broker.onPlace = () => ({
        kind: 'rejected',
        code: 'REQUEST_FAILED',
        reason: 'no such right',
        orderId: null,
      });
      await world.settle(world.order({ ...asked, style: { kind: 'limit', limitPrice } }));
    }
    world.broker.onPlace = (request, broker) => broker.accept(request);
    expect(alarms()).toHaveLength(1);
    await world.restart();
    expect(await world.settle(world.order(asked))).toBeNull();
    expect(refusals().join()).toMatch(/stops buying .* 3 rejections of one kind/);
    expect(
      await world.settle(world.order({ ...asked, quantity: -100, style: { kind: 'limit', limitPrice: 10.2 } })),
    ).not.toBeNull();
  });

  it('counts on over a restart, from the last order that was taken on', async () => {
    world = await createWorld({ risk: { breakerRejections: 3 } });
    const rejects = async (limitPrice: number): Promise<void> => {
      world.broker.onPlace = () => ({ kind: 'rejected', code: 'REQUEST_FAILED', reason: 'no right', orderId: null });
      await world.settle(world.order({ ...asked, style: { kind: 'limit', limitPrice } }));
    };
    await rejects(9.9);
    world.broker.onPlace = (request, broker) => broker.accept(request);
    await world.settle(world.order({ ...asked, style: { kind: 'limit', limitPrice: 9.8 } }));
    await rejects(9.7);
    await world.restart();
    await rejects(9.6);
    expect(alarms()).toEqual([]);
    await world.restart();
    await rejects(9.5);
    expect(alarms().join()).toMatch(/3 rejections of one kind/);
  });
});

describe('a loss', () => {
  it('of the day stops buying, over a restart too, until a person lets it go on', async () => {
    world = await createWorld({ risk: { maxDailyLoss: 5 } });
    world.broker.held = [held];
    await world.restart();
    await world.pass(5_000);
    world.broker.held = [{ ...held, lastPrice: 3, marketValue: 3_000 }];
    await world.clock.walk(world.clock.now() + 60_000);
    await world.restart();
    await world.pass(70_000, () => alarms().length > 0);
    expect(alarms().join()).toMatch(/limit daily_loss/);
    await world.restart();
    expect(await world.settle(world.order(asked))).toBeNull();
    world.trading.risk.lift('looked at');
    expect(await world.settle(world.order(asked))).not.toBeNull();
    expect(world.ledger.risk.entriesSince(0).map(({ level }) => level)).toEqual(
      expect.arrayContaining(['stopped', 'resumed']),
    );
  });
});

describe('the pace', () => {
  it('holds when cancels leave while an order waits for its turn', async () => {
    world = await createWorld({ risk: { maxActionsPerSecond: 2 } });
    const style = (limitPrice: number) => ({ kind: 'limit', limitPrice }) as const;
    const first = await world.settle(world.order(asked));
    const second = await world.settle(world.order({ ...asked, style: style(9.8) }));
    const third = world.order({ ...asked, style: style(9.7) });
    await world.pass(400);
    const cancelled = world.clock.now();
    for (const order of [first, second]) world.trading.driver.cancel(order?.orderId ?? '', 'a test', true);
    await world.settle(third);
    const sent = Math.max(...world.ledger.intentsOnDay('2026-07-06').map(({ sentAt }) => sentAt ?? 0));
    expect(sent - cancelled).toBeGreaterThanOrEqual(1_000);
  });

  it('lets so many orders leave within a second and makes the next one wait for its turn', async () => {
    world = await createWorld({ risk: { maxActionsPerSecond: 2 } });
    const began = world.clock.now();
    const orders = [9.9, 9.8, 9.7].map((limitPrice) => world.order({ ...asked, style: { kind: 'limit', limitPrice } }));
    await world.settle(Promise.all(orders));
    const sent = world.ledger.intentsOnDay('2026-07-06').map(({ sentAt }) => (sentAt ?? 0) - began);
    expect(sent).toHaveLength(3);
    expect((sent[2] ?? 0) - (sent[0] ?? 0)).toBeGreaterThanOrEqual(1_000);
  });
});
