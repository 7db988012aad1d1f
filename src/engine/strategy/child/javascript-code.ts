import { pathToFileURL } from 'node:url';
import type { KeptVariable } from '../../../../runtime/host.ts';
import { context, createBarData, eventsOfToday, Tick, type Variables } from '../../../../runtime/realm.ts';
import { BtError } from '../../../domain/errors.ts';
import type { Quote } from '../../../domain/trading.ts';
import { nextTurn } from '../../../platform/turn.ts';
import { HOOK_NAMES, type HookName } from '../hooks.ts';
import type { FunctionCall, StrategyError } from '../types.ts';
import { isFunction, type FunctionTable } from './function-table.ts';
import type { Kept, StrategyCode } from './strategy-code.ts';
import { strategyError } from './thrown.ts';

interface Parts {
  /** The bundle, absolute. */
  readonly bundle: string;
  readonly entryModule: string;
  readonly inputs: ReadonlySet<string>;
  readonly functions: FunctionTable;
  /** What g and context hold across restarts. */
  readonly variables: Variables;
}

type StrategyFunction = (...args: unknown[]) => unknown;

/** A bundle of JavaScript, in this very process. */
export class JavaScriptCode implements StrategyCode {
  readonly #parts: Parts;
  #exports: Readonly<Record<string, unknown>> = {};

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** The hooks are exported from, or merely declared in, its entry file. What was kept wins over what its top level sets. */
  async load(askKept: Kept): Promise<readonly HookName[]> {
    this.#exports = (await import(pathToFileURL(this.#parts.bundle).href)) as Readonly<Record<string, unknown>>;
    await nextTurn(); // promises that the module forgot surface by then
    const kept = askKept();
    if (kept !== null) this.#parts.variables.restore(kept);
    return HOOK_NAMES.filter((name) => this.#hook(name) !== null);
  }

  async call(call: FunctionCall): Promise<void> {
    const fn = call.kind === 'hook' ? this.#hook(call.name) : this.#parts.functions.find(call.module, call.name);
    if (fn === null) throw missing(call);
    if (call.kind === 'task') await fn(context);
    else if (call.name === 'handle_data') await fn(context, createBarData());
    else if (call.name === 'on_event') for (const event of eventsOfToday()) await fn(context, event);
    else await fn(context);
  }

  async ticks(quotes: readonly Quote[]): Promise<void> {
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

  changes(): readonly KeptVariable[] {
    return this.#parts.variables.changes();
  }

  placeOf(value: unknown): { readonly module: string; readonly name: string } | null {
    return this.#parts.functions.placeOf(value);
  }

  /** The variables of its functions are out of reach. */
  around(): readonly string[] {
    return [];
  }

  describe(thrown: unknown): StrategyError {
    return strategyError(thrown, this.#parts.inputs);
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
