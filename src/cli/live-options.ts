import type { PythonManner } from '../engine/strategy/types.ts';
import { brokerName } from './broker-name.ts';
import { BtError } from '../domain/errors.ts';
import { chinaDay, chinaInstant, chinaText, parseChinaTime } from '../domain/time.ts';
import { DEFAULT_LIMITS } from '../engine/live-options.ts';
import type { LiveLimits } from '../engine/live-options.ts';
import { readLivePage } from './page-options.ts';
import type { PagePlan } from './page-options.ts';
import { readData } from './run-venues.ts';
import type { RiskLimits } from '../domain/order/risk/limits.ts';
import { readRiskLimits } from './risk-limits.ts';
import { readMetrics, type MetricsSettings } from './metrics/read-metrics.ts';
import { badValue } from './settings.ts';
import type { Settings } from './settings.ts';

/** Which clock a run was told to use. */
export type ClockPlan =
  | { readonly kind: 'wall' }
  | { readonly kind: 'gateway' }
  | { readonly kind: 'simulated'; readonly start: number; readonly speed: number | 'max' };

/** What `bt live` was told, validated as far as that goes without a connection. */
export interface LivePlan {
  readonly broker: string;
  /** A second source of market data; null = none. */
  readonly data: string | null;
  readonly withStub: boolean;
  readonly seed: number;
  readonly clock: ClockPlan;
  /** `YYYY-MM-DD HH:MM[:SS]`, or a time alone: of the day of the clock's first reading. */
  readonly until: string | null;
  readonly name: string | null;
  readonly stateFolder: string | null;
  readonly runtimeDir: string;
  /** A page of this run; null = none is served. */
  readonly page: PagePlan | null;
  readonly reportFile: string | null;
  readonly recordFile: string | null;
  readonly logFile: string | null;
  /** A person has seen the account and says that it may be traded. */
  readonly real: boolean;
  /** What of an account with holdings the strategy sees; null = as chosen before. */
  readonly positions: 'all' | 'own' | null;
  readonly frequency: 'minute' | 'day';
  /** Begin a new life of the instance. */
  readonly fresh: boolean;
  /** Start also what asks for data that no source serves. */
  readonly force: boolean;
  /** `--python` or BT_PYTHON; null = one that is found. */
  readonly python: string | null;
  readonly manner: PythonManner;
  readonly limits: LiveLimits;
  readonly risk: RiskLimits;
  /** Where /metrics and /health are served; null = nowhere. */
  readonly metrics: MetricsSettings | null;
  /** Where the page of each day is written; null = nowhere. */
  readonly dayReports: string | null;
}

/** Reads and checks every setting of `bt live` but those of the venue; throws BtError BAD_CONFIG (config). */
export function readLivePlan(settings: Settings): LivePlan {
  const withStub = settings.toggle({ flag: '--with-stub' }) === true;
  const real = readReal(settings, withStub);
  const broker = brokerName(settings, withStub);
  return {
    broker,
    data: readData(settings, broker),
    withStub,
    seed: settings.integer({ flag: '--seed' }, 0, 2 ** 31 - 1) ?? 1,
    clock: readClockPlan(settings, withStub),
    until: readUntil(settings),
    name: settings.text({ flag: '--name', variables: ['STRATEGY_NAME'] }),
    stateFolder: settings.text({ flag: '--state' }),
    runtimeDir: settings.text({ variables: ['RUNTIME_DIR'] }) ?? '.bt',
    page: readLivePage(settings),
    reportFile: settings.text({ flag: '--report' }),
    recordFile: settings.text({ flag: '--record' }),
    logFile: settings.text({ flag: '--log-file', variables: ['LOG_FILE'] }),
    real,
    positions: settings.choice({ flag: '--positions' }, ['all', 'own']),
    frequency: settings.choice({ flag: '--frequency' }, ['minute', 'day']) ?? 'minute',
    fresh: settings.toggle({ flag: '--fresh' }) === true,
    force: settings.toggle({ flag: '--force' }) === true,
    python: settings.text({ flag: '--python', variables: ['BT_PYTHON'] }),
    manner: {
      compat: settings.toggle({ flag: '--no-compat' }) !== false,
      python2: settings.toggle({ flag: '--python2' }) === true,
      debugpy: settings.integer({ flag: '--debugpy' }, 1, 65_535),
    },
    limits: readLimits(settings),
    risk: readRiskLimits(settings),
    metrics: readMetrics(settings),
    dayReports: settings.text({ flag: '--day-report', variables: ['DAY_REPORT_FOLDER'] }),
  };
}

/** `--real`. Throws BAD_CONFIG for what it was called before, and on a paper market. */
export function readReal(settings: Settings, withStub: boolean): boolean {
  if (settings.toggle({ flag: '--i-know-what-i-do' }) === true)
    throw refusal(
      '--i-know-what-i-do is no option any more: write --real. The first start on a real gateway shows the account and asks for it once; it is kept with the instance.',
    );
  const real = settings.toggle({ flag: '--real' }) === true;
  if (real && withStub)
    throw refusal(
      '--real is for a gateway with real money: --with-stub trades on a paper market. Leave one of them out.',
    );
  return real;
}

/** Epoch ms of `--until`, of the day of `now` when it names none; null when it was not given. Throws BtError BAD_CONFIG when it is past. */
export function untilInstant(until: string | null, now: number): number | null {
  if (until === null) return null;
  const instant = parseChinaTime(until) ?? chinaInstant(chinaDay(now), until);
  if (instant > now) return instant;
  throw refusal(`--until ${until} is past: the clock begins at ${chinaText(now)}. Write a later time.`);
}

function readClockPlan(settings: Settings, withStub: boolean): ClockPlan {
  const start = settings.instant({ flag: '--at' });
  const speed = readSpeed(settings);
  const kind = settings.choice({ flag: '--clock' }, ['wall', 'gateway']);
  if (start !== null) {
    if (kind !== null) throw refusal('--at and --clock exclude each other: leave one of them out.');
    return { kind: 'simulated', start, speed: speed ?? 1 };
  }
  if (speed !== null) throw refusal("--speed needs --at '2026-07-06 09:30:00'.");
  if (kind === 'gateway' && withStub)
    throw refusal('--clock gateway is for a gateway of its own: with --with-stub use --at.');
  return { kind: kind ?? 'wall' };
}

function readSpeed(settings: Settings): number | 'max' | null {
  const names = { flag: '--speed' };
  const given = settings.find(names);
  if (given?.value.toLowerCase() === 'max') return 'max';
  if (given !== null && !/^\d+(?:\.\d+)?$/u.test(given.value)) throw badValue(given, 'a number above 0 or max');
  return settings.amount(names, { zero: false });
}

function readUntil(settings: Settings): string | null {
  const given = settings.find({ flag: '--until' });
  if (given === null) return null;
  if (/^(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?$/u.test(given.value)) return given.value;
  if (/\d[ T]\d{1,2}:\d{2}/u.test(given.value) && parseChinaTime(given.value) !== null) return given.value;
  throw badValue(given, "a time of day like 09:41, or a date and time like '2026-07-08 15:31:00'");
}

function readLimits(settings: Settings): LiveLimits {
  const amount = (variable: string, zero = false): number | null =>
    settings.amount({ variables: [variable] }, { zero });
  const eventSeconds = amount('EVENT_TIME_OUT');
  const hookSeconds = amount('HOOK_TIME_OUT');
  const quoteSeconds = amount('QUOTE_MAX_AGE_SECONDS', true);
  return {
    maxWaitSeconds: amount('TRADE_MAX_WAIT_TIME', true) ?? DEFAULT_LIMITS.maxWaitSeconds,
    buyPercent: settings.percent({ variables: ['MARKET_BUY_PRICE_PERCENT'] }) ?? DEFAULT_LIMITS.buyPercent,
    sellPercent: settings.percent({ variables: ['MARKET_SELL_PRICE_PERCENT'] }) ?? DEFAULT_LIMITS.sellPercent,
    quoteMaxAgeMs: quoteSeconds === null ? DEFAULT_LIMITS.quoteMaxAgeMs : quoteSeconds * 1000,
    eventTimeoutMs: eventSeconds === null ? DEFAULT_LIMITS.eventTimeoutMs : eventSeconds * 1000,
    hookTimeoutMs: hookSeconds === null ? DEFAULT_LIMITS.hookTimeoutMs : hookSeconds * 1000,
    memoryLimitMb: settings.integer({ variables: ['STRATEGY_MEMORY_MB'] }, 128, 65_536) ?? DEFAULT_LIMITS.memoryLimitMb,
  };
}

function refusal(message: string): BtError {
  return new BtError('BAD_CONFIG', message, { fault: 'config' });
}
