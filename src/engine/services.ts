import type { Ledger } from '../ledger/ledger.ts';
import { startHousekeeping } from './housekeeping.ts';
import type { Events } from './events.ts';
import type { LiveOptions } from './live-options.ts';
import { watchClock } from './time/clock-watch.ts';
import type { Trading } from './trading.ts';

type ServiceOptions = Pick<LiveOptions, 'clock' | 'calendar' | 'log' | 'timers'>;

/** What runs beside the strategy: the daily housekeeping, the watch on the machine's clock. Returns what ends them. */
export async function startServices(
  options: ServiceOptions,
  ledger: Ledger,
  trading: Trading,
  events: Events,
): Promise<() => void> {
  const { clock, calendar, log } = options;
  const { book, account } = trading;
  const endClockWatch = watchClock({ ...options, events });
  const endHousekeeping = await startHousekeeping({
    clock,
    calendar,
    log,
    account: () => account.view(),
    orders: () => book.views(),
    compact: () => ledger.compact(),
  });
  return () => {
    endHousekeeping();
    endClockWatch();
  };
}
