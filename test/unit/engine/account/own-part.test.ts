import { afterEach, describe, expect, it } from 'vitest';
import { chinaInstant } from '../../../../src/domain/time.ts';
import { createWorld, type World } from '../orders/world.ts';

let world: World;
afterEach(async () => {
  await world.close();
});

const limit = { kind: 'limit', limitPrice: 9.9 } as const;
const SEC = '000001.XSHE';

async function at(time: string, ms: number, day: string): Promise<void> {
  await world.clock.walk(chinaInstant(day, time));
  await world.pass(ms);
}
function hold(amount: number, closeableAmount = amount): void {
  world.broker.held = [
    { security: SEC, name: null, amount, closeableAmount, avgCost: 10, lastPrice: 10, marketValue: amount * 10 },
  ];
}
describe('with --positions own', () => {
  it('a bonus that the counter books at 08:00 of the day is the owner’s', async () => {
    world = await createWorld({ start: '14:00:00', positions: 'own' });
    const bought = world.order({ style: limit, waitTimeout: 5 });
    await world.pass(500);
    world.broker.fill('1000', 100);
    await world.settle(bought);
    await world.pass(40_000);
    await at('15:01:00', 10_000, '2026-07-06');
    await world.clock.walk(chinaInstant('2026-07-07', '00:00:10'));
    world.broker.book.length = 0;
    world.broker.fills.length = 0;
    hold(100);
    await world.pass(40_000);
    await world.clock.walk(chinaInstant('2026-07-07', '08:00:00'));
    hold(150);
    await at('08:45:00', 10_000, '2026-07-07');
    expect(world.trading.account.view()?.positions.map(({ amount }) => amount)).toEqual([150]);
  });

  it('a rescope does not count a fill twice', async () => {
    world = await createWorld({ positions: 'own' });
    hold(1000);
    await world.pass(60_000);
    const bought = world.order({ style: limit, waitTimeout: 5 });
    await world.pass(500);
    world.broker.fill('1000', 100);
    await world.settle(bought);
    world.trading.account.rescope();
    expect(world.trading.account.view()?.positions.map(({ amount }) => amount)).toEqual([100]);
  });

  it('what was bought today cannot be sold before the next day, though others hold older shares', async () => {
    world = await createWorld({ start: '14:00:00', positions: 'own' });
    hold(1000);
    await world.pass(60_000);
    const bought = world.order({ style: limit, waitTimeout: 5 });
    await world.pass(500);
    world.broker.fill('1000', 100);
    await world.settle(bought);
    const own = (): unknown => world.trading.account.view()?.positions;
    expect(own()).toMatchObject([{ amount: 100, closeableAmount: 0, todayAmount: 100 }]);
    // The reading that holds them: the broker would let 1,000 be sold.
    hold(1100, 1000);
    await world.pass(60_000);
    expect(own()).toMatchObject([{ amount: 100, closeableAmount: 0, todayAmount: 100 }]);
    await at('15:01:00', 10_000, '2026-07-06');
    world.broker.book.length = 0;
    world.broker.fills.length = 0;
    hold(1100);
    await at('08:45:00', 10_000, '2026-07-07');
    expect(own()).toMatchObject([{ amount: 100, closeableAmount: 100, todayAmount: 0 }]);
  });
});
