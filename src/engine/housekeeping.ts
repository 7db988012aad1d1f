import { errorMessage } from '../domain/errors.ts';
import { ifKnown, type TradingCalendar } from '../domain/market/calendar.ts';
import type { AccountView, OrderView } from '../domain/order/types.ts';
import { chinaDay } from '../domain/time.ts';
import type { Clock } from '../platform/clock.ts';
import { scheduleDaily } from '../platform/daily-jobs.ts';
import type { Log } from '../platform/log.ts';

export interface HousekeepingOptions {
  readonly clock: Clock;
  readonly calendar: TradingCalendar;
  readonly log: Log;
  readonly account: () => AccountView | null;
  readonly orders: () => readonly OrderView[];
  /** Moves the ledger's log into its file. */
  readonly compact: () => void;
}

/** What a run does besides trading, once a day of the wall clock. Simulated days have none of it. */
export async function startHousekeeping(options: HousekeepingOptions): Promise<() => void> {
  const { clock, log } = options;
  if (clock.kind !== 'wall') return () => undefined;
  return scheduleDaily(
    [
      { name: 'day-end', time: '15:35', run: () => reportDay(options) },
      { name: 'ledger', time: '16:30', run: options.compact },
    ],
    (name, error) => log.warning(`The daily job "${name}" failed: ${errorMessage(error)}`),
  );
}

/** The day in one line. */
export function reportDay({ clock, calendar, log, account, orders }: Omit<HousekeepingOptions, 'compact'>): void {
  const today = chinaDay(clock.now());
  const view = account();
  // A day that may have traded has its line.
  if (ifKnown(() => calendar.isTradingDay(today)) === false || view === null) return;
  const todays = orders().filter((order) => chinaDay(order.addTime) === today);
  const filled = todays.filter((order) => order.filled > 0).length;
  log.info(
    `${today}: ${todays.length} ${todays.length === 1 ? 'order' : 'orders'}, ${filled} with fills; total value ${view.totalValue.toFixed(2)}, available cash ${view.availableCash.toFixed(2)}, ${view.positions.length} ${view.positions.length === 1 ? 'position' : 'positions'}.`,
  );
}
