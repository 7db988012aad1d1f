import { BtError } from '../domain/errors.ts';
import type { FillRow, IntentRow } from '../ledger/rows.ts';
import { listed, type IntentNews } from './orders/intent-change.ts';

/** How a person settles an order of unknown fate. */
export type Verdict =
  | { readonly kind: 'as'; readonly brokerOrderId: string }
  | { readonly kind: 'not_placed' }
  /** Of an earlier day: shares filled in all, and their price (null = the order's own). */
  | { readonly kind: 'filled'; readonly shares: number; readonly price: number | null };

/** Reads `as`, `filled` and `price` of a command's values; neither `as` nor `filled` = not placed. Throws BAD_VERDICT. */
export function verdictOf(values: Readonly<Record<string, string>>): Verdict {
  const { as, filled, price } = values;
  if (as !== undefined) return { kind: 'as', brokerOrderId: as };
  if (filled === undefined) return { kind: 'not_placed' };
  const shares = Number(filled);
  if (!Number.isInteger(shares) || shares < 0)
    throw refuse('BAD_VERDICT', `"${filled}" is not a number of shares. Write a whole number, 0 for none.`);
  if (price === undefined) return { kind: 'filled', shares, price: null };
  const paid = Number(price);
  if (!Number.isFinite(paid) || paid <= 0) throw refuse('BAD_VERDICT', `"${price}" is not a price. Write CNY a share.`);
  return { kind: 'filled', shares, price: paid };
}

/** The one intent of unknown fate that an id names: its client id, its 8 characters, or its order. Throws NO_SUCH_INTENT. */
export function unknownIntent(intents: readonly IntentRow[], id: string): IntentRow {
  const unknown = intents.filter((intent) => intent.state === 'unknown' || intent.state === 'sending');
  const named = unknown.filter(({ clientId, tag, orderId, remark }) => [clientId, tag, orderId, remark].includes(id));
  const [only] = named;
  if (named.length === 1 && only !== undefined) return only;
  const list = unknown.map(({ tag, side, amount, security }) => `${tag} (${side} ${amount} ${security})`).join(', ');
  throw refuse(
    'NO_SUCH_INTENT',
    `No order of unknown fate is called "${id}"; ${list === '' ? 'there is none' : `there are: ${list}`}.`,
  );
}

/** Today's orders are in the broker's list, those of earlier days are in none. Throws BAD_VERDICT. */
export function checkVerdict(intent: IntentRow, verdict: Verdict, today: string): void {
  if (verdict.kind === 'as' && intent.day !== today)
    throw refuse(
      'BAD_VERDICT',
      `${intent.remark} is of ${intent.day} and its id may be another order's today. Write --filled SHARES: how much of it was filled.`,
    );
  if (verdict.kind === 'filled' && intent.day === today)
    throw refuse('BAD_VERDICT', `${intent.remark} is of today: name it in the broker's list with --as ORDER_ID.`);
}

/** What a person knows of the end of an order, as news and the fill that was never listed. Throws BAD_VERDICT. */
export function filledByHand(
  intent: IntentRow,
  fills: readonly FillRow[],
  { shares, price }: Extract<Verdict, { kind: 'filled' }>,
): { readonly news: IntentNews; readonly fills: readonly FillRow[] } {
  const known = Math.max(intent.filled, listed(fills));
  if (shares < known || shares > intent.amount)
    throw refuse(
      'BAD_VERDICT',
      `${intent.remark} is an order of ${intent.amount} shares of which ${known} are known to be filled. Write a number from ${known} to ${intent.amount}.`,
    );
  const event = shares === intent.amount ? 'filled' : 'canceled';
  const reason = 'the operator says how much of it was filled';
  const missing = shares - listed(fills);
  const fill: FillRow = {
    day: intent.day,
    brokerOrderId: intent.brokerOrderId ?? '',
    tradeId: 'operator',
    ordinal: 1,
    clientId: intent.clientId,
    amount: missing,
    price: price ?? intent.price,
    time: intent.updatedAt,
    commission: null,
    tax: null,
  };
  return {
    news: { clientId: intent.clientId, event, filled: shares, reason },
    fills: missing === 0 ? [] : [fill],
  };
}

function refuse(code: string, message: string): BtError {
  return new BtError(code, message, { fault: 'config' });
}
