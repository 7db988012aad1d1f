import { movesShares, takesCash, tradedMoney } from '../market/repo.ts';
import { settlementDays } from '../market/settlement.ts';
import { isSecurity } from '../market/symbol.ts';
import type { BrokerAccount, BrokerPosition, Side } from '../trading.ts';
import { ownPart } from './own-holdings.ts';
import { foundHeld, frozenShares, holdCorrection, holdOf, mostHold, ownHold, type Working } from './reserves.ts';
import type { AccountView, PositionView } from './types.ts';
import { cashOf, sumValues, unpricedValue, valueOf } from './valuation.ts';

/** Account and positions read together, whole, with what was working at that moment. */
export interface Snapshot {
  readonly account: BrokerAccount;
  readonly positions: readonly BrokerPosition[];
  /** Market time of the request, epoch ms. */
  readonly requestedAt: number;
  /** Orders of ours that the broker surely had. */
  readonly working: readonly Working[];
  /** CNY that open buys of others would freeze. */
  readonly foreignHold: number;
}

export interface OwnFill {
  readonly security: string;
  readonly side: Side;
  readonly amount: number;
  readonly price: number;
  /** Commission and taxes, CNY: the broker's figure or our estimate. */
  readonly fees: number;
  /** Market time, epoch ms. */
  readonly time: number;
}

/** A price with the market time at which it was read, epoch ms. */
export interface TimedPrice {
  readonly price: number;
  readonly at: number;
}

/** Since when a security has been held, and when own shares of it were last traded; epoch ms. */
export interface HeldSince {
  readonly since: number;
  readonly transacted: number | null;
}

export interface ProjectionInputs {
  readonly base: Snapshot;
  /** Own fills the base does not contain yet, oldest first. */
  readonly fills: readonly OwnFill[];
  /** What of ours works now. */
  readonly working: readonly Working[];
  /** Orders of ours whose fate was not known when the base was read, and which the broker has been seen to have since. */
  readonly found: readonly Working[];
  /** Prices that were read later than the base. */
  readonly prices: ReadonlyMap<string, TimedPrice>;
  /** Shares that this owner had of each security in the base; null = all of it is his. */
  readonly owned: ReadonlyMap<string, number> | null;
  readonly heldSince: ReadonlyMap<string, HeldSince>;
  /** Shares bought today by security, as far as known. */
  readonly boughtToday: ReadonlyMap<string, number>;
  /** Trading day, `YYYY-MM-DD`: decides what may be sold. */
  readonly day: string;
  readonly startingCash: number;
  readonly version: number;
}

/**
 * What a strategy reads: the last settled snapshot plus own fills since. What own orders reserve is ours to know: it is taken off
 * whatever the counter says, and of what the reading held for them no more is given back than it did hold.
 */
export function project(asked: ProjectionInputs): AccountView {
  const inputs = { ...asked, base: withFound(asked) };
  const { base, fills, working, owned } = inputs;
  const part = owned === null ? base : ownPart(base.account, base.positions, owned);
  const cash = cashOf(base.account, base.positions);
  const ours = ownHold(base.working, base.foreignHold, cash - base.account.availableCash);
  const hold = holdOf(working) + holdCorrection(base.working, ours, working);
  const spent = fills.reduce((sum, fill) => sum + cashEffect(fill), 0);
  const others = heldForOthers(base, cash - base.account.availableCash - ours);
  // What a counter does not freeze for orders of others it will want all the same.
  const unfrozen = Math.max(0, base.foreignHold - others);
  const available = base.account.availableCash + ours + spent - hold - unfrozen;
  // What is no security, or of an amount that cannot be read, is of no use to a strategy: it is not shown, and its worth counts.
  const odd = part.positions.filter(({ security, unreadable }) => !isSecurity(security) || unreadable !== undefined);
  const positions = projectPositions(
    inputs,
    part.positions.filter((held) => !odd.includes(held)),
  );
  const value = positions.reduce((sum, position) => sum + (position.value ?? 0), 0);
  const { transferableCash } = base.account;
  return {
    version: inputs.version,
    asOf: base.requestedAt,
    availableCash: cents(available),
    lockedCash: cents(hold + others + unfrozen),
    transferableCash: transferableCash === null ? null : cents(Math.max(0, Math.min(transferableCash, available))),
    totalValue: cents(cash + spent + lentIn(fills) + value + sumValues(odd) + unpricedValue(part)),
    startingCash: inputs.startingCash,
    positions,
  };
}

/** CNY lent by these fills: gone from the cash, and still the account's. */
export function lentIn(fills: readonly Pick<OwnFill, 'security' | 'amount' | 'price'>[]): number {
  const lends = fills.filter(({ security }) => !movesShares(security));
  return lends.reduce((sum, { security, amount, price }) => sum + tradedMoney(security, amount, price), 0);
}

/** The base with the orders that it must have held, though that was not known when it was read. */
function withFound(inputs: ProjectionInputs): Snapshot {
  const { base, found } = inputs;
  if (found.length === 0) return base;
  const { account, positions, working, foreignHold } = base;
  const shares = new Map(positions.map((held) => [held.security, frozenIn(held, inputs)]));
  const cash = cashOf(account, positions) - account.availableCash - foreignHold;
  return { ...base, working: [...working, ...foundHeld(working, found, { cash, shares })] };
}

/**
 * CNY that is held and not for us: what the counter says outright, else what its figures are apart (`apart`) as far as open buys of
 * others explain it: the rest is lent, or of another moment.
 */
function heldForOthers({ account, foreignHold }: Snapshot, apart: number): number {
  const isTold = account.frozenCash !== null && account.frozenCash > 0;
  return Math.max(0, isTold ? apart : Math.min(apart, mostHold(foreignHold)));
}

function projectPositions(inputs: ProjectionInputs, base: readonly BrokerPosition[]): PositionView[] {
  const views = new Map<string, PositionView>();
  for (const held of base) views.set(held.security, fromBroker(held, inputs.heldSince.get(held.security)));
  for (const fill of inputs.fills) {
    if (!movesShares(fill.security)) continue;
    const before = views.get(fill.security) ?? emptyPosition(fill.security);
    views.set(fill.security, applyFill(before, fill, inputs.day));
  }
  return [...views.values()]
    .map((view) => withPrice(withLocks(view, inputs), inputs.prices.get(view.security)))
    .filter((view) => view.amount !== 0 || view.lockedAmount !== 0);
}

function applyFill(before: PositionView, fill: OwnFill, day: string): PositionView {
  if (fill.side === 'sell') {
    // The closeable amount goes down with the fill; withLocks gives back what its freeze had taken.
    return moved(
      before,
      { amount: before.amount - fill.amount, closeableAmount: before.closeableAmount - fill.amount },
      fill,
    );
  }
  const amount = before.amount + fill.amount;
  const cost = before.amount * (before.avgCost ?? fill.price) + fill.amount * fill.price + fill.fees;
  const sellableNow = settlementDays(fill.security, day) === 0 ? fill.amount : 0;
  return moved(
    { ...before, avgCost: cost / amount, initTime: before.amount > 0 ? (before.initTime ?? fill.time) : fill.time },
    { amount, closeableAmount: before.closeableAmount + sellableNow },
    fill,
  );
}

function moved(before: PositionView, change: { amount: number; closeableAmount: number }, fill: OwnFill): PositionView {
  const price = fill.price;
  return { ...before, ...change, price, value: change.amount * price, transactTime: fill.time };
}

/** CNY that a fill brings (sell) or costs (buy, lend), fees included. */
export function cashEffect({ security, side, amount, price, fees }: Omit<OwnFill, 'time'>): number {
  const money = tradedMoney(security, amount, price);
  return takesCash(security, side) ? -money - fees : money - fees;
}

/** The price read last, unless a fill is younger. */
function withPrice(view: PositionView, read: TimedPrice | undefined): PositionView {
  if (read === undefined || (view.transactTime !== null && view.transactTime > read.at)) return view;
  return { ...view, price: read.price, value: view.amount * read.price };
}

function withLocks(view: PositionView, inputs: ProjectionInputs): PositionView {
  const frozenBefore = frozenAtBase(view.security, inputs);
  const frozenNow = frozenShares(view.security, inputs.working);
  const isSameDay = settlementDays(view.security, inputs.day) === 0;
  const bought = Math.min(view.amount, inputs.boughtToday.get(view.security) ?? 0);
  const free = view.closeableAmount - (frozenNow - frozenBefore);
  // The broker counts the account as one: what an owner of a part bought today it would sell out of what others hold.
  const settled = inputs.owned === null ? free : view.amount - (isSameDay ? 0 : bought) - frozenNow;
  const closeableAmount = Math.max(0, Math.min(free, settled));
  const todayAmount = isSameDay ? bought : Math.max(0, view.amount - closeableAmount - frozenNow);
  return { ...view, closeableAmount, lockedAmount: frozenNow, todayAmount };
}

/** Shares that own sells held in a reading: it may be younger than the list that told us that they work. */
function frozenAtBase(security: string, inputs: ProjectionInputs): number {
  const held = inputs.base.positions.find((position) => position.security === security);
  return held === undefined ? 0 : Math.min(frozenShares(security, inputs.base.working), frozenIn(held, inputs));
}

/** Shares of a holding that a reading shows as frozen: not to be sold, and not because they were bought that day. */
function frozenIn({ security, amount, closeableAmount }: BrokerPosition, inputs: ProjectionInputs): number {
  const { boughtToday, day, fills } = inputs;
  const since = fills.filter((fill) => fill.side === 'buy' && fill.security === security);
  const bought = (boughtToday.get(security) ?? 0) - since.reduce((sum, fill) => sum + fill.amount, 0);
  const unsettled = settlementDays(security, day) === 0 ? 0 : Math.max(0, bought);
  return Math.max(0, amount - closeableAmount - unsettled);
}

function fromBroker(held: BrokerPosition, since: HeldSince | undefined): PositionView {
  return {
    security: held.security,
    name: held.name,
    amount: held.amount,
    closeableAmount: held.closeableAmount,
    lockedAmount: 0,
    todayAmount: 0,
    avgCost: held.avgCost,
    price: held.lastPrice,
    value: valueOf(held),
    initTime: since?.since ?? null,
    transactTime: since?.transacted ?? null,
  };
}

function emptyPosition(security: string): PositionView {
  return { ...fromBroker({ ...NOTHING, security }, undefined), price: null, value: null };
}

const NOTHING: BrokerPosition = {
  security: '',
  name: null,
  amount: 0,
  closeableAmount: 0,
  avgCost: null,
  lastPrice: null,
  marketValue: null,
};

/** CNY to two places, as money is shown. */
export function cents(value: number): number {
  return Math.round(value * 100) / 100;
}
