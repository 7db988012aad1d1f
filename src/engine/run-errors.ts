import type { Clock } from '../platform/clock.ts';
import type { Events } from './events.ts';
import { keepLast } from './last-kept.ts';
import type { ReportError } from './report.ts';
import type { DispatchResult, StrategyError } from './strategy/types.ts';

/** So many errors in a row of the strategy's own stop it. */
const HALT_AFTER = 3;

/** What runs by time (hooks and tasks), and what runs by ticks: a good tick each second must not hide tasks that fail. */
export type Kind = 'task' | 'tick';

/** Collects what went wrong in the strategy, says it once, and decides when it is enough. */
export class RunErrors {
  readonly errors: ReportError[] = [];
  readonly #clock: Clock;
  readonly #events: Events;
  readonly #inARow: Record<Kind, number> = { task: 0, tick: 0 };
  #halted = false;
  #gone = false;

  constructor(clock: Clock, events: Events) {
    this.#clock = clock;
    this.#events = events;
    events.on((event) => {
      // What did not happen is no clean end, though the strategy is not to blame.
      if (event.kind === 'task_not_run') this.#add('TASK_NOT_RUN', `It was not run: ${event.reason}`, null, event.task);
      else if (event.kind === 'alarm' && event.alarm.code === 'LEDGER_FAILED')
        this.#add('LEDGER_FAILED', event.alarm.text, null, 'the ledger');
    });
  }

  /**
   * Takes the result of one dispatch. Three errors in a row of the strategy's own halt it. An error of the venue or the network
   * says nothing about the strategy: it is told, and neither counts nor ends a row.
   */
  take(name: string, result: DispatchResult, kind: Kind = 'task'): void {
    if (result.kind === 'exit' || result.kind === 'lost') {
      this.#takeEnd(name, result);
      return;
    }
    if (result.kind === 'ok') {
      this.#inARow[kind] = 0;
      return;
    }
    this.fault(name, result.error);
    if (ofTheStrategy(result.error)) this.#inARow[kind] += 1;
    if (!this.#halted && this.#inARow[kind] >= HALT_AFTER) this.#halt(kind);
  }

  /** Three errors in a row of its own: nothing of it is called until somebody says so. */
  get halted(): boolean {
    return this.#halted;
  }

  /** Somebody lets it go on: rows begin anew. False when it was not halted. */
  resume(): boolean {
    if (!this.#halted || this.#gone) return false;
    this.#halted = false;
    this.#inARow.task = 0;
    this.#inARow.tick = 0;
    const text = 'The strategy goes on: its operator has resumed it.';
    this.#events.emit({ kind: 'all_clear', code: 'STRATEGY_HALTED', subject: null, text });
    return true;
  }

  /** An error of the author's code that ends nothing. */
  fault(task: string, error: StrategyError): void {
    this.#add(error.code, error.message, error.stack, task);
    this.#events.emit({ kind: 'strategy_error', task, error });
  }

  #halt(kind: Kind): void {
    this.#halted = true;
    const what = kind === 'tick' ? `${HALT_AFTER} calls of handle_tick in a row` : `${HALT_AFTER} hooks in a row`;
    this.#events.alarm(
      'STRATEGY_HALTED',
      null,
      `${what} failed: the strategy is halted, no hook runs. Its orders are tracked. Fix it and start again, or let it go on with "bt resume".`,
    );
  }

  /** The end is reported both by the dispatch that met it and by the runner itself. */
  #takeEnd(task: string, end: Extract<DispatchResult, { kind: 'exit' | 'lost' }>): void {
    if (this.#gone) return;
    this.#gone = true;
    if (end.kind === 'exit') {
      this.#events.emit({ kind: 'strategy_exit', code: end.code });
      if (end.code !== 0) this.#add('STRATEGY_EXIT', `The strategy ended itself with code ${end.code}.`, null, task);
      return;
    }
    this.#add('STRATEGY_LOST', end.reason, null, task);
    this.#events.alarm(
      'STRATEGY_LOST',
      null,
      `the strategy is lost: ${end.reason}. Its orders are tracked; no hook runs any more.`,
    );
  }

  #add(code: string, message: string, stack: string | null, task: string): void {
    keepLast(this.errors, { time: this.#clock.now(), code, message, stack, task });
  }
}

/** Its own, or one that we made: what it was told by the venue, the network or the configuration is not. */
function ofTheStrategy({ fault }: StrategyError): boolean {
  return fault === null || fault === 'strategy' || fault === 'bug';
}
