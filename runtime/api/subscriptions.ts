import { currentHost } from '../host.ts';
import { pyRepr } from '../text/python-text.ts';
import { badArgument, required } from './arguments.ts';
import type { Reader } from './arguments.ts';
import { defineApi, RUNNING } from './define-api.ts';
import { readSecurityList } from './readers.ts';

/** Named arguments of subscribe and unsubscribe. */
export interface SubscriptionOptions {
  readonly security: string | Iterable<string>;
  readonly frequency: 'tick';
}

export interface Subscribe {
  (options: SubscriptionOptions): void;
  (security: string | Iterable<string>, frequency: 'tick'): void;
}

const readTick: Reader<'tick'> = (value, where) => {
  if (value === 'tick') return value;
  throw badArgument(
    where,
    `must be 'tick', was ${pyRepr(value)}; for bars use handle_data, or run_daily and get_bars().`,
  );
};

const readCodes: Reader<readonly string[]> = (value, where) => {
  const codes = readSecurityList(value, where);
  if (codes.length === 0) throw badArgument(where, "must name at least one security, like '000001.XSHE'.");
  return codes;
};

const ARGS = { security: required(readCodes), frequency: required(readTick) };

/**
 * Ticks of these securities go to handle_tick(context, tick) from now on, the latest of each while the strategy is busy. Throws
 * what the venue answers, such as too many subscriptions; then none of them is added.
 */
export const subscribe: Subscribe = defineApi({ name: 'subscribe', phases: RUNNING, args: ARGS }, (a) => {
  currentHost().subscribe(a.security);
});

/** Ends the ticks of these securities; one that was not subscribed is no error. */
export const unsubscribe: Subscribe = defineApi({ name: 'unsubscribe', phases: RUNNING, args: ARGS }, (a) => {
  currentHost().unsubscribe(a.security);
});

/** Ends all ticks. */
export const unsubscribe_all: () => void = defineApi({ name: 'unsubscribe_all', phases: RUNNING, args: {} }, () => {
  currentHost().unsubscribeAll();
});
