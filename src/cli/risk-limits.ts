import { BtError } from '../domain/errors.ts';
import { DEFAULT_RISK_LIMITS, NO_RISK_LIMITS, type RiskLimits } from '../domain/order/risk/limits.ts';
import { canonicalSecurity } from '../domain/market/symbol.ts';
import { readLimit } from './limit-setting.ts';
import { badValue, type Settings } from './settings.ts';

/** The variable of each limit that is a number. */
const NUMBERS = {
  maxOrderValue: 'MAX_ORDER_VALUE',
  maxOrderAmount: 'MAX_ORDER_AMOUNT',
  minOrderValue: 'MIN_BUY_ORDER_VALUE',
  maxDailyValue: 'MAX_DAILY_TRADE_VALUE',
  maxDailyOrders: 'MAX_DAILY_TRADES',
  maxDailyCancels: 'MAX_DAILY_CANCELS',
  maxCancelsPerOrder: 'MAX_CANCEL_PER_ORDER',
  minCancelInterval: 'MIN_CANCEL_INTERVAL_SECONDS',
  maxActionsPerSecond: 'MAX_ACTIONS_PER_SECOND',
  maxDailyActions: 'MAX_DAILY_ACTIONS',
  maxNames: 'MAX_STOCK_COUNT',
  maxWeight: 'MAX_POSITION_RATIO',
  maxExposure: 'MAX_EXPOSURE_RATIO',
  minListedDays: 'MIN_LISTED_DAYS',
  maxPriceDeviation: 'MAX_PRICE_DEVIATION',
  duplicateSeconds: 'DUPLICATE_ORDER_SECONDS',
  maxDailyLoss: 'MAX_DAILY_LOSS_RATIO',
  maxDrawdown: 'MAX_DRAWDOWN_RATIO',
  breakerRejections: 'BREAKER_REJECTIONS',
  breakerCancels: 'BREAKER_CANCELS_PER_MINUTE',
} as const satisfies Partial<Record<keyof RiskLimits, string>>;

/** Of these less than one makes no sense. */
const WHOLE: ReadonlySet<string> = new Set<keyof RiskLimits>([
  'maxOrderAmount',
  'maxDailyOrders',
  'maxDailyCancels',
  'maxCancelsPerOrder',
  'maxActionsPerSecond',
  'maxDailyActions',
  'maxNames',
  'minListedDays',
  'breakerRejections',
  'breakerCancels',
]);

/** Where the reference writes 0 for a limit that it does not have. */
const NONE_BY_ZERO: ReadonlySet<string> = new Set<keyof RiskLimits>([
  'minCancelInterval',
  'minOrderValue',
  'minListedDays',
]);

/** Every variable of a limit, in the order in which documents list them. */
export const RISK_VARIABLES: readonly string[] = [
  ...Object.values(NUMBERS),
  'ALLOWED_SECURITIES',
  'DENIED_SECURITIES',
  'FORBID_ST',
  'LOSS_STOPS',
  'RISK_CHECK_ENABLED',
];

/** The limits of a run by its settings: a number, `off`, or (nothing written) the default. Throws BAD_CONFIG. */
export function readRiskLimits(settings: Settings): RiskLimits {
  refuseStopLoss(settings);
  const isOn = settings.toggle({ variables: ['RISK_CHECK_ENABLED'] }) !== false;
  const limits: RiskLimits = isOn ? DEFAULT_RISK_LIMITS : NO_RISK_LIMITS;
  const numbers: Partial<Record<keyof typeof NUMBERS, number | null>> = {};
  for (const name of Object.keys(NUMBERS) as (keyof typeof NUMBERS)[]) {
    const value = isOn ? readNumber(settings, name) : undefined;
    if (value !== undefined) numbers[name] = value;
  }
  return {
    ...limits,
    ...numbers,
    allowed: isOn ? readCodes(settings, 'ALLOWED_SECURITIES') : null,
    denied: isOn ? readCodes(settings, 'DENIED_SECURITIES') : null,
    noSt: isOn && settings.toggle({ variables: ['FORBID_ST'] }) === true,
    lossStops: settings.choice({ variables: ['LOSS_STOPS'] }, ['buying', 'all']) ?? limits.lossStops,
  };
}

/** `undefined`: nothing was written; null: it is off. */
function readNumber(settings: Settings, name: keyof typeof NUMBERS): number | null | undefined {
  return readLimit(settings, NUMBERS[name], { whole: WHOLE.has(name), zeroIsOff: NONE_BY_ZERO.has(name) });
}

function readCodes(settings: Settings, variable: string): ReadonlySet<string> | null {
  const given = settings.find({ variables: [variable] });
  if (given === null) return null;
  const codes = given.value.split(/[\s,;]+/u).filter((code) => code !== '');
  try {
    if (codes.length > 0) return new Set(codes.map(canonicalSecurity));
  } catch {
    // Told below, with the variable's name.
  }
  throw badValue(given, 'codes like 000001.XSHE,600000.XSHG');
}

/** The reference has a stop-loss by setting; ours are orders. */
function refuseStopLoss(settings: Settings): void {
  const given = settings.find({ variables: ['STOP_LOSS_RATIO'] });
  if (given === null || given.value === '' || given.value === '0') return;
  throw new BtError(
    'BAD_CONFIG',
    'STOP_LOSS_RATIO is not served: use StopMarketOrderStyle in the strategy, or MAX_DAILY_LOSS_RATIO and MAX_DRAWDOWN_RATIO for the account. Take it out of the settings.',
    { fault: 'config' },
  );
}
