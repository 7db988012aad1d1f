import type { Ledger } from '../ledger/ledger.ts';
import { serveControl, type ControlRequest } from '../platform/control-socket.ts';
import { startHousekeeping } from './housekeeping.ts';
import type { Events } from './events.ts';
import type { LiveOptions } from './live-options.ts';
import type { RunErrors } from './run-errors.ts';
import { Operator } from './operator/operator.ts';
import { watchClock } from './time/clock-watch.ts';
import type { Trading } from './trading.ts';

type ServiceOptions = Pick<LiveOptions, 'clock' | 'calendar' | 'log' | 'broker' | 'stateFolder' | 'name' | 'timers'>;

/** Commands of a run's own; null = it is none of them. */
export type OwnCommands = (request: ControlRequest) => Promise<string> | null;

/** What runs beside the strategy: the control socket, the daily housekeeping, the watch on the machine's clock. Returns what ends them. */
export async function startServices(
  options: ServiceOptions,
  ledger: Ledger,
  trading: Trading,
  strategy: Pick<RunErrors, 'resume'>,
  events: Events,
  own: OwnCommands = () => null,
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
  const control = await serveControl(stateFolder, (request) => own(request) ?? operator.handle(request));
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
