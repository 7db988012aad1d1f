import { settlementDays } from '../market/settlement.ts';
import type { BrokerAccount, BrokerPosition, Side } from '../trading.ts';
import type { AccountView, PositionView } from './types.ts';

/** Account and positions read together, with what of ours was working at that moment. */
export interface Snapshot {
  readonly account: BrokerAccount;
  readonly positions: readonly BrokerPosition[];
  /** Market time of the request, epoch ms. */
  readonly requestedAt: number;
  readonly working: readonly Working[];
}

/** The unfilled rest of an own order at the broker. */
export interface Working {
  readonly security: string;
  readonly side: Side;
  readonly rest: number;
  readonly price: number;
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

export interface ProjectionInputs {
  readonly base: Snapshot;
  /** Own fills the base does not contain yet, oldest first. */
  readonly fills: readonly OwnFill[];
  /** What of ours works now. */
  readonly working: readonly Working[];
  /** Trading day, `YYYY-MM-DD`: decides what was bought today. */
  readonly day: string;
  readonly startingCash: number;
  readonly version: number;
}

/**
 * What a strategy reads: the last settled snapshot plus own fills since. A snapshot already contains the freezes of what
 * worked when it was requested, so only the difference to what works now is taken off.
 */
export function project(inputs: ProjectionInputs): AccountView {
  const { base, fills, working } = inputs;
  const frozenBefore = frozenCash(base.working);
  const frozenNow = frozenCash(working);
  const spent = fills.reduce((sum, fill) => sum + cashEffect(fill), 0);
  const available = base.account.availableCash + spent - (frozenNow - frozenBefore);
  const locked = Math.max(0, (base.account.frozenCash ?? frozenBefore) + frozenNow - frozenBefore);
  const positions = projectPositions(inputs);
  const cashTotal = base.account.totalValue - sumValues(base.positions) + spent;
  const value = positions.reduce((sum, position) => sum + (position.value ?? 0), 0);
  return {
    version: inputs.version,
    asOf: base.requestedAt,
    availableCash: cents(available),
    lockedCash: cents(locked),
    transferableCash: base.account.transferableCash,
    totalValue: cents(cashTotal + value),
    startingCash: inputs.startingCash,
    positions,
  };
}

/** True when a newer reading holds the amounts that the projection expects. */
export function sameAmounts(view: AccountView, positions: readonly BrokerPosition[]): boolean {
  const read = new Map(positions.filter((held) => held.amount !== 0).map((held) => [held.security, held.amount]));
  const expected = view.positions.filter((held) => held.amount !== 0);
  return expected.length === read.size && expected.every((held) => read.get(held.security) === held.amount);
}

function projectPositions(inputs: ProjectionInputs): PositionView[] {
  const views = new Map<string, PositionView>();
  for (const held of inputs.base.positions) views.set(held.security, fromBroker(held));
  for (const fill of inputs.fills) {
    const before = views.get(fill.security) ?? emptyPosition(fill.security);
    views.set(fill.security, applyFill(before, fill, inputs.day));
  }
  return [...views.values()]
    .map((view) => withLocks(view, inputs))
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
    { ...before, avgCost: cost / amount, initTime: before.initTime ?? fill.time },
    { amount, closeableAmount: before.closeableAmount + sellableNow },
    fill,
  );
}

function moved(before: PositionView, change: { amount: number; closeableAmount: number }, fill: OwnFill): PositionView {
  const price = fill.price;
  return { ...before, ...change, price, value: change.amount * price, transactTime: fill.time };
}

function withLocks(view: PositionView, inputs: ProjectionInputs): PositionView {
  const frozenBefore = frozenShares(view.security, inputs.base.working);
  const frozenNow = frozenShares(view.security, inputs.working);
  const closeableAmount = Math.max(0, view.closeableAmount - (frozenNow - frozenBefore));
  return {
    ...view,
    closeableAmount,
    lockedAmount: frozenNow,
    todayAmount: Math.max(0, view.amount - closeableAmount - frozenNow),
  };
}

function fromBroker(held: BrokerPosition): PositionView {
  const value = held.marketValue ?? (held.lastPrice === null ? null : held.lastPrice * held.amount);
  return {
    security: held.security,
    name: held.name,
    amount: held.amount,
    closeableAmount: held.closeableAmount,
    lockedAmount: 0,
    todayAmount: 0,
    avgCost: held.avgCost,
    price: held.lastPrice,
    value,
    initTime: null,
    transactTime: null,
  };
}

function emptyPosition(security: string): PositionView {
  return { ...fromBroker({ ...NOTHING, security }), price: null, value: null };
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

function cashEffect(fill: OwnFill): number {
  const money = fill.amount * fill.price;
  return fill.side === 'buy' ? -money - fill.fees : money - fill.fees;
}

function frozenCash(working: readonly Working[]): number {
  return working.reduce((sum, order) => sum + (order.side === 'buy' ? order.rest * order.price : 0), 0);
}

function frozenShares(security: string, working: readonly Working[]): number {
  return working.reduce(
    (sum, order) => sum + (order.side === 'sell' && order.security === security ? order.rest : 0),
    0,
  );
}

function sumValues(positions: readonly BrokerPosition[]): number {
  return positions.reduce((sum, held) => sum + (fromBroker(held).value ?? 0), 0);
}

function cents(value: number): number {
  return Math.round(value * 100) / 100;
}
