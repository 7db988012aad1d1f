import { beforeEach, describe, expect, test } from 'vitest';
import {
  batch_submit_orders,
  inout_cash,
  order,
  order_target_value,
  set_subportfolios,
  SubPortfolioConfig,
} from 'jqdata';
import { transfer_cash } from 'jqdata';
import { context } from '../../../../runtime/objects/context.ts';
import type { SubView } from '../../../../src/domain/order/types.ts';
import { account, bindFake, orderView, position, quote } from '../fake-host.ts';
import type { FakeHost } from '../fake-host.ts';
import { codeOf, untyped } from '../helpers.ts';

const [A, B] = ['000001.XSHE', '600000.XSHG'];
let host: FakeHost;

function sub(fields: Partial<SubView> = {}): SubView {
  return {
    type: 'stock',
    availableCash: 30_000,
    lockedCash: 0,
    transferableCash: null,
    totalValue: 30_000,
    startingCash: 30_000,
    positions: [],
    ...fields,
  };
}

function divided(): void {
  const first = sub({ availableCash: 50_000, lockedCash: 1000, totalValue: 51_000, startingCash: 60_000 });
  const held = position({ security: A, amount: 1000, closeableAmount: 600, value: 11_000 });
  const second = sub({ availableCash: 9000, totalValue: 20_000, startingCash: 16_000, positions: [held] });
  host.accountView = account([held], { subs: [first, second], totalValue: 71_000, startingCash: 76_000, aside: 5000 });
}

beforeEach(() => {
  host = bindFake();
  host.quoteViews.set(A, quote(A, { lastPrice: 10, highLimit: 11 }));
  host.quoteViews.set(B, quote(B, { lastPrice: 20, highLimit: 22 }));
});

describe('set_subportfolios', () => {
  test('hands its list on; a config is made by position and by name, with and without new', () => {
    set_subportfolios([
      SubPortfolioConfig(60_000, 'stock'),
      SubPortfolioConfig({ cash: 40_000, type: 'stock' }),
      new SubPortfolioConfig(0, 'stock'),
    ]);
    expect(host.divided).toEqual([
      { type: 'stock', cash: 60_000 },
      { type: 'stock', cash: 40_000 },
      { type: 'stock', cash: 0 },
    ]);
    expect(String(SubPortfolioConfig(1.5, 'stock'))).toBe("SubPortfolioConfig(cash=1.5, type='stock')");
    expect(Object.isFrozen(SubPortfolioConfig(1, 'stock'))).toBe(true);
  });

  test.each([['index_futures'], ['futures'], ['stock_margin'], ['open_fund']])(
    '%s is refused by name, with what to do instead',
    (type) => {
      const error = codeOf(() => untyped(SubPortfolioConfig)(1000, type));
      expect(error.code).toBe('UNSUPPORTED');
      expect(error.message).toMatch(new RegExp(`'${type}': .*(?:leave|use)`, 'u'));
    },
  );

  test.each<[string, () => unknown, string]>([
    ['a type that nobody knows', () => untyped(SubPortfolioConfig)(1000, 'bonds'), "must be 'stock'"],
    ['no type', () => untyped(SubPortfolioConfig)(1000), "needs a value for 'type'"],
    ['less than no cash', () => SubPortfolioConfig(-1, 'stock'), '0 CNY or more'],
    ['a plain object', () => untyped(set_subportfolios)([{ cash: 1, type: 'stock' }]), 'must be SubPortfolioConfig'],
    ['no list', () => untyped(set_subportfolios)(5), 'must be a list of SubPortfolioConfig'],
  ])('%s is a mistake that is told', (_what, run, text) => {
    const error = codeOf(run);
    expect([error.code, error.message]).toEqual(['BAD_ARGUMENT', expect.stringContaining(text)]);
    expect(host.divided).toEqual([]);
  });
});

describe('money', () => {
  test('transfer_cash names both sub-portfolios, by position and by name; nothing is nothing', () => {
    transfer_cash(0, 1, 500);
    transfer_cash({ from_pindex: 1, to_pindex: 0, cash: 20.5 });
    transfer_cash(0, 1, 0);
    expect(host.moves).toEqual([
      { from: 0, to: 1, cash: 500 },
      { from: 1, to: 0, cash: 20.5 },
    ]);
  });

  test('inout_cash moves between a sub-portfolio and what is put aside', () => {
    inout_cash(1000);
    inout_cash(-2000, 1);
    inout_cash(3000, { pindex: 2 });
    inout_cash(0);
    expect(host.moves).toEqual([
      { from: null, to: 0, cash: 1000 },
      { from: 1, to: null, cash: 2000 },
      { from: null, to: 2, cash: 3000 },
    ]);
  });

  test.each<[string, () => unknown]>([
    ['less than nothing', () => transfer_cash(0, 1, -5)],
    ['no number', () => untyped(transfer_cash)(0, 1, Number.NaN)],
    ['a half sub-portfolio', () => transfer_cash(0, 0.5, 5)],
    ['one below 0', () => inout_cash(5, -1)],
    ['no money at all', () => untyped(inout_cash)()],
  ])('%s is a mistake', (_what, run) => {
    expect(codeOf(run).code).toBe('BAD_ARGUMENT');
    expect(host.moves).toEqual([]);
  });
});

describe('context', () => {
  test('shows each sub-portfolio with its own figures, and all of them together', () => {
    divided();
    expect(context.subportfolios).toHaveLength(2);
    const [first, second] = context.subportfolios;
    expect([first?.available_cash, first?.locked_cash, first?.total_value, first?.cash]).toEqual([
      50_000, 1000, 51_000, 50_000,
    ]);
    expect([second?.pindex, second?.type, second?.inout_cash, second?.starting_cash]).toEqual([
      1,
      'stock',
      16_000,
      16_000,
    ]);
    expect(second?.returns).toBeCloseTo(0.25, 12);
    expect([second?.positions_value, second?.margin, second?.net_value]).toEqual([11_000, 11_000, 20_000]);
    expect([context.portfolio.total_value, context.portfolio.inout_cash]).toEqual([71_000, 76_000]);
    expect(first?.positions.keys()).toEqual([]);
    expect(second?.long_positions[A]?.pindex).toBe(1);
    expect(second?.positions.get(B).pindex).toBe(1); // an empty one
    expect(context.portfolio.positions[A]?.pindex).toBe(0);
    expect(context.subportfolios).toBe(context.subportfolios);
  });

  test('owes nothing in a stock sub-portfolio', () => {
    divided();
    const second = context.subportfolios[1];
    expect([second?.total_liability, second?.cash_liability, second?.sec_liability, second?.interest]).toEqual([
      0, 0, 0, 0,
    ]);
    expect([second?.available_margin, second?.maintenance_margin_rate, second?.is_dangerous(1.3)]).toEqual([
      9000,
      Infinity,
      false,
    ]);
    expect(second?.transferable_cash).toBeNaN();
    expect(second?.short_positions.length).toBe(0);
    expect(codeOf(() => Reflect.set(second ?? {}, 'cash', 1)).code).toBe('READ_ONLY');
    expect(codeOf(() => Reflect.get(second ?? {}, 'totl_value')).message).toContain("Did you mean 'total_value'?");
  });

  test('says so when a sub-portfolio that was kept is not there any more', () => {
    divided();
    const second = context.subportfolios[1];
    host.accountView = account([]);
    expect(codeOf(() => second?.cash).code).toBe('NO_SUBPORTFOLIO');
    expect(context.subportfolios).toHaveLength(1);
  });
});

describe('orders', () => {
  test('say of which sub-portfolio they are, when it is not the first', () => {
    host.answer = ({ security, pindex = 0 }) => orderView({ security, pindex });
    expect(order(A, 100, { pindex: 1 })?.pindex).toBe(1);
    expect(order_target_value(A, 5000, null, 'long', 2)?.pindex).toBe(2);
    expect(order(A, 100, { pindex: 0 })?.pindex).toBe(0);
    expect(host.placed.map((request) => request.pindex)).toEqual([1, 2, undefined]);
    expect(host.placed[2]).not.toHaveProperty('pindex');
  });

  test('of a batch are looked at in the sub-portfolio of each', () => {
    divided();
    expect(
      batch_submit_orders([
        { security: A, amount: -600, pindex: 1 },
        { security: B, amount: 400, pindex: 1 },
      ]),
    ).toHaveLength(2);
    expect(host.placed.map((request) => request.pindex)).toEqual([1, 1]);
    const refused = (...orders: Parameters<typeof batch_submit_orders>[0][]): string[] => {
      const before = host.lines.length;
      for (const each of orders) expect(batch_submit_orders(each)).toEqual([]);
      return host.lines.slice(before).map(({ text }) => text);
    };
    expect(
      refused(
        [{ security: A, amount: -100 }],
        [{ security: B, amount: 500, pindex: 1 }],
        [{ security: B, amount: 100, pindex: 2 }],
      ),
    ).toEqual([
      expect.stringContaining('more than the 0 that are closeable'),
      expect.stringContaining('not enough cash for 500'),
      expect.stringContaining('there is no sub-portfolio 2'),
    ]);
  });
});
