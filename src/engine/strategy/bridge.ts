import type { MessagePort, Transferable, Worker } from 'node:worker_threads';
import type { DispatchContext, RunParams } from '../../../runtime/host.ts';
import { BtError, errorCode, errorMessage, type Fault } from '../../domain/errors.ts';
import type { Quote } from '../../domain/trading.ts';
import type { Stamp } from '../../platform/stamped-globals.ts';
import type { HookName } from './hooks.ts';
import type { Dispatch, StrategyError } from './types.ts';

/** Int32 slots of the buffer both threads share. */
export const REPLY_SLOT = 0; // number of the last call answered; the strategy's thread waits on it
export const ACCOUNT_SLOT = 1; // version of the account; a call is made only when it changed
export const SLOT_COUNT = 2;

/** `[number, method, arguments]`; number 0 = no answer is wanted. */
export type Call = readonly [number: number, method: string, args: readonly unknown[]];

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
export interface WorkerStart {
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
export type ToWorker =
  | { readonly kind: 'dispatch'; readonly dispatch: Dispatch; readonly stamp: Stamp }
  | {
      readonly kind: 'ticks';
      readonly quotes: readonly Quote[];
      readonly context: DispatchContext;
      readonly stamp: Stamp;
    };

/** Strategy to engine. A `fault` is an error outside any dispatch: a timer's callback, a forgotten promise. */
export type FromWorker =
  | { readonly kind: 'ready'; readonly hooks: readonly HookName[] }
  | { readonly kind: 'load_failed'; readonly error: StrategyError }
  | { readonly kind: 'done'; readonly error: StrategyError | null }
  | { readonly kind: 'fault'; readonly error: StrategyError };

const NOTHING: readonly Transferable[] = [];

/** Posts one message of ours to the other thread. */
export function send(
  to: Pick<MessagePort | Worker, 'postMessage'>,
  message: Call | Reply | ToWorker | FromWorker,
  transfer: readonly Transferable[] = NOTHING,
): void {
  to.postMessage(message, transfer);
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
