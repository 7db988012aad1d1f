import { isIP } from 'node:net';
import { BtError } from '../domain/errors.ts';
import { DEFAULT_RISK_LIMITS, parseAllowlist, parseSubAccounts } from '../server/index.ts';
import type { RiskLimits, ServerOptions, TlsFiles } from '../server/index.ts';
import type { QmtSettings } from '../server/adapters/qmt/index.ts';
import { readableFile } from './files.ts';
import { readAccountList } from './server-accounts.ts';
import { readKeptFiles } from './server-files.ts';
import { isOfThisMachine, readHttp, shortToken } from './server-http.ts';
import { readSides } from './server-sides.ts';
import { tellVariables } from './server-variables.ts';
import { readQmt, simulatedAccounts } from './server-qmt.ts';
import { readLimit } from './limit-setting.ts';
import { badValue } from './settings.ts';
import type { Settings } from './settings.ts';

/** What `bt server` was told, validated; the clock is made from it later. */
export interface ServerPlan {
  readonly options: Omit<ServerOptions, 'clock'>;
  /** Where QMT is; null = a market of its own. */
  readonly qmt: QmtSettings | null;
  /** The paper market stands in for QMT, and everything says so. */
  readonly simulated: boolean;
  /** Whether a token was given; else it is one that everybody knows. */
  readonly hasToken: boolean;
  /** Start of the simulated clock, epoch ms; null = wall time. */
  readonly at: number | null;
  /** Market seconds per wall second of the simulated clock; null = not said: 1, or as its book ran. */
  readonly speed: number | null;
  readonly logFile: string | null;
  /** Where accounts are kept minute by minute; null = nowhere. */
  readonly historyFile: string | null;
  /** A seed, or the path of a plan of faults; null = nothing goes wrong on purpose. */
  readonly faults: string | null;
  /** Print the plan instead of serving. */
  readonly printFaults: boolean;
  /** File of the audit; null = none is written. */
  readonly audit: string | null;
  /** File of the messages that are not delivered yet; null = forgotten with the process. */
  readonly outbox: string | null;
  readonly warnings: readonly string[];
}

const DAY_SECONDS = 86_400;
const MOST_KEY_DAYS = 90;
const DEFAULT_PORT = 58_620;
const STUB_TOKEN = 'stub';
const TOKEN = { flag: '--token', variables: ['QMT_SERVER_TOKEN'] };

/** Reads and checks every setting of `bt server`; throws BtError BAD_CONFIG, BAD_ACCOUNTS or BAD_ALLOWLIST (config). */
export function readServerPlan(settings: Settings): ServerPlan {
  const behind = readQmt(settings);
  const host = readHost(settings);
  const { token, warnings } = readToken(settings, host);
  const http = readHttp(settings, settings.text(TOKEN));
  const { options: keeping, warnings: told, ...files } = readKeptFiles(settings);
  const at = settings.instant({ flag: '--at' });
  const speed = settings.amount({ flag: '--speed' }, { zero: false });
  if (speed !== null && at === null) throw needs('--speed', "--at '2026-07-06 09:30:00'");
  const market = settings.choice({ flag: '--market' }, ['simulated', 'reference']) ?? 'simulated';
  const statePath = settings.text({ flag: '--state' });
  if (market === 'reference' && statePath !== null) throw needs('--state', '--market simulated');
  const faults = settings.text({ flag: '--faults' });
  return {
    ...behind,
    at,
    faults,
    printFaults: readPrintFaults(settings, faults),
    speed,
    logFile: settings.text({ flag: '--log-file', variables: ['QMT_SERVER_LOG_FILE'] }),
    ...files,
    warnings: [...told, ...doorWarnings(http, warnings), ...tellVariables(settings)],
    historyFile: readHistoryFile(settings),
    options: {
      host,
      port: settings.integer({ flag: '--port', variables: ['QMT_SERVER_PORT'] }, 0, 65_535) ?? DEFAULT_PORT,
      token,
      market,
      seed: settings.integer({ flag: '--seed' }, 0, 2 ** 31 - 1) ?? 1,
      statePath,
      tls: readTls(settings),
      http,
      risk: readRisk(settings),
      ...keeping,
      ...readSides(settings),
      ...simulatedAccounts(readAccounts(settings), behind.simulated),
      ...readLimits(settings),
    },
  };
}

/** Without accounts there is nothing to keep. */
function readHistoryFile(settings: Settings): string | null {
  const file = settings.text({ flag: '--history', variables: ['QMT_SERVER_HISTORY'] });
  if (file !== null && !readSides(settings).sides.broker)
    throw needs('--history (or QMT_SERVER_HISTORY)', 'accounts: leave out --disable-broker');
  return file;
}

/** What is told of the token once, whichever door it is short for. */
function doorWarnings(http: ServerOptions['http'], warnings: readonly string[]): readonly string[] {
  if (http === undefined || http === null || warnings.length > 0) return warnings;
  return shortToken(http.host, http.token ?? STUB_TOKEN);
}

function readHost(settings: Settings): string {
  const given = settings.find({ flag: '--listen', variables: ['QMT_SERVER_LISTEN'] });
  if (given === null) return '127.0.0.1';
  if (isIP(given.value) === 0 && !/^[A-Za-z0-9.-]+$/u.test(given.value)) {
    throw badValue(given, 'an address of this machine like 127.0.0.1, or 0.0.0.0 for all of them');
  }
  return given.value;
}

/** A stub that only this machine reaches needs no secret; one that others reach does. */
function readToken(settings: Settings, host: string): { token: string; warnings: string[] } {
  const local = isOfThisMachine(host);
  const token = settings.text(TOKEN);
  if (token === null && !local) throw needs(`--listen ${host}`, '--token (or QMT_SERVER_TOKEN): others can reach it');
  return { token: token ?? STUB_TOKEN, warnings: shortToken(host, token ?? STUB_TOKEN) };
}

/** The key decides: QMT_SERVER_TLS_CERT alone is how a client names the certificate it trusts. */
function readTls(settings: Settings): TlsFiles | null {
  const key = settings.text({ flag: '--tls-key', variables: ['QMT_SERVER_TLS_KEY'] });
  const certFlag = settings.text({ flag: '--tls-cert' });
  if (key === null && certFlag === null) return null;
  if (key === null) throw needs('--tls-cert', '--tls-key FILE');
  const cert = certFlag ?? settings.text({ variables: ['QMT_SERVER_TLS_CERT'] });
  if (cert === null) throw needs('--tls-key', '--tls-cert FILE');
  return { cert: readableFile('--tls-cert', cert), key: readableFile('--tls-key', key) };
}

function readAccounts(settings: Settings): Pick<ServerOptions, 'accounts' | 'subAccounts' | 'allowlist'> {
  const subAccounts = settings.text({ flag: '--sub-accounts', variables: ['QMT_SERVER_SUB_ACCOUNTS'] });
  const allowlist = settings.text({ flag: '--allowlist', variables: ['QMT_SERVER_ALLOWLIST'] });
  return {
    accounts: readAccountList(settings),
    subAccounts: subAccounts === null ? [] : parseSubAccounts(subAccounts),
    allowlist: allowlist === null ? [] : parseAllowlist(allowlist),
  };
}

function readPrintFaults(settings: Settings, faults: string | null): boolean {
  const prints = settings.toggle({ flag: '--print-faults' }) ?? false;
  if (prints && faults === null) throw needs('--print-faults', '--faults FILE or SEED');
  return prints;
}

type Limits = Pick<
  ServerOptions,
  'accessLog' | 'maxConnections' | 'maxSubscriptions' | 'requestTimeoutMs' | 'placeMarginMs' | 'idempotencyTtlMs'
>;

function readLimits(settings: Settings): Limits {
  const count = (flag: string, variable: string): number | null =>
    settings.integer({ flag, variables: [variable] }, 1, 1_000_000);
  const seconds = (variable: string, alias: string): number | null =>
    settings.amount({ variables: [variable, alias] }, { zero: false });
  const maxConnections = count('--max-connections', 'QMT_SERVER_MAX_CONNECTIONS');
  const maxSubscriptions = count('--max-subscriptions', 'QMT_SERVER_MAX_SUBSCRIPTIONS');
  const request = seconds('QMT_SERVER_REQUEST_TIMEOUT_SECONDS', 'QMT_SERVER_REQUEST_TIMEOUT');
  const margin = seconds('QMT_SERVER_PLACE_ORDER_TIMEOUT_MARGIN_SECONDS', 'QMT_SERVER_PLACE_ORDER_TIMEOUT_MARGIN');
  const memory = readKeyMemory(settings);
  return {
    accessLog: settings.toggle({ flag: '--access-log', variables: ['QMT_SERVER_ACCESS_LOG'] }) ?? 'orders',
    ...(maxConnections === null ? {} : { maxConnections }),
    ...(maxSubscriptions === null ? {} : { maxSubscriptions }),
    ...(request === null ? {} : { requestTimeoutMs: request * 1000 }),
    ...(margin === null ? {} : { placeMarginMs: margin * 1000 }),
    ...(memory === null ? {} : { idempotencyTtlMs: memory * 1000 }),
  };
}

/** Seconds; null = as long as by default. One order a key is promised for a day, and kept for 90 at most. */
function readKeyMemory(settings: Settings): number | null {
  const variable = 'QMT_SERVER_IDEMPOTENCY_TTL_SECONDS';
  const memory = settings.integer({ variables: [variable] }, 0, MOST_KEY_DAYS * DAY_SECONDS);
  // 0 means the default there too.
  if (memory === null || memory === 0) return null;
  if (memory >= DAY_SECONDS) return memory;
  throw new BtError(
    'BAD_SETTING',
    `${variable} is ${memory} seconds, and a key is one order for a day at least: take it out, or set ${DAY_SECONDS} or more.`,
    { fault: 'config' },
  );
}

/** Null unless QMT_SERVER_ORDER_RISK_ENABLED; a limit that is not set keeps its default. */
function readRisk(settings: Settings): RiskLimits | null {
  if (settings.toggle({ variables: ['QMT_SERVER_ORDER_RISK_ENABLED'] }) !== true) return null;
  const risk: { -readonly [K in keyof RiskLimits]: number } = { ...DEFAULT_RISK_LIMITS };
  for (const [key, variable] of Object.entries(RISK_VARIABLES) as [keyof RiskLimits, string][]) {
    const isLeast = LEAST.has(key);
    const limit = readLimit(settings, variable, { whole: WHOLE.has(key), zeroIsOff: isLeast });
    // Off: nothing is below the one, or above the other.
    if (limit !== undefined) risk[key] = limit ?? (isLeast ? 0 : Infinity);
  }
  return risk;
}

/** Limits from below; the others are from above. */
const LEAST: ReadonlySet<string> = new Set<keyof RiskLimits>(['minCancelIntervalSeconds', 'minBuyOrderValue']);
const WHOLE: ReadonlySet<string> = new Set<keyof RiskLimits>([
  'maxDailyTrades',
  'maxDailyCancels',
  'maxCancelPerOrder',
  'maxStockCount',
]);

const RISK_VARIABLES: Readonly<Record<keyof RiskLimits, string>> = {
  maxOrderValue: 'MAX_ORDER_VALUE',
  maxDailyTradeValue: 'MAX_DAILY_TRADE_VALUE',
  maxDailyTrades: 'MAX_DAILY_TRADES',
  maxDailyCancels: 'MAX_DAILY_CANCELS',
  minCancelIntervalSeconds: 'MIN_CANCEL_INTERVAL_SECONDS',
  maxCancelPerOrder: 'MAX_CANCEL_PER_ORDER',
  minBuyOrderValue: 'MIN_BUY_ORDER_VALUE',
  maxStockCount: 'MAX_STOCK_COUNT',
  maxPositionRatio: 'MAX_POSITION_RATIO',
};

function needs(what: string, other: string): BtError {
  return new BtError('BAD_CONFIG', `${what} needs ${other}.`, { fault: 'config' });
}
