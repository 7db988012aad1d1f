import { isSettled, restOf } from '../../../domain/order/intent.ts';
import type { Working } from '../../../domain/order/reserves.ts';
import type { FillRow, IntentRow } from '../../../domain/order/rows.ts';
import { isFinal } from '../../../domain/order/state.ts';
import type { FillStore } from './fill-store.ts';

/** Rests of intents that may still change cash and holdings; `certain`: only of those that the broker surely has. */
export function workingOf(
  intents: readonly IntentRow[],
  fills: FillStore,
  today: string,
  which: 'all' | 'certain',
): Working[] {
  return (
    intents
      // Of an earlier day nothing works any more, also where its end was not seen.
      .filter((intent) => intent.day === today || !(isFinal(intent.state) || intent.state === 'unknown'))
      .filter((intent) => which === 'all' || intent.brokerOrderId !== null)
      .map((intent) => unfilled(intent, fills.ofIntent(intent.clientId)))
      .filter((order) => order.rest > 0)
  );
}

function unfilled(intent: IntentRow, fills: readonly FillRow[]): Working {
  const { security, side, price, day } = intent;
  const filledMoney = fills.reduce((sum, fill) => sum + fill.amount * fill.price, 0);
  return { security, side, rest: restOf(intent, fills), price, day, filledMoney };
}

/** Final intents of today whose fills do not add up to what the broker says was filled. */
export function unlistedOf(intents: readonly IntentRow[], fills: FillStore, today: string): IntentRow[] {
  return intents.filter(
    (intent) => intent.day === today && isFinal(intent.state) && !isSettled(intent, fills.ofIntent(intent.clientId)),
  );
}
