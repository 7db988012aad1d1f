import { TRADING_MINUTES } from '../../domain/market/session.ts';
import { instantOf } from '../../domain/time.ts';

/** The hooks that come with the day rather than with a registration. */
export type DayHook = 'before_trading_start' | 'handle_data' | 'after_trading_end';

/** Seconds since midnight at which each is due on a trading day; in this order when due at one instant. */
const HOOK_TIMES: readonly (readonly [DayHook, readonly number[]])[] = [
  ['before_trading_start', [9 * 3600]],
  ['handle_data', TRADING_MINUTES.map((minute) => minute * 60)],
  ['after_trading_end', [15.5 * 3600]],
];

export interface DueHook {
  readonly name: DayHook;
  /** Epoch ms. */
  readonly due: number;
}

/** When the hooks that the strategy has are due on a trading day. */
export function hooksOfDay(day: string, hooks: ReadonlySet<string>): DueHook[] {
  return HOOK_TIMES.flatMap(([name, seconds]) =>
    hooks.has(name) ? seconds.map((second) => ({ name, due: instantOf(day, second) })) : [],
  );
}
