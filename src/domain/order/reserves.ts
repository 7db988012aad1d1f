import { DEFAULT_FEES, orderFees } from '../market/fees.ts';
import { movesShares, takesCash, tradedMoney } from '../market/repo.ts';
import type { Side } from '../trading.ts';

/** The unfilled rest of an own order at the broker. */
export interface Working {
  readonly security: string;
  readonly side: Side;
  readonly rest: number;
  readonly price: number;
  /** Trading day, for the fees. */
  readonly day: string;
  /** CNY of it that has been filled: fees are charged on an order as a whole. */
  readonly filledMoney: number;
}

/** A counter holds an order's money when it holds so much of what we expect it to. */
const HELD = 0.9;
/** By so much its figure may be above ours: other rates, another rounding. */
const MORE = 1.02;
const MORE_CNY = 10;

/** CNY that open buys and lends reserve: their money at the limit, and the fees that are still to be charged. */
export function holdOf(working: readonly Working[]): number {
  return working.reduce((sum, order) => (takesCash(order.security, order.side) ? sum + cashHold(order) : sum), 0);
}

function cashHold({ security, side, rest, price, day, filledMoney }: Working): number {
  const fees = (money: number): number => {
    const { commission, stampDuty, transferFee } = orderFees({ security, side, money, day }, DEFAULT_FEES);
    return commission + stampDuty + transferFee;
  };
  const open = tradedMoney(security, rest, price);
  return open + fees(filledMoney + open) - (filledMoney > 0 ? fees(filledMoney) : 0);
}

/** What of the cash that a reading shows as held (`held`) is held for own orders; `foreignHold`: what open buys of others would freeze. CNY. */
export function ownHold(working: readonly Working[], foreignHold: number, held: number): number {
  const expected = holdOf(working);
  if (expected === 0) return 0;
  const ours = held - foreignHold;
  // Beyond that something else is in it (lent money), and it says nothing of how the counter reckons.
  return Math.max(0, ours > mostHold(expected) ? expected : ours);
}

/** The most that a counter holds where so much is expected, CNY. */
export function mostHold(expected: number): number {
  return expected > 0 ? expected * MORE + MORE_CNY : 0;
}

/**
 * What the counter's own figure for the buys of a reading is above or below ours, CNY, as far as they still work. `ours`: what of
 * the reading's cash is held for them.
 */
export function holdCorrection(before: readonly Working[], ours: number, now: readonly Working[]): number {
  const expected = holdOf(before);
  return expected > 0 && ours >= expected * HELD ? (ours - expected) * stillWorking(before, now) : 0;
}

/** How much of the money of those buys is still working, 0 to 1. */
function stillWorking(before: readonly Working[], now: readonly Working[]): number {
  const [were, are] = [moneyByPrice(before), moneyByPrice(now)];
  const all = [...were.values()].reduce((sum, money) => sum + money, 0);
  const left = [...were].reduce((sum, [key, money]) => sum + Math.min(money, are.get(key) ?? 0), 0);
  return all > 0 ? left / all : 0;
}

function moneyByPrice(working: readonly Working[]): Map<string, number> {
  const money = new Map<string, number>();
  for (const { security, side, rest, price } of working) {
    const key = `${security} ${price}`;
    if (takesCash(security, side)) money.set(key, (money.get(key) ?? 0) + tradedMoney(security, rest, price));
  }
  return money;
}

/**
 * Of orders that a reading may have held, those that it did hold: beside what is `known` to have worked it shows enough as held.
 * `held`: CNY, and shares by security, that nobody else explains.
 */
export function foundHeld(
  known: readonly Working[],
  found: readonly Working[],
  held: { readonly cash: number; readonly shares: ReadonlyMap<string, number> },
): Working[] {
  const taken: Working[] = [];
  for (const order of found) {
    const all = [...known, ...taken, order];
    const isHeld = takesCash(order.security, order.side)
      ? held.cash >= holdOf(all) * HELD
      : (held.shares.get(order.security) ?? 0) >= frozenShares(order.security, all);
    if (isHeld) taken.push(order);
  }
  return taken;
}

/** Shares of a security that open sells freeze. */
export function frozenShares(security: string, working: readonly Working[]): number {
  if (!movesShares(security)) return 0;
  return working.reduce(
    (sum, order) => sum + (order.side === 'sell' && order.security === security ? order.rest : 0),
    0,
  );
}
