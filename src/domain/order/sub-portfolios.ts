import { settlementDays } from '../market/settlement.ts';
import { cents } from './projection.ts';
import { frozenShares, holdOf, type Working } from './reserves.ts';
import { NO_TALLY, type SubHolding, type SubTally } from './sub-tally.ts';
import type { AccountView, PositionView, SubType, SubView } from './types.ts';

/** What a sub-portfolio was given so far, less what was taken from it, CNY; of the first one, what it was worth when it was made. */
export interface SubGrant {
  readonly type: SubType;
  readonly cash: number;
}

export interface Division {
  /** By pindex; the first one is what no other holds. */
  readonly grants: readonly SubGrant[];
  /** CNY that are in no sub-portfolio. */
  readonly aside: number;
  /** What the trades of each, but of the first, come to. */
  readonly tallies: ReadonlyMap<number, SubTally>;
  /** What of each, but of the first, may still change cash and holdings. */
  readonly working: ReadonlyMap<number, readonly Working[]>;
  /** Trading day, `YYYY-MM-DD`. */
  readonly day: string;
}

/**
 * An account as its sub-portfolios. Each but the first has what it was given and what came of its own orders, and of shares at most
 * what the account has; the first has the rest: what was there before, dividends, and all that comes from outside. What is missing in
 * cash is taken from what is put aside before the first goes below zero. All of them together are the account less what is put aside.
 */
export function divide(view: AccountView, division: Division): AccountView {
  const { grants, tallies, working, day } = division;
  const left = new Map(view.positions.map((held) => [held.security, held]));
  const others = grants.slice(1).map((grant, index) => {
    const pindex = index + 1;
    return subView(grant, tallies.get(pindex) ?? NO_TALLY, working.get(pindex) ?? [], left, day);
  });
  const sum = (read: (sub: SubView) => number): number => others.reduce((total, sub) => total + read(sub), 0);
  const free = view.availableCash - sum((sub) => sub.availableCash);
  const aside = Math.max(0, Math.min(division.aside, free));
  const transferable = view.transferableCash === null ? null : Math.max(0, view.transferableCash - aside);
  const bounded = boundTransferable(others, transferable);
  const taken = bounded.reduce((total, sub) => total + (sub.transferableCash ?? 0), 0);
  const first: SubView = {
    type: grants[0]?.type ?? 'stock',
    availableCash: cents(free - aside),
    lockedCash: cents(view.lockedCash - sum((sub) => sub.lockedCash)),
    transferableCash: transferable === null ? null : cents(Math.max(0, Math.min(transferable - taken, free - aside))),
    totalValue: cents(view.totalValue - aside - sum((sub) => sub.totalValue)),
    startingCash: cents(grants[0]?.cash ?? 0),
    positions: [...left.values()].filter(({ amount, lockedAmount }) => amount !== 0 || lockedAmount !== 0),
  };
  return {
    ...view,
    availableCash: cents(view.availableCash - aside),
    transferableCash: transferable === null ? null : cents(transferable),
    totalValue: cents(view.totalValue - aside),
    startingCash: cents(grants.reduce((total, { cash }) => total + cash, 0)),
    subs: [first, ...bounded],
    aside: cents(aside),
  };
}

/** What a sub-portfolio's orders are planned on: its own, and of cash no more than the whole has. Null = there is no such one. */
export function viewOfSub(view: AccountView, pindex: number): AccountView | null {
  if (view.subs === undefined) return pindex === 0 ? view : null;
  const sub = view.subs[pindex];
  if (sub === undefined) return null;
  return { ...view, ...sub, availableCash: Math.min(sub.availableCash, view.availableCash) };
}

/** Takes its shares out of what is `left`. */
function subView(
  { type, cash }: SubGrant,
  tally: SubTally,
  working: readonly Working[],
  left: Map<string, PositionView>,
  day: string,
): SubView {
  const hold = cents(holdOf(working));
  const availableCash = cents(cash + tally.cash - hold);
  const positions = [...tally.shares].flatMap(([security, held]) => {
    const whole = left.get(security);
    const own = whole === undefined ? null : ownPart(whole, held, frozenShares(security, working), day);
    if (whole === undefined || own === null) return [];
    left.set(security, rest(whole, own));
    return [own];
  });
  const worth = positions.reduce((total, { value }) => total + (value ?? 0), 0);
  // What it sold today may be spent here and is not to be taken out.
  const transferableCash = cents(Math.max(0, availableCash - Math.max(0, tally.soldToday)));
  const totalValue = cents(availableCash + hold + worth);
  return { type, availableCash, lockedCash: hold, transferableCash, totalValue, startingCash: cents(cash), positions };
}

function ownPart(whole: PositionView, held: SubHolding, frozen: number, day: string): PositionView | null {
  const amount = Math.min(held.amount, whole.amount);
  if (amount <= 0) return null;
  const lockedAmount = Math.min(frozen, amount, whole.lockedAmount);
  const isSameDay = settlementDays(whole.security, day) === 0;
  const bought = Math.min(held.bought, amount);
  const settled = amount - (isSameDay ? 0 : bought) - lockedAmount;
  const closeableAmount = Math.max(0, Math.min(settled, whole.closeableAmount));
  return {
    ...whole,
    amount,
    lockedAmount,
    closeableAmount,
    todayAmount: Math.min(isSameDay ? bought : Math.max(0, amount - closeableAmount - lockedAmount), whole.todayAmount),
    avgCost: held.cost / held.amount,
    value: whole.value === null ? null : (whole.value / whole.amount) * amount,
    initTime: held.since,
    transactTime: held.transacted,
  };
}

function rest(whole: PositionView, own: PositionView): PositionView {
  const amount = whole.amount - own.amount;
  const cost = whole.avgCost === null ? null : whole.avgCost * whole.amount - (own.avgCost ?? 0) * own.amount;
  return {
    ...whole,
    amount,
    lockedAmount: whole.lockedAmount - own.lockedAmount,
    closeableAmount: Math.max(0, Math.min(whole.closeableAmount - own.closeableAmount, amount)),
    todayAmount: Math.max(0, whole.todayAmount - own.todayAmount),
    // Where a counter reckons otherwise (by gains made), what is left over says nothing.
    avgCost: cost !== null && amount > 0 && cost > 0 ? cost / amount : whole.avgCost,
    value: whole.value === null ? null : whole.value - (own.value ?? 0),
  };
}

/** No more than the account lets out, the earlier ones first. */
function boundTransferable(subs: readonly SubView[], whole: number | null): SubView[] {
  let left = whole;
  return subs.map((sub) => {
    if (left === null) return { ...sub, transferableCash: null };
    const transferableCash = cents(Math.min(sub.transferableCash ?? 0, left));
    left -= transferableCash;
    return { ...sub, transferableCash };
  });
}
