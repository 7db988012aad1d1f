import type { DispatchContext, RunParams } from '../../../runtime/host.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Log } from '../../platform/log.ts';
import type { AsyncHost, StrategyBundle } from './types.ts';

/** What a strategy is started with. */
export interface WorkerOptions {
  readonly bundle: StrategyBundle;
  readonly runParams: RunParams;
  readonly host: AsyncHost;
  readonly log: Log;
  /** Resident memory above what the process held at the start, in MB. */
  readonly memoryLimitMb: number;
  /** Wall ms for one hook. */
  readonly hookTimeoutMs: number;
  /** Wall ms for loading the module; as for a hook when left out. */
  readonly loadTimeoutMs?: number;
  /** What holds while the module loads; midnight of the start date when left out. */
  readonly loadContext?: DispatchContext;
  /** Sets the strategy's `Date`; without one each dispatch starts at its logical time. */
  readonly clock?: Clock;
  /** Of the strategy's `Math.random`, a whole number; a new one at each start when left out. */
  readonly seed?: number;
}
