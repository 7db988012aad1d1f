import { errorMessage } from '../../../domain/errors.ts';
import type { DepthQuote } from '../../../domain/gateway.ts';
import { toQmtCode } from '../../../domain/market/symbol.ts';
import * as z from 'zod';
import type { Log } from '../../../platform/log.ts';
import { Serial } from '../../../platform/serial.ts';
import type { JsonObject } from '../../../protocol/json.ts';
import type { LiveQuotes } from '../gateway.ts';
import type { DataBridge } from './data-bridge.ts';
import type { Instruments } from './instruments.ts';
import { quoteOf } from './quotes.ts';
import { securityOf } from './rows.ts';
import { TICK } from './sdk-rows.ts';

/** Ticks as the SDK pushes them: one subscription for all that is watched, made anew when that changes or the bridge was replaced. */
export class LiveTicks implements LiveQuotes {
  readonly #bridge: DataBridge;
  readonly #instruments: Instruments;
  readonly #log: Log;
  readonly #listeners = new Set<(quote: DepthQuote) => void>();
  readonly #following = new Serial(() => this.#follow());
  #wanted: readonly string[] = [];
  #held: { readonly codes: string; readonly seq: string } | null = null;
  #lastAt: number | null = null;

  constructor(bridge: DataBridge, instruments: Instruments, log: Log) {
    this.#bridge = bridge;
    this.#instruments = instruments;
    this.#log = log;
  }

  /** When the newest tick that came was dated, epoch ms. */
  get lastAt(): number | null {
    return this.#lastAt;
  }

  watch(securities: readonly string[]): void {
    this.#wanted = [...new Set(securities.map(toQmtCode))].toSorted();
    void this.#following.run();
  }

  /** Returns the unsubscriber. */
  onQuote(listener: (quote: DepthQuote) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The bridge is another one: what the old one had subscribed is gone. */
  renew(): void {
    this.#held = null;
    void this.#following.run();
  }

  heard(rows: JsonObject): void {
    for (const [code, row] of Object.entries(rows)) {
      const tick = TICK.safeParse(row);
      if (!tick.success) continue;
      const quote = quoteOf(securityOf(code), tick.data, this.#instruments.now(code));
      this.#lastAt = quote.time ?? this.#lastAt;
      for (const listener of this.#listeners) listener(quote);
    }
  }

  async #follow(): Promise<void> {
    const codes = this.#wanted;
    const text = codes.join(',');
    try {
      // The day's limits grow old; it asks only for those that have.
      await this.#instruments.of(codes);
      if ((this.#held?.codes ?? '') === text) return;
      const old = this.#held;
      this.#held = null;
      if (codes.length > 0) {
        const seq = await this.#bridge.ask('subscribe', { codes }, z.string());
        this.#held = { codes: text, seq };
      }
      if (old !== null) await this.#bridge.ask('unsubscribe', { seq: old.seq }, z.unknown());
    } catch (error) {
      // Tried again with the next look at what is wanted.
      this.#log.debug(`ticks: ${errorMessage(error)}`);
    }
  }
}
