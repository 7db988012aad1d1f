import type { Ledger } from '../../ledger/ledger.ts';
import type { ControlRequest } from '../../platform/control-socket.ts';
import type { Events } from '../events.ts';
import type { LiveOptions } from '../live-options.ts';
import type { RunningStrategy } from '../running-strategy.ts';
import type { Trading } from '../trading.ts';
import type { ControlDoor } from './control-door.ts';
import type { EngineReport, ReportedRun } from './engine-report.ts';
import { Operator } from './operator.ts';

/** Commands of a run's own; null = it is none of them. */
export type OwnCommands = (request: ControlRequest) => Promise<string> | null;

/** Where a person speaks to a run, and what it says of itself. */
export interface Operation {
  readonly door: ControlDoor;
  readonly report: EngineReport;
}

export interface OperatedRun extends Pick<ReportedRun, 'quotes'> {
  readonly options: Pick<LiveOptions, 'broker' | 'clock' | 'timers' | 'name'>;
  readonly ledger: Ledger;
  readonly trading: Trading;
  readonly events: Events;
  /** Null = the run has none. */
  readonly strategy: Pick<RunningStrategy, 'status' | 'errors'> | null;
  readonly own?: OwnCommands;
}

/** From here on the run itself answers a person: it has its order path. */
export function operate({ door, report }: Operation, run: OperatedRun): void {
  const { options, ledger, trading, events, quotes, strategy, own = () => null } = run;
  const { broker, clock, timers, name: owner } = options;
  const { book, tracker, driver, risk } = trading;
  report.attach({ events, trading, quotes, strategy: strategy === null ? null : () => strategy.status() });
  const operator = new Operator({
    broker,
    book,
    tracker,
    driver,
    clock,
    timers,
    events,
    report,
    risk,
    owner,
    isTagUsed: (tag) => ledger.intentOfTag(tag) !== null,
    reread: () => trading.reread(),
    resume: () => strategy?.errors.resume() ?? false,
  });
  door.use((request) => own(request) ?? operator.handle(request));
}
