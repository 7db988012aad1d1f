import { encodeFrame } from '../protocol/frame.ts';
import { ORDER_STREAM } from '../protocol/envelopes.ts';
import type { JsonObject } from '../protocol/json.ts';
import type { SessionIdentity } from './account-types.ts';
import type { AccountEvent } from './adapters/gateway.ts';
import { accountEvent } from './messages.ts';
import type { OpenMarket } from './market.ts';
import type { Outbox } from './outbox.ts';
import { isTruthy, toText } from './python.ts';

/** A session as the stream sees it. */
export interface StreamReceiver {
  readonly open: boolean;
  readonly identity: SessionIdentity;
  readonly outbox: Outbox;
}

/**
 * Tells orders and fills to the sessions whose handshake asked for it: those of the account that it names, of all where it names none.
 * Of each order the newest state waits for a slow reader, and no more. Returns what ends it.
 */
export function streamAccounts(
  { gateway, dialect }: Pick<OpenMarket, 'gateway' | 'dialect'>,
  receivers: () => Iterable<StreamReceiver>,
): () => void {
  const tell = (key: string, accountKey: string, message: JsonObject): void => {
    const frames = new Map([[key, encodeFrame(message)]]);
    for (const { open, identity, outbox } of receivers())
      if (open && wants(identity, accountKey)) outbox.sendLatest(frames);
  };
  const stop = gateway.onAccountEvent?.(({ accountKey, order, trade }: AccountEvent) => {
    const of = { account_key: accountKey };
    if (order !== undefined)
      tell(
        `order/${accountKey}/${order.orderId}`,
        accountKey,
        accountEvent('order', { ...of, ...dialect.orderRow(order) }),
      );
    if (trade !== undefined)
      tell(
        `trade/${accountKey}/${trade.tradeId}`,
        accountKey,
        accountEvent('trade', { ...of, ...dialect.tradeRow(trade) }),
      );
  });
  return stop ?? (() => {});
}

function wants({ features, accountKey }: SessionIdentity, key: string): boolean {
  if (!Array.isArray(features) || !features.includes(ORDER_STREAM)) return false;
  return !isTruthy(accountKey) || toText(accountKey).trim() === key;
}
