import { MINUTE } from '../domain/time.ts';
import type { Bars } from '../domain/trading.ts';
import { yuan } from './data.ts';
import type { DaySession } from './day-session.ts';
import type { DayShape } from './day-shape.ts';
import { AFTERNOON_OPEN, MINUTES, MORNING_OPEN } from './grid.ts';
import type { Instrument } from './instrument.ts';
import type { MinuteVolume } from './minute-volume.ts';

/** One bar, prices in ticks. */
export interface BarTicks {
  readonly open: number;
  readonly close: number;
  readonly high: number;
  readonly low: number;
  readonly lots: number;
  readonly lotTicks: number;
  readonly preClose: number;
}

/** Bars `from` … `from + count − 1` of one day, each of `size` minutes, and the factor of that day's prices. */
interface DayBars {
  readonly size: number;
  readonly from: number;
  readonly count: number;
  readonly factor: number;
}

const COLUMNS = [
  'open',
  'close',
  'high',
  'low',
  'volume',
  'money',
  'pre_close',
  'high_limit',
  'low_limit',
  'paused',
  'factor',
  'avg',
] as const;
type Column = (typeof COLUMNS)[number];

/** What is summed over the trades of a bar. */
const OF_TRADES: readonly Column[] = ['volume', 'money', 'avg'];

/** Bars of one security, filled row by row. */
export class BarTable {
  readonly #instrument: Instrument;
  readonly #time: Float64Array;
  readonly #columns: Readonly<Partial<Record<Column, Float64Array>>>;
  readonly #ofTrades: boolean;

  /** `wanted`: columns, those that are none of these are passed over; absent = all. What nobody wants is not made: the prices of a year are many. */
  constructor(instrument: Instrument, rows: number, wanted?: readonly string[]) {
    this.#instrument = instrument;
    this.#time = new Float64Array(rows);
    const names = wanted === undefined ? COLUMNS : COLUMNS.filter((name) => wanted.includes(name));
    this.#columns = Object.fromEntries(names.map((name) => [name, new Float64Array(rows)]));
    this.#ofTrades = OF_TRADES.some((name) => names.includes(name));
  }

  /**
   * `pre_close` is the close of the bar before it, as JoinQuant's; without trades `avg` is the close. `factor` multiplies prices and
   * divides the volume; money stays what was paid.
   */
  set(row: number, label: number, bar: BarTicks, shape: DayShape, factor: number): void {
    const { open, close, high, low, pre_close, paused, factor: factors } = this.#columns;
    const { tickMills } = this.#instrument;
    this.#time[row] = label;
    if (open !== undefined) open[row] = yuan(bar.open * tickMills) * factor;
    if (close !== undefined) close[row] = yuan(bar.close * tickMills) * factor;
    if (high !== undefined) high[row] = yuan(bar.high * tickMills) * factor;
    if (low !== undefined) low[row] = yuan(bar.low * tickMills) * factor;
    if (pre_close !== undefined) pre_close[row] = yuan(bar.preClose * tickMills) * factor;
    if (paused !== undefined) paused[row] = shape.paused ? 1 : 0;
    if (factors !== undefined) factors[row] = factor;
    this.#setLimits(row, shape, factor);
    if (this.#ofTrades) this.#setTrades(row, bar, factor);
  }

  #setLimits(row: number, { highLimit, lowLimit }: DayShape, factor: number): void {
    const { high_limit, low_limit } = this.#columns;
    const { tickMills } = this.#instrument;
    const price = (ticks: number | null): number => (ticks === null ? Number.NaN : yuan(ticks * tickMills) * factor);
    if (high_limit !== undefined) high_limit[row] = price(highLimit);
    if (low_limit !== undefined) low_limit[row] = price(lowLimit);
  }

  #setTrades(row: number, bar: BarTicks, factor: number): void {
    const { volume: volumes, money: moneys, avg } = this.#columns;
    const { tickMills } = this.#instrument;
    const [volume, money] = [(bar.lots * 100) / factor, yuan(bar.lotTicks * 100 * tickMills)];
    if (volumes !== undefined) volumes[row] = volume;
    if (moneys !== undefined) moneys[row] = money;
    if (avg !== undefined) avg[row] = volume > 0 ? money / volume : yuan(bar.close * tickMills) * factor;
  }

  /** Bars `from` … `from + count − 1` of a day, each of `size` minutes, put at `row` and after it. */
  setMinutes(row: number, session: DaySession, bars: DayBars): void {
    const { shape } = session;
    const volume = this.#ofTrades ? session.volume : null;
    for (let bar = 0; bar < bars.count; bar += 1) {
      const first = (bars.from + bar) * bars.size;
      this.set(
        row + bar,
        shape.midnight + labelTime(first + bars.size),
        minutesBar(session, volume, first, bars.size),
        shape,
        bars.factor,
      );
    }
  }

  bars(): Bars {
    return { security: this.#instrument.security, time: this.#time, columns: this.#columns };
  }
}

/** Time of day (ms) at which the n-th trading minute ends, n = 1 … 240. */
function labelTime(minutes: number): number {
  const half = MINUTES / 2;
  return minutes <= half ? MORNING_OPEN + minutes * MINUTE : AFTERNOON_OPEN + (minutes - half) * MINUTE;
}

/** `volume`: null when nobody wants it, for to draw it costs as much as the prices. */
function minutesBar({ path, shape }: DaySession, volume: MinuteVolume | null, first: number, size: number): BarTicks {
  const [open, close] = [path.open[first] ?? 0, path.close[first + size - 1] ?? 0];
  let [high, low, lots, lotTicks] = [open, open, 0, 0];
  for (let minute = first; minute < first + size; minute += 1) {
    high = Math.max(high, path.high[minute] ?? high);
    low = Math.min(low, path.low[minute] ?? low);
    lots += volume?.lots[minute] ?? 0;
    lotTicks += volume?.lotTicks[minute] ?? 0;
  }
  const preClose = first === 0 ? shape.preClose : (path.close[first - 1] ?? shape.preClose);
  return { open, close, high, low, lots, lotTicks, preClose };
}
