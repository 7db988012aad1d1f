import { join } from 'node:path';
import { readGatewayClock } from '../src/cli/live-clock.ts';
import { exchangeCalendar } from '../src/domain/market/calendar.ts';
import { DataRouter } from '../src/engine/data/data-router.ts';
import { QuoteBoard } from '../src/engine/data/quote-board.ts';
import { Events } from '../src/engine/events.ts';
import { DEFAULT_LIMITS } from '../src/engine/live-options.ts';
import { Trading } from '../src/engine/trading.ts';
import { Ledger } from '../src/ledger/ledger.ts';
import type { Dial } from '../src/net/transport.ts';
import type { Clock } from '../src/platform/clock.ts';
import { nullLog } from '../src/platform/log.ts';
import { systemTimers } from '../src/platform/timers.ts';
import { createQmtRemote } from '../src/venues/qmt-remote/index.ts';
import type { QmtRemote } from '../src/venues/qmt-remote/index.ts';
import { ROOT, temporaryFolder } from './processes.ts';

/** Flags of a gateway in the middle of a trading morning. */
export const MORNING = ['--at', '2026-07-06 10:00:00'];

/** All of `bt live` between the strategy's call and the socket, reconciled and ready for orders. */
export interface OrderPathRun {
  readonly trading: Trading;
  readonly venue: QmtRemote;
  readonly clock: Clock;
  readonly ledger: Ledger;
  readonly quotes: QuoteBoard;
  readonly events: Events;
  stop(): Promise<void>;
}

/** `settings`: the venue's. The ledger is a new one, where ledgers live: a system's temporary folder may be memory. */
export async function startOrderPath(
  settings: Readonly<Record<string, string>>,
  dial?: Dial,
  events = new Events(),
): Promise<OrderPathRun> {
  const venue = createQmtRemote({ env: settings, ...(dial === undefined ? {} : { dial }) });
  const clock = await readGatewayClock(venue.broker);
  const ledger = Ledger.open(temporaryFolder(join(ROOT, '.bt')));
  const quotes = new QuoteBoard(new DataRouter([venue.provider]), systemTimers, clock);
  const options = {
    broker: venue.broker,
    clock,
    timers: systemTimers,
    calendar: exchangeCalendar(),
    log: nullLog,
    limits: DEFAULT_LIMITS,
    stop: new AbortController().signal,
    real: false,
    positions: 'all',
    name: 'bench',
    events,
  } as const;
  const trading = new Trading(options, ledger, quotes);
  await trading.open();
  return {
    trading,
    venue,
    clock,
    ledger,
    quotes,
    events,
    async stop() {
      await trading.stop();
      quotes.stop();
      await venue.provider.stop();
      await venue.broker.stop();
      clock.stop();
      ledger.close();
    },
  };
}
