import { barMinutes, type BarFrequency } from '../../domain/market/session.ts';
import { instantOf } from '../../domain/time.ts';

/** The hooks that come with the day rather than with a registration. */
export type DayHook = 'on_event' | 'before_trading_start' | 'handle_data' | 'after_trading_end';

const BEFORE_OPEN = 9 * 3600;
const AFTER_CLOSE = 15.5 * 3600;

/** Seconds since midnight at which each is due on a trading day; in this order when due at one instant. */
function hookTimes(bars: BarFrequency): readonly (readonly [DayHook, readonly number[]])[] {
  return [
    ['on_event', [BEFORE_OPEN]],
    ['before_trading_start', [BEFORE_OPEN]],
    ['handle_data', barMinutes(bars).map((minute) => minute * 60)],
    ['after_trading_end', [AFTER_CLOSE]],
  ];
}

export interface DueHook {
  readonly name: DayHook;
  /** Epoch ms. */
  readonly due: number;
}

/** When the hooks that the strategy has are due on a trading day. */
export function hooksOfDay(day: string, hooks: ReadonlySet<string>, bars: BarFrequency): DueHook[] {
  return hookTimes(bars).flatMap(([name, seconds]) =>
    hooks.has(name) ? seconds.map((second) => ({ name, due: instantOf(day, second) })) : [],
  );
}

/** When handle_data runs, in words. */
export function barsText(bars: BarFrequency): string {
  return bars === 'day'
    ? 'handle_data runs once a day at 9:30.'
    : 'handle_data runs each minute; --frequency day runs it once a day at 9:30.';
}
