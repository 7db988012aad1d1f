import { priceFactors } from '../adjustment.ts';
import { closesOf } from '../daily-close.ts';
import { sharesOn } from '../company/shares.ts';
import { yuan } from '../data.ts';
import { dayShapes, moneyOf } from '../day-shape.ts';
import { payout, rightOn } from '../ex-rights.ts';
import type { Instrument } from '../instrument.ts';
import type { Market } from '../market.ts';
import type { TradingDays } from '../trading-days.ts';
import { value } from './windows.ts';
import type { Series } from './windows.ts';

interface DayBars {
  readonly open: Series;
  readonly high: Series;
  readonly low: Series;
  readonly volume: Series;
  readonly money: Series;
  readonly turnover: Series;
}

/**
 * Daily figures of one security over a stretch of days, one array each; NaN before its listing and after its last day. Prices are adjusted as of its first
 * day, and so are volumes: only what does not depend on that may be made of them. On a day without trading the price stands and the
 * volume is 0.
 */
export class Prices {
  readonly instrument: Instrument;
  /** Numbers of the first and the last day. */
  readonly from: number;
  readonly to: number;
  /** Of the day's prices. */
  readonly factor: Series;
  readonly close: Series;
  /** Of each day, as a part of the close before; 0 on the first. */
  readonly change: Series;
  readonly #market: Market;
  #bars: DayBars | null = null;
  #benchmark: Prices | null = null;

  constructor(market: Market, instrument: Instrument, from: number, to: number) {
    [this.#market, this.instrument, this.from, this.to] = [market, instrument, from, to];
    const [factor, close, change] = [this.#column(), this.#column(), this.#column()];
    const factorOn = priceFactors(instrument, 'post', to);
    const { startIndex, tickMills, exRights } = instrument;
    const last = Math.min(to, instrument.lastIndex ?? to);
    const ticks = closesOf(instrument, from - 1, last);
    for (let index = Math.max(from, startIndex); index <= last; index += 1) {
      const row = index - from;
      const [before, now] = [value(ticks, row), value(ticks, row + 1)];
      const right = rightOn(exRights, index);
      const base = right === null ? before : payout(right, before, tickMills).reference;
      const scale = factorOn(index);
      factor[row] = scale;
      close[row] = yuan(now * tickMills) * scale;
      change[row] = index === startIndex ? 0 : now / base - 1;
    }
    [this.factor, this.close, this.change] = [factor, close, change];
  }

  get market(): Market {
    return this.#market;
  }

  /** The numbers of all days. */
  get days(): TradingDays {
    return this.#market.days;
  }

  get bars(): DayBars {
    this.#bars ??= this.#readBars();
    return this.#bars;
  }

  /** The index that stands for the market, over the same days. */
  get benchmark(): Prices {
    this.#benchmark ??= pricesOf(this.#market, this.#market.instrument(BENCHMARK), this.from, this.to);
    return this.#benchmark;
  }

  #column(): Float64Array {
    return new Float64Array(this.to - this.from + 1).fill(Number.NaN);
  }

  #readBars(): DayBars {
    const { instrument, from, to, factor } = this;
    const { tickMills } = instrument;
    const bars = {
      open: this.#column(),
      high: this.#column(),
      low: this.#column(),
      volume: this.#column(),
      money: this.#column(),
      turnover: this.#column(),
    };
    for (const shape of dayShapes(instrument, this.#market.days, from, to)) {
      const row = shape.index - from;
      const scale = value(factor, row);
      bars.open[row] = yuan(shape.open * tickMills) * scale;
      bars.high[row] = yuan(shape.high * tickMills) * scale;
      bars.low[row] = yuan(shape.low * tickMills) * scale;
      bars.volume[row] = (shape.lots * 100) / scale;
      bars.money[row] = moneyOf(shape);
      bars.turnover[row] = (shape.lots * 10_000) / sharesOn(instrument, shape.index).circulating;
    }
    return bars;
  }
}

const BENCHMARK = '000300.XSHG';
/** Securities whose figures are kept: about 10 MB. */
const KEPT = 600;
const kept = new WeakMap<Market, Map<string, Prices>>();

/** The figures of at least these days; those of the last securities are kept, because the next question is about a day later. */
export function pricesOf(market: Market, instrument: Instrument, from: number, to: number): Prices {
  const known = kept.get(market) ?? new Map<string, Prices>();
  kept.set(market, known);
  const found = known.get(instrument.security);
  if (found !== undefined && found.from <= from && found.to >= to) return found;
  const made = new Prices(market, instrument, from, to);
  known.delete(instrument.security);
  const oldest = known.keys().next();
  if (known.size >= KEPT && oldest.done !== true) known.delete(oldest.value);
  known.set(instrument.security, made);
  return made;
}
