import type { DispatchContext } from '../../../runtime/host.ts';
import type { Fault } from '../../domain/errors.ts';
import type { Quote } from '../../domain/trading.ts';
import type { ApiUse } from './check/api-uses.ts';
import type { Finding } from './check/finding.ts';
import type { LibraryName } from '../../../runtime/libraries/names.ts';
import type { HookName } from './hooks.ts';
import type { Python } from './python/interpreter.ts';

/** Where a file uses a name of the API. */
export interface SourceUse extends ApiUse {
  /** Absolute. */
  readonly file: string;
}

/** Where a file will not do what its author means. */
export interface SourceFinding extends Finding {
  /** Absolute. */
  readonly file: string;
}

/** How a script is read and run, whatever Python it is. */
export interface PythonManner {
  /** What pandas and numpy took away is given back; off by `--no-compat`. */
  readonly compat: boolean;
  /** It is Python 2 and is converted (`--python2`). */
  readonly python2: boolean;
  /** A debugger is waited for at this port of this machine (`--debugpy`); null = none. */
  readonly debugpy: number | null;
}

export const PLAIN_MANNER: PythonManner = { compat: true, python2: false, debugpy: null };

/** How a strategy in Python is run. */
export interface PythonBundle {
  readonly interpreter: Python;
  /** Libraries of ours that its files import. */
  readonly libraries: readonly LibraryName[];
  readonly manner: PythonManner;
  /** Python's side of us; ours when left out. */
  readonly package?: string;
}

/** A strategy made ready to run: one file of JavaScript beside its source map, or a script of Python's that was looked through. */
export interface StrategyBundle {
  /** The author's file, absolute. */
  readonly entry: string;
  /** The entry's module path as registrations name it: its file name. */
  readonly entryModule: string;
  /** The bundle to import, absolute; of a script what was found out about it. */
  readonly path: string;
  /** Null = it is JavaScript. */
  readonly python: PythonBundle | null;
  /** Hash of the author's code (all local files, wherever they lie): changes exactly when the code does. */
  readonly hash: string;
  /** The local files it is made of, absolute. */
  readonly inputs: readonly string[];
  /** Functions that the entry declares or exports. */
  readonly functions: readonly string[];
  /** Names of the API that they use, each where a file does first. */
  readonly uses: readonly SourceUse[];
  /** What in them will not do what their author means. */
  readonly findings: readonly SourceFinding[];
  /** What the author should know about his files. */
  readonly notes: readonly string[];
  /** True when nothing had to be built. */
  readonly cached: boolean;
}

/** One call of a function of the strategy: of a hook by its name, of a task by where it was declared. */
export type FunctionCall =
  | { readonly kind: 'hook'; readonly name: HookName; readonly context: DispatchContext }
  | { readonly kind: 'task'; readonly module: string; readonly name: string; readonly context: DispatchContext };

/** Quotes for handle_tick, one call each. They are taken when the batch's turn has come, so that none is older than it has to be. */
export interface TickDispatch {
  readonly kind: 'ticks';
  readonly take: () => { readonly quotes: readonly Quote[]; readonly context: DispatchContext };
}

/** One piece of work for the strategy. Dispatches run one at a time, in the order given. */
export type Dispatch = FunctionCall | TickDispatch;

/** What went wrong in the author's code; `stack` holds the author's files only, at their own lines. */
export interface StrategyError {
  readonly code: string;
  readonly message: string;
  /** Who has to act, when it is (or was caused by) an error of ours; null = the author's own error. */
  readonly fault: Fault | null;
  readonly stack: string;
  /** `file:line:column` of the author's innermost frame, the file as seen from the working directory; null when there is none. */
  readonly location: string | null;
}

/** The strategy is gone: it ended itself (`exit`), or it was killed or crashed (`lost`). No dispatch runs afterwards. */
export type StrategyEnd =
  | { readonly kind: 'exit'; readonly code: number }
  | { readonly kind: 'lost'; readonly reason: string };

export type DispatchResult =
  | { readonly kind: 'ok' }
  | { readonly kind: 'error'; readonly error: StrategyError }
  | StrategyEnd;
