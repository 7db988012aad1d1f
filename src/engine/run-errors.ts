import type { Clock } from '../platform/clock.ts';
import type { Log } from '../platform/log.ts';
import type { ReportError } from './report.ts';
import type { DispatchResult, StrategyError } from './strategy/types.ts';

/** So many hooks in a row that threw stop the strategy. */
const HALT_AFTER = 3;

/** Collects what went wrong in the strategy, says it once, and decides when it is enough. */
export class RunErrors {
  readonly errors: ReportError[] = [];
  readonly #clock: Clock;
  readonly #log: Log;
  #over = false;

  constructor(clock: Clock, log: Log) {
    this.#clock = clock;
    this.#log = log;
  }

  /** Takes the result of one dispatch. True when the strategy must not be called again. */
  take(task: string, result: DispatchResult, failuresInARow: number): boolean {
    if (result.kind === 'ok') return false;
    if (result.kind === 'error') {
      this.fault(task, result.error);
      if (failuresInARow < HALT_AFTER) return false;
      this.#log.error(
        `ALARM: ${HALT_AFTER} hooks in a row failed: the strategy is halted. Its orders are tracked; fix it and start again.`,
      );
      return true;
    }
    // The end is reported both by the dispatch that met it and by the worker itself.
    if (this.#over) return true;
    this.#over = true;
    if (result.kind === 'lost') {
      this.#add('STRATEGY_LOST', result.reason, null, task);
      this.#log.error(`ALARM: the strategy is lost: ${result.reason}. Its orders are tracked; no hook runs any more.`);
      return true;
    }
    this.#log.info(`The strategy ended itself (exit ${result.code}).`);
    if (result.code !== 0) {
      this.#add('STRATEGY_EXIT', `The strategy ended itself with code ${result.code}.`, null, task);
    }
    return true;
  }

  /** An error of the author's code that ends nothing. */
  fault(task: string, { code, message, stack, location }: StrategyError): void {
    this.#add(code, message, stack, task);
    this.#log.error(`${task} failed: ${message}${location === null ? '' : ` (${location})`}`);
  }

  #add(code: string, message: string, stack: string | null, task: string): void {
    this.errors.push({ time: this.#clock.now(), code, message, stack, task });
  }
}
