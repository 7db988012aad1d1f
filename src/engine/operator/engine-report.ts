import { statSync } from 'node:fs';
import { join } from 'node:path';
import { isContinuous } from '../../domain/market/session.ts';
import { ifKnown, type TradingCalendar } from '../../domain/market/calendar.ts';
import { limitsStatus, type LimitUse } from '../../domain/status/risk-status.ts';
import { seenAccount } from '../../domain/status/seen-account.ts';
import type {
  EngineAnswer,
  EngineStatus,
  ForeignOrder,
  LinkStatus,
  StrategyStatus,
} from '../../domain/status/engine-status.ts';
import type { SeenAccount } from '../../domain/status/seen-account.ts';
import type { RiskLimits } from '../../domain/order/risk/limits.ts';
import type { AccountView } from '../../domain/order/types.ts';
import { chinaDay } from '../../domain/time.ts';
import type { BrokerOrder } from '../../domain/trading.ts';
import { LEDGER_FILE } from '../../ledger/instance-file.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Broker, VenueStatus } from '../../venues/broker.ts';
import type { Events } from '../events.ts';

/** Market ms within which quotes must have moved to be alive. */
const QUOTES_ALIVE_MS = 60_000;

export interface EngineReportOptions {
  readonly broker: Pick<Broker, 'onStatus'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly calendar: Pick<TradingCalendar, 'isTradingDay'>;
  readonly startedAt: number;
  readonly stateFolder: string;
  /** Version of bt; absent = not told. */
  readonly version?: string | undefined;
}

/** What of a run is told, once it has been reached so far. */
export interface ReportedRun {
  readonly events: Pick<Events, 'on'>;
  readonly trading: {
    readonly gate: { reason(): string | null };
    readonly portfolios: { view(): AccountView | null };
    readonly tracker: { others(): { readonly orders: readonly BrokerOrder[] } };
    readonly risk: {
      pausesHooks(): string | null;
      readonly guard: { readonly limits: RiskLimits };
      limitUse(account: SeenAccount | null): LimitUse;
    };
  };
  readonly quotes: { pulse(ms: number): EngineStatus['quotes'] };
  /** Null = the run has no strategy. */
  readonly strategy: (() => StrategyStatus) | null;
}

/** What a running engine says of itself, from the moment its folder is locked. */
export class EngineReport {
  readonly #options: EngineReportOptions;
  readonly #links = new Map<string, LinkStatus>();
  readonly #unsubscribe: () => void;
  #run: ReportedRun | null = null;
  #stub: boolean | null = null;
  #ready = false;

  constructor(options: EngineReportOptions) {
    this.#options = options;
    this.#unsubscribe = options.broker.onStatus((status) => this.#linked(status));
  }

  /** From here on it is told of this run. */
  attach(run: ReportedRun): void {
    this.#run = run;
    run.events.on((event) => {
      if (event.kind === 'venue') this.#stub = event.stub;
    });
  }

  /** Hooks and tasks are armed. */
  ready(): void {
    this.#ready = true;
  }

  end(): void {
    this.#unsubscribe();
  }

  answer(): EngineAnswer {
    const now = this.#options.clock.now();
    const view = this.#run?.trading.portfolios.view() ?? null;
    const account = view === null ? null : seenAccount(view);
    const risk = this.#run?.trading.risk;
    return {
      version: 1,
      now,
      engine: this.#engine(now),
      account,
      limits: risk === undefined ? [] : limitsStatus(risk.guard.limits, risk.limitUse(account)),
      foreign: (this.#run?.trading.tracker.others().orders ?? []).map(foreignOrder),
    };
  }

  #engine(now: number): EngineStatus {
    const { startedAt, stateFolder, version = 'unknown' } = this.#options;
    const run = this.#run;
    const starting: StrategyStatus = { state: 'starting', inTask: null, since: startedAt };
    return {
      pid: process.pid,
      version,
      startedAt,
      ready: this.#ready,
      gate: run === null ? 'the gateway is being reached' : run.trading.gate.reason(),
      links: [...this.#links.values()],
      stub: this.#stub,
      quotes: this.#quotes(now),
      strategy: run === null ? starting : (run.strategy?.() ?? null),
      paused: run?.trading.risk.pausesHooks() ?? null,
      memoryMb: Math.round(process.memoryUsage.rss() / 1e6),
      ledgerBytes: bytesOf(join(stateFolder, LEDGER_FILE)) + bytesOf(join(stateFolder, `${LEDGER_FILE}-wal`)),
    };
  }

  /** While nothing is traded nothing has to move. */
  #quotes(now: number): EngineStatus['quotes'] {
    const pulse = this.#run?.quotes.pulse(QUOTES_ALIVE_MS) ?? { alive: null, lastAt: null };
    const isTrading = isContinuous(now) && ifKnown(() => this.#options.calendar.isTradingDay(chinaDay(now))) === true;
    return isTrading ? pulse : { alive: null, lastAt: pulse.lastAt };
  }

  #linked(status: VenueStatus): void {
    const { session } = status;
    const reason = status.kind === 'connected' ? null : status.reason;
    const since = this.#options.clock.now();
    this.#links.set(session, { session, up: reason === null, reason, since });
  }
}

function foreignOrder({ orderId, security, side, amount, filled, limitPrice, remark }: BrokerOrder): ForeignOrder {
  return { brokerOrderId: orderId, security, side, amount, filled, price: limitPrice, remark };
}

function bytesOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
