import type { DispatchContext } from '../../../../runtime/host.ts';
import { context, createBarData, eventsOfToday, Tick, type Variables } from '../../../../runtime/realm.ts';
import type { Quote } from '../../../domain/trading.ts';
import type { Stamp, StampedGlobals } from '../../../platform/stamped-globals.ts';
import { nextTurn } from '../../../platform/turn.ts';
import { BtError } from '../../../domain/errors.ts';
import type { FromStrategy, ToStrategy } from '../border/messages.ts';
import { HOOK_NAMES, type HookName } from '../hooks.ts';
import type { FunctionCall } from '../types.ts';
import { isFunction, type FunctionTable } from './function-table.ts';
import type { Outside } from './outside.ts';
import type { ProcessHost } from './strategy-host.ts';
import { strategyError } from './thrown.ts';

interface Parts {
  readonly host: ProcessHost;
  readonly functions: FunctionTable;
  readonly stamped: StampedGlobals;
  readonly outside: Outside;
  readonly inputs: ReadonlySet<string>;
  readonly tell: (message: FromStrategy) => void;
  readonly entryModule: string;
  /** What g and context hold across restarts. */
  readonly variables: Variables;
}

type StrategyFunction = (...args: unknown[]) => unknown;

/** Runs what the engine sends, one message at a time, and reports how each ended. */
export class Dispatcher {
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

  async run(message: ToStrategy): Promise<void> {
    this.#running = true;
    this.#stray = null;
    const context = message.kind === 'ticks' ? message.context : message.call.context;
    this.#parts.outside.begin(message.readings);
    this.#enter(context, message.stamp);
    let thrown: { readonly error: unknown } | null = null;
    try {
      await (message.kind === 'ticks' ? this.#ticks(message.quotes) : this.#call(message.call));
    } catch (error) {
      thrown = { error };
    }
    await nextTurn(); // rejections that nobody handles surface by then
    const kept = this.#keep();
    const failed = thrown ?? this.#stray ?? kept;
    this.#running = false;
    const { tell, inputs, host, outside } = this.#parts;
    host.leave();
    const error = failed === null ? null : strategyError(failed.error, inputs);
    tell({ kind: 'done', error, readings: outside.readings() });
  }

  /** Hands over what the dispatch has changed, also of one that failed: its next call finds the same. */
  #keep(): { readonly error: unknown } | null {
    try {
      const changes = this.#parts.variables.changes();
      if (changes.length > 0) this.#parts.host.keep(changes);
      return null;
    } catch (error) {
      return { error };
    }
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

  async #call(call: FunctionCall): Promise<void> {
    const fn = call.kind === 'hook' ? this.#hook(call.name) : this.#parts.functions.find(call.module, call.name);
    if (fn === null) throw missing(call);
    if (call.kind === 'task') await fn(context);
    else if (call.name === 'handle_data') await fn(context, createBarData());
    else if (call.name === 'on_event') for (const event of eventsOfToday()) await fn(context, event);
    else await fn(context);
  }

  /** One call a tick. A tick that fails does not take the others with it; the first error is the batch's. */
  async #ticks(quotes: readonly Quote[]): Promise<void> {
    const fn = this.#hook('handle_tick');
    if (fn === null) return;
    let failed: { readonly error: unknown } | null = null;
    for (const quote of quotes) {
      try {
        await fn(context, new Tick(quote));
      } catch (error) {
        failed ??= { error };
      }
    }
    if (failed !== null) throw failed.error;
  }

  #hook(name: HookName): StrategyFunction | null {
    const exported = this.#exports[name];
    return isFunction(exported) ? exported : this.#parts.functions.find(this.#parts.entryModule, name);
  }
}

function missing(call: FunctionCall): BtError {
  const where = call.kind === 'task' ? ` in ${call.module}` : '';
  return new BtError(
    'STRATEGY_FUNCTION_MISSING',
    `the function ${call.name}${where} is registered but no longer declared at the top level; restore it or call unschedule_all() and register anew`,
    { fault: 'strategy' },
  );
}
