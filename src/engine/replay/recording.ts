import type { CallName } from '../../../runtime/border/calls.ts';
import type { DispatchContext, RunParams } from '../../../runtime/host.ts';
import type { Stamp } from '../../platform/stamped-globals.ts';
import type { WireError } from '../strategy/border/messages.ts';
import type { Readings } from '../strategy/border/readings.ts';
import type { Quote } from '../../domain/trading.ts';
import type { DispatchResult } from '../strategy/types.ts';

/** The first line of every recording names it and its version; docs/recordings.md describes what follows. */
export const FORMAT = 'bt-recording';
export const VERSION = 1;

/** Begins one run of the strategy's process: a recording that goes on after a restart has several. */
export interface StartRecord {
  readonly kind: 'start';
  readonly format: typeof FORMAT;
  readonly version: typeof VERSION;
  /** The strategy's file, as it was given, and the hash of its code. */
  readonly strategy: string;
  readonly hash: string;
  /** Its module path in registrations: its file name. */
  readonly entryModule: string;
  readonly runParams: RunParams;
  readonly loadContext: DispatchContext;
}

/** One call of the strategy into the engine. Posted calls have no reply. */
export interface CallRecord {
  readonly kind: 'call';
  readonly name: CallName;
  readonly args: readonly unknown[];
  readonly reply: RecordedReply | null;
}

export type RecordedReply =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: WireError };

/** What a dispatch was. */
export type DispatchKind =
  | { readonly kind: 'load' }
  | { readonly kind: 'hook'; readonly name: string }
  | { readonly kind: 'task'; readonly name: string; readonly module: string }
  | { readonly kind: 'ticks'; readonly quotes: readonly Quote[] };

/** The end of a dispatch, after its calls: what it was, what it began with, what it read, and how it ended. */
export interface DispatchRecord {
  readonly kind: 'dispatch';
  readonly dispatch: DispatchKind;
  readonly context: DispatchContext;
  readonly stamp: Stamp;
  readonly readings: Readings;
  readonly result: DispatchResult;
}

export type RecordLine = StartRecord | CallRecord | DispatchRecord;

/** One dispatch with its calls, as it is read back. */
export interface RecordedDispatch extends Omit<DispatchRecord, 'kind'> {
  readonly calls: readonly CallRecord[];
}

/** One run of the strategy's process. `unfinished`: calls of a dispatch whose end was not recorded. */
export interface RecordedRun {
  readonly start: StartRecord;
  readonly dispatches: readonly RecordedDispatch[];
  readonly unfinished: readonly CallRecord[];
}

/** How a dispatch is named in what is said: `rebalance`, `handle_data`, `loading the module`. */
export function dispatchName(dispatch: DispatchKind): string {
  if (dispatch.kind === 'load') return 'loading the module';
  return dispatch.kind === 'ticks' ? 'handle_tick' : dispatch.name;
}
