import { listOf, nullable, record, text, variants, word, type Shape } from '../../../../runtime/border/shape.ts';
import type { LibraryName } from '../../../../runtime/libraries/names.ts';
import type { DispatchContext, RunParams } from '../../../../runtime/host.ts';
import { BtError, errorCode, errorMessage, FAULTS, type Fault } from '../../../domain/errors.ts';
import type { Quote } from '../../../domain/trading.ts';
import type { Stamp } from '../../../platform/stamped-globals.ts';
import { HOOK_NAMES, type HookName } from '../hooks.ts';
import type { FunctionCall, PythonManner, StrategyError } from '../types.ts';
import { readingsShape, type Readings } from './readings.ts';

/** `[wanted, name, arguments]`; one call at a time waits for its answer (`wanted`). */
export type CallMessage = readonly [wanted: boolean, name: string, args: readonly unknown[]];

/** `[true, value]` or `[false, error]`; then where the market clock stands (epoch ms), if it is one that stands still by itself. */
export type Reply =
  | readonly [ok: true, value: unknown, at?: number]
  | readonly [ok: false, error: WireError, at?: number];

/** An error as it crosses the border: by code, because classes do not. */
export interface WireError {
  readonly code: string;
  readonly message: string;
  readonly fault: Fault;
  readonly details: BtError['details'];
}

/** How the strategy's process finds its Python, and what runs there. */
export interface PythonStart {
  /** The two pipes between them; Python makes them. */
  readonly toPython: string;
  readonly fromPython: string;
  /** The author's file, absolute. */
  readonly script: string;
  /** The file descriptor under which Python has the account's version. */
  readonly versionFile: number;
  readonly manner: PythonManner;
  /** Libraries of ours that its files import. */
  readonly libraries: readonly LibraryName[];
}

/** What the strategy's process is started with: the first message it reads. */
export interface StrategyStart {
  readonly bundle: string;
  readonly entryModule: string;
  /** The author's files, absolute: only their frames are shown in errors. */
  readonly inputs: readonly string[];
  readonly runParams: RunParams;
  readonly load: DispatchContext;
  readonly stamp: Stamp;
  readonly memoryLimitBytes: number;
  /** Whether what it reads of the outside is kept and told. */
  readonly keepsReadings: boolean;
  /** What loading reads again; null = what there is. */
  readonly readings: Readings | null;
  /** Null = the bundle is run in this very process. */
  readonly python: PythonStart | null;
}

/** Engine to strategy; one at a time, the next only after `done`. */
export type ToStrategy =
  | { readonly kind: 'call'; readonly call: FunctionCall; readonly stamp: Stamp; readonly readings: Readings | null }
  | {
      readonly kind: 'ticks';
      readonly quotes: readonly Quote[];
      readonly context: DispatchContext;
      readonly stamp: Stamp;
      readonly readings: Readings | null;
    };

/** Strategy to engine. A `fault` is an error outside any dispatch (a timer's callback, a forgotten promise), `crashed` one that ends its process; `python_read`: Python has gone, and all that it sent is passed on. */
export type FromStrategy =
  | { readonly kind: 'ready'; readonly hooks: readonly HookName[]; readonly readings: Readings | null }
  | { readonly kind: 'load_failed'; readonly error: StrategyError }
  | { readonly kind: 'done'; readonly error: StrategyError | null; readonly readings: Readings | null }
  | { readonly kind: 'fault'; readonly error: StrategyError }
  | { readonly kind: 'crashed'; readonly error: StrategyError }
  | { readonly kind: 'python_read' };

const strategyError = record<StrategyError>({
  code: text,
  message: text,
  fault: nullable(word(...FAULTS)),
  stack: text,
  location: nullable(text),
});

const fromStrategy: Shape<FromStrategy> = variants<'kind', FromStrategy>('kind', {
  ready: record({ kind: word('ready'), hooks: listOf(word(...HOOK_NAMES)), readings: nullable(readingsShape) }),
  load_failed: record({ kind: word('load_failed'), error: strategyError }),
  done: record({ kind: word('done'), error: nullable(strategyError), readings: nullable(readingsShape) }),
  fault: record({ kind: word('fault'), error: strategyError }),
  crashed: record({ kind: word('crashed'), error: strategyError }),
  python_read: record({ kind: word('python_read') }),
});

/** A message from the strategy's process, where user code can write what it likes; null for what is none of ours. */
export function readFromStrategy(message: unknown): FromStrategy | null {
  return fromStrategy.problem(message, 'message') === null ? (message as FromStrategy) : null;
}

/** A call as it came over the border; null for what is none. Its name and arguments are not looked at yet. */
export function readCall(message: unknown): CallMessage | null {
  if (!Array.isArray(message) || message.length !== 3) return null;
  const parts: readonly unknown[] = message;
  const whole = typeof parts[0] === 'boolean' && typeof parts[1] === 'string' && Array.isArray(parts[2]);
  return whole ? (message as unknown as CallMessage) : null;
}

/** An error made ready to cross. What is not ours becomes ENGINE_FAULT, a bug. */
export function toWire(error: unknown): WireError {
  const code = errorCode(error);
  if (code !== null && typeof error === 'object' && error !== null && 'fault' in error) {
    const { message, fault, details } = error as BtError; // ours, by its shape
    return { code, message, fault, details };
  }
  return {
    code: 'ENGINE_FAULT',
    message: `${errorMessage(error)} (a fault of the engine: please report it with its log)`,
    fault: 'bug',
    details: {},
  };
}

/** The same error on the other side; its stack starts where it is made. */
export function fromWire(error: WireError): BtError {
  return new BtError(error.code, error.message, { fault: error.fault, details: error.details });
}
