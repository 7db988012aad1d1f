import { availableCash, closeableAmount } from './account.ts';
import type { AccountData, PositionData } from './data.ts';
import { yuan } from './data.ts';
import { nameOn } from './instrument.ts';
import { lentMoney } from './lends.ts';
import type { Market } from './market.ts';
import type { ExchangeAccount, ExchangePosition } from './types.ts';

/** Holdings valued at the last price. */
export function positionRows(account: AccountData, market: Market, now: number): ExchangePosition[] {
  return account.positions.map((position) => {
    const last = lastMills(position, market, now);
    return {
      security: position.security,
      name: nameOn(market.instrument(position.security), market.moment(now).index),
      amount: position.amount,
      closeableAmount: closeableAmount(position),
      frozenAmount: position.frozen,
      avgCost: yuan(position.cost / position.amount),
      lastPrice: yuan(last),
      marketValue: yuan(last * position.amount),
    };
  });
}

/** Cash and value; what is lent is part of the total only. What today's sells brought can be used today but not withdrawn. */
export function accountRow(account: AccountData, market: Market, now: number): ExchangeAccount {
  const marketValue = account.positions.reduce((sum, one) => sum + lastMills(one, market, now) * one.amount, 0);
  const available = availableCash(account);
  return {
    accountId: account.accountId,
    availableCash: yuan(available),
    frozenCash: yuan(account.frozen),
    transferableCash: yuan(Math.max(0, available - Math.max(0, account.proceeds))),
    marketValue: yuan(marketValue),
    totalValue: yuan(account.cash + marketValue + lentMoney(account)),
  };
}

function lastMills({ security }: PositionData, market: Market, now: number): number {
  const instrument = market.instrument(security);
  const { index, tick } = market.moment(now);
  const session = market.session(instrument, index);
  return (tick < 0 ? session.shape.preClose : session.price(tick)) * instrument.tickMills;
}
