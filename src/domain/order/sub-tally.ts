import { movesShares } from '../market/repo.ts';
import { cashEffect, type OwnFill } from './projection.ts';

/** A trade of an order that a sub-portfolio other than the first has placed. */
export interface SubTrade extends OwnFill {
  readonly pindex: number;
  /** Trading day of its order, `YYYY-MM-DD`. */
  readonly day: string;
}

/** Shares that a night has added to a sub-portfolio's, or taken (negative): a bonus, a split. */
export interface SubBonus {
  readonly pindex: number;
  readonly security: string;
  readonly day: string;
  readonly shares: number;
}

/** What a sub-portfolio holds of a security by its own trades. */
export interface SubHolding {
  readonly amount: number;
  /** CNY paid for them, fees included: sells take their part of it along. */
  readonly cost: number;
  /** Of them bought on the day that was asked for. */
  readonly bought: number;
  /** Epoch ms: since when it is held, and its last trade. */
  readonly since: number;
  readonly transacted: number;
}

/** What the trades of a sub-portfolio come to. */
export interface SubTally {
  /** CNY that they brought, less what they cost. */
  readonly cash: number;
  /** CNY of it that sells of the day that was asked for have brought. */
  readonly soldToday: number;
  /** By security, without those that were sold out. */
  readonly shares: ReadonlyMap<string, SubHolding>;
}

interface Growing {
  cash: number;
  soldToday: number;
  readonly shares: Map<string, SubHolding>;
}

export const NO_TALLY: SubTally = { cash: 0, soldToday: 0, shares: new Map() };

/** What the trades, oldest first, come to for each sub-portfolio, as of a trading day. A night's shares come before the trades of its day. */
export function tallySubs(
  trades: readonly SubTrade[],
  bonuses: readonly SubBonus[],
  today: string,
): ReadonlyMap<number, SubTally> {
  const tallies = new Map<number, Growing>();
  const of = (pindex: number): Growing => {
    const known = tallies.get(pindex);
    if (known !== undefined) return known;
    const fresh: Growing = { cash: 0, soldToday: 0, shares: new Map() };
    tallies.set(pindex, fresh);
    return fresh;
  };
  const days = [...new Set([...trades, ...bonuses].map(({ day }) => day))].toSorted();
  for (const day of days) {
    for (const bonus of bonuses) if (bonus.day === day) addBonus(of(bonus.pindex), bonus);
    for (const trade of trades) if (trade.day === day) addTrade(of(trade.pindex), trade, today);
  }
  return tallies;
}

function addBonus({ shares }: Growing, { security, shares: more }: SubBonus): void {
  const held = shares.get(security);
  if (held !== undefined) keep(shares, security, { ...held, amount: held.amount + more });
}

function addTrade(tally: Growing, trade: SubTrade, today: string): void {
  const { security, side, amount, day, time } = trade;
  const effect = cashEffect(trade);
  tally.cash += effect;
  if (side === 'sell' && day === today) tally.soldToday += effect;
  if (!movesShares(security)) return;
  const held = tally.shares.get(security) ?? { amount: 0, cost: 0, bought: 0, since: time, transacted: time };
  const changed =
    side === 'buy'
      ? { amount: held.amount + amount, cost: held.cost - effect, bought: held.bought + (day === today ? amount : 0) }
      : { amount: held.amount - amount, cost: held.cost - held.cost * part(amount, held.amount), bought: held.bought };
  keep(tally.shares, security, { ...held, ...changed, transacted: time });
}

function part(amount: number, of: number): number {
  return of > 0 ? Math.min(1, amount / of) : 1;
}

function keep(shares: Map<string, SubHolding>, security: string, held: SubHolding): void {
  if (held.amount > 0) shares.set(security, held);
  else shares.delete(security);
}
