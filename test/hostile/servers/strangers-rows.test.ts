import { afterEach, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/protocol/json.ts';
import type { World } from '../../unit/engine/orders/world.ts';
import { alarms, holding, openRun, said, type Lies } from './lying-gateway.ts';

let run: World;
afterEach(async () => {
  await run.close();
});

const TRADE = { trade_id: 'x1', order_id: '990000', security: '600519.XSHG', side: 'BUY', amount: 100, price: 10 };
const ORDER = {
  order_id: '990000',
  security: '600519.XSHG',
  side: 'BUY',
  amount: 100,
  filled: 0,
  order_price: 10,
  status: 'open',
};
const HELD = { security: 'SHRQ88', amount: 100, closeable_amount: 0, last_price: 0, market_value: 0 };

/** Shown like others, but never ordered. */
const NOT_ORDERED = ['799999.XSHG', '888880.XSHG', '204001.XSHG'];

const trade = (lie: JsonObject): Lies => ({ trades: (rows) => [...rows, { ...TRADE, ...lie }] });
const order = (lie: JsonObject): Lies => ({ orders: (rows) => [...rows, { ...ORDER, ...lie }] });
const held = (lie: JsonObject): Lies => ({ positions: (rows) => [...rows, { ...HELD, ...lie }] });

const ROWS: readonly (readonly [string, Lies])[] = [
  ['a trade of nothing', trade({ amount: 0 })],
  ['a trade at 0', trade({ price: 0 })],
  ['a trade at 9e7', trade({ price: 9e7 })],
  ['a trade of fewer than no shares', trade({ amount: -100 })],
  ['a trade of half a share', trade({ amount: 0.5 })],
  ['a trade of 400 digits', trade({ amount: '9'.repeat(400) })],
  ['a trade without an id', trade({ trade_id: null })],
  ['a trade of no order', trade({ order_id: '' })],
  ['a trade of no security', trade({ security: '' })],
  ['a trade of an unknown code', trade({ security: 'SHRQ88' })],
  ['an order of no amount', order({ amount: null })],
  ['an order of 1e15 shares', order({ amount: 1e15 })],
  ['an order without an id', order({ order_id: null })],
  ['an order of an unknown code', order({ security: 'SHRQ88' })],
  ['an order filled a thousand times', order({ filled: 100_000, avg_price: 9e7 })],
  ['an order of an unknown side and status', order({ side: '?', status: '?', filled: 100 })],
  ['a holding of an unknown code', held({})],
  ['a holding of an unknown code and of 1e14', held({ amount: 1e14, closeable_amount: 1e15 })],
  ['a holding of a code that nobody trades', held({ security: '799999.SH', closeable_amount: 1_000 })],
  ['standard bonds', held({ security: '888880.SH', amount: 1_000, last_price: 100, market_value: 100_000 })],
  ['a lend as a position', held({ security: '204001.SH', amount: 500, last_price: 1.8, market_value: 50_000 })],
  ['a fund with a fraction', held({ security: '000198', amount: 1234.56, market_value: 1234.56 })],
  ['a fund of a code of an exchange', held({ security: '519888.SH', amount: 1234.56, market_value: 1234.56 })],
  ['a fund that says so', held({ security: '110022.OF', amount: 10.5, closeable_amount: 10.5 })],
  ['fewer than none of an unknown code', held({ amount: -100 })],
];

describe('odd rows of strangers', () => {
  it.each(ROWS)('%s doubts that row only: it is read and traded on', async (_what, lies) => {
    const opened = await openRun();
    run = opened.run;
    const { gateway } = opened;
    gateway.lies = lies;
    await run.pass(60_000);
    await run.settle(run.trading.gate.reconcile('asked for'));
    await run.settle(run.order({ style: { kind: 'limit', limitPrice: 10 } }));
    gateway.fill('1000', 100);
    await run.pass(40_000);
    expect([run.trading.gate.reason(), alarms(run), gateway.placed.length]).toEqual([null, [], 1]);
    const view = run.trading.account.view();
    // What is no security's code is not shown at all; a code that nobody trades is a holding like others.
    const shown = view?.positions.map(({ security }) => security).filter((code) => !NOT_ORDERED.includes(code));
    expect(shown).toEqual(['000001.XSHE']);
    expect(view?.positions.find(({ security }) => security === '000001.XSHE')).toMatchObject({ amount: 1_100 });
    expect(view).toMatchObject({ availableCash: 100_000 - 1_005, totalValue: 109_995 });
  });

  it('what cannot be read is told, once', async () => {
    const opened = await openRun();
    run = opened.run;
    opened.gateway.lies = { ...trade({ amount: -100 }), ...held({}) };
    await run.pass(60_000);
    await run.settle(run.trading.gate.reconcile('asked for'));
    await run.pass(60_000);
    expect(said(run).match(/order 990000, 600519\.XSHG: amount is missing or not usable/gu)).toHaveLength(1);
    await run.settle(run.trading.gate.reconcile('once more'));
    expect(said(run).match(/holds 100 of 'SHRQ88', which is no security's code/gu)).toHaveLength(1);
    opened.gateway.lies = held({ security: '519888.SH', amount: 10.5 });
    await run.pass(90_000);
    expect(said(run).match(/holds '519888\.XSHG', which is not traded here, and amount is missing/gu)).toHaveLength(1);
  });
});

describe('what is not shown', () => {
  it.each(['SHRQ88', '519888.SH'])(
    'counts in the whole where the account counts it: a part of one of %s',
    async (security) => {
      const opened = await openRun();
      run = opened.run;
      const rows = held({ security, amount: 1234.56, market_value: 1234.56 });
      for (const market_value of [11_234.56, null]) {
        opened.gateway.lies = {
          ...rows,
          account: (answer) => ({ ...answer, market_value, total_value: 111_234.56 }),
        };
        await run.restart();
        expect(run.trading.account.view()).toMatchObject({
          availableCash: 100_000,
          lockedCash: 0,
          totalValue: 111_234.56,
        });
      }
    },
  );
});

describe('a row whose worth does not come from its price', () => {
  it.each([
    ['bonds counted by the ten', { security: '113050.XSHG', amount: 10, closeableAmount: 10, lastPrice: 130 }, 13_000],
    ['delisted, valued at a sixth', { lastPrice: 10 }, 1_600],
    ['the day of a split', { security: '510300.XSHG', lastPrice: 1 }, 10_000],
  ])('%s: told once, and traded on', async (_what, change, marketValue) => {
    const opened = await openRun();
    run = opened.run;
    opened.gateway.held = [holding({ ...change, marketValue })];
    await run.restart();
    await run.pass(90_000);
    expect([run.trading.gate.reason(), alarms(run)]).toEqual([null, []]);
    expect(run.trading.account.view()).toMatchObject({ totalValue: 100_000 + marketValue });
    expect(said(run).match(/would be worth/gu)).toHaveLength(1);
  });
});

describe('holdings without a price', () => {
  it.each([
    ['the account says what they are worth', {}],
    ['only the whole is said', { market_value: null }],
  ])('count with what the account says: %s', async (_what, lie) => {
    const opened = await openRun();
    run = opened.run;
    opened.gateway.held.push(holding({ security: '600000.XSHG', lastPrice: 8, marketValue: 8_000 }));
    opened.gateway.lies = {
      account: (answer) => ({ ...answer, ...lie }),
      positions: (rows) => rows.map((row) => ({ ...row, last_price: 0, market_value: 0 })),
    };
    await run.restart();
    const view = run.trading.account.view();
    expect(view).toMatchObject({ availableCash: 100_000, lockedCash: 0, totalValue: 118_000 });
    expect(view?.positions.map(({ price, value }) => [price, value])).toEqual([
      [null, null],
      [null, null],
    ]);
  });
});
