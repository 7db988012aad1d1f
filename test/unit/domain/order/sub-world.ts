import { DEFAULT_FEES, orderFees } from '../../../../src/domain/market/fees.ts';
import { planOrder } from '../../../../src/domain/order/plan.ts';
import { cashEffect } from '../../../../src/domain/order/projection.ts';
import { frozenShares, holdOf, type Working } from '../../../../src/domain/order/reserves.ts';
import { divide, viewOfSub } from '../../../../src/domain/order/sub-portfolios.ts';
import { tallySubs, type SubTrade } from '../../../../src/domain/order/sub-tally.ts';
import type { AccountView, OrderRequest, PositionView } from '../../../../src/domain/order/types.ts';
import { addDays } from '../../../../src/domain/time.ts';
import { aPosition, aQuote, aRequest, anAccount } from './builders.ts';

/** Something that a strategy, the market or a night does. */
export type Step =
  | (Pick<OrderRequest, 'kind' | 'security' | 'quantity'> & { pindex: number; filled: number; rests: boolean })
  | { kind: 'move'; from: number; to: number; cash: number }
  | { kind: 'inout'; pindex: number; cash: number }
  | { kind: 'price'; security: string; factor: number }
  | { kind: 'night' };

const OLD: PositionView = aPosition({ security: '000001.XSHE', amount: 2000, closeableAmount: 2000, value: 20_000 });

/**
 * An account of 200,000 CNY in cash and 2,000 old shares, 100,000 of it in three sub-portfolios, with orders planned as the product
 * does. What the account itself has is reckoned here from all trades alike, whoever made them.
 */
export class SubWorld {
  readonly #grants = [50_000 + 20_000, 30_000, 20_000];
  readonly #prices = new Map([
    ['000001.XSHE', 10],
    ['600000.XSHG', 8],
  ]);
  readonly #trades: SubTrade[] = [];
  #resting: (Working & { readonly pindex: number })[] = [];
  #aside = 100_000;
  #day = '2026-07-06';
  #time = 0;

  take(step: Step): void {
    switch (step.kind) {
      case 'move':
        return this.#move(step.from, step.to, step.cash);
      case 'inout':
        return step.cash > 0 ? this.#move(null, step.pindex, step.cash) : this.#move(step.pindex, null, -step.cash);
      case 'price':
        this.#prices.set(step.security, Math.max(1, Math.round(this.#price(step.security) * step.factor * 100) / 100));
        return undefined;
      case 'night':
        this.#resting = [];
        this.#day = addDays(this.#day, 1);
        return undefined;
      case 'amount':
      case 'target':
      case 'value':
      case 'target_value':
        return this.#order(step);
    }
  }

  view(): AccountView {
    const bySub = Map.groupBy(this.#resting, ({ pindex }) => pindex);
    return divide(this.#whole(), {
      grants: this.#grants.map((cash) => ({ type: 'stock', cash })),
      aside: this.#aside,
      tallies: tallySubs(
        this.#trades.filter(({ pindex }) => pindex > 0),
        [],
        this.#day,
      ),
      working: new Map([...bySub].filter(([pindex]) => pindex > 0)),
      day: this.#day,
    });
  }

  /** The account as the broker would show it: of sub-portfolios it knows nothing. */
  #whole(): AccountView {
    const hold = holdOf(this.#resting);
    const cash = 200_000 + this.#trades.reduce((sum, trade) => sum + cashEffect(trade), 0);
    const positions = [...this.#prices.keys()]
      .map((security) => this.#held(security))
      .filter(({ amount }) => amount > 0);
    const worth = positions.reduce((sum, { value }) => sum + (value ?? 0), 0);
    const round = (value: number): number => Math.round(value * 100) / 100;
    return anAccount({
      availableCash: round(cash - hold),
      lockedCash: round(hold),
      totalValue: round(cash + worth),
      startingCash: 220_000,
      positions,
    });
  }

  #held(security: string): PositionView {
    const old = security === OLD.security ? OLD.amount : 0;
    const of = this.#trades.filter((trade) => trade.security === security);
    const amount = of.reduce((sum, trade) => sum + (trade.side === 'buy' ? trade.amount : -trade.amount), old);
    const bought = of.reduce((sum, { side, day, amount: n }) => sum + (side === 'buy' && day === this.#day ? n : 0), 0);
    const lockedAmount = frozenShares(security, this.#resting);
    const closeableAmount = amount - bought - lockedAmount;
    const price = this.#price(security);
    return aPosition({
      security,
      amount,
      closeableAmount,
      lockedAmount,
      todayAmount: bought,
      price,
      value: amount * price,
    });
  }

  #price(security: string): number {
    return this.#prices.get(security) ?? Number.NaN;
  }

  #move(from: number | null, to: number | null, cash: number): void {
    const view = this.view();
    const has = from === null ? (view.aside ?? 0) : (view.subs?.[from]?.availableCash ?? 0);
    if (cash > has) return;
    for (const [pindex, change] of [
      [from, -cash],
      [to, cash],
    ] as const) {
      if (pindex === null) this.#aside += change;
      else this.#grants[pindex] = (this.#grants[pindex] ?? 0) + change;
    }
  }

  /** Planned on what its sub-portfolio has; a part is filled, and the rest rests or is gone. */
  #order({ kind, pindex, security, quantity, filled, rests }: Extract<Step, { pindex: number; rests: boolean }>): void {
    const account = viewOfSub(this.view(), pindex);
    if (account === null || ((kind === 'target' || kind === 'target_value') && quantity < 0)) return;
    const price = this.#price(security);
    const quote = aQuote({ security, lastPrice: price, highLimit: null, lowLimit: null, bid1: price, ask1: price });
    const own = this.#resting.filter((order) => order.pindex === pindex && order.security === security);
    const rest = (side: string): number => own.reduce((sum, order) => sum + (order.side === side ? order.rest : 0), 0);
    const prices = { buyPercent: 0.015, sellPercent: -0.015, continuous: true };
    const inputs = { account, quote, day: this.#day, openBuy: rest('buy'), openSell: rest('sell'), prices };
    const plan = planOrder(aRequest({ kind, security, quantity }), inputs);
    if (plan.kind === 'refused') return;
    for (const { side, amount, price: limit } of plan.orders) {
      const done = Math.floor((amount * filled) / 100) * 100;
      const day = this.#day;
      if (done > 0) {
        const fee = orderFees({ security, side, money: done * price, day }, DEFAULT_FEES);
        const fees = fee.commission + fee.stampDuty + fee.transferFee;
        this.#trades.push({ pindex, security, side, amount: done, price, fees, day, time: (this.#time += 1) });
      }
      if (rests && done < amount)
        this.#resting.push({
          pindex,
          security,
          side,
          rest: amount - done,
          price: limit,
          day,
          filledMoney: done * price,
        });
    }
  }
}
