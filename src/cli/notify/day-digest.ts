import { tradedMoney } from '../../domain/market/repo.ts';
import { isFinal } from '../../domain/order/state.ts';
import type { AccountView, OrderView, PositionView, TradeView } from '../../domain/order/types.ts';
import { chinaDay, chinaInstant } from '../../domain/time.ts';
import type { Digest, DigestPosition } from '../../notify/digest/digest.ts';
import type { DayValue } from './value-book.ts';

export interface DigestParts {
  readonly day: string;
  readonly account: AccountView | null;
  /** Of several days, or of this one. */
  readonly orders: readonly OrderView[];
  /** Of the day. */
  readonly trades: readonly TradeView[];
  readonly refused: number;
  readonly differences: readonly string[];
  /** What the change is measured from; null = nothing is known of before. */
  readonly before: { readonly value: number; readonly since: string } | null;
  /** Values of earlier days, oldest first. */
  readonly values: readonly DayValue[];
  /** Another part of the account is counted than on the day before. */
  readonly isOther?: boolean;
}

/** When the counter has booked the close. */
export const DIGEST_TIME = '15:05';
const OTHER_PART =
  'another part of the account is counted than the day before (--positions was changed): the change is reckoned from there on';

/** Whether the value at the end of a day is of the part of the account that is seen since that market time, epoch ms. */
export function isOfPart(since: number): (value: DayValue) => boolean {
  return ({ day }) => since === 0 || chinaInstant(day, DIGEST_TIME) >= since;
}

/** What the day's change is measured from: the end of a day before, of the same part of the account, else the first value of this run. */
export function comparedWith(
  last: DayValue | null,
  isOfNow: (value: DayValue) => boolean,
  first: number | null,
): Required<Pick<DigestParts, 'before' | 'isOther'>> {
  if (last !== null && isOfNow(last)) return { before: { value: last.value, since: last.day }, isOther: false };
  return { before: first === null ? null : { value: first, since: 'the start of this run' }, isOther: last !== null };
}

/** A trading day in figures. */
export function dayDigest(parts: DigestParts): Digest {
  const { day, account, trades, refused, before, values } = parts;
  const orders = parts.orders.filter(({ addTime }) => chinaDay(addTime) === day);
  const unknown = orders.filter((order) => order.unknown);
  const open = orders.filter((order) => !isFinal(order.state) && !order.unknown);
  const partly = orders.filter((order) => isFinal(order.state) && order.filled > 0 && order.filled < order.amount);
  const traded = (side: 'buy' | 'sell'): number =>
    trades
      .filter((trade) => trade.side === side)
      .reduce((sum, { security, amount, price }) => sum + tradedMoney(security, amount, price), 0);
  const total = account === null ? null : wholeValue(account);
  return {
    day,
    orders: {
      asked: orders.length + refused,
      filled: orders.filter(({ state }) => state === 'filled').length,
      partly: partly.length,
      refused,
      open: open.length,
      unknown: unknown.length,
    },
    fills: { count: trades.length, bought: traded('buy'), sold: traded('sell'), fees: feesOf(trades) },
    totalValue: total,
    cash: account === null ? null : account.availableCash + (account.aside ?? 0),
    profit: total === null || before === null ? null : changeOf(total, before),
    positions: positionsOf(account),
    values,
    differences: [
      ...(parts.isOther === true ? [OTHER_PART] : []),
      ...unknown.map((order) => `UNKNOWN: ${order.side} ${order.amount} ${order.security}`),
      ...open.map((order) => `still open: ${order.side} ${order.amount - order.filled} ${order.security}`),
      ...parts.differences,
    ],
  };
}

/** With what is put aside. */
export function wholeValue({ totalValue, aside }: AccountView): number {
  return totalValue + (aside ?? 0);
}

function changeOf(
  total: number,
  { value, since }: { readonly value: number; readonly since: string },
): Digest['profit'] {
  return { money: total - value, share: value > 0 ? (total - value) / value : null, since };
}

/** Null as soon as one fill does not say: a sum of the others would look like the whole. */
function feesOf(trades: readonly TradeView[]): number | null {
  let fees = 0;
  for (const { commission, tax } of trades) {
    if (commission === null || tax === null) return null;
    fees += commission + tax;
  }
  return fees;
}

/** The largest first. */
function positionsOf(account: AccountView | null): readonly DigestPosition[] {
  const held = (account?.positions ?? []).filter(({ amount }) => amount > 0);
  return held
    .toSorted((a, b) => (b.value ?? 0) - (a.value ?? 0))
    .map(({ security, name, amount, value, ...rest }) => ({ security, name, amount, value, gain: gainOf(rest) }));
}

function gainOf({ price, avgCost }: Pick<PositionView, 'price' | 'avgCost'>): number | null {
  return price === null || avgCost === null || avgCost <= 0 ? null : (price - avgCost) / avgCost;
}
