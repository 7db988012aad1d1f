import type { GatewayHealth } from '../../../domain/gateway.ts';
import { BtError, errorMessage } from '../../../domain/errors.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { Log } from '../../../platform/log.ts';
import type { TimerSource } from '../../../platform/timers.ts';
import type { JsonObject } from '../../../protocol/json.ts';
import type { AccountConfig } from '../../account-types.ts';
import { DEFAULT_MARKET_ROOM } from '../../fit-order.ts';
import type { MarketRoom } from '../../fit-order.ts';
import type { AccountEvent, Gateway } from '../gateway.ts';
import { QmtAccount } from './account-broker.ts';
import type { Bridge } from './bridge.ts';
import type { BridgeCommand } from './bridge-process.ts';
import { DataBridge } from './data-bridge.ts';
import { DownloadJobs } from './download-jobs.ts';
import { Downloads } from './downloads.ts';
import { healthOf } from './health.ts';
import { Instruments } from './instruments.ts';
import { LiveTicks } from './live-ticks.ts';
import { QmtMarketData } from './market-data.ts';
import { OrderErrors } from './order-errors.ts';
import type { MarketStyle } from './order-terms.ts';
import { orderOf, tradeOf } from './rows.ts';
import { ORDER, TRADE } from './sdk-rows.ts';
import { TradingBridge } from './trading-bridge.ts';

/** Where QMT is and how it is used. */
export interface QmtSettings extends BridgeCommand {
  /** Full path of `userdata_mini`. */
  readonly dataPath: string;
  /** The trader's first session number; null = one of a small pool. */
  readonly sessionId: number | null;
  /** Port of the terminal's quotes, where several terminals run; null = the SDK finds it. */
  readonly dataPort: number | null;
  readonly marketStyle: MarketStyle;
  /** Whether bars are downloaded before they are read. */
  readonly downloadsBars: boolean;
  /** Of an order in market style without a price; ±1.5 %. */
  readonly marketRoom?: MarketRoom;
  /** False: market data alone, the trading side of the terminal is not looked for; yes. */
  readonly trades?: boolean;
}

export interface QmtParts {
  readonly settings: QmtSettings;
  readonly accounts: readonly AccountConfig[];
  readonly timers: TimerSource;
  readonly random: () => number;
  readonly log: Log;
  /** Market time. */
  readonly clock: Clock;
  /** Shorter for tests. */
  readonly firstRetryMs?: number;
}

/** QMT behind the port: one bridge for trading, one for data, each replaced by itself. */
export class QmtGateway implements Gateway {
  readonly inProcess = false;
  readonly operations = true;
  readonly data: QmtMarketData;
  /** One for each folder of a terminal, with its accounts. */
  readonly trading: readonly TradingBridge[];
  readonly quotes: DataBridge;
  readonly #parts: QmtParts;
  readonly #instruments: Instruments;
  readonly #jobs: DownloadJobs;
  readonly #live: LiveTicks;
  readonly #errors: OrderErrors;
  readonly #brokers = new Map<string, QmtAccount>();
  readonly #listeners = new Set<(event: AccountEvent) => void>();

  constructor(parts: QmtParts) {
    this.#parts = parts;
    const { settings, accounts, timers, random, clock } = parts;
    const now = (): number => clock.now();
    const log = parts.log.child('qmt');
    const retry = parts.firstRetryMs === undefined ? {} : { firstRetryMs: parts.firstRetryMs };
    const shared = { command: settings, timers, random, log, ...retry };
    this.#errors = new OrderErrors(timers);
    const byPath = Map.groupBy(settings.trades === false ? [] : accounts, ({ path }) => path ?? settings.dataPath);
    this.trading = [...byPath].map(
      ([dataPath, own]) =>
        new TradingBridge({
          ...shared,
          dataPath,
          accounts: own,
          sessionId: settings.sessionId,
          onPush: (event, accountId, row) => this.#pushed(event, accountId, row),
        }),
    );
    this.quotes = new DataBridge(
      { ...shared, port: settings.dataPort },
      {
        onTicks: (rows) => this.#live.heard(rows),
        onProgress: (of, progress) => this.#jobs.progress(of, progress),
        onReady: () => this.#live.renew(),
      },
    );
    this.#instruments = new Instruments(this.quotes, timers);
    this.#live = new LiveTicks(this.quotes, this.#instruments, log);
    const downloads = new Downloads(this.quotes, timers, log);
    const { downloadsBars } = settings;
    this.#jobs = new DownloadJobs(this.quotes, timers);
    const { quotes: bridge } = this;
    const sources = { bridge, instruments: this.#instruments, downloads, jobs: this.#jobs, live: this.#live };
    this.data = new QmtMarketData({ ...sources, downloadsBars, now });
  }

  /** Resolves when both processes run and have the SDK, whether the terminal is there or not. Throws BtError (config). */
  async open(): Promise<void> {
    try {
      await Promise.all(this.#bridges.map((bridge) => bridge.open()));
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#bridges.map((bridge) => bridge.close()));
  }

  broker(account: AccountConfig): QmtAccount {
    const known = this.#brokers.get(account.key);
    if (known !== undefined) return known;
    const { clock, settings } = this.#parts;
    const broker = new QmtAccount({
      account,
      trading: this.#tradingOf(account),
      errors: this.#errors,
      marketStyle: settings.marketStyle,
      names: (codes) => this.#instruments.names(codes),
      quote: (security) => this.data.quote(security).catch(() => null),
      marketRoom: settings.marketRoom ?? DEFAULT_MARKET_ROOM,
      now: () => clock.now(),
    });
    this.#brokers.set(account.key, broker);
    return broker;
  }

  get #bridges(): readonly Bridge[] {
    return [...this.trading.map(({ bridge }) => bridge), this.quotes.bridge];
  }

  #tradingOf({ key }: AccountConfig): TradingBridge {
    const found = this.trading.find((trading) => trading.serves(key));
    if (found === undefined) throw new BtError('NO_ACCOUNT', `No account ${key} was configured.`, { fault: 'bug' });
    return found;
  }

  health(): Promise<GatewayHealth> {
    const { timers, clock } = this.#parts;
    const known = healthOf(this.trading, this.quotes, this.#live.lastAt, timers.wallNow());
    // Real time is everybody's; a rehearsal's is told.
    const told = clock.kind === 'wall' ? null : { now: clock.now(), speed: clock.speed };
    return Promise.resolve({ ...known, clock: told });
  }

  onAccountEvent(listener: (event: AccountEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #pushed(event: string, accountId: string, row: JsonObject): void {
    if (event === 'order_error' || event === 'cancel_error') {
      const error = this.#errors.add(row);
      this.#parts.log.warning(`${event} of ${error?.order_id ?? '?'}: ${error?.error_msg ?? ''}`);
      return;
    }
    if (event !== 'order' && event !== 'trade') return;
    const key = this.#parts.accounts.find(({ id }) => id === accountId)?.key;
    if (key === undefined) return;
    try {
      const told = event === 'order' ? { order: orderOf(ORDER.parse(row)) } : { trade: tradeOf(TRADE.parse(row)) };
      for (const listener of this.#listeners) listener({ accountKey: key, ...told });
    } catch (error) {
      // The lists are the truth: what cannot be read here is read there.
      this.#parts.log.debug(`a pushed ${event} cannot be read: ${errorMessage(error)}`);
    }
  }
}
