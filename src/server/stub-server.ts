import type { PaperExchange } from '../exchange/types.ts';
import { listen } from '../net/listener.ts';
import type { Listener } from '../net/listener.ts';
import type { Log } from '../platform/log.ts';
import { monotonic, wallNow } from '../platform/timers.ts';
import type { AccountRouter } from './accounts.ts';
import type { ActionServices } from './actions/action.ts';
import { createDispatch } from './dispatch.ts';
import { IdempotencyCache } from './idempotency.ts';
import { ConnectionCounts, MAX_UNAUTHENTICATED } from './limits.ts';
import type { OpenMarket } from './market.ts';
import { SERVER_DEFAULTS } from './options.ts';
import type { RunningServer, ServerOptions } from './options.ts';
import { OrderRisk } from './order-risk.ts';
import { Session } from './sessions.ts';
import type { SessionServices } from './sessions.ts';
import { TickPush } from './tick-push.ts';
import { tokenCheck } from './token.ts';

/** The running server: wires the sessions to the market and takes both down again, in the reverse order. */
export class StubServer implements RunningServer {
  readonly exchange: PaperExchange | null;
  readonly #options: ServerOptions;
  readonly #log: Log;
  readonly #market: OpenMarket;
  readonly #counts: ConnectionCounts;
  readonly #persist: () => Promise<void>;
  readonly #services: SessionServices;
  readonly #sessions = new Set<Session>();
  readonly #stopping = new AbortController();
  #listener: Listener | null = null;
  #push: TickPush | null = null;
  #stopped: Promise<void> | null = null;
  #onLastGone: (() => void) | null = null;

  constructor(options: ServerOptions, log: Log, accounts: AccountRouter, market: OpenMarket) {
    this.exchange = market.exchange;
    this.#options = options;
    this.#log = log;
    this.#market = market;
    this.#counts = new ConnectionCounts(options.maxConnections ?? SERVER_DEFAULTS.maxConnections);
    const idempotency = openIdempotency(options, accounts, market);
    this.#persist = market.keep(idempotency);
    this.#services = this.#sessionServices(this.#actionServices(accounts, idempotency));
  }

  get port(): number {
    return this.#listener?.port ?? this.#options.port;
  }

  sessions(): number {
    return this.#counts.sessions;
  }

  async open(admit: (address: string) => boolean): Promise<void> {
    // Before anybody can ask for the time: so the clock of a new book has its anchor.
    await this.#persist();
    this.#listener = await listen({
      host: this.#options.host,
      port: this.#options.port,
      tls: this.#options.tls ?? null,
      maxSockets: (this.#options.maxConnections ?? SERVER_DEFAULTS.maxConnections) + MAX_UNAUTHENTICATED,
      admit,
      onSocket: (socket) => {
        if (this.#counts.strangerArrives()) {
          this.#sessions.add(new Session(socket, this.#services));
          return;
        }
        this.#log.warning(`A connection was closed: ${MAX_UNAUTHENTICATED} others have not authenticated yet.`);
        socket.destroy();
      },
      onTrouble: (text) => {
        this.#log.warning(text);
      },
    });
    this.#push = new TickPush(
      () => this.#sessions,
      (symbol) => this.#market.adapter.tick(symbol),
      this.#log,
    );
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#close();
    return this.#stopped;
  }

  async #close(): Promise<void> {
    this.#push?.stop();
    const portClosed = this.#listener?.close();
    this.#stopping.abort();
    for (const session of this.#sessions) session.stop();
    await Promise.all([portClosed, this.#allGone()]);
    try {
      await this.#persist();
    } finally {
      this.#market.release();
    }
  }

  /** Resolves when the last running request has ended, also one whose client is gone. */
  #allGone(): Promise<void> {
    if (this.#sessions.size === 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.#onLastGone = resolve;
    });
  }

  #actionServices(accounts: AccountRouter, idempotency: IdempotencyCache): ActionServices {
    const begun = monotonic();
    const { clock } = this.#options;
    const limits = this.#options.risk ?? null;
    return {
      market: this.#market.adapter,
      accounts,
      idempotency,
      risk: limits === null ? null : new OrderRisk(limits, () => clock.now()),
      uptime: () => (monotonic() - begun) / 1000,
      sessions: () => this.#counts.sessions,
      persist: this.#persist,
    };
  }

  #sessionServices(actions: ActionServices): SessionServices {
    const options = this.#options;
    return {
      counts: this.#counts,
      log: this.#log,
      maxSubscriptions: options.maxSubscriptions ?? SERVER_DEFAULTS.maxSubscriptions,
      checkToken: tokenCheck(options.token),
      requests: {
        dispatch: createDispatch(actions, this.#log),
        requestTimeoutMs: options.requestTimeoutMs ?? SERVER_DEFAULTS.requestTimeoutMs,
        placeMarginMs: options.placeMarginMs ?? SERVER_DEFAULTS.placeMarginMs,
        stopping: this.#stopping.signal,
        log: this.#log,
        accessLog: options.accessLog === false ? null : this.#log.child('access'),
      },
      onGone: (session) => {
        this.#sessions.delete(session);
        if (this.#sessions.size === 0) this.#onLastGone?.();
      },
    };
  }
}

function openIdempotency(options: ServerOptions, accounts: AccountRouter, market: OpenMarket): IdempotencyCache {
  const cache = new IdempotencyCache({
    ttlMs: Math.max(1000, options.idempotencyTtlMs ?? SERVER_DEFAULTS.idempotencyTtlMs),
    now: wallNow,
    recall: (accountKey, orderId) => {
      const account = accounts.accounts.find(({ key }) => key === accountKey);
      const row = account === undefined ? null : market.adapter.order(account, orderId);
      // An order of an earlier day: it existed, and nothing more is known.
      return row ?? { order_id: orderId, status: 'unknown', raw_status: 255 };
    },
  });
  cache.restore(market.saved);
  return cache;
}
