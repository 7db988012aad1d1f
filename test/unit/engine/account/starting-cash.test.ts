import { afterEach, expect, it } from 'vitest';
import { chinaInstant } from '../../../../src/domain/time.ts';
import { instanceStatus } from '../../../../src/status/documents.ts';
import { aHolding } from '../../domain/order/builders.ts';
import { FakeBroker } from '../orders/fake-broker.ts';
import { createWorld, type World } from '../orders/world.ts';

type Options = NonNullable<Parameters<typeof createWorld>[0]>;

let world: World;
afterEach(async () => {
  await world.close();
});

/** 100,000 in cash and 300 shares of 3,000 that were there before. */
async function open(positions: 'all' | 'own'): Promise<Options> {
  const broker = new FakeBroker();
  broker.held = [aHolding(300)];
  const options: Options = { broker, positions, risk: { maxDrawdown: 2, maxDailyLoss: 2 } };
  world = await createWorld(options);
  return options;
}
function beginLife(): void {
  const life = { at: world.clock.now(), file: '/s.ts' };
  world.trading.state.beginLife(life, 'h', { variables: [], settings: new Map() });
}
/** Total value and starting cash, as a strategy sees them. */
function worth(): (number | undefined)[] {
  const view = world.trading.portfolios.view();
  return [view?.totalValue, view?.startingCash];
}
async function nextDay(): Promise<void> {
  await world.pass(60_000);
  await world.clock.walk(chinaInstant('2026-07-07', '09:35:00'));
}

it('with --positions own an instance begins with what it sees: what others hold is no loss', async () => {
  await open('own');
  expect(worth()).toEqual([100_000, 100_000]);
  beginLife();
  world.broker.held = [aHolding(300, { lastPrice: 12, marketValue: 3_600 })];
  await world.restart();
  expect(worth()).toEqual([100_000, 100_000]);
});

it('with --positions all an instance begins with the whole account', async () => {
  await open('all');
  expect(worth()).toEqual([103_000, 103_000]);
});

it.each([
  ['own', 'all'],
  ['all', 'own'],
] as const)(
  'gone on with after %s under %s, it has neither lost nor gained, and no limit stops it',
  async (from, to) => {
    const options = await open(from);
    beginLife();
    world.trading.portfolios.extend(2, (plan) => world.ledger.choose('strategy_subportfolios', JSON.stringify(plan)));
    const before = from === 'own' ? 100_000 : 103_000;
    const after = 203_000 - before;
    await world.pass(60_000);
    expect(worth()).toEqual([before, before]);
    await nextDay();
    options.positions = to;
    await world.restart();
    await world.pass(120_000);
    expect(worth()).toEqual([after, after]);
    expect(world.trading.portfolios.view()?.subs?.[0]).toMatchObject({ startingCash: after, totalValue: after });
    expect(world.ledger.risk.stops()).toEqual([]);
    const facts = {
      folder: world.folder,
      instance: 'i',
      name: 'i',
      broker: 'b',
      endpoint: 'e',
      clock: 'real',
      account: null,
      follows: false,
    };
    const status = instanceStatus({
      facts,
      ledger: world.ledger,
      answer: null,
      now: world.clock.now(),
      killFile: false,
    });
    expect(status.portfolio).toMatchObject({ totalValue: after, totalProfit: 0, dayProfit: 0 });
    expect(status.equity[0]).toMatchObject({ total: after, shift: after - before });
    expect(status.equityDays.map(({ shift }) => shift)).toEqual([undefined, after - before]);
    // What others hold rises while it is seen: that is the only gain.
    world.broker.held = [aHolding(300, { lastPrice: 11, marketValue: 3_300 })];
    await world.pass(60_000);
    options.positions = from;
    await world.restart();
    const gain = to === 'all' ? 300 : 0;
    const [total, began] = worth();
    expect((total ?? 0) - (began ?? 0)).toBe(gain);
  },
);

it('a life that an earlier version began keeps the whole account’s value it wrote, which fits when all is seen', async () => {
  const options = await open('own');
  world.ledger.choose('life_began', '1');
  world.ledger.choose('starting_cash', '103000');
  await world.restart();
  expect(worth()).toEqual([100_000, 103_000]);
  options.positions = 'all';
  await world.restart();
  expect(worth()).toEqual([103_000, 103_000]);
  options.positions = 'own';
  await world.restart();
  expect(worth()).toEqual([100_000, 100_000]);
});
