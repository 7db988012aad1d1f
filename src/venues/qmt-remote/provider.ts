import { BtError } from '../../domain/errors.ts';
import { canonicalSecurity } from '../../domain/market/symbol.ts';
import type { Bars, BarsRequest, Quote, SecurityInfo } from '../../domain/trading.ts';
import { nullLog } from '../../platform/log.ts';
import type { Log } from '../../platform/log.ts';
import { systemTimers } from '../../platform/timers.ts';
import type { TimerSource } from '../../platform/timers.ts';
import { decodeHistory } from '../../protocol/decode/history.ts';
import { decodeLiveCurrent, decodeSnapshot } from '../../protocol/decode/quotes.ts';
import { decodeSecurityInfo, decodeTradeDays } from '../../protocol/decode/reference.ts';
import { historyPayload, securityPayload, tradeDaysPayload } from '../../protocol/encode/requests.ts';
import type { JsonObject } from '../../protocol/json.ts';
import type { Provider } from '../provider.ts';
import type { QmtRemoteConfig } from './config.ts';
import { cutBars, mergeQuotes } from './quotes.ts';
import type { Sessions } from './sessions.ts';
import { Subscriptions } from './subscriptions.ts';

export interface RemoteQmtProviderOptions {
  readonly config: QmtRemoteConfig;
  readonly sessions: Sessions;
  readonly log?: Log;
  readonly timers?: TimerSource;
}

/** Securities whose quotes are asked for at a time: the gateway answers one after another, more would only wait there. */
const QUOTES_IN_FLIGHT = 16;

/** The market-data side of a QMT gateway. */
export class RemoteQmtProvider implements Provider {
  readonly name = 'qmt-remote';
  readonly #config: QmtRemoteConfig;
  readonly #sessions: Sessions;
  readonly #subscriptions: Subscriptions;
  /** What this gateway has shown so far, so that the next quote costs one round trip. */
  #hasLiveCurrent = true;
  #needsSnapshot = false;

  constructor(options: RemoteQmtProviderOptions) {
    this.#config = options.config;
    this.#sessions = options.sessions;
    this.#subscriptions = new Subscriptions(options.sessions.data, {
      log: options.log ?? nullLog,
      timers: options.timers ?? systemTimers,
      timeoutMs: options.config.rpcTimeoutMs,
    });
  }

  /** Throws BtError CONNECT_FAILED, AUTH_FAILED or TLS_…. */
  start(): Promise<void> {
    return this.#sessions.start();
  }

  stop(): Promise<void> {
    this.#sessions.stopData();
    return Promise.resolve();
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
    const found = new Map<string, Quote | null>();
    const next = codes.values();
    // Some workers share one iterator, so that at most so many requests are on the session.
    const work = async (): Promise<void> => {
      for (const code of next) found.set(code, await this.quote(code));
    };
    await Promise.all(Array.from({ length: Math.min(QUOTES_IN_FLIGHT, codes.length) }, work));
    const quotes = new Map<string, Quote>();
    for (const code of codes) {
      const quote = found.get(code) ?? null;
      if (quote !== null) quotes.set(code, quote);
    }
    return quotes;
  }

  async bars(request: BarsRequest): Promise<Bars> {
    const security = canonicalSecurity(request.security);
    const payload = await this.#ask('data.history', historyPayload({ ...request, security }));
    return cutBars(decodeHistory(payload, security), request);
  }

  async tradeDays(start: string, end: string): Promise<readonly string[]> {
    const days = decodeTradeDays(await this.#ask('data.trade_days', tradeDaysPayload(start, end)));
    return days.filter((day) => day >= start && day <= end);
  }

  async securityInfo(security: string): Promise<SecurityInfo | null> {
    const code = canonicalSecurity(security);
    return decodeSecurityInfo(await this.#ask('data.security_info', securityPayload(code)), code);
  }

  subscribe(securities: readonly string[]): Promise<void> {
    return this.#subscriptions.add(securities);
  }

  unsubscribe(securities: readonly string[]): Promise<void> {
    return this.#subscriptions.remove(securities);
  }

  onTick(listener: (quote: Quote) => void): () => void {
    return this.#subscriptions.onTick(listener);
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

  #ask(action: string, payload: JsonObject): Promise<unknown> {
    return this.#sessions.data.rpc.request(action, payload, { timeoutMs: this.#config.rpcTimeoutMs, retry: true });
  }
}

/** Some back ends lack live_current; their snapshot has to do. */
function isNotImplemented(error: unknown): boolean {
  return error instanceof BtError && /^数据接口 \S+ 未实现$/.test(String(error.details['wireMessage']));
}
