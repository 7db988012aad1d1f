import { isSettled, listed, restOf } from '../../../domain/order/intent.ts';
import { takesCash, tradedMoney } from '../../../domain/market/repo.ts';
import type { Working } from '../../../domain/order/reserves.ts';
import type { FillRow, IntentRow } from '../../../domain/order/rows.ts';
import { isFinal } from '../../../domain/order/state.ts';
import type { FillStore } from './fill-store.ts';

/** Shares by client id that are filled, not listed as trades, and in the account all the same. */
export type UnlistedShares = ReadonlyMap<string, number>;

export interface WorkingWanted {
  readonly which: 'all' | 'certain';
  readonly unlisted?: UnlistedShares | undefined;
}

/**
 * Rests of intents that may still change cash and holdings; `certain`: only of those that the broker surely has, and of buys that
 * have expired: a counter may hold their money until its own end of the day.
 */
export function workingOf(
  intents: readonly IntentRow[],
  fills: FillStore,
  today: string,
  { which, unlisted }: WorkingWanted,
): Working[] {
  return (
    intents
      // Of an earlier day nothing works any more, also where its end was not seen: a reading of today holds what became of it.
      .filter((intent) => intent.day === today)
      .filter((intent) => which === 'all' || intent.brokerOrderId !== null)
      .map((intent) => {
        const rest = unfilled(intent, fills.ofIntent(intent.clientId), which === 'certain');
        return without(rest, unlisted?.get(intent.clientId) ?? 0);
      })
      .filter((order) => order.rest > 0)
  );
}

function unfilled(intent: IntentRow, fills: readonly FillRow[], atBroker: boolean): Working {
  const { security, side, price, day, state, amount } = intent;
  const filledMoney = fills.reduce((sum, fill) => sum + tradedMoney(security, fill.amount, fill.price), 0);
  const isHeld = atBroker && state === 'expired' && takesCash(security, side);
  const rest = isHeld ? Math.max(0, amount - listed(fills)) : restOf(intent, fills);
  return { security, side, rest, price, day, filledMoney };
}

function without(order: Working, shares: number): Working {
  const { security, rest, price, filledMoney } = order;
  const done = Math.min(rest, shares);
  return { ...order, rest: rest - done, filledMoney: filledMoney + tradedMoney(security, done, price) };
}

/** Final intents of today whose fills do not add up to what the broker says was filled. */
export function unlistedOf(intents: readonly IntentRow[], fills: FillStore, today: string): IntentRow[] {
  return intents.filter(
    (intent) => intent.day === today && isFinal(intent.state) && !isSettled(intent, fills.ofIntent(intent.clientId)),
  );
}
