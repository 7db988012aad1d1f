import { errorMessage } from '../domain/errors.ts';
import type { Log } from '../platform/log.ts';
import type { Timer, TimerSource } from '../platform/timers.ts';
import { encodeFrame } from '../protocol/frame.ts';
import type { JsonObject } from '../protocol/json.ts';
import { tickEvent } from './messages.ts';
import type { Outbox } from './outbox.ts';

/** Wall ms between two rounds. */
const PERIOD_MS = 1000;

/** A session as the push loop sees it. */
export interface TickReceiver {
  readonly open: boolean;
  readonly subscriptions: { readonly symbols: ReadonlySet<string> };
  readonly outbox: Outbox;
}

/** Each second: one tick of every subscribed symbol to each session that asked for it, changed or not. */
export class TickPush {
  readonly #receivers: () => Iterable<TickReceiver>;
  readonly #tick: (symbol: string) => Promise<JsonObject>;
  readonly #log: Log;
  readonly #failing = new Set<string>();
  /** Symbols whose question is under way. */
  readonly #asked = new Set<string>();
  readonly #timer: Timer;

  constructor(
    receivers: () => Iterable<TickReceiver>,
    tick: (symbol: string) => Promise<JsonObject>,
    log: Log,
    timers: TimerSource,
  ) {
    this.#receivers = receivers;
    this.#tick = tick;
    this.#log = log;
    this.#timer = timers.every(PERIOD_MS, () => {
      void this.round();
    });
  }

  stop(): void {
    this.#timer.cancel();
  }

  /**
   * Asks the market once per symbol, however many sessions hold it; resolves when all are answered. A symbol whose last question is
   * not answered yet is left out: a market that hangs is not asked more and more, and holds up no other symbol.
   */
  async round(): Promise<void> {
    const symbols = new Set<string>();
    for (const { open, subscriptions } of this.#receivers()) {
      if (open) for (const symbol of subscriptions.symbols) symbols.add(symbol);
    }
    await Promise.all([...symbols].filter((symbol) => !this.#asked.has(symbol)).map((symbol) => this.#send(symbol)));
  }

  async #send(symbol: string): Promise<void> {
    this.#asked.add(symbol);
    try {
      const frames = new Map([[symbol, encodeFrame(tickEvent(await this.#tick(symbol)))]]);
      for (const { open, subscriptions, outbox } of this.#receivers()) {
        if (open && subscriptions.symbols.has(symbol)) outbox.sendLatest(frames);
      }
      this.#failing.delete(symbol);
    } catch (error) {
      // Said once, not each second.
      if (!this.#failing.has(symbol)) this.#log.warning(`No tick of ${symbol}: ${errorMessage(error)}`);
      this.#failing.add(symbol);
    } finally {
      this.#asked.delete(symbol);
    }
  }
}
