import type { Ledger } from '../ledger/ledger.ts';
import { serveControl } from '../platform/control-socket.ts';
import { startHousekeeping } from './housekeeping.ts';
import type { Events } from './events.ts';
import type { LiveOptions } from './live-options.ts';
import type { RunErrors } from './run-errors.ts';
import { Operator } from './operator/operator.ts';
import { watchClock } from './time/clock-watch.ts';
import type { Trading } from './trading.ts';

/** What runs beside the strategy: the control socket, the daily housekeeping, the watch on the machine's clock. Returns what ends them. */
export async function startServices(
  options: LiveOptions,
  ledger: Ledger,
  trading: Trading,
  strategy: Pick<RunErrors, 'resume'>,
  events: Events,
): Promise<() => Promise<void>> {
  const { clock, calendar, log, broker, stateFolder, name } = options;
  const { book, account, tracker } = trading;
  const operator = new Operator({
    broker,
    book,
    tracker,
    clock,
    events,
    isTagUsed: (tag) => ledger.intentOfTag(tag) !== null,
    owner: name,
    reread: () => trading.reread(),
    resume: () => strategy.resume(),
    risk: trading.risk,
  });
  const endClockWatch = watchClock({ ...options, events });
  const control = await serveControl(stateFolder, (request) => operator.handle(request));
  const endHousekeeping = await startHousekeeping({
    clock,
    calendar,
    log,
    account: () => account.view(),
    orders: () => book.views(),
    compact: () => ledger.compact(),
  });
  return async () => {
    endHousekeeping();
    endClockWatch();
    await control.close();
  };
}
