import { isRepo, tradedMoney } from '../../domain/market/repo.ts';
import type { IntentRow } from '../../domain/order/rows.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import type { Others } from '../orders/reading/foreign-trades.ts';

/** What of the ledger tells it. */
export type LastHeldSource = Pick<Ledger, 'heldSince' | 'lastDue'>;

/** Shares by security that an earlier run last believed the account to hold; null = none has read it yet. */
export function lastHeldBy(ledger: LastHeldSource): ReadonlyMap<string, number> | null {
  const held = new Map(Array.from(ledger.heldSince().values(), ({ security, amount }) => [security, amount]));
  // One whose tasks have been due had read it, and found nothing.
  return held.size > 0 || ledger.lastDue() !== null ? held : null;
}

/** CNY that the lists show as lent on a day, by orders of ours and of others. */
export function lentOn(day: string, intents: readonly IntentRow[], { trades }: Others): number {
  const own = intents.filter((intent) => intent.day === day && intent.side === 'sell' && isRepo(intent.security));
  const others = trades.filter(({ security, side }) => side !== 'buy' && isRepo(security));
  return [
    ...own.map(({ security, filled, price }) => tradedMoney(security, filled, price)),
    ...others.map(({ security, amount }) => tradedMoney(security, amount, 0)),
  ].reduce((sum, money) => sum + money, 0);
}
