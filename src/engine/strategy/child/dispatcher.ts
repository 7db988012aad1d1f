import type { DispatchContext } from '../../../../runtime/host.ts';
import type { Stamp, StampedGlobals } from '../../../platform/stamped-globals.ts';
import { nextTurn } from '../../../platform/turn.ts';
import type { FromStrategy, ToStrategy } from '../border/messages.ts';
import type { HookName } from '../hooks.ts';
import type { Looks } from './looks.ts';
import type { Outside } from './outside.ts';
import type { Kept, StrategyCode } from './strategy-code.ts';
import type { ProcessHost } from './strategy-host.ts';

interface Parts {
  readonly host: ProcessHost;
  readonly code: StrategyCode;
  readonly stamped: StampedGlobals;
  readonly looks: Looks;
  readonly outside: Outside;
  readonly tell: (message: FromStrategy) => void;
}

/** Runs what the engine sends, one message at a time, and reports how each ended. */
export class Dispatcher {
  readonly #parts: Parts;
  #running = false;
  /** The first error that surfaced outside the call itself while a dispatch ran: a forgotten promise, a timer. */
  #stray: { readonly error: unknown } | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Loads the strategy with what was kept of it; the hooks that it has. */
  load(kept: Kept): Promise<readonly HookName[]> {
    return this.#parts.code.load(kept);
  }

  async run(message: ToStrategy): Promise<void> {
    const { tell, code, host, outside } = this.#parts;
    this.#running = true;
    this.#stray = null;
    outside.begin(message.readings);
    this.#enter(message.kind === 'ticks' ? message.context : message.call.context, message.stamp);
    let thrown: { readonly error: unknown } | null = null;
    try {
      await (message.kind === 'ticks'
        ? code.ticks(message.quotes, message.stamp)
        : code.call(message.call, message.stamp));
    } catch (error) {
      thrown = { error };
    }
    await nextTurn(); // rejections that nobody handles surface by then
    const kept = this.#keep();
    const failed = thrown ?? this.#stray ?? kept;
    this.#running = false;
    host.leave();
    const error = failed === null ? null : code.describe(failed.error);
    tell({ kind: 'done', error, readings: outside.readings() });
  }

  /** Hands over what the dispatch has changed, also of one that failed: its next call finds the same. */
  #keep(): { readonly error: unknown } | null {
    try {
      const changes = this.#parts.code.changes();
      if (changes.length > 0) this.#parts.host.keep(changes);
      return null;
    } catch (error) {
      return { error };
    }
  }

  /** Takes an error that no hook threw; it counts against the running dispatch, if one is running. */
  fault(error: unknown): void {
    if (this.#running) this.#stray ??= { error };
    else this.#parts.tell({ kind: 'fault', error: this.#parts.code.describe(error) });
  }

  #enter(context: DispatchContext, stamp: Stamp): void {
    this.#parts.host.enter(context);
    this.#parts.stamped.enter(stamp);
    this.#parts.looks.begin(stamp);
  }
}
