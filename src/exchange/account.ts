import { BtError } from '../domain/errors.ts';
import type { FeeSchedule } from '../domain/market/fees.ts';
import { orderFees } from '../domain/market/fees.ts';
import { isRepo, takesCash } from '../domain/market/repo.ts';
import { settlementDays } from '../domain/market/settlement.ts';
import type { Side } from '../domain/trading.ts';
import type { AccountData, ExchangeData, OrderData, PositionData } from './data.ts';
import { mills, yuan } from './data.ts';
import { comeBack, lend, UNIT_MILLS } from './lends.ts';
import type { TradingDays } from './trading-days.ts';
import type { ExchangeAccountOptions } from './types.ts';

/** Fees in mills; `commission` holds the transfer fee too. */
interface FeeMills {
  readonly commission: number;
  readonly tax: number;
}

/** One execution. `tickMills`: mills in a tick. */
export interface Fill {
  readonly amount: number;
  /** Ticks. */
  readonly price: number;
  readonly tickMills: number;
  readonly time: number;
}

/** Opens an account that the book does not have yet. BtError BAD_CASH. */
export function openAccount(data: ExchangeData, { key, accountId, cash }: ExchangeAccountOptions): void {
  if (data.accounts.some((one) => one.key === key)) return;
  if (!Number.isFinite(cash) || cash < 0) {
    throw new BtError(
      'BAD_CASH',
      `${cash} is not a starting cash for the paper account "${key}"; give CNY from 0 on.`,
      {
        fault: 'config',
      },
    );
  }
  const empty = { positions: [], lent: [], orders: [], trades: [], frozen: 0, proceeds: 0 };
  data.accounts.push({ key, accountId, cash: mills(cash), ...empty });
}

/** Cash that can be used or withheld for a new buy, mills. */
export function availableCash(account: AccountData): number {
  return account.cash - account.frozen;
}

export function positionOf(account: AccountData, security: string): PositionData | undefined {
  return account.positions.find((position) => position.security === security);
}

/** Shares that a new sell may use. */
export function closeableAmount(position: PositionData | undefined): number {
  return position === undefined ? 0 : position.amount - position.locked - position.frozen;
}

/** Money of an amount at a price (mills a share): of a repo, whose price is a rate, what is lent. Mills. */
export function moneyOf(security: string, amount: number, price: number): number {
  return amount * (isRepo(security) ? UNIT_MILLS : price);
}

/** Cash a buy or a lend must hold: its money at the limit, and the fees on it. Mills. */
export function cashHold(
  order: Pick<OrderData, 'security' | 'side' | 'day'>,
  money: number,
  schedule: FeeSchedule,
): number {
  const fees = feesOn(order, money, schedule);
  return money + fees.commission + fees.tax;
}

/** Money of what an order has filled. Mills. */
function filledMoney({ security, filled, filledMoney: priced }: OrderData): number {
  return isRepo(security) ? filled * UNIT_MILLS : priced;
}

/**
 * Brings what an order holds in line with what is left of it: all but the fees already charged while it is open, nothing
 * once it is done. Called after each change of an order.
 */
export function hold(account: AccountData, order: OrderData, tickMills: number, schedule: FeeSchedule): void {
  const rest = order.mode === 'done' ? 0 : order.amount - order.filled;
  if (!takesCash(order.security, order.side)) {
    const position = positionOf(account, order.security);
    if (position !== undefined) position.frozen += rest - order.frozenAmount;
    order.frozenAmount = rest;
    return;
  }
  let wanted = 0;
  if (rest > 0) {
    const filled = filledMoney(order);
    const money = filled + moneyOf(order.security, rest, order.limit * tickMills);
    wanted = cashHold(order, money, schedule) - filled - order.commission - order.tax;
  }
  account.frozen += wanted - order.frozenCash;
  order.frozenCash = wanted;
}

/** Books one execution: cash, holding, fees, the order's sums and a trade row. The caller then adjusts the hold. */
export function book(account: AccountData, order: OrderData, fill: Fill, schedule: FeeSchedule): void {
  const price = fill.price * fill.tickMills;
  const money = moneyOf(order.security, fill.amount, price);
  const fees = newFees(order, money, schedule);
  order.filled += fill.amount;
  order.filledMoney += fill.amount * price;
  order.fills += 1;
  order.commission += fees.commission;
  order.tax += fees.tax;
  if (isRepo(order.security)) {
    account.cash -= money + fees.commission + fees.tax;
    lend(account, { security: order.security, day: order.day, money, rate: price });
  } else if (order.side === 'buy') bought(account, order, fill.amount, money + fees.commission + fees.tax);
  else sold(account, order, fill.amount, money - fees.commission - fees.tax);
  account.trades.push({
    seq: order.seq,
    fill: order.fills,
    security: order.security,
    side: order.side,
    amount: fill.amount,
    price,
    time: fill.time,
    commission: fees.commission,
    tax: fees.tax,
    remark: order.remark,
  });
}

/** A new trading day: what was bought can be sold, what was earned can be withdrawn, what was lent comes back, the lists start empty. */
export function startDay(account: AccountData, today: string, days: TradingDays): void {
  comeBack(account, today, days);
  account.orders = [];
  account.trades = [];
  account.proceeds = 0;
  for (const position of account.positions) position.locked = 0;
}

/** What a holding is paid out: cash, and new shares that can be sold at once. Fractions of a share are lost, as at the clearing house. */
export function payOut(account: AccountData, security: string, cash: number, bonus: number): void {
  const position = positionOf(account, security);
  if (position === undefined) return;
  const paid = position.amount * cash;
  account.cash += paid;
  position.cost -= paid;
  position.amount += Math.floor(position.amount * bonus);
}

/** What this execution adds to the fees of its order: the minimum is per order, so all its money counts together. */
function newFees(order: OrderData, money: number, schedule: FeeSchedule): FeeMills {
  const total = feesOn(order, filledMoney(order) + money, schedule);
  const [commission, tax] = [total.commission - order.commission, total.tax - order.tax];
  if (takesCash(order.security, order.side)) return { commission, tax };
  // A sell that is worth less than the minimum commission pays with all it brings, never more.
  const paidTax = Math.min(tax, money);
  return { tax: paidTax, commission: Math.min(commission, money - paidTax) };
}

function feesOn(
  order: { readonly security: string; readonly side: Side; readonly day: string },
  money: number,
  schedule: FeeSchedule,
): FeeMills {
  const fees = orderFees({ security: order.security, side: order.side, money: yuan(money), day: order.day }, schedule);
  return { commission: mills(fees.commission) + mills(fees.transferFee), tax: mills(fees.stampDuty) };
}

function bought(account: AccountData, order: OrderData, amount: number, cost: number): void {
  account.cash -= cost;
  let position = positionOf(account, order.security);
  if (position === undefined) {
    position = { security: order.security, amount: 0, frozen: 0, locked: 0, cost: 0 };
    account.positions.push(position);
  }
  position.amount += amount;
  position.cost += cost;
  if (settlementDays(order.security, order.day) > 0) position.locked += amount;
}

function sold(account: AccountData, order: OrderData, amount: number, proceeds: number): void {
  account.cash += proceeds;
  account.proceeds += proceeds;
  const position = positionOf(account, order.security);
  if (position === undefined) return;
  position.cost -= Math.round((position.cost * amount) / position.amount);
  position.amount -= amount;
  position.frozen -= amount;
  order.frozenAmount -= amount;
  if (position.amount === 0) account.positions = account.positions.filter((other) => other !== position);
}
