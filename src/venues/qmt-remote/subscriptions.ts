import { errorMessage, faultOf } from '../../domain/errors.ts';
import { canonicalSecurity } from '../../domain/market/symbol.ts';
import type { Quote } from '../../domain/trading.ts';
import { Listeners } from '../../net/listeners.ts';
import type { Log } from '../../platform/log.ts';
import type { Timer, TimerSource } from '../../platform/timers.ts';
import { decodeTick } from '../../protocol/decode/quotes.ts';
import { securitiesPayload } from '../../protocol/encode/requests.ts';
import type { TickSource } from '../provider.ts';
import type { Session } from './session.ts';

const RETRY_MS = 30_000;

/** The securities whose ticks are wanted. The gateway forgets them with each session, so they are asked for again in the next one. */
export class Subscriptions implements TickSource {
  readonly serves = { securities: 'any' } as const;
  readonly #session: Session;
  readonly #log: Log;
  readonly #timers: TimerSource;
  readonly #timeoutMs: number;
  readonly #wanted = new Set<string>();
  /** Wanted, and not answered when they were asked for: asked for again by whoever wants them, and in a new session. */
  readonly #unanswered = new Set<string>();
  readonly #listeners = new Listeners<Quote>();
  #retry: Timer | null = null;

  constructor(
    session: Session,
    options: { readonly log: Log; readonly timers: TimerSource; readonly timeoutMs: number },
  ) {
    this.#session = session;
    this.#log = options.log;
    this.#timers = options.timers;
    this.#timeoutMs = options.timeoutMs;
    session.connection.onStatus((status) => {
      this.#retry?.cancel();
      this.#retry = null;
      if (status.kind === 'ready') void this.#renew();
    });
    session.rpc.onEvent(({ event, payload }) => {
      const quote = event === 'tick' ? decodeTick(payload) : null;
      if (quote !== null && this.#wanted.has(quote.security)) this.#listeners.emit(quote);
    });
  }

  onTick(listener: (quote: Quote) => void): () => void {
    return this.#listeners.add(listener);
  }

  /**
   * Throws what the gateway answers (too many subscriptions …); then none of the new ones is kept. Those of a request that was not
   * answered are: a new session asks for them.
   */
  async subscribe(securities: readonly string[]): Promise<void> {
    const fresh = canonical(securities).filter(
      (security) => !this.#wanted.has(security) || this.#unanswered.has(security),
    );
    if (fresh.length === 0) return;
    for (const security of fresh) this.#wanted.add(security);
    try {
      await this.#request('data.subscribe', fresh);
      for (const security of fresh) this.#unanswered.delete(security);
    } catch (error) {
      for (const security of fresh) {
        if (faultOf(error) !== 'network') this.#wanted.delete(security);
        else if (this.#wanted.has(security)) this.#unanswered.add(security);
      }
      throw error;
    }
  }

  async unsubscribe(securities: readonly string[]): Promise<void> {
    const gone = canonical(securities).filter((security) => this.#wanted.delete(security));
    for (const security of gone) this.#unanswered.delete(security);
    // An empty list removes nothing at the gateway, but the wrong field would remove everything: never ask needlessly.
    if (gone.length > 0) await this.#request('data.unsubscribe', gone);
  }

  /** Asks for everything again in a new session. */
  async #renew(): Promise<void> {
    if (this.#wanted.size === 0) return;
    try {
      await this.#request('data.subscribe', [...this.#wanted]);
      this.#unanswered.clear();
    } catch (error) {
      this.#log.warning(
        `Ticks of ${this.#wanted.size} securities could not be asked for again: ${errorMessage(error)}`,
      );
      if (!this.#session.connection.isReady) return;
      this.#retry = this.#timers.after(RETRY_MS, () => {
        void this.#renew();
      });
    }
  }

  async #request(action: string, securities: readonly string[]): Promise<void> {
    await this.#session.rpc.request(action, securitiesPayload(securities), { timeoutMs: this.#timeoutMs, retry: true });
  }
}

function canonical(securities: readonly string[]): string[] {
  return [...new Set(securities.map((security) => canonicalSecurity(security)))];
}
