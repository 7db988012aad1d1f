import type { RiskLimits } from '../../domain/order/risk/limits.ts';
import type { RecentOrder } from '../../domain/order/risk/rule.ts';
import type { IntentRow, OrderChangeRow } from '../../domain/order/rows.ts';

/** What limits that are counted in seconds have to know of the run before this one. Market time, epoch ms, oldest first. */
export interface Recalled {
  readonly recent: readonly RecentOrder[];
  /** When orders and cancels left. */
  readonly actions: readonly number[];
  readonly cancels: readonly number[];
  /** When the strategy last asked for a cancel. */
  readonly lastCancel: number | null;
}

/** So far back the pace and the breaker look. */
const MINUTE_MS = 60_000;

/**
 * The last seconds before a restart, from the ledger's rows. An order that waited for its window is no new one, as in a run;
 * `changesOf` is asked only about orders whose cancel was asked for in that time.
 */
export function recalled(
  intents: readonly IntentRow[],
  now: number,
  { duplicateSeconds, minCancelInterval }: Pick<RiskLimits, 'duplicateSeconds' | 'minCancelInterval'>,
  {
    changesOf,
    hasWaited,
  }: {
    readonly changesOf: (orderId: string) => readonly OrderChangeRow[];
    readonly hasWaited: (orderId: string) => boolean;
  },
): Recalled {
  const horizon = now - Math.max(MINUTE_MS, (duplicateSeconds ?? 0) * 1000, (minCancelInterval ?? 0) * 1000);
  // Whatever becomes of an intent, its row is not older than that.
  const late = intents.filter(({ updatedAt, sentAt }) => updatedAt >= horizon || (sentAt ?? 0) >= horizon);
  const cancelled = new Set(late.flatMap(({ cancels, orderId }) => (cancels > 0 ? [orderId] : [])));
  const asked = [...cancelled]
    .flatMap((orderId) => changesOf(orderId))
    .filter(({ state, at }) => state === 'canceling' && at >= horizon)
    .toSorted((one, other) => one.at - other.at);
  const cancels = asked.map(({ at }) => at);
  const sent = late.flatMap(({ sentAt }) => (sentAt === null ? [] : [sentAt]));
  return {
    recent: sentOrders(late).flatMap(({ orderId, ...order }) => (hasWaited(orderId) ? [] : [order])),
    actions: [...sent, ...cancels].toSorted((one, other) => one - other),
    cancels,
    lastCancel: asked.findLast(({ by }) => by === 'strategy')?.at ?? null,
  };
}

/** Strategy orders, each of all its exchange orders that have left. */
function sentOrders(intents: readonly IntentRow[]): (RecentOrder & { readonly orderId: string })[] {
  const orders = Map.groupBy(
    intents.filter(({ sentAt }) => sentAt !== null),
    ({ orderId }) => orderId,
  );
  return [...orders].flatMap(([orderId, parts]) => {
    const [first] = parts;
    if (first === undefined) return [];
    const amount = parts.reduce((sum, part) => sum + part.amount, 0);
    const at = Math.min(...parts.map(({ sentAt }) => sentAt ?? Number.POSITIVE_INFINITY));
    return [{ orderId, security: first.security, side: first.side, price: first.price, amount, at }];
  });
}
