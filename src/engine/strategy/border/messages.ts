import type { MessagePort, Transferable, Worker } from 'node:worker_threads';
import { listOf, nullable, record, text, variants, word, type Shape } from '../../../../runtime/border/shape.ts';
import type { DispatchContext, RunParams } from '../../../../runtime/host.ts';
import { BtError, errorCode, errorMessage, FAULTS, type Fault } from '../../../domain/errors.ts';
import type { Quote } from '../../../domain/trading.ts';
import type { Stamp } from '../../../platform/stamped-globals.ts';
import { HOOK_NAMES, type HookName } from '../hooks.ts';
import type { FunctionCall, StrategyError } from '../types.ts';

/** Int32 slots of the buffer both threads share. */
export const REPLY_SLOT = 0; // number of the last call answered; the strategy's thread waits on it
export const ACCOUNT_SLOT = 1; // version of the account; a call is made only when it changed
export const SLOT_COUNT = 2;

/** Call numbers fit the shared slot; they start at 1, because 0 means that no answer is wanted. */
export const LAST_NUMBER = 2 ** 31 - 1;

/** `[number, name, arguments]` */
export type CallMessage = readonly [number: number, name: string, args: readonly unknown[]];

/** `[true, value]` or `[false, error]`. */
export type Reply = readonly [ok: true, value: unknown] | readonly [ok: false, error: WireError];

/** An error as it crosses the border: by code, because classes do not. */
export interface WireError {
  readonly code: string;
  readonly message: string;
  readonly fault: Fault;
  readonly details: BtError['details'];
}

/** What the strategy's thread is started with. */
export interface ThreadStart {
  readonly bundle: string;
  readonly entryModule: string;
  /** The author's files, absolute: only their frames are shown in errors. */
  readonly inputs: readonly string[];
  readonly runParams: RunParams;
  readonly load: DispatchContext;
  readonly stamp: Stamp;
  readonly port: MessagePort;
  readonly shared: Int32Array<SharedArrayBuffer>;
}

/** Engine to strategy; one at a time, the next only after `done`. */
export type ToThread =
  | { readonly kind: 'call'; readonly call: FunctionCall; readonly stamp: Stamp }
  | {
      readonly kind: 'ticks';
      readonly quotes: readonly Quote[];
      readonly context: DispatchContext;
      readonly stamp: Stamp;
    };

/** Strategy to engine. A `fault` is an error outside any dispatch: a timer's callback, a forgotten promise. */
export type FromThread =
  | { readonly kind: 'ready'; readonly hooks: readonly HookName[] }
  | { readonly kind: 'load_failed'; readonly error: StrategyError }
  | { readonly kind: 'done'; readonly error: StrategyError | null }
  | { readonly kind: 'fault'; readonly error: StrategyError };

const strategyError = record<StrategyError>({
  code: text,
  message: text,
  fault: nullable(word(...FAULTS)),
  stack: text,
  location: nullable(text),
});

const fromThread: Shape<FromThread> = variants<'kind', FromThread>('kind', {
  ready: record({ kind: word('ready'), hooks: listOf(word(...HOOK_NAMES)) }),
  load_failed: record({ kind: word('load_failed'), error: strategyError }),
  done: record({ kind: word('done'), error: nullable(strategyError) }),
  fault: record({ kind: word('fault'), error: strategyError }),
});

/** A message from the strategy's thread, where user code can post what it likes; null for what is none of ours. */
export function readFromThread(message: unknown): FromThread | null {
  return fromThread.problem(message, 'message') === null ? (message as FromThread) : null;
}

/** A call as it came over the border; null for what is none. Its name and arguments are not looked at yet. */
export function readCall(message: unknown): CallMessage | null {
  if (!Array.isArray(message) || message.length !== 3) return null;
  const parts: readonly unknown[] = message;
  const number = parts[0];
  if (typeof number !== 'number' || !Number.isInteger(number) || number < 0 || number > LAST_NUMBER) return null;
  return typeof parts[1] === 'string' && Array.isArray(parts[2]) ? (message as unknown as CallMessage) : null;
}

const NOTHING: readonly Transferable[] = [];

/** Posts one message of ours to the other thread. */
export function send(
  to: Pick<MessagePort | Worker, 'postMessage'>,
  message: CallMessage | Reply | ToThread | FromThread,
  handOver: readonly Transferable[] = NOTHING,
): void {
  to.postMessage(message, handOver);
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
