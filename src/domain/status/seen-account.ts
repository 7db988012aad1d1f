import type { AccountView, PositionView } from '../order/types.ts';

/** The account as a run has read it. Money in CNY; `asOf`: market time, epoch ms. */
export interface SeenAccount {
  readonly asOf: number;
  readonly totalValue: number;
  readonly availableCash: number;
  readonly lockedCash: number;
  readonly startingCash: number;
  readonly positions: readonly SeenPosition[];
}

/** `pindex`: the sub-portfolio that holds it, 0 where there is but one. */
export interface SeenPosition extends Pick<
  PositionView,
  'security' | 'name' | 'amount' | 'closeableAmount' | 'todayAmount' | 'avgCost' | 'price' | 'value'
> {
  readonly pindex: number;
}

/** The account as whoever looks at a run is to see it: the whole of it, what is put aside included. */
export function seenAccount(view: AccountView): SeenAccount {
  const { asOf, totalValue, availableCash, lockedCash, startingCash, positions, subs = [], aside = 0 } = view;
  const parts = subs.length > 1 ? subs.map((sub) => sub.positions) : [positions];
  return {
    asOf,
    totalValue: totalValue + aside,
    availableCash: availableCash + aside,
    lockedCash,
    startingCash,
    positions: parts.flatMap((held, pindex) => held.map((position) => seenPosition(position, pindex))),
  };
}

function seenPosition(position: PositionView, pindex: number): SeenPosition {
  const { security, name, amount, closeableAmount, todayAmount, avgCost, price, value } = position;
  return { pindex, security, name, amount, closeableAmount, todayAmount, avgCost, price, value };
}
