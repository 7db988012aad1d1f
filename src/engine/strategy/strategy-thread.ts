import type { DispatchContext } from '../../../runtime/host.ts';
import { context, createBarData } from '../../../runtime/realm.ts';
import type { Quote } from '../../domain/trading.ts';
import type { Stamp, StampedGlobals } from '../../platform/stamped-globals.ts';
import { nextTurn } from '../../platform/turn.ts';
import { BtError } from '../../domain/errors.ts';
import type { BridgeHost } from './bridge-host.ts';
import type { FromWorker, ToWorker } from './bridge.ts';
import { isFunction, type FunctionTable } from './function-table.ts';
import { HOOK_NAMES, type HookName } from './hooks.ts';
import { strategyError } from './strategy-error.ts';
import type { Dispatch } from './types.ts';

interface Parts {
  readonly host: BridgeHost;
  readonly functions: FunctionTable;
  readonly stamped: StampedGlobals;
  readonly inputs: ReadonlySet<string>;
  readonly tell: (message: FromWorker) => void;
  readonly entryModule: string;
}

type StrategyFunction = (...args: unknown[]) => unknown;

/** Runs what the engine sends, one message at a time, and reports how each ended. */
export class StrategyThread {
  readonly #parts: Parts;
  #exports: Readonly<Record<string, unknown>> = {};
  #running = false;
  /** The first error that surfaced outside the call itself while a dispatch ran: a forgotten promise, a timer. */
  #stray: { readonly error: unknown } | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Takes the entry's exports; returns the hooks this strategy has: exported from, or merely declared in, its entry file. */
  loaded(exports: Readonly<Record<string, unknown>>): HookName[] {
    this.#exports = exports;
    return HOOK_NAMES.filter((name) => this.#hook(name) !== null);
  }

  async run(message: ToWorker): Promise<void> {
    this.#running = true;
    this.#stray = null;
    const context = message.kind === 'ticks' ? message.context : message.dispatch.context;
    this.#enter(context, message.stamp);
    let thrown: { readonly error: unknown } | null = null;
    try {
      await (message.kind === 'ticks' ? this.#ticks(message.quotes) : this.#call(message.dispatch));
    } catch (error) {
      thrown = { error };
    }
    await nextTurn(); // rejections that nobody handles surface by then
    const failed = thrown ?? this.#stray;
    this.#running = false;
    const { tell, inputs } = this.#parts;
    tell({ kind: 'done', error: failed === null ? null : strategyError(failed.error, inputs) });
  }

  /** Takes an error that no hook threw; it counts against the running dispatch, if one is running. */
  fault(error: unknown): void {
    if (this.#running) this.#stray ??= { error };
    else this.#parts.tell({ kind: 'fault', error: strategyError(error, this.#parts.inputs) });
  }

  #enter(context: DispatchContext, stamp: Stamp): void {
    this.#parts.host.enter(context);
    this.#parts.stamped.enter(stamp);
  }

  async #call(dispatch: Dispatch): Promise<void> {
    const fn =
      dispatch.kind === 'hook' ? this.#hook(dispatch.name) : this.#parts.functions.find(dispatch.module, dispatch.name);
    if (fn === null) throw missing(dispatch);
    await (dispatch.name === 'handle_data' && dispatch.kind === 'hook' ? fn(context, createBarData()) : fn(context));
  }

  async #ticks(quotes: readonly Quote[]): Promise<void> {
    const fn = this.#hook('handle_tick');
    if (fn === null) return;
    for (const quote of quotes) await fn(context, quote);
  }

  #hook(name: HookName): StrategyFunction | null {
    const exported = this.#exports[name];
    return isFunction(exported) ? exported : this.#parts.functions.find(this.#parts.entryModule, name);
  }
}

function missing(dispatch: Dispatch): BtError {
  const where = dispatch.kind === 'task' ? ` in ${dispatch.module}` : '';
  return new BtError(
    'STRATEGY_FUNCTION_MISSING',
    `the function ${dispatch.name}${where} is registered but no longer declared at the top level; restore it or call unschedule_all() and register anew`,
    { fault: 'strategy' },
  );
}
