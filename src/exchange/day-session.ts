import { mix } from '../platform/random.ts';
import type { DayShape } from './day-shape.ts';
import { CLOSE_TICK, MINUTES, minuteOf, TICKS_PER_MINUTE } from './grid.ts';
import type { MinutePath } from './minute-path.ts';
import { minutePath } from './minute-path.ts';
import type { MinutePrices, MinuteTicks } from './minute-ticks.ts';
import { auctionLots, minutePrices, minuteTicks } from './minute-ticks.ts';
import type { MinuteVolume } from './minute-volume.ts';
import { minuteVolume } from './minute-volume.ts';
import type { Book } from './order-book.ts';
import { buildBook } from './order-book.ts';

/** The day so far, at a tick. Prices in ticks. */
export interface Running {
  readonly last: number;
  readonly high: number;
  readonly low: number;
  readonly lots: number;
  readonly lotTicks: number;
}

/** The minutes of a day before one. */
interface Totals {
  minute: number;
  high: number;
  low: number;
  lots: number;
  lotTicks: number;
}

/** Minutes whose ticks are kept: matching walks forwards, quotes stay near one instant. */
const TICK_CACHE = 4;

/** One security on one trading day, drawn as finely as it is asked for: day, minutes, ticks, book. Always the same answers. */
export class DaySession {
  readonly shape: DayShape;
  #path: MinutePath | null = null;
  #volume: MinuteVolume | null = null;
  /** Totals of the minutes before one: of that which was asked for last, since the day goes forwards. */
  #before: Totals | null = null;
  readonly #ticks = new Map<number, MinuteTicks>();
  /** Prices of the minute that was asked for last by its price alone. */
  #prices: { readonly minute: number; readonly price: Int32Array } | null = null;
  #book: { readonly tick: number; readonly book: Book } | null = null;

  constructor(shape: DayShape) {
    this.shape = shape;
  }

  get path(): MinutePath {
    this.#path ??= minutePath(this.shape);
    return this.#path;
  }

  get volume(): MinuteVolume {
    this.#volume ??= minuteVolume(this.shape, this.path);
    return this.#volume;
  }

  /** Price in ticks at a tick (0 … 4800). */
  price(tick: number): number {
    if (tick <= 0) return this.shape.open;
    if (tick >= CLOSE_TICK) return this.shape.close;
    const minute = minuteOf(tick);
    return this.#minutePrices(minute)[tick - minute * TICKS_PER_MINUTE] ?? this.shape.close;
  }

  /** Lots traded at one tick: in the opening auction (0), since the tick before, in the closing auction (4800). */
  lotsAt(tick: number): number {
    if (tick <= 0) return auctionLots(this.volume.lots[0] ?? 0);
    if (tick >= CLOSE_TICK) return this.volume.lots[MINUTES - 1] ?? 0;
    const minute = minuteOf(tick);
    const { lots } = this.#minute(minute);
    const step = tick - minute * TICKS_PER_MINUTE;
    return (lots[step] ?? 0) - (lots[step - 1] ?? 0);
  }

  /** The day up to a tick (0 … 4800). */
  running(tick: number): Running {
    const { shape } = this;
    if (tick >= CLOSE_TICK) {
      return { last: shape.close, high: shape.high, low: shape.low, lots: shape.lots, lotTicks: shape.lotTicks };
    }
    const minute = Math.max(0, minuteOf(tick));
    const ticks = this.#minute(minute);
    const before = this.#totalsBefore(minute);
    const step = tick - minute * TICKS_PER_MINUTE;
    let { high, low } = before;
    for (let i = 0; i <= step; i += 1) {
      high = Math.max(high, ticks.price[i] ?? high);
      low = Math.min(low, ticks.price[i] ?? low);
    }
    return {
      last: ticks.price[step] ?? shape.open,
      high,
      low,
      lots: before.lots + (ticks.lots[step] ?? 0),
      lotTicks: before.lotTicks + (ticks.lotTicks[step] ?? 0),
    };
  }

  /** Five levels on each side at a tick of continuous auction. */
  book(tick: number): Book {
    if (this.#book?.tick === tick) return this.#book.book;
    const book = buildBook(this.shape, tick, this.price(tick));
    this.#book = { tick, book };
    return book;
  }

  /** To draw a day's volume too would cost as much again: who asks for the prices of a whole market does not need it. */
  #minutePrices(minute: number): Int32Array {
    const drawn = this.#ticks.get(minute)?.price;
    if (drawn !== undefined) return drawn;
    if (this.#prices?.minute === minute) return this.#prices.price;
    const price = minutePrices(this.#bar(minute), this.#key(minute));
    this.#prices = { minute, price };
    return price;
  }

  #bar(minute: number): MinutePrices {
    const { open, high, low, close } = this.path;
    return { open: open[minute] ?? 0, high: high[minute] ?? 0, low: low[minute] ?? 0, close: close[minute] ?? 0 };
  }

  #key(minute: number): number {
    return mix(mix(this.shape.key, 61), minute);
  }

  #minute(minute: number): MinuteTicks {
    const known = this.#ticks.get(minute);
    if (known !== undefined) return known;
    const { volume } = this;
    const bar = { ...this.#bar(minute), lots: volume.lots[minute] ?? 0, lotTicks: volume.lotTicks[minute] ?? 0 };
    const auction = minute === 0 ? this.lotsAt(0) : 0;
    const ticks = minuteTicks(bar, auction, this.#key(minute));
    const oldest = this.#ticks.keys().next();
    if (this.#ticks.size >= TICK_CACHE && oldest.done !== true) this.#ticks.delete(oldest.value);
    this.#ticks.set(minute, ticks);
    return ticks;
  }

  #totalsBefore(minute: number): Totals {
    const { path, volume, shape } = this;
    const known = this.#before;
    const start = { minute: 0, high: shape.open, low: shape.open, lots: 0, lotTicks: 0 };
    const totals = known === null || known.minute > minute ? start : known;
    this.#before = totals;
    for (; totals.minute < minute; totals.minute += 1) {
      totals.high = Math.max(totals.high, path.high[totals.minute] ?? totals.high);
      totals.low = Math.min(totals.low, path.low[totals.minute] ?? totals.low);
      totals.lots += volume.lots[totals.minute] ?? 0;
      totals.lotTicks += volume.lotTicks[totals.minute] ?? 0;
    }
    return totals;
  }
}
