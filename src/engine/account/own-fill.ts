import { DEFAULT_FEES, orderFees } from '../../domain/market/fees.ts';
import { tradedMoney } from '../../domain/market/repo.ts';
import type { OwnFill } from '../../domain/order/projection.ts';
import type { FillRow, IntentRow } from '../../domain/order/rows.ts';

/** A fill as the projection wants it. `earlier`: CNY that its order had been filled before: the minimum fee is charged once an order. */
export function ownFill(fill: FillRow, { security, side }: IntentRow, earlier: number): OwnFill {
  const { amount, price, time } = fill;
  const told = (fill.commission ?? 0) + (fill.tax ?? 0);
  const fees = (money: number): number => {
    if (money === 0) return 0;
    const { commission, stampDuty, transferFee } = orderFees({ security, side, money, day: fill.day }, DEFAULT_FEES);
    return commission + stampDuty + transferFee;
  };
  // QMT reports 0.0 for both: an estimate keeps the cash on the cautious side.
  const charged = told > 0 ? told : fees(earlier + tradedMoney(security, amount, price)) - fees(earlier);
  return { security, side, amount, price, fees: charged, time };
}

/** Fills of several orders, oldest first, each with what it added to the fees of its order. */
export function ownFills(
  fills: readonly FillRow[],
  intentOf: (clientId: string) => IntentRow,
  earlierOf: (fill: FillRow) => number,
): OwnFill[] {
  const since = new Map<string, number>();
  return fills.map((fill) => {
    const earlier = since.get(fill.clientId) ?? earlierOf(fill);
    const intent = intentOf(fill.clientId);
    since.set(fill.clientId, earlier + tradedMoney(intent.security, fill.amount, fill.price));
    return ownFill(fill, intent, earlier);
  });
}
