import { DEFAULT_FEES, orderFees } from '../../domain/market/fees.ts';
import type { OwnFill } from '../../domain/order/projection.ts';
import type { FillRow, IntentRow } from '../../domain/order/rows.ts';

/** A fill as the projection wants it. */
export function ownFill(fill: FillRow, { security, side }: IntentRow): OwnFill {
  const { amount, price, time } = fill;
  const estimate = orderFees({ security, side, money: amount * price, day: fill.day }, DEFAULT_FEES);
  const told = (fill.commission ?? 0) + (fill.tax ?? 0);
  // QMT reports 0.0 for both: an estimate keeps the cash on the cautious side.
  const fees = told > 0 ? told : estimate.commission + estimate.stampDuty + estimate.transferFee;
  return { security, side, amount, price, fees, time };
}
