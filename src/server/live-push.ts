import type { DepthQuote } from '../domain/gateway.ts';
import { readSecurity } from '../domain/market/symbol.ts';
import type { Timer, TimerSource } from '../platform/timers.ts';
import { encodeFrame } from '../protocol/frame.ts';
import type { JsonObject } from '../protocol/json.ts';
import type { LiveQuotes } from './adapters/gateway.ts';
import { tickEvent } from './messages.ts';
import type { TickReceiver } from './tick-push.ts';

/** Wall ms between two looks at what is subscribed. */
const PERIOD_MS = 1000;

/** Ticks as the market pushes them, to each session that asked for them, under the symbol that it asked with. */
export class LivePush {
  readonly #receivers: () => Iterable<TickReceiver>;
  readonly #live: LiveQuotes;
  readonly #tick: (symbol: string, quote: DepthQuote) => JsonObject;
  readonly #timer: Timer;
  readonly #unsubscribe: () => void;
  /** Symbols by the security they mean. */
  #symbols: ReadonlyMap<string, ReadonlySet<string>> = new Map();

  constructor(
    receivers: () => Iterable<TickReceiver>,
    live: LiveQuotes,
    tick: (symbol: string, quote: DepthQuote) => JsonObject,
    timers: TimerSource,
  ) {
    this.#receivers = receivers;
    this.#live = live;
    this.#tick = tick;
    this.#timer = timers.every(PERIOD_MS, () => this.look());
    this.#unsubscribe = live.onQuote((quote) => this.#send(quote));
  }

  stop(): void {
    this.#timer.cancel();
    this.#unsubscribe();
    this.#live.watch([]);
  }

  /** Watches what the sessions hold now. */
  look(): void {
    const symbols = new Map<string, Set<string>>();
    for (const { open, subscriptions } of this.#receivers()) {
      if (open) for (const symbol of subscriptions.symbols) addTo(symbols, symbol);
    }
    this.#symbols = symbols;
    this.#live.watch([...symbols.keys()]);
  }

  #send(quote: DepthQuote): void {
    for (const symbol of this.#symbols.get(quote.security) ?? []) {
      const frames = new Map([[symbol, encodeFrame(tickEvent(this.#tick(symbol, quote)))]]);
      for (const { open, subscriptions, outbox } of this.#receivers()) {
        if (!open || !subscriptions.symbols.has(symbol)) continue;
        // A thousand of them come in one turn.
        outbox.collect();
        outbox.sendLatest(frames);
      }
    }
  }
}

function addTo(symbols: Map<string, Set<string>>, symbol: string): void {
  const security = readSecurity(symbol)?.security;
  if (security === undefined) return;
  const known = symbols.get(security);
  if (known === undefined) symbols.set(security, new Set([symbol]));
  else known.add(symbol);
}
