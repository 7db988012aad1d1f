import { isSettled, listed, restOf } from '../../../domain/order/intent.ts';
import { takesCash, tradedMoney } from '../../../domain/market/repo.ts';
import type { Working } from '../../../domain/order/reserves.ts';
import type { FillRow, IntentRow } from '../../../domain/order/rows.ts';
import { isFinal } from '../../../domain/order/state.ts';
import type { FillStore } from './fill-store.ts';

/**
 * Rests of intents that may still change cash and holdings; `certain`: only of those that the broker surely has, and of buys that
 * have expired: a counter may hold their money until its own end of the day.
 */
export function workingOf(
  intents: readonly IntentRow[],
  fills: FillStore,
  today: string,
  which: 'all' | 'certain',
): Working[] {
  return (
    intents
      // Of an earlier day nothing works any more, also where its end was not seen: a reading of today holds what became of it.
      .filter((intent) => intent.day === today)
      .filter((intent) => which === 'all' || intent.brokerOrderId !== null)
      .map((intent) => unfilled(intent, fills.ofIntent(intent.clientId), which === 'certain'))
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

/** Final intents of today whose fills do not add up to what the broker says was filled. */
export function unlistedOf(intents: readonly IntentRow[], fills: FillStore, today: string): IntentRow[] {
  return intents.filter(
    (intent) => intent.day === today && isFinal(intent.state) && !isSettled(intent, fills.ofIntent(intent.clientId)),
  );
}
