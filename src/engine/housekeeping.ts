import { errorMessage } from '../domain/errors.ts';
import type { TradingCalendar } from '../domain/market/calendar.ts';
import type { AccountView, OrderView } from '../domain/order/types.ts';
import { addDays, chinaDay } from '../domain/time.ts';
import type { Clock } from '../platform/clock.ts';
import { scheduleDaily } from '../platform/daily-jobs.ts';
import type { Log } from '../platform/log.ts';

/** The next year's closures are announced about ten days before the calendar ends; a month is time to update. */
const WARN_DAYS = 30;

export interface HousekeepingOptions {
  readonly clock: Clock;
  readonly calendar: TradingCalendar;
  readonly log: Log;
  readonly account: () => AccountView | null;
  readonly orders: () => readonly OrderView[];
  /** Moves the ledger's log into its file. */
  readonly compact: () => void;
}

/** What a run does besides trading, once a day. Simulated days have none of it but the look at the calendar. */
export async function startHousekeeping(options: HousekeepingOptions): Promise<() => void> {
  const { clock, calendar, log } = options;
  warnOfExpiry(calendar, chinaDay(clock.now()), log);
  if (clock.kind !== 'wall') return () => undefined;
  return scheduleDaily(
    [
      { name: 'calendar', time: '08:30', run: () => warnOfExpiry(calendar, chinaDay(clock.now()), log) },
      { name: 'day-end', time: '15:35', run: () => reportDay(options) },
      { name: 'ledger', time: '16:30', run: options.compact },
    ],
    (name, error) => log.warning(`The daily job "${name}" failed: ${errorMessage(error)}`),
  );
}

/** Says, from a month before, that the calendar ends; beyond its end there is no trading. */
export function warnOfExpiry(calendar: TradingCalendar, today: string, log: Log): void {
  if (addDays(today, WARN_DAYS) < calendar.expires) return;
  log.warning(
    `The trading calendar ends on ${calendar.expires}; there is no trading after it. Update bt before that day.`,
  );
}

function reportDay({ clock, calendar, log, account, orders }: HousekeepingOptions): void {
  const today = chinaDay(clock.now());
  const view = account();
  if (!calendar.isTradingDay(today) || view === null) return;
  const todays = orders().filter((order) => chinaDay(order.addTime) === today);
  const filled = todays.filter((order) => order.filled > 0).length;
  log.info(
    `${today}: ${todays.length} orders, ${filled} with fills; total value ${view.totalValue.toFixed(2)}, available cash ${view.availableCash.toFixed(2)}, ${view.positions.length} positions.`,
  );
}
