import type { GatewayOrder } from '../../domain/gateway.ts';
import { BtError } from '../../domain/errors.ts';
import { chinaDay, DAY } from '../../domain/time.ts';
import type { Log } from '../../platform/log.ts';
import type { TimerSource } from '../../platform/timers.ts';
import type { JsonObject } from '../../protocol/json.ts';
import { unseenOrderRow } from '../../protocol/encode/order-answers.ts';
import type { AccountRouter } from '../accounts.ts';
import { IdempotencyCache } from '../idempotency.ts';
import type { OpenMarket } from '../market.ts';
import { SERVER_DEFAULTS } from '../options.ts';
import type { GatewayOptions } from '../options.ts';
import { OrderRisk } from '../order-risk.ts';
import type { OrderRecord } from './order-record.ts';
import { RecordedKeys } from './recorded-keys.ts';

export interface KeyParts {
  readonly options: GatewayOptions;
  readonly log: Log;
  readonly accounts: AccountRouter;
  readonly market: OpenMarket;
  readonly record: OrderRecord | null;
  readonly timers: TimerSource;
}

/** The keys of a server's life: those of a market in this process come from its book, those of any other from the record. */
export function openKeys({ options, log, accounts, market, record, timers }: KeyParts): IdempotencyCache {
  const { gateway, dialect } = market;
  const orders = async (accountKey: string): Promise<readonly GatewayOrder[]> =>
    gateway.broker(accounts.configured(accountKey)).orders();
  const orderOf = async (accountKey: string, orderId: string): Promise<GatewayOrder | null> =>
    gateway.broker(accounts.configured(accountKey)).order(orderId);
  const recall = async (accountKey: string, orderId: string): Promise<JsonObject> => {
    const order = await orderOf(accountKey, orderId).catch(noOrder);
    // It existed, and nothing more is known of it now: it is of an earlier day, or its gateway does not answer.
    return order === null ? unseenOrderRow(orderId) : dialect.orderRow(order);
  };
  const now = (): number => options.clock.now();
  const trouble = (text: string): void => log.error(text);
  if (record !== null) tellOpen(record, now(), log);
  const cache = new IdempotencyCache({
    ttlMs: record === null ? (options.idempotencyTtlMs ?? SERVER_DEFAULTS.idempotencyTtlMs) : AT_HAND_MS,
    now: () => timers.wallNow(),
    recall,
    record: record === null ? null : new RecordedKeys({ record, now, orders, row: dialect.orderRow, recall, trouble }),
  });
  cache.restore(market.saved);
  return cache;
}

/** Order limits with the counters of the day; null when they are off. */
export function openRisk(options: GatewayOptions, market: OpenMarket, record: OrderRecord | null): OrderRisk | null {
  const limits = options.risk ?? null;
  if (limits === null) return null;
  return new OrderRisk(limits, {
    now: () => options.clock.now(),
    // A rehearsal counts for itself.
    saved: options.dryRun === true ? [] : (record?.risk() ?? market.savedRisk ?? []),
    keep: (saved) => record?.keepRisk(saved),
  });
}

/** Beside a record, which knows for longer: so long a key's answer is at hand. */
const AT_HAND_MS = 300_000;
/** Days whose requests are kept: for a person who asks later what was placed, and for keys that come again. */
const KEPT_DAYS_MS = 90 * DAY;
const MOST_TOLD = 10;

/** What an earlier life left open is for a person to know: no client may ever ask again. */
function tellOpen(record: OrderRecord, now: number, log: Log): void {
  record.forget(chinaDay(now - KEPT_DAYS_MS));
  const open = record.open(chinaDay(now));
  if (open.length === 0) return;
  const names = open
    .slice(0, MOST_TOLD)
    .map(({ security, side, amount, remark }) => `${side} ${amount} ${security} (${remark})`);
  const more = open.length > MOST_TOLD ? `, and ${open.length - MOST_TOLD} more` : '';
  log.warning(
    `${open.length} place requests of today ended without an answer of the counter: ${names.join(', ')}${more}. Look for their remarks in the counter's list.`,
  );
}

function noOrder(error: unknown): null {
  if (error instanceof BtError) return null;
  throw error;
}
