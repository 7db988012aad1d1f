import type { DatasetName } from '../../src/domain/data/datasets.ts';
import { BtError } from '../../src/domain/errors.ts';
import { currentHost } from '../host.ts';
import type { DispatchContext } from '../host.ts';
import { bindArguments } from './arguments.ts';
import type { Arg, ArgMap, Bound } from './arguments.ts';
import { NEEDS } from './needs.ts';

export type Phase = DispatchContext['phase'];

/** Everywhere, also while the module loads. */
export const ANY_PHASE: readonly Phase[] = ['load', 'initialize', 'task', 'hook'];
/** Everywhere but at load: for what reads or changes the account. */
export const RUNNING: readonly Phase[] = ['initialize', 'task', 'hook'];

export type Parameter = Arg<unknown>;

/** One documented function of the strategy API. */
export interface ApiEntry {
  readonly name: string;
  readonly phases: readonly Phase[];
  /** Argument names in positional order; the options object takes all of them by name. */
  readonly args: readonly string[];
  /** Each of them: whether it goes by name only, and what it is when it is left out; null = it is required. */
  readonly parameters: Readonly<Record<string, Parameter>>;
  readonly supported: boolean;
  /** Of what is not supported: what to do instead; else null. */
  readonly advice: string | null;
  /** What it asks a source for, beside quotes, bars and the calendar. */
  readonly datasets: readonly DatasetName[];
}

export interface ApiSpec<M extends ArgMap> {
  readonly name: string;
  readonly phases: readonly Phase[];
  readonly args: M;
}

const entries = new Map<string, ApiEntry>();

/**
 * Declares a function of the strategy API: its name, when it may be called and how its arguments are read.
 * The result has the call signature `F` under which strategies see it; what they really pass is read by `args`.
 */
export function defineApi<M extends ArgMap, F extends (...args: never[]) => unknown>(
  spec: ApiSpec<M>,
  impl: (args: Bound<M>) => ReturnType<F>,
): F {
  const { name, phases, args: parameters } = spec;
  addEntry({ name, phases, args: Object.keys(parameters), parameters, supported: true, advice: null });
  const call = (...values: unknown[]): unknown => {
    requirePhase(spec);
    return impl(bindArguments(spec.name, spec.args, values));
  };
  Object.defineProperty(call, 'name', { value: spec.name });
  return call as unknown as F; // every argument is unknown here and checked by bindArguments
}

function addEntry(entry: Omit<ApiEntry, 'datasets'>): void {
  entries.set(entry.name, { ...entry, datasets: NEEDS[entry.name] ?? [] });
}

/** Adds a function that this version knows by name only. */
export function registerUnsupported(name: string, advice: string): void {
  addEntry({ name, phases: ANY_PHASE, args: [], parameters: {}, supported: false, advice });
}

/** Every declared function, by name: for documentation, `bt check` and the tests that pin the list. */
export function apiEntries(): readonly ApiEntry[] {
  return [...entries.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function requirePhase(spec: ApiSpec<ArgMap>): void {
  if (spec.phases === ANY_PHASE) return;
  const { phase } = currentHost().dispatch();
  if (spec.phases.includes(phase)) return;
  throw new BtError(
    'WRONG_PHASE',
    `${spec.name}() cannot be called while the strategy loads: call it from a hook or from a function given to run_daily().`,
    { fault: 'strategy' },
  );
}
