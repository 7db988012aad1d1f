import type { KeptVariable } from '../../../../runtime/host.ts';
import type { Quote } from '../../../domain/trading.ts';
import type { Stamp } from '../../../platform/stamped-globals.ts';
import type { HookName } from '../hooks.ts';
import type { FunctionCall, StrategyError } from '../types.ts';

/** Asks for the variables that an earlier run left, once; null = this is the first run. */
export type Kept = () => readonly KeptVariable[] | null;

/** The author's code, in whatever language: what the dispatcher runs. One thing at a time. */
export interface StrategyCode {
  /** Loads it and gives it what an earlier run left; the hooks that it has. Throws what it throws. */
  load(kept: Kept): Promise<readonly HookName[]>;
  /** Runs a hook or a task. Throws what it throws, STRATEGY_FUNCTION_MISSING where there is none. */
  call(call: FunctionCall, stamp: Stamp): Promise<void>;
  /** Runs handle_tick for each; one that fails does not take the others with it, the first error is the batch's. */
  ticks(quotes: readonly Quote[], stamp: Stamp): Promise<void>;
  /** What has changed of its variables since the last time. Throws when they cannot be kept. */
  changes(): readonly KeptVariable[];
  /** Where a function of it is declared at the top level; null for any other value. */
  placeOf(value: unknown): { readonly module: string; readonly name: string } | null;
  /**
   * The codes of the list that it walks when it asks for this one, in order, as far as its variables show it; [] = not known. Asked
   * for while a call of it is answered.
   */
  around(security: string): readonly string[];
  /** Anything that it threw, as data. */
  describe(thrown: unknown): StrategyError;
}
