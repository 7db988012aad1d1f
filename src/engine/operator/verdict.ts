import { BtError } from '../../domain/errors.ts';
import type { FillRow, IntentRow } from '../../domain/order/rows.ts';
import { isUnseenEnd, listed, type IntentNews } from '../../domain/order/intent.ts';

/** How a person settles an order of unknown fate. */
export type Verdict =
  | { readonly kind: 'as'; readonly brokerOrderId: string }
  | { readonly kind: 'not_placed' }
  /** Of an earlier day: shares filled in all, and their price (null = the order's own). */
  | { readonly kind: 'filled'; readonly shares: number; readonly price: number | null };

/** Reads `as`, `filled` (with `price`) or `notPlaced` of a command's values: exactly one of them. Throws BAD_VERDICT. */
export function verdictOf(values: Readonly<Record<string, string>>): Verdict {
  const { as, filled, price, notPlaced } = values;
  const answers = [as, filled, notPlaced].filter((answer) => answer !== undefined);
  if (answers.length !== 1 || (price !== undefined && filled === undefined))
    throw refuse('BAD_VERDICT', 'Write one of --as ORDER_ID, --filled SHARES [--price PRICE] and --not-placed.');
  if (as !== undefined) return { kind: 'as', brokerOrderId: as };
  if (filled === undefined) return { kind: 'not_placed' };
  if (!/^\d{1,12}$/u.test(filled))
    throw refuse('BAD_VERDICT', `"${filled}" is not a number of shares. Write a whole number, 0 for none.`);
  if (price !== undefined && !(/^\d+(?:\.\d+)?$/u.test(price) && Number(price) > 0))
    throw refuse('BAD_VERDICT', `"${price}" is not a price. Write CNY a share.`);
  return { kind: 'filled', shares: Number(filled), price: price === undefined ? null : Number(price) };
}

/** True when a person may call the intent so. */
export function isNamed({ clientId, tag, orderId, remark }: IntentRow, id: string): boolean {
  return [clientId, tag, orderId, remark].includes(id);
}

/** The one intent of unknown fate that an id names: its client id, its 8 characters, or its order. Throws NO_SUCH_INTENT. */
export function unknownIntent(intents: readonly IntentRow[], id: string): IntentRow {
  const unknown = intents.filter((intent) => intent.state === 'unknown' || intent.state === 'sending');
  const named = unknown.filter((intent) => isNamed(intent, id));
  const [only] = named;
  if (named.length === 1 && only !== undefined) return only;
  const list = unknown.map(({ tag, side, amount, security }) => `${tag} (${side} ${amount} ${security})`).join(', ');
  throw refuse(
    'NO_SUCH_INTENT',
    `No order of unknown fate is called "${id}"; ${list === '' ? 'there is none' : `there are: ${list}`}.`,
  );
}

/** What can be said of an order depends on what is known of it already. Throws BAD_VERDICT. */
export function checkVerdict(intent: IntentRow, { kind }: Verdict): void {
  const { remark, day, brokerOrderId, filled } = intent;
  if (kind === 'as' && isUnseenEnd(intent))
    throw refuse(
      'BAD_VERDICT',
      `${remark} is of ${day}, and its id may be another order's today. Write --filled SHARES: how much of it was filled.`,
    );
  if (kind === 'filled' && !isUnseenEnd(intent))
    throw refuse('BAD_VERDICT', `${remark} is in the broker's list, if anywhere: name it with --as ORDER_ID.`);
  if (kind === 'not_placed' && (brokerOrderId !== null || filled > 0))
    throw refuse('BAD_VERDICT', `${remark} was placed (order ${brokerOrderId ?? '?'}). Write --filled SHARES.`);
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
    tradeId: `operator:${intent.clientId}`,
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

/** What a person asked for cannot be done. */
export function refuse(code: string, message: string): BtError {
  return new BtError(code, message, { fault: 'config' });
}
