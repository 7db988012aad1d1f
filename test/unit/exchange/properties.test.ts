import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orderFees, DEFAULT_FEES } from '../../../src/domain/market/fees.ts';
import { closeTicks } from '../../../src/exchange/daily-close.ts';
import { payout, rightOn } from '../../../src/exchange/ex-rights.ts';
import { createExchange } from '../../../src/exchange/index.ts';
import { Market } from '../../../src/exchange/market.ts';
import type { ExchangeCommand, ExchangeState, ExchangeTrade, PaperExchange } from '../../../src/exchange/types.ts';
import { ACCOUNTS, anyScript, runStep } from './scripts.ts';
import { instant, openWorld } from './world.ts';

// fast-check prints the seed and the shrunk script of a failure; give them to fc.assert to replay it.
const RUNS = { numRuns: 150 };
const cents = (cny: number): number => Math.round(cny * 1000);
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('the paper market', () => {
  it('does not depend on how often it is looked at', () => {
    fc.assert(
      fc.property(anyScript, fc.integer({ min: 37, max: 5000 }), ({ seed, start, steps }, poll) => {
        const [seldom, often] = [
          openWorld(start, { seed, accounts: ACCOUNTS }),
          openWorld(start, { seed, accounts: ACCOUNTS }),
        ];
        for (const step of steps) {
          runStep(seldom, seldom.exchange, step, null);
          runStep(often, often.exchange, step, poll);
        }
        expect(often.exchange.save()).toEqual(seldom.exchange.save());
      }),
      RUNS,
    );
  });

  it('continues exactly from a saved state, taken at any point', () => {
    fc.assert(
      fc.property(anyScript, fc.nat(40), ({ seed, start, steps }, cut) => {
        const one = openWorld(start, { seed, accounts: ACCOUNTS });
        let other: PaperExchange | null = null;
        for (const [index, step] of steps.entries()) {
          if (index === cut % steps.length) {
            const state = JSON.parse(JSON.stringify(one.exchange.save()));
            other = createExchange({ clock: { now: one.now }, seed, accounts: ACCOUNTS, state });
          }
          if (other !== null && step.kind !== 'wait') runStep(one, other, step, null);
          runStep(one, one.exchange, step, null);
        }
        expect(other?.save()).toEqual(one.exchange.save());
        for (const { key } of ACCOUNTS) {
          expect(other?.orders(key)).toEqual(one.exchange.orders(key));
          expect(other?.trades(key)).toEqual(one.exchange.trades(key));
          expect(other?.positions(key)).toEqual(one.exchange.positions(key));
        }
      }),
      RUNS,
    );
  });

  it('comes out the same when its commands are played again on a state of before', () => {
    fc.assert(
      fc.property(anyScript, fc.nat(40), ({ seed, start, steps }, cut) => {
        const commands: ExchangeCommand[] = [];
        const onCommand = (command: ExchangeCommand): void => {
          commands.push(command);
        };
        const one = openWorld(start, { seed, accounts: ACCOUNTS, onCommand });
        let state = plain(one.exchange.save()) as ExchangeState;
        for (const [index, step] of steps.entries()) {
          runStep(one, one.exchange, step, null);
          if (index === cut % steps.length) {
            state = plain(one.exchange.save()) as ExchangeState;
            commands.length = 0;
          }
        }
        const kept = plain(commands) as unknown[];
        const again = createExchange({ clock: { now: one.now }, seed, accounts: ACCOUNTS, state, commands: kept });
        expect(again.save()).toEqual(one.exchange.save());
      }),
      RUNS,
    );
  });

  it('keeps its accounts to the mill after every step', () => {
    fc.assert(
      fc.property(anyScript, ({ seed, start, steps }) => {
        const world = openWorld(start, { seed, accounts: ACCOUNTS });
        const books = new Map(ACCOUNTS.map(({ key, cash }) => [key, new Ledger(cash, new Market(seed), world.now())]));
        let revision = 0;
        for (const step of steps) {
          // Trades of a day are gone when the next one begins: read on in steps that cannot jump an evening.
          const hours = step.kind === 'wait' ? Math.floor(step.ms / 3_600_000) : 0;
          for (let hour = 0; hour < hours; hour += 1) {
            world.wait(3_600_000);
            for (const [key, ledger] of books) ledger.read(world.exchange.trades(key), world.now());
          }
          runStep(world, world.exchange, step, null);
          for (const [key, ledger] of books) checkAccount(world.exchange, key, ledger, world.now());
          expect(world.exchange.revision()).toBeGreaterThanOrEqual(revision);
          revision = world.exchange.revision();
        }
      }),
      RUNS,
    );
  });
});

/** Cash and shares recomputed from the trades and from what the nights pay out. */
class Ledger {
  cash: number;
  readonly shares = new Map<string, number>();
  readonly #seen = new Set<string>();
  readonly #market: Market;
  #day: number;

  constructor(cash: number, market: Market, now: number) {
    this.cash = cents(cash);
    this.#market = market;
    this.#day = market.moment(now).index;
  }

  read(trades: readonly ExchangeTrade[], now: number): void {
    for (const today = this.#market.moment(now).index; this.#day < today;) {
      this.#day += 1;
      for (const [security, amount] of this.shares) this.#payOut(security, amount);
    }
    for (const trade of trades) {
      const id = `${trade.time} ${trade.tradeId}`;
      if (this.#seen.has(id)) continue;
      this.#seen.add(id);
      const sign = trade.side === 'buy' ? -1 : 1;
      this.cash += sign * trade.amount * cents(trade.price) - cents(trade.commission) - cents(trade.tax);
      this.shares.set(trade.security, (this.shares.get(trade.security) ?? 0) - sign * trade.amount);
    }
  }

  #payOut(security: string, amount: number): void {
    const { exRights, ...instrument } = this.#market.instrument(security);
    const right = rightOn(exRights, this.#day);
    if (right === null) return;
    const { cash, bonus } = payout(right, closeTicks({ exRights, ...instrument }, this.#day - 1), instrument.tickMills);
    this.cash += amount * cash;
    this.shares.set(security, amount + Math.floor(amount * bonus));
  }
}

function checkAccount(exchange: PaperExchange, key: string, ledger: Ledger, now: number): void {
  const [orders, trades, positions, account] = [
    exchange.orders(key),
    exchange.trades(key),
    exchange.positions(key),
    exchange.account(key),
  ];
  ledger.read(trades, now);
  expect(cents(account.availableCash) + cents(account.frozenCash)).toBe(ledger.cash);
  expect(account.availableCash >= 0 && account.frozenCash >= 0 && account.transferableCash >= 0).toBe(true);
  expect(account.transferableCash).toBeLessThanOrEqual(account.availableCash);
  const held = [...ledger.shares].filter(([, amount]) => amount !== 0);
  expect(new Map(positions.map(({ security, amount }) => [security, amount]))).toEqual(new Map(held));
  for (const position of positions) {
    const { amount, closeableAmount, frozenAmount } = position;
    expect(amount > 0 && closeableAmount >= 0 && frozenAmount >= 0).toBe(true);
    expect(closeableAmount + frozenAmount).toBeLessThanOrEqual(amount);
  }
  expect(cents(orders.reduce((sum, { frozenCash }) => sum + frozenCash, 0))).toBe(cents(account.frozenCash));
  for (const order of orders) {
    const own = trades.filter(({ orderId }) => orderId === order.orderId);
    expect(own.reduce((sum, { amount }) => sum + amount, 0)).toBe(order.filled);
    expect(order.filled).toBeLessThanOrEqual(order.amount);
    const final = [53, 54, 56, 57].includes(order.status);
    if (final) expect([order.frozenCash, order.frozenAmount]).toEqual([0, 0]);
    if (order.status === 56) expect(order.filled).toBe(order.amount);
    if ([54, 57, 48, 49, 50, 51].includes(order.status)) expect(order.filled).toBe(0);
    if ([52, 53, 55].includes(order.status)) expect(order.filled > 0 && order.filled < order.amount).toBe(true);
    for (const { price } of own) {
      expect(order.side === 'buy' ? price <= order.price : price >= order.price).toBe(true);
    }
    const { security, side, tradingDay: day } = order;
    const money = own.reduce((sum, { amount, price }) => sum + amount * cents(price), 0) / 1000;
    const fees = orderFees({ security, side, money, day }, DEFAULT_FEES);
    expect(cents(order.commission)).toBe(cents(fees.commission) + cents(fees.transferFee));
    expect(cents(order.tax)).toBe(cents(fees.stampDuty));
  }
}

describe('a day without open orders', () => {
  it('passes at once, however many of them', () => {
    const world = openWorld('2006-01-04 10:00:00');
    world.place({ security: '000001.XSHE', price: 1 });
    const before = world.exchange.revision();
    world.to('2026-07-06 10:00:00');
    expect(world.exchange.orders('main')).toEqual([]);
    expect(world.exchange.revision()).toBeGreaterThan(before);
    expect(world.exchange.tick('000001.XSHE').quote.dayOpen).not.toBeNull();
  });
});

describe('a state', () => {
  const clock = { now: () => instant('2026-07-06 10:00:00') };
  const open = (state: unknown, seed = 7): PaperExchange =>
    createExchange({ clock, seed, accounts: ACCOUNTS, state: state as never });

  it('is plain data, and a copy', () => {
    const { exchange } = openWorld('2026-07-06 10:00:00');
    const state = exchange.save();
    expect(plain(state)).toEqual(state);
    exchange.place('main', {
      security: '000001.XSHE',
      side: 'buy',
      amount: 100,
      price: 10,
      style: 'limit',
      remark: '',
      strategyName: '',
    });
    expect(exchange.save()).not.toEqual(state);
  });

  it('of another seed or damaged is refused; one with fewer accounts gets the new ones', () => {
    const state = openWorld('2026-07-06 10:00:00').exchange.save();
    const bad = expect.objectContaining({ code: 'BAD_EXCHANGE_STATE' });
    expect(() => open(state, 8)).toThrow(bad);
    for (const damaged of [
      {},
      null,
      { ...state, version: 2 },
      { ...state, data: { ...(state.data as object), cursor: 'x' } },
    ]) {
      expect(() => open(damaged)).toThrow(bad);
    }
    const exchange = open(state);
    expect(exchange.accountKeys()).toEqual(['main', 'small']);
    expect(exchange.account('main').availableCash).toBe(10_000_000);
    expect(exchange.account('small').availableCash).toBe(20_000);
  });

  it('needs a whole seed and a starting cash', () => {
    expect(() => createExchange({ clock, seed: 0.5, accounts: [] })).toThrow(
      expect.objectContaining({ code: 'BAD_SEED' }),
    );
    const accounts = [{ key: 'a', accountId: 'a', cash: -1 }];
    expect(() => createExchange({ clock, seed: 1, accounts })).toThrow(expect.objectContaining({ code: 'BAD_CASH' }));
  });

  it('is not moved by a clock that goes back', () => {
    const world = openWorld('2026-07-06 10:00:00');
    const order = world.place({ security: '000001.XSHE', price: 9.9 });
    world.wait(5000);
    const row = world.order(order);
    world.to('09:50:00');
    expect(world.order(order)).toEqual(row);
    expect(world.place({ security: '000001.XSHE', price: 9.9 }).createdAt).toBe(instant('2026-07-06 10:00:05'));
  });
});
