import { chinaDay } from '../domain/time.ts';
import { floatText, requestFailed } from './python.ts';

/** Order limits the server itself applies, per account and day; money in CNY, the ratio in per cent of the total value. */
export interface RiskLimits {
  readonly maxOrderValue: number;
  readonly maxDailyTradeValue: number;
  readonly maxDailyTrades: number;
  readonly maxDailyCancels: number;
  readonly minCancelIntervalSeconds: number;
  readonly maxCancelPerOrder: number;
  readonly minBuyOrderValue: number;
  readonly maxStockCount: number;
  readonly maxPositionRatio: number;
}

/** Limits of the reference's documentation, for `QMT_SERVER_ORDER_RISK_ENABLED` without further settings. */
export const DEFAULT_RISK_LIMITS: RiskLimits = {
  maxOrderValue: 100_000,
  maxDailyTradeValue: 500_000,
  maxDailyTrades: 100,
  maxDailyCancels: 100,
  minCancelIntervalSeconds: 0,
  maxCancelPerOrder: 3,
  minBuyOrderValue: 0,
  maxStockCount: 20,
  maxPositionRatio: 20,
};

/** What the limits on holdings look at. */
export interface Holdings {
  /** CNY. */
  readonly totalValue: number;
  /** Securities held. */
  readonly count: number;
}

/** What one account has done on a day, as it outlives the server. */
export interface SavedRisk {
  readonly accountKey: string;
  /** `YYYY-MM-DD` of market time in China. */
  readonly day: string;
  readonly trades: number;
  readonly tradeValue: number;
  readonly cancels: number;
  /** Market time, epoch ms. */
  readonly lastCancelAt: number | null;
  /** Cancels of each order. */
  readonly cancelsOfOrder: readonly (readonly [string, number])[];
}

export interface RiskOptions {
  /** Market time, epoch ms. */
  readonly now: () => number;
  /** Counters of an earlier life of the server; those of other days count for nothing. */
  readonly saved: readonly SavedRisk[];
  /** They have changed: to be kept before anything is answered. */
  readonly keep: (saved: SavedRisk) => void;
}

interface DayCounters {
  readonly day: string;
  trades: number;
  tradeValue: number;
  cancels: number;
  lastCancelAt: number | null;
  readonly cancelsOfOrder: Map<string, number>;
}

/** Limits the server applies to the orders of each account; counters begin anew each China day, and not with the server. */
export class OrderRisk {
  readonly #limits: RiskLimits;
  readonly #now: () => number;
  readonly #keep: (saved: SavedRisk) => void;
  readonly #accounts = new Map<string, DayCounters>();
  #changes = 0;

  constructor(limits: RiskLimits, { now, saved, keep }: RiskOptions) {
    this.#limits = limits;
    this.#now = now;
    this.#keep = keep;
    for (const { accountKey, cancelsOfOrder, ...counters } of saved)
      this.#accounts.set(accountKey, { ...counters, cancelsOfOrder: new Map(cancelsOfOrder) });
  }

  /** Grows with each change that must survive a crash. */
  changes(): number {
    return this.#changes;
  }

  /** The counters of every account. */
  save(): SavedRisk[] {
    return [...this.#accounts].map(([accountKey, day]) => savedOf(accountKey, day));
  }

  /** Throws REQUEST_FAILED with the first limit the order breaks. An order without a known value passes, a sell without holdings. */
  checkOrder(accountKey: string, value: number, isBuy: boolean, holdings: Holdings | null): void {
    if (!(value > 0)) return;
    const limits = this.#limits;
    const day = this.#counters(accountKey);
    if (isBuy && value < limits.minBuyOrderValue) {
      throw denied(`买入订单金额低于最小值: ¥${cents(value)} < ¥${cents(limits.minBuyOrderValue)}`);
    }
    if (value > limits.maxOrderValue)
      throw denied(`单笔订单金额超限: ¥${cents(value)} > ¥${whole(limits.maxOrderValue)}`);
    if (day.trades >= limits.maxDailyTrades) {
      throw denied(`当日交易次数超限: ${day.trades} >= ${limits.maxDailyTrades}`);
    }
    const total = day.tradeValue + value;
    if (total > limits.maxDailyTradeValue) {
      throw denied(`当日交易金额超限: ¥${cents(total)} > ¥${whole(limits.maxDailyTradeValue)}`);
    }
    if (holdings !== null) this.#checkHoldings(value, holdings);
  }

  /** The order is about to be entered; returns what takes it back when it was not. */
  countOrder(accountKey: string, value: number): () => void {
    if (!(value > 0)) return () => {};
    const day = this.#counters(accountKey);
    day.trades += 1;
    day.tradeValue += value;
    this.#changed(accountKey, day);
    return () => {
      day.trades -= 1;
      day.tradeValue -= value;
      // Of a day that is over nothing is kept any more.
      if (this.#accounts.get(accountKey) === day) this.#changed(accountKey, day);
    };
  }

  /** Throws REQUEST_FAILED with the first limit the cancel breaks. */
  checkCancel(accountKey: string, orderId: string): void {
    const limits = this.#limits;
    const day = this.#counters(accountKey);
    if (day.cancels >= limits.maxDailyCancels) {
      throw denied(`当日撤单次数超限: ${day.cancels} >= ${limits.maxDailyCancels}`);
    }
    const since = day.lastCancelAt === null ? Infinity : (this.#now() - day.lastCancelAt) / 1000;
    if (since < limits.minCancelIntervalSeconds) {
      throw denied(`撤单过于频繁: ${since.toFixed(2)}s < ${limits.minCancelIntervalSeconds.toFixed(2)}s`);
    }
    const attempts = day.cancelsOfOrder.get(orderId) ?? 0;
    if (attempts >= limits.maxCancelPerOrder) {
      throw denied(`单笔订单撤单次数超限: order_id=${orderId}, ${attempts} >= ${limits.maxCancelPerOrder}`);
    }
  }

  /** The cancel is about to be asked for; returns what takes it back when the counter did not take it. */
  countCancel(accountKey: string, orderId: string): () => void {
    const day = this.#counters(accountKey);
    const [at, before] = [this.#now(), day.lastCancelAt];
    const count = (by: 1 | -1): void => {
      day.cancels += by;
      const cancels = (day.cancelsOfOrder.get(orderId) ?? 0) + by;
      if (cancels === 0) day.cancelsOfOrder.delete(orderId);
      else day.cancelsOfOrder.set(orderId, cancels);
      // Of a day that is over nothing is kept any more.
      if (this.#accounts.get(accountKey) === day) this.#changed(accountKey, day);
    };
    day.lastCancelAt = at;
    count(1);
    return () => {
      if (day.lastCancelAt === at) day.lastCancelAt = before;
      count(-1);
    };
  }

  #changed(accountKey: string, day: DayCounters): void {
    this.#changes += 1;
    this.#keep(savedOf(accountKey, day));
  }

  #checkHoldings(value: number, { count, totalValue }: Holdings): void {
    const limits = this.#limits;
    if (count >= limits.maxStockCount) throw denied(`持仓数量超限: ${count} >= ${limits.maxStockCount}`);
    const ratio = totalValue > 0 ? (value / totalValue) * 100 : 0;
    if (ratio > limits.maxPositionRatio) {
      throw denied(`单只股票仓位超限: ${ratio.toFixed(2)}% > ${floatText(limits.maxPositionRatio)}%`);
    }
  }

  #counters(accountKey: string): DayCounters {
    const day = chinaDay(this.#now());
    const known = this.#accounts.get(accountKey);
    if (known !== undefined && known.day === day) return known;
    const fresh = { day, trades: 0, tradeValue: 0, cancels: 0, lastCancelAt: null, cancelsOfOrder: new Map() };
    this.#accounts.set(accountKey, fresh);
    return fresh;
  }
}

function savedOf(accountKey: string, { cancelsOfOrder, ...counters }: DayCounters): SavedRisk {
  return { accountKey, ...counters, cancelsOfOrder: [...cancelsOfOrder] };
}

function denied(text: string): Error {
  return requestFailed(`❌ ${text}`);
}

/** `1,234.50` */
export function cents(value: number): string {
  return grouped(value.toFixed(2));
}

/** `200,000`; a fraction stays. */
function whole(value: number): string {
  return grouped(String(value));
}

function grouped(digits: string): string {
  const [integer = '', fraction] = digits.split('.');
  const withCommas = integer.replaceAll(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? withCommas : `${withCommas}.${fraction}`;
}
