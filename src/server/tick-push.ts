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
  readonly #tick: (symbol: string) => JsonObject;
  readonly #log: Log;
  readonly #failing = new Set<string>();
  readonly #timer: Timer;

  constructor(
    receivers: () => Iterable<TickReceiver>,
    tick: (symbol: string) => JsonObject,
    log: Log,
    timers: TimerSource,
  ) {
    this.#receivers = receivers;
    this.#tick = tick;
    this.#log = log;
    this.#timer = timers.every(PERIOD_MS, () => {
      this.round();
    });
  }

  stop(): void {
    this.#timer.cancel();
  }

  /** Asks the market once per symbol, however many sessions hold it. */
  round(): void {
    const frames = new Map<string, Buffer | null>();
    for (const receiver of this.#receivers()) {
      if (!receiver.open) continue;
      const batch = new Map<string, Buffer>();
      for (const symbol of receiver.subscriptions.symbols) {
        if (!frames.has(symbol)) frames.set(symbol, this.#frame(symbol));
        const frame = frames.get(symbol);
        if (frame !== undefined && frame !== null) batch.set(symbol, frame);
      }
      receiver.outbox.sendLatest(batch);
    }
  }

  #frame(symbol: string): Buffer | null {
    try {
      const frame = encodeFrame(tickEvent(this.#tick(symbol)));
      this.#failing.delete(symbol);
      return frame;
    } catch (error) {
      // Said once, not each second.
      if (!this.#failing.has(symbol)) this.#log.warning(`No tick of ${symbol}: ${errorMessage(error)}`);
      this.#failing.add(symbol);
      return null;
    }
  }
}
