import { BtError } from '../../domain/errors.ts';
import { canonicalSecurity } from '../../domain/market/symbol.ts';
import type { Quote } from '../../domain/trading.ts';
import type { Connection } from '../../net/connection.ts';
import { decodeLiveCurrent, decodeQuotes, decodeSnapshot } from '../../protocol/decode/quotes.ts';
import { MOST_QUOTES, QUOTES_ACTION, QUOTES_FEATURE, quotesPayload } from '../../protocol/encode/quote-answers.ts';
import { securityPayload } from '../../protocol/encode/requests.ts';
import type { QuoteSource } from '../provider.ts';
import type { Ask } from './ask.ts';

/** Securities whose quotes are asked for at a time: the gateway answers one after another, more would only wait there. */
const QUOTES_IN_FLIGHT = 16;

/**
 * Latest readings: `data.live_current`, completed by `data.snapshot` where that says less. The protocol has no request for a list, our own
 * gateways do: `data.quotes`.
 */
export class RemoteQuotes implements QuoteSource {
  readonly serves = { securities: 'any' } as const;
  readonly #ask: Ask;
  /** What this gateway has shown so far, so that the next quote costs one round trip. */
  #hasLiveCurrent = true;
  #needsSnapshot = false;
  /** Said at the last handshake. */
  #answersMany = false;

  constructor(ask: Ask, connection: Pick<Connection, 'onStatus'>) {
    this.#ask = ask;
    connection.onStatus((status) => {
      if (status.kind === 'ready') this.#answersMany = status.features.includes(QUOTES_FEATURE);
    });
  }

  async quote(security: string): Promise<Quote | null> {
    const code = canonicalSecurity(security);
    if (this.#needsSnapshot) {
      const [live, snapshot] = await Promise.all([this.#liveCurrent(code), this.#snapshot(code)]);
      return mergeQuotes(live, snapshot);
    }
    const live = await this.#liveCurrent(code);
    if (live !== null && live.lastPrice !== null && live.time !== null) return live;
    const snapshot = await this.#snapshot(code);
    // The deployed gateway's live_current never has a time: from now on both are asked for at once.
    if (snapshot !== null) this.#needsSnapshot = true;
    return mergeQuotes(live, snapshot);
  }

  async quotes(securities: readonly string[]): Promise<ReadonlyMap<string, Quote>> {
    const codes = [...new Set(securities.map((security) => canonicalSecurity(security)))];
    const found = this.#answersMany && codes.length > 1 ? await this.#together(codes) : await this.#oneByOne(codes);
    const quotes = new Map<string, Quote>();
    for (const code of codes) {
      const quote = found.get(code) ?? null;
      if (quote !== null) quotes.set(code, quote);
    }
    return quotes;
  }

  async #together(codes: readonly string[]): Promise<ReadonlyMap<string, Quote | null>> {
    const found = new Map<string, Quote | null>();
    for (let from = 0; from < codes.length; from += MOST_QUOTES) {
      const asked = codes.slice(from, from + MOST_QUOTES);
      const quotes = decodeQuotes(await this.#ask(QUOTES_ACTION, quotesPayload(asked)), asked);
      for (const [at, code] of asked.entries()) found.set(code, quotes[at] ?? null);
    }
    return found;
  }

  async #oneByOne(codes: readonly string[]): Promise<ReadonlyMap<string, Quote | null>> {
    const found = new Map<string, Quote | null>();
    const next = codes.values();
    // Some workers share one iterator, so that at most so many requests are on the session.
    const work = async (): Promise<void> => {
      for (const code of next) found.set(code, await this.quote(code));
    };
    await Promise.all(Array.from({ length: Math.min(QUOTES_IN_FLIGHT, codes.length) }, work));
    return found;
  }

  async #liveCurrent(security: string): Promise<Quote | null> {
    if (!this.#hasLiveCurrent) return null;
    try {
      return decodeLiveCurrent(await this.#ask('data.live_current', securityPayload(security)), security);
    } catch (error) {
      if (!isNotImplemented(error)) throw error;
      this.#hasLiveCurrent = false;
      return null;
    }
  }

  async #snapshot(security: string): Promise<Quote | null> {
    return decodeSnapshot(await this.#ask('data.snapshot', securityPayload(security)), security);
  }
}

/** Some back ends lack live_current; their snapshot has to do. */
function isNotImplemented(error: unknown): boolean {
  return error instanceof BtError && /^数据接口 \S+ 未实现$/.test(String(error.details['wireMessage']));
}

/** One reading out of two: the first one's facts, and the second one's where the first says nothing. */
export function mergeQuotes(first: Quote | null, second: Quote | null): Quote | null {
  if (first === null || second === null) return first ?? second;
  return {
    security: first.security,
    time: first.time ?? second.time,
    lastPrice: first.lastPrice ?? second.lastPrice,
    preClose: first.preClose ?? second.preClose,
    dayOpen: first.dayOpen ?? second.dayOpen,
    highLimit: first.highLimit ?? second.highLimit,
    lowLimit: first.lowLimit ?? second.lowLimit,
    bid1: first.bid1 ?? second.bid1,
    ask1: first.ask1 ?? second.ask1,
    volume: first.volume ?? second.volume,
    paused: first.paused ?? second.paused,
    isSt: first.isSt ?? second.isSt,
    name: first.name ?? second.name,
  };
}
