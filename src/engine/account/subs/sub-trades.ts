import { listed } from '../../../domain/order/intent.ts';
import type { Life } from '../../../domain/order/life-types.ts';
import type { FillRow, IntentRow } from '../../../domain/order/rows.ts';
import type { SubTrade } from '../../../domain/order/sub-tally.ts';
import { pindexOf } from '../../../domain/order/types.ts';
import { ownFills } from '../own-fill.ts';

/** Shares of an intent that are filled although no list of trades has shown them. */
export type UnlistedOf = (intent: IntentRow, fills: readonly FillRow[]) => number;

/** The trades of orders, each order's oldest first. What no list has shown counts at the price of its order, the worst it can have had. */
export function tradesOf(
  lives: readonly Life[],
  fillsOf: (clientId: string) => readonly FillRow[],
  unlistedOf: UnlistedOf,
): SubTrade[] {
  return lives.flatMap(({ order, intents }) => {
    const pindex = pindexOf(order.request);
    return intents.flatMap((intent) => {
      const fills = fillsOf(intent.clientId);
      const unlisted = unlistedOf(intent, fills);
      const all = unlisted > 0 ? [...fills, atItsPrice(intent, unlisted)] : fills;
      const trades = ownFills(
        all,
        () => intent,
        () => 0,
      );
      return trades.map((trade): SubTrade => ({ ...trade, pindex, day: order.day }));
    });
  });
}

/** Of an earlier day: what the broker called filled and never listed; its list of trades is gone. */
export function neverListed(intent: IntentRow, fills: readonly FillRow[]): number {
  return Math.max(0, intent.filled - listed(fills));
}

function atItsPrice({ clientId, day, price, updatedAt }: IntentRow, amount: number): FillRow {
  const nothing = { brokerOrderId: '', tradeId: '', ordinal: 1, commission: null, tax: null };
  return { ...nothing, clientId, day, price, amount, time: updatedAt };
}
