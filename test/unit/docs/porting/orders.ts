import { expect } from 'vitest';
import { lotRule, roundBuyAmount, roundSellAmount } from '../../../../src/domain/market/lot.ts';
import { divide } from '../../../../src/domain/order/sub-portfolios.ts';
import type { SubView } from '../../../../src/domain/order/types.ts';
import { protectedPrice } from '../../../../src/domain/order/plan-price.ts';
import { isMet } from '../../../../src/domain/order/stop.ts';
import { checkMove, planOf, refusalIn } from '../../../../src/engine/account/subs/sub-plan.ts';
import { DEFAULT_LIMITS } from '../../../../src/engine/live-options.ts';
import { context } from '../../../../runtime/objects/context.ts';
import { statusOf } from '../../../../runtime/objects/order-status.ts';
import { order } from 'jqdata';
import { aPosition, aQuote, anAccount } from '../../domain/order/builders.ts';
import { account, orderView, position } from '../../runtime/fake-host.ts';
import { A } from './case.ts';
import type { Case } from './case.ts';

function aSub(availableCash: number): SubView {
  const figures = { lockedCash: 0, transferableCash: null, totalValue: availableCash, startingCash: availableCash };
  return { type: 'stock', availableCash, positions: [], ...figures };
}

/** Orders, positions and what the market allows. */
export const ORDERS: Readonly<Record<string, Case>> = {
  'order-status': {
    here: {
      "order(A, 100).status === OrderStatus.held || String(OrderStatus.held) === 'held'": true,
      'OrderStatus.filled.value': 1,
    },
    also: () => {
      expect(statusOf(orderView({ state: 'filled', amount: 100, filled: 100 })).name).toBe('held');
      expect(statusOf(orderView({ state: 'accepted', amount: 200, filled: 100 })).name).toBe('filled');
    },
  },
  'order-none': {
    here: { 'const o = order(A, 0); return o?.filled ?? 0': 0 },
    throws: ['TypeError', 'const o = order(A, 0); return o.filled'],
  },
  'order-style': {
    here: { 'order(A, 100, LimitOrderStyle(10.5)); return host.placed[0].style.limitPrice': 10.5 },
    throws: ['BAD_ARGUMENT', 'order(A, 100, 10.5)'],
  },
  'order-stop': {
    here: {
      "order(A, -100, StopMarketOrderStyle('stop_loss', 9.5)); const { mode, price } = host.placed[0].style.stop; return mode + ' ' + price":
        'stop_loss 9.5',
    },
    also: () => {
      expect([
        isMet({ mode: 'stop_loss', price: 9.5 }, 'sell', 9.4),
        isMet({ mode: 'take_profit', price: 9.5 }, 'sell', 9.4),
      ]).toEqual([true, false]);
    },
  },
  'order-nan': {
    here: { 'const x = Number.NaN; return Number.isFinite(x) ? order(A, x) : null': null },
    throws: ['BAD_ARGUMENT', 'order(A, NaN)'],
  },
  'order-fills': {
    also: (host) => {
      host.answer = () => {
        host.accountView = account([position({ amount: 300, lockedAmount: 0 })], { availableCash: 5 });
        return orderView({ state: 'filled', filled: 100 });
      };
      expect(order(A, 100)?.filled).toBe(100);
      expect(host.placed[0]?.waitTimeout).toBe(null); // the engine's own
      expect(DEFAULT_LIMITS.maxWaitSeconds).toBe(16);
      expect([context.portfolio.available_cash, context.portfolio.positions[A]?.total_amount]).toEqual([5, 300]);
    },
  },
  'limit-up': {
    also: () => {
      const rules = { buyPercent: 0.015, sellPercent: -0.015, continuous: true };
      const up = aQuote({ lastPrice: 11, highLimit: 11, bid1: 11, ask1: null });
      const market = { kind: 'market', limitPrice: null } as const;
      expect(protectedPrice(market, 'buy', up, 11, rules)).toMatchObject({ kind: 'price', price: 11 });
    },
  },
  lots: {
    also: () => {
      const codes = ['000001.XSHE', '688001.XSHG', '830799.BJ', '113001.XSHG'];
      expect(codes.map((code) => [lotRule(code).minBuy, lotRule(code).step])).toEqual([
        [100, 100],
        [200, 1],
        [100, 1],
        [10, 10],
      ]);
      expect([roundBuyAmount('000001.XSHE', 250), roundBuyAmount('688001.XSHG', 250)]).toEqual([200, 250]);
      expect([roundSellAmount('000001.XSHE', 250, 250), roundSellAmount('000001.XSHE', 150, 250)]).toEqual([250, 100]);
    },
  },
  'position-missing': {
    here: {
      "context.portfolio.positions['000002.XSHE'].total_amount": 0,
      "context.portfolio.positions['000002.XSHE']; context.portfolio.positions['000002.XSHE']; return host.texts('warning').length": 1,
    },
  },
  'position-loop': {
    also: (host) => {
      host.answer = ({ security }) => {
        const rest = host.accountView.positions.filter((each) => each.security !== security);
        host.accountView = account(rest);
        return orderView({ security, side: 'sell', state: 'filled' });
      };
      for (const code of context.portfolio.positions) order(code, -100);
      expect(host.placed.map(({ security }) => security)).toEqual(['000001.XSHE', '600000.XSHG']);
      expect(context.portfolio.positions.length).toBe(0);
    },
  },
  'position-frozen': {
    here: {
      'const p = context.portfolio.positions[A]; return [p.total_amount, p.locked_amount, p.closeable_amount]': [
        800, 200, 600,
      ],
    },
  },
  cash: { here: { 'context.portfolio.cash === context.portfolio.available_cash': true } },
  'sub-portfolios': {
    here: {
      "const c = 1000; set_subportfolios([SubPortfolioConfig({ cash: c, type: 'stock' })]); return host.divided[0].cash": 1000,
      'context.subportfolios[0].total_value === context.portfolio.total_value': true,
    },
    found: ['KEYWORD_ARGUMENT', "set_subportfolios([SubPortfolioConfig(cash=1000, type='stock')]);"],
    also: () => {
      const held = aPosition({ amount: 500 });
      const worth = anAccount({ availableCash: 95_000, positions: [held] });
      const plan = planOf(
        [30_000, 20_000].map((cash) => ({ type: 'stock', cash })),
        worth,
        0,
      );
      const { subs, aside } = divide(worth, { ...plan, tallies: new Map(), working: new Map(), day: '2026-07-06' });
      expect([aside, subs?.map((sub) => [sub.availableCash, sub.positions.length])]).toEqual([
        45_000,
        [
          [30_000, 1],
          [20_000, 0],
        ],
      ]);
    },
  },
  pindex: {
    here: { 'order(A, 100, { pindex: 1 }); return host.placed[0].pindex': 1 },
    found: ['KEYWORD_ARGUMENT', "order('000001.XSHE', 100, pindex=1);"],
    also: () => expect(refusalIn(anAccount(), 1, A)).toContain('there is no sub-portfolio 1'),
  },
  'transfer-cash': {
    here: { 'transfer_cash(0, 1, 500); return host.moves[0]': { from: 0, to: 1, cash: 500 } },
    also: () => {
      const view = anAccount({ subs: [30_000, 70_000].map(aSub) });
      expect(() => checkMove({ from: 0, to: 1, cash: 30_001 }, view)).toThrow(/30000\.00 are available there/u);
    },
  },
  'inout-cash': {
    here: {
      'inout_cash(500); return host.moves[0]': { from: null, to: 0, cash: 500 },
      'inout_cash(-500); return host.moves[0]': { from: 0, to: null, cash: 500 },
    },
    also: () => {
      const view = anAccount({ subs: [100_000].map(aSub), aside: 400 });
      expect(() => checkMove({ from: null, to: 0, cash: 401 }, view)).toThrow(/400\.00 of the account are put aside/u);
      checkMove({ from: null, to: 0, cash: 400 }, view);
    },
  },
  suffix: {
    here: {
      "'000001.SZ' in context.portfolio.positions": true,
      "context.portfolio.positions['000001.SZ'].security": '000001.XSHE',
      "order('600000.SH', 100); return host.placed[0].security": '600000.XSHG',
      "normalize_code('830799')": '830799.BJ',
    },
  },
};
