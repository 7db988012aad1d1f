import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { OrderView, SubView } from '../../../../../src/domain/order/types.ts';
import { createWorld, type World } from '../../orders/world.ts';

const LIMIT = { kind: 'limit', limitPrice: 10 } as const;
let world: World;

beforeEach(async () => {
  world = await createWorld();
  const half = { type: 'stock', cash: 50_000 } as const;
  world.trading.portfolios.divide([half, { ...half, cash: 20_000 }], () => undefined);
  world.broker.onPlace = (request, broker) => {
    const outcome = broker.accept(request);
    if (outcome.kind === 'accepted') broker.fill(outcome.orderId, request.amount);
    return outcome;
  };
});
afterEach(() => world.close());

function sub(pindex: number): SubView {
  const found = world.trading.portfolios.view()?.subs?.[pindex];
  if (found === undefined) throw new Error(`there is no sub-portfolio ${pindex}`);
  return found;
}
const held = (pindex: number): number[] => sub(pindex).positions.map(({ amount }) => amount);
const order = (change: Parameters<World['order']>[0]): Promise<OrderView | null> =>
  world.settle(world.order({ waitTimeout: 1, keep: true, ...change }));
const warnings = (): string[] => world.lines.filter(({ level }) => level === 'warning').map(({ text }) => text);

describe('an order of a sub-portfolio', () => {
  it('is sized by its own cash, and is its own: money, shares and cost', async () => {
    const bought = await order({ pindex: 1, quantity: 5000, style: LIMIT });
    expect(bought).toMatchObject({ pindex: 1, amount: 1900, filled: 1900 });
    expect(sub(1)).toMatchObject({ availableCash: 20_000 - 19_005, totalValue: 19_995 });
    expect(sub(1).positions).toMatchObject([{ amount: 1900, closeableAmount: 0, todayAmount: 1900 }]);
    expect(sub(1).positions[0]?.avgCost).toBeCloseTo(19_005 / 1900, 9);
    expect([sub(0).availableCash, held(0)]).toEqual([50_000, []]);
    expect(world.trading.portfolios.view()).toMatchObject({ availableCash: 70_000 - 19_005, aside: 30_000 });
    expect(warnings()).toContainEqual(expect.stringContaining('available cash of 20000.00: becomes 1900'));
  });

  it('sells no shares of another one', async () => {
    world.quotes.set('113050.XSHG', { ...world.quotes.get('000001.XSHE'), security: '113050.XSHG' } as never);
    await order({ pindex: 1, security: '113050.XSHG', quantity: 100, style: LIMIT });
    expect(await order({ security: '113050.XSHG', quantity: -100, style: LIMIT })).toBeNull();
    expect(warnings()).toContainEqual(expect.stringContaining('nothing to sell, none is held'));
    const sold = await order({ pindex: 1, security: '113050.XSHG', quantity: -100, style: LIMIT });
    expect(sold).toMatchObject({ side: 'sell', filled: 100, avgCost: 10.05 });
    expect(held(1)).toEqual([]);
  });

  it('with a target starts from what it holds itself, and takes the place of its own orders alone', async () => {
    const fills = world.broker.onPlace;
    world.broker.onPlace = (request, broker) => broker.accept(request);
    const [first, second] = [
      await order({ quantity: 300, style: LIMIT }),
      await order({ pindex: 1, quantity: 200, style: LIMIT }),
    ];
    world.broker.onPlace = fills;
    const target = await order({ pindex: 1, kind: 'target', quantity: 500, style: LIMIT });
    expect(target).toMatchObject({ amount: 500, filled: 500 });
    const states = [first, second].map((each) => world.trading.book.view(each?.orderId ?? '').state);
    expect(states).toEqual(['accepted', 'canceled']);
    // Of the first one 300 are open: its own target counts them, the other's does not.
    expect(sub(0).lockedCash).toBe(3005.03);
    expect([sub(1).lockedCash, held(1)]).toEqual([0, [500]]);
    expect(await order({ pindex: 1, kind: 'target', quantity: 500, style: LIMIT })).toBeNull();
  });

  it('of an earlier life is the first one’s now: its targets take the place of it, another’s do not', async () => {
    world.broker.onPlace = (request, broker) => broker.accept(request);
    const old = await order({ pindex: 1, quantity: 300, style: LIMIT });
    const { portfolios } = world.trading;
    const now = portfolios.pindexOf.bind(portfolios);
    vi.spyOn(portfolios, 'pindexOf').mockImplementation((row) => (row.orderId === old?.orderId ? 0 : now(row)));
    const stateOf = (): string => world.trading.book.view(old?.orderId ?? '').state;
    await order({ pindex: 1, kind: 'target', quantity: 500, style: LIMIT });
    expect(stateOf()).toBe('accepted');
    await order({ kind: 'target', quantity: 500, style: LIMIT });
    expect(stateOf()).toBe('canceled');
  });

  it.each([
    ['that there is not', { pindex: 2 }, 'there is no sub-portfolio 2 (there are 2, 0 to 1)'],
    ['that would lend', { pindex: 1, security: '204001.XSHG', quantity: -10 }, 'lent from sub-portfolio 0 alone'],
  ])('%s is refused with the reason, and nothing is sent', async (_what, change, text) => {
    world.quotes.set('204001.XSHG', { ...world.quotes.get('000001.XSHE'), security: '204001.XSHG' } as never);
    expect(await order(change)).toBeNull();
    expect(warnings()).toContainEqual(expect.stringContaining(text));
    expect(world.broker.placed).toEqual([]);
  });
});

it('without sub-portfolios every pindex but 0 is refused', async () => {
  await world.close();
  world = await createWorld();
  expect(await order({ pindex: 1 })).toBeNull();
  expect(warnings()).toContainEqual(expect.stringContaining('there is no sub-portfolio 1 (there is one, 0)'));
  expect(world.trading.portfolios.view()?.subs).toBeUndefined();
});

describe('money', () => {
  const move = (from: number | null, to: number | null, cash: number, call: string | null = null): void =>
    world.trading.portfolios.move({ from, to, cash }, call, () => undefined);
  const cash = (): (number | undefined)[] => {
    const view = world.trading.portfolios.view();
    return [view?.aside, ...(view?.subs ?? []).map(({ availableCash }) => availableCash), view?.availableCash];
  };

  it('is moved at once between two, and in from what is put aside and out to it', () => {
    expect(cash()).toEqual([30_000, 50_000, 20_000, 70_000]);
    move(0, 1, 15_000.5);
    expect(cash()).toEqual([30_000, 34_999.5, 35_000.5, 70_000]);
    move(null, 1, 10_000);
    move(0, null, 4999.5);
    expect(cash()).toEqual([24_999.5, 30_000, 45_000.5, 75_000.5]);
    expect([sub(0).startingCash, sub(1).startingCash]).toEqual([30_000, 45_000.5]);
  });

  it('is not moved where there is not so much, or no such sub-portfolio', () => {
    expect(() => move(1, 0, 20_001)).toThrow(expect.objectContaining({ code: 'NOT_ENOUGH_CASH' }));
    expect(() => move(null, 0, 30_001)).toThrow(/30000\.00 of the account are put aside.*no money into the account/u);
    expect(() => move(0, 2, 1)).toThrow(expect.objectContaining({ code: 'NO_SUBPORTFOLIO' }));
    expect(cash()).toEqual([30_000, 50_000, 20_000, 70_000]);
  });

  it('that open orders hold cannot be moved', async () => {
    world.broker.onPlace = (request, broker) => broker.accept(request);
    await order({ pindex: 1, quantity: 1900, style: LIMIT });
    expect(() => move(1, 0, 1000)).toThrow(/are available there/u);
    move(1, 0, 900);
    expect(sub(1).availableCash).toBeCloseTo(20_000 - 19_005.89 - 900, 2);
  });

  it('is kept before it is shown: what cannot be written is not moved', () => {
    const fails = (): never => {
      throw new Error('disk full');
    };
    expect(() => world.trading.portfolios.move({ from: 0, to: 1, cash: 5 }, null, fails)).toThrow('disk full');
    expect(cash()).toEqual([30_000, 50_000, 20_000, 70_000]);
  });

  it('is put aside of an account that is not divided too, which then has one sub-portfolio', async () => {
    await world.close();
    world = await createWorld();
    expect(() => move(null, 0, 1)).toThrow(/0\.00 of the account are put aside/u);
    expect(world.trading.portfolios.view()?.subs).toBeUndefined();
    move(0, null, 40_000);
    expect(cash()).toEqual([40_000, 60_000, 60_000]);
    expect(await order({ quantity: 10_000, style: LIMIT })).toMatchObject({ amount: 5900 });
  });
});

describe('divide', () => {
  it('is done once, and not while a life goes on', async () => {
    const { portfolios, state } = world.trading;
    expect(() => portfolios.divide([{ type: 'stock', cash: 1 }], () => undefined)).toThrow(/divided already/u);
    await world.close();
    world = await createWorld();
    world.trading.state.beginLife({ at: 0, file: '/s.ts' }, 'h', { variables: [], settings: new Map() });
    expect(state).not.toBe(world.trading.state);
    expect(() => world.trading.portfolios.divide([{ type: 'stock', cash: 1 }], () => undefined)).toThrow(
      expect.objectContaining({ code: 'WRONG_PHASE' }),
    );
  });
});
