import { errorMessage } from '../../../src/domain/errors.ts';
import type { TradingCalendar } from '../../../src/domain/market/calendar.ts';
import type { AccountView, OrderRequest, OrderView } from '../../../src/domain/order/types.ts';
import { DataRouter } from '../../../src/engine/data/data-router.ts';
import { QuoteBoard } from '../../../src/engine/data/quote-board.ts';
import { Events, type Alarm } from '../../../src/engine/events.ts';
import { logEvents } from '../../../src/engine/events-log.ts';
import type { LiveLimits } from '../../../src/engine/live-options.ts';
import type { RiskOptions } from '../../../src/engine/risk/trading-risk.ts';
import { Trading } from '../../../src/engine/trading.ts';
import type { Ledger } from '../../../src/ledger/ledger.ts';
import type { Log } from '../../../src/platform/log.ts';
import { createQmtRemote } from '../../../src/venues/qmt-remote/index.ts';
import type { Broker } from '../../../src/venues/broker.ts';
import type { Dial } from '../../../src/net/transport.ts';
import { SignalDesk } from '../../../src/engine/follow/signal-desk.ts';
import { FOLLOWED } from './followed.ts';
import type { Process } from './process.ts';

export interface EngineOptions {
  readonly process: Process;
  readonly ledger: Ledger;
  readonly dial: Dial;
  readonly random: () => number;
  readonly log: Log;
  readonly rpcTimeoutSeconds: number;
  readonly positions: 'all' | 'own';
  readonly limits: LiveLimits;
  readonly calendar: TradingCalendar;
  /** Signals are followed. */
  readonly follows: boolean;
  readonly risk: RiskOptions;
  readonly wrapBroker: (broker: Broker, process: Process) => Broker;
  readonly onView: (view: AccountView) => void;
  readonly onAlarm: (alarm: Alarm) => void;
  readonly onAllClear: (what: Pick<Alarm, 'code' | 'subject'>) => void;
  /** The run ended by itself: it could not start. */
  readonly onFailed: (reason: string) => void;
}

/** One life of `bt live`: venue, order path and strategy calls, until it dies. */
export class Engine {
  readonly process: Process;
  readonly trading: Trading;
  /** What takes signals, where any are followed. */
  readonly signals: SignalDesk | null;
  readonly #options: EngineOptions;
  readonly #quotes: QuoteBoard;
  readonly #start: () => Promise<void>;
  #ready = false;
  #calls = 0;

  constructor(options: EngineOptions) {
    const { process, ledger, dial, random, log } = options;
    this.#options = options;
    this.process = process;
    const env = {
      QMT_SERVER_HOST: 'gateway',
      QMT_SERVER_TOKEN: 'stub',
      QMT_SERVER_RPC_TIMEOUT: String(options.rpcTimeoutSeconds),
    };
    const venue = createQmtRemote({ env, dial, random, log, timers: process.timers });
    this.#start = () => venue.broker.start();
    this.#quotes = new QuoteBoard(new DataRouter([venue.provider]), process.timers, process.clock);
    const stop = new AbortController();
    const events = new Events();
    logEvents(events, log);
    events.on((event) => {
      if (!process.alive) return;
      if (event.kind === 'alarm') options.onAlarm(event.alarm);
      if (event.kind === 'all_clear') options.onAllClear(event);
      if (event.kind !== 'account') return;
      const view = this.trading.account.view();
      if (view !== null) options.onView(view);
    });
    this.trading = new Trading(
      {
        name: 'simulation',
        events,
        broker: options.wrapBroker(venue.broker, process),
        clock: process.clock,
        timers: process.timers,
        log,
        limits: options.limits,
        stop: stop.signal,
        real: false,
        calendar: options.calendar,
        positions: options.positions,
        ...options.risk,
      },
      ledger,
      this.#quotes,
    );
    const { trading, process: own } = this;
    const { clock, timers } = own;
    const parts = { trading, ledger, quotes: this.#quotes, clock, timers, calendar: options.calendar, events };
    this.signals = options.follows ? new SignalDesk({ ...parts, strategies: FOLLOWED }) : null;
  }

  /** Reconciled, and the strategy may call. */
  get ready(): boolean {
    return this.#ready && this.process.alive;
  }

  /** Strategy calls that have not returned. */
  get calls(): number {
    return this.#calls;
  }

  async begin(): Promise<void> {
    try {
      await this.#start();
      if ((await this.trading.open()) === null) throw new Error('told to stop');
      this.#ready = true;
      this.signals?.open();
    } catch (error) {
      if (this.process.alive) this.#options.onFailed(errorMessage(error));
    }
  }

  submit(request: OrderRequest): Promise<OrderView | null> {
    return this.#call(() => this.trading.desk.submit(request));
  }

  cancel(orderId: string): Promise<OrderView | null> {
    return this.#call(() => this.trading.desk.cancel(orderId));
  }

  async #call<T>(work: () => Promise<T>): Promise<T> {
    this.#calls += 1;
    try {
      return await work();
    } finally {
      this.#calls -= 1;
    }
  }
}
