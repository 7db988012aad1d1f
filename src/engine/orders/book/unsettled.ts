import { isSettled, listed, restOf } from '../../../domain/order/intent.ts';
import { takesCash, tradedMoney } from '../../../domain/market/repo.ts';
import type { Working } from '../../../domain/order/reserves.ts';
import type { FillRow, IntentRow } from '../../../domain/order/rows.ts';
import { isFinal } from '../../../domain/order/state.ts';
import type { FillStore } from './fill-store.ts';

/** Shares by client id that are filled, not listed as trades, and in the account all the same. */
export type UnlistedShares = ReadonlyMap<string, number>;

export function anyIntent(_intent: IntentRow): boolean {
  return true;
}

export interface WorkingWanted {
  readonly which: 'all' | 'certain';
  readonly unlisted?: UnlistedShares | undefined;
  /** Only of these; asked last. */
  readonly of: (intent: IntentRow) => boolean;
}

/**
 * Rests of intents that may still change cash and holdings; `certain`: only of those that the broker surely has, and of buys that
 * have expired: a counter may hold their money until its own end of the day.
 */
export function workingOf(
  intents: readonly IntentRow[],
  fills: FillStore,
  today: string,
  { which, unlisted, of }: WorkingWanted,
): Working[] {
  const open: Working[] = [];
  for (const intent of intents) {
    // Of an earlier day nothing works any more, also where its end was not seen: a reading of today holds what became of it.
    if (intent.day !== today) continue;
    if (which === 'certain' && intent.brokerOrderId === null) continue;
    const listedFills = fills.ofIntent(intent.clientId);
    const unfilled = unfilledOf(intent, listedFills, which === 'certain');
    const done = Math.min(unfilled, unlisted?.get(intent.clientId) ?? 0);
    if (unfilled > done && of(intent)) open.push(working(intent, listedFills, unfilled, done));
  }
  return open;
}

function unfilledOf(intent: IntentRow, fills: readonly FillRow[], atBroker: boolean): number {
  const { security, side, state, amount } = intent;
  const isHeld = atBroker && state === 'expired' && takesCash(security, side);
  return isHeld ? Math.max(0, amount - listed(fills)) : restOf(intent, fills);
}

/** `done`: shares of the unfilled ones that are filled all the same. */
function working(intent: IntentRow, fills: readonly FillRow[], unfilled: number, done: number): Working {
  const { security, side, price, day } = intent;
  const listedMoney = fills.reduce((sum, fill) => sum + tradedMoney(security, fill.amount, fill.price), 0);
  const filledMoney = listedMoney + tradedMoney(security, done, price);
  return { security, side, rest: unfilled - done, price, day, filledMoney };
}

/** True when it changes neither cash nor holdings any more, whatever is asked above. */
export function isOver(intent: IntentRow, fills: FillStore): boolean {
  return intent.state !== 'expired' && isSettled(intent, fills.ofIntent(intent.clientId));
}

/** Final intents of today whose fills do not add up to what the broker says was filled. */
export function unlistedOf(intents: readonly IntentRow[], fills: FillStore, today: string): IntentRow[] {
  return intents.filter(
    (intent) => intent.day === today && isFinal(intent.state) && !isSettled(intent, fills.ofIntent(intent.clientId)),
  );
}
