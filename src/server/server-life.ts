import type { JsonObject } from '../protocol/json.ts';
import { sessionId } from '../platform/ids.ts';
import type { Log } from '../platform/log.ts';
import { systemTimers } from '../platform/timers.ts';
import type { TimerSource } from '../platform/timers.ts';
import type { AccountConfig } from './account-types.ts';
import type { AccountRouter } from './accounts.ts';
import type { ActionServices } from './actions/action.ts';
import { audited } from './audit.ts';
import { featuresOf } from './messages.ts';
import { createDispatch } from './dispatch.ts';
import { DEFAULT_MARKET_ROOM } from './fit-order.ts';
import type { IdempotencyCache } from './idempotency.ts';
import type { Interceptor, Link } from './interceptor.ts';
import { ConnectionCounts } from '../net/connection-counts.ts';
import type { Place } from '../net/connection-counts.ts';
import type { OpenMarket } from './market.ts';
import { STOP_LIMIT_MS } from './limits.ts';
import { OpenWork } from './open-work.ts';
import { SERVER_DEFAULTS } from './options.ts';
import type { GatewayOptions } from './options.ts';
import type { OrderRisk } from './order-risk.ts';
import { openKeys, openRisk } from './record/open-keys.ts';
import type { OrderRecord } from './record/order-record.ts';
import { carryOut, SERVER_DOWN } from './requests.ts';
import type { Dispatch, Outcome } from './requests.ts';
import { Session } from './sessions.ts';
import { SessionTeller } from './session-news.ts';
import type { SessionServices } from './session-services.ts';
import type { SessionSocket } from './session-socket.ts';
import type { SessionView } from './session-view.ts';
import type { StateStore } from './state-store.ts';
import { startTelling } from './tellers.ts';
import type { Tellers } from './tellers.ts';
import { tokenCheck } from '../net/token.ts';

/** What one life of a server is made of. */
export interface LifeParts {
  readonly options: GatewayOptions;
  readonly log: Log;
  readonly accounts: AccountRouter;
  readonly market: OpenMarket;
  /** Of a gateway outside this process; null where the market's own book keeps what was placed. */
  readonly record: OrderRecord | null;
  readonly interceptor: Interceptor | null;
}

/** A server from its start to its stop or death: wires the sessions to the market and takes both down again. */
export class ServerLife {
  readonly market: OpenMarket;
  readonly #options: GatewayOptions;
  readonly #log: Log;
  readonly #timers: TimerSource;
  readonly #counts: ConnectionCounts;
  readonly #store: StateStore | null;
  readonly #news: SessionTeller;
  readonly #services: SessionServices;
  readonly #sessions = new Set<Session>();
  readonly #asked = new OpenWork();
  readonly #stopping = new AbortController();
  readonly #accounts: readonly AccountConfig[];
  #tellers: Tellers | null = null;
  #onLastGone: (() => void) | null = null;

  constructor({ options, log, accounts, market, record, interceptor }: LifeParts) {
    this.market = market;
    this.#options = options;
    this.#accounts = accounts.accounts;
    this.#log = log;
    this.#timers = options.timers ?? systemTimers;
    this.#counts = new ConnectionCounts(options.maxConnections ?? SERVER_DEFAULTS.maxConnections, this.#timers);
    this.#news = new SessionTeller(log, options.onSession);
    const timers = this.#timers;
    const idempotency = openKeys({ options, log, accounts, market, record, timers });
    const risk = openRisk(options, market, record);
    this.#store = market.keep(idempotency, risk);
    this.#services = this.#sessionServices(this.#actionServices(accounts, idempotency, risk), interceptor);
  }

  get sessions(): number {
    return this.#counts.sessions;
  }

  /** Resolves when the book is durable for the first time; only then connections may come. */
  async begin(): Promise<void> {
    // Before anybody can ask for the time: so the clock of a new book has its anchor.
    await this.#persist();
    if (this.#stopping.signal.aborted) return;
    const parts = { market: this.market, accounts: this.#accounts, options: this.#options, log: this.#log };
    this.#tellers = startTelling({ ...parts, timers: this.#timers, sessions: () => this.#sessions });
  }

  /** One request that did not come through a session; the stop waits for it as for theirs. Never rejects. */
  ask(action: string, payload: JsonObject, caller: SessionView): Promise<Outcome> {
    if (this.#stopping.signal.aborted) return Promise.resolve(SERVER_DOWN);
    return this.#asked.run(carryOut({ id: caller.id, action, payload }, caller, this.#services.requests));
  }

  links(): Iterable<Link> {
    return this.#sessions;
  }

  attach(socket: SessionSocket): void {
    if (this.#stopping.signal.aborted) {
      refuse(socket);
      return;
    }
    const place = this.#counts.strangerArrives(socket.remoteAddress ?? null);
    if (typeof place !== 'string') {
      this.#begin(socket, place);
      return;
    }
    this.#log.warning(`A connection of ${socket.remoteAddress ?? '?'} was closed: ${place}.`);
    refuse(socket);
  }

  #begin(socket: SessionSocket, place: Place): void {
    const session = new Session(socket, place, this.#services, () => {
      this.#sessions.delete(session);
      this.#news.gone(session.peer);
      if (this.#sessions.size === 0) this.#onLastGone?.();
    });
    this.#sessions.add(session);
  }

  /** Drops every connection; the server lives on. */
  dropConnections(): void {
    for (const session of this.#sessions) session.cut();
  }

  /** Lets running requests answer, closes the sessions, writes the last state. */
  async stop(): Promise<void> {
    this.#tellers?.stop();
    this.#stopping.abort();
    for (const session of this.#sessions) session.stop();
    await Promise.all([this.#allGone(), this.#asked.over(this.#timers, STOP_LIMIT_MS)]);
    await this.#store?.seal();
  }

  /** Ends everything in this very turn; resolves when a write that was under way has ended. */
  kill(): Promise<void> {
    const closed = this.#store?.close() ?? Promise.resolve();
    this.#tellers?.stop();
    this.dropConnections();
    // Only to free the clock: what wakes now waits for a write that never comes.
    this.#stopping.abort();
    return closed;
  }

  #persist(): Promise<void> {
    return this.#store?.flush() ?? Promise.resolve();
  }

  /** Resolves when the last running request has ended, also one whose client is gone. */
  #allGone(): Promise<void> {
    if (this.#sessions.size === 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.#onLastGone = resolve;
    });
  }

  #actionServices(accounts: AccountRouter, idempotency: IdempotencyCache, risk: OrderRisk | null): ActionServices {
    const begun = this.#timers.monotonic();
    const { clock } = this.#options;
    return {
      gateway: this.market.gateway,
      dialect: this.market.dialect,
      clock,
      accounts,
      idempotency,
      accountLog: this.#options.logsAccounts === true ? this.#log.child('account') : null,
      history: this.#options.history ?? null,
      sides: this.#options.sides ?? { data: true, broker: true },
      marketRoom: this.#options.marketRoom ?? DEFAULT_MARKET_ROOM,
      risk,
      dryRun: this.#options.dryRun ?? false,
      uptime: () => (this.#timers.monotonic() - begun) / 1000,
      sessions: () => this.#counts.sessions,
      persist: () => this.#persist(),
    };
  }

  #dispatch(actions: ActionServices): Dispatch {
    const dispatch = createDispatch(actions, this.#log);
    const audit = this.#options.audit ?? null;
    return audit === null ? dispatch : audited(dispatch, { audit, timers: this.#timers, dryRun: actions.dryRun });
  }

  #sessionServices(actions: ActionServices, interceptor: Interceptor | null): SessionServices {
    const options = this.#options;
    return {
      log: this.#log,
      news: (news) => this.#news.tell(news),
      timers: this.#timers,
      interceptor,
      maxSubscriptions: options.maxSubscriptions ?? SERVER_DEFAULTS.maxSubscriptions,
      newId: options.newSessionId ?? sessionId,
      checkToken: tokenCheck(options.token),
      features: [
        ...featuresOf(this.market.gateway, actions.sides, actions.history !== null),
        ...(actions.dryRun ? ['dry_run'] : []),
      ],
      audit: options.audit ?? null,
      requests: {
        dispatch: this.#dispatch(actions),
        dryRun: actions.dryRun,
        timers: this.#timers,
        requestTimeoutMs: options.requestTimeoutMs ?? SERVER_DEFAULTS.requestTimeoutMs,
        placeMarginMs: options.placeMarginMs ?? SERVER_DEFAULTS.placeMarginMs,
        stopping: this.#stopping.signal,
        log: this.#log,
        accessLog: options.accessLog === false ? null : this.#log.child('access'),
        logsOrdersOnly: options.accessLog !== true,
      },
    };
  }
}

/** Destroys a connection nobody is going to handle. */
export function refuse(socket: SessionSocket): void {
  socket.on('error', () => {});
  socket.destroy();
}
