import type { Ledger } from '../ledger/ledger.ts';
import { serveControl } from '../platform/control-socket.ts';
import { startHousekeeping } from './housekeeping.ts';
import type { Events } from './events.ts';
import type { LiveOptions } from './live-options.ts';
import type { RunErrors } from './run-errors.ts';
import { Operator } from './operator/operator.ts';
import type { Trading } from './trading.ts';

/** What runs beside the strategy: the control socket and the daily housekeeping. Returns what ends both. */
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
    owner: name,
    reread: () => trading.reread(),
    resume: () => strategy.resume(),
  });
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
    await control.close();
  };
}
