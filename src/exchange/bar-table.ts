import { MINUTE } from '../domain/time.ts';
import type { Bars } from '../domain/trading.ts';
import { yuan } from './data.ts';
import type { DaySession } from './day-session.ts';
import type { DayShape } from './day-shape.ts';
import { AFTERNOON_OPEN, MINUTES, MORNING_OPEN } from './grid.ts';
import type { Instrument } from './instrument.ts';

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

/** Bars of one security, filled row by row. */
export class BarTable {
  readonly #instrument: Instrument;
  readonly #time: Float64Array;
  readonly #columns: Readonly<Record<Column, Float64Array>>;

  constructor(instrument: Instrument, rows: number) {
    this.#instrument = instrument;
    this.#time = new Float64Array(rows);
    const column = (): Float64Array => new Float64Array(rows);
    this.#columns = {
      open: column(),
      close: column(),
      high: column(),
      low: column(),
      volume: column(),
      money: column(),
      pre_close: column(),
      high_limit: column(),
      low_limit: column(),
      paused: column(),
      factor: column(),
      avg: column(),
    };
  }

  /**
   * `pre_close` is the close of the bar before it, as JoinQuant's; without trades `avg` is the close. `factor` multiplies prices and
   * divides the volume; money stays what was paid.
   */
  set(row: number, label: number, bar: BarTicks, { highLimit, lowLimit, paused }: DayShape, factor: number): void {
    const columns = this.#columns;
    const { tickMills } = this.#instrument;
    const price = (ticks: number): number => yuan(ticks * tickMills) * factor;
    const [volume, money] = [(bar.lots * 100) / factor, yuan(bar.lotTicks * 100 * tickMills)];
    this.#time[row] = label;
    columns.open[row] = price(bar.open);
    columns.close[row] = price(bar.close);
    columns.high[row] = price(bar.high);
    columns.low[row] = price(bar.low);
    columns.volume[row] = volume;
    columns.money[row] = money;
    columns.pre_close[row] = price(bar.preClose);
    columns.high_limit[row] = highLimit === null ? Number.NaN : price(highLimit);
    columns.low_limit[row] = lowLimit === null ? Number.NaN : price(lowLimit);
    columns.paused[row] = paused ? 1 : 0;
    columns.factor[row] = factor;
    columns.avg[row] = volume > 0 ? money / volume : price(bar.close);
  }

  /** Bars `from` … `from + count − 1` of a day, each of `size` minutes, put at `row` and after it. */
  setMinutes(row: number, session: DaySession, bars: DayBars): void {
    const { shape } = session;
    for (let bar = 0; bar < bars.count; bar += 1) {
      const first = (bars.from + bar) * bars.size;
      this.set(
        row + bar,
        shape.midnight + labelTime(first + bars.size),
        minutesBar(session, first, bars.size),
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

function minutesBar({ path, volume, shape }: DaySession, first: number, size: number): BarTicks {
  const [open, close] = [path.open[first] ?? 0, path.close[first + size - 1] ?? 0];
  let [high, low, lots, lotTicks] = [open, open, 0, 0];
  for (let minute = first; minute < first + size; minute += 1) {
    high = Math.max(high, path.high[minute] ?? high);
    low = Math.min(low, path.low[minute] ?? low);
    lots += volume.lots[minute] ?? 0;
    lotTicks += volume.lotTicks[minute] ?? 0;
  }
  const preClose = first === 0 ? shape.preClose : (path.close[first - 1] ?? shape.preClose);
  return { open, close, high, low, lots, lotTicks, preClose };
}
