import { isDeepStrictEqual } from 'node:util';
import type { DispatchContext } from '../../../runtime/host.ts';
import { canonicalSecurity } from '../../domain/market/symbol.ts';
import type { Quote } from '../../domain/trading.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Log } from '../../platform/log.ts';
import type { DataRouter } from './data-router.ts';
import type { DispatchResult, TickDispatch } from '../strategy/types.ts';
import type { TimerSource } from '../../platform/timers.ts';
import type { Events } from '../events.ts';
import { Resubscription } from './resubscription.ts';
import { TickBuffer } from './tick-buffer.ts';

export interface TickFeedParts {
  readonly data: Pick<DataRouter, 'subscribe' | 'unsubscribe' | 'onTick'>;
  readonly clock: Pick<Clock, 'hold'>;
  readonly log: Log;
  readonly timers: Pick<TimerSource, 'after'>;
  readonly events: Pick<Events, 'alarm' | 'emit'>;
  /** False: ticks are not handed on now (no trading hours, the gate is closed, the strategy is over). They are not owed later. */
  readonly open: () => boolean;
  /** Whether the strategy has handle_tick. */
  readonly wanted: () => boolean;
  /** What holds for a batch that begins now. */
  readonly context: () => DispatchContext;
  readonly dispatch: (ticks: TickDispatch) => Promise<DispatchResult>;
  /** Told how each batch ended. */
  readonly onEnd: (result: DispatchResult) => void;
}

/**
 * The ticks that a strategy subscribed to, from the venue to handle_tick: one batch outstanding, in which each security has its
 * latest quote as of the moment the strategy takes it.
 */
export class TickFeed {
  readonly #parts: TickFeedParts;
  readonly #subscribed = new Set<string>();
  readonly #buffer = new TickBuffer();
  /** The last one of each that was handed on: a gateway pushes each second, changed or not. */
  readonly #last = new Map<string, Quote>();
  readonly #unlisten: () => void;
  readonly #again: Resubscription;
  #running = false;
  #stopped = false;
  #saidUnwanted = false;

  constructor(parts: TickFeedParts) {
    this.#parts = parts;
    this.#again = new Resubscription({ ...parts, subscribe: (securities) => parts.data.subscribe(securities) });
    this.#unlisten = parts.data.onTick((quote) => this.#take(quote));
  }

  /** BAD_SECURITY for a malformed code; throws what the venue answers (too many subscriptions …), then none is added. */
  async subscribe(securities: readonly string[]): Promise<void> {
    const codes = securities.map(canonicalSecurity);
    const fresh = codes.filter((code) => !this.#subscribed.has(code) || this.#again.isMissing(code));
    if (!this.#parts.wanted()) this.#sayUnwanted();
    if (fresh.length === 0) return;
    await this.#parts.data.subscribe(fresh);
    for (const code of fresh) this.#subscribed.add(code);
    this.#again.settled(fresh);
  }

  /** Those of the last run: they stay subscribed, and are asked for until the venue gives them. Never rejects. */
  restore(securities: readonly string[]): Promise<void> {
    for (const code of securities) this.#subscribed.add(code);
    return this.#again.begin(securities);
  }

  async unsubscribe(securities: readonly string[]): Promise<void> {
    const gone = securities.map(canonicalSecurity).filter((code) => this.#subscribed.delete(code));
    this.#buffer.drop(gone);
    for (const code of gone) this.#last.delete(code);
    this.#again.settled(gone);
    if (gone.length > 0) await this.#parts.data.unsubscribe(gone);
  }

  /** Canonical codes, in the order they were subscribed. */
  subscriptions(): readonly string[] {
    return [...this.#subscribed];
  }

  unsubscribeAll(): Promise<void> {
    return this.unsubscribe([...this.#subscribed]);
  }

  /** Nothing is handed on any more. */
  stop(): void {
    this.#stopped = true;
    this.#again.stop();
    this.#unlisten();
    this.#buffer.drop([...this.#subscribed]);
  }

  #take(quote: Quote): void {
    const { open, wanted } = this.#parts;
    if (!this.#subscribed.has(quote.security) || !wanted() || !open()) return;
    if (isDeepStrictEqual(quote, this.#last.get(quote.security))) return;
    this.#last.set(quote.security, quote);
    this.#buffer.push(quote);
    if (!this.#running) void this.#run();
  }

  /** Batch after batch while something waits. A clock that jumps is held meanwhile. */
  async #run(): Promise<void> {
    const { clock, dispatch, context, onEnd } = this.#parts;
    const take = (): ReturnType<TickDispatch['take']> => ({ quotes: this.#buffer.take(), context: context() });
    this.#running = true;
    const release = clock.hold('strategy');
    try {
      while (this.#buffer.size > 0 && !this.#stopped) onEnd(await dispatch({ kind: 'ticks', take }));
    } finally {
      release();
      this.#running = false;
    }
  }

  #sayUnwanted(): void {
    if (this.#saidUnwanted) return;
    this.#saidUnwanted = true;
    this.#parts.log.warning(
      'subscribe() was called, but the strategy has no handle_tick(context, tick): its ticks keep quotes fresh and call nothing. Declare handle_tick in the entry file to be called.',
    );
  }
}
