import type { DateTime } from 'luxon';
import { HOUR } from '../../../../src/domain/time.ts';
import type { date } from '../../datetime/date.ts';
import type { TimeOfDay } from '../../datetime/time-of-day.ts';
import { times } from '../column/column.ts';
import type { Column } from '../column/column.ts';
import { clockCells, dateCells, midnights, monthEdge, timePart, timeTexts } from '../time-parts.ts';
import type { TimePart } from '../time-parts.ts';
import { durationOf } from '../time-rule.ts';
import type { Series } from '../types.ts';

/** `s.dt`: a part of each time, in China's zone; missing cells stay missing. */
export class TimeMethods {
  readonly #series: Series<unknown>;
  readonly #column: Column;

  constructor(series: Series<unknown>, column: Column) {
    this.#series = series;
    this.#column = column;
  }

  get year(): Series {
    return this.#part('year');
  }

  get month(): Series {
    return this.#part('month');
  }

  get day(): Series {
    return this.#part('day');
  }

  get hour(): Series {
    return this.#part('hour');
  }

  get minute(): Series {
    return this.#part('minute');
  }

  get second(): Series {
    return this.#part('second');
  }

  get quarter(): Series {
    return this.#part('quarter');
  }

  /** Monday is 0, as in pandas. */
  get dayofweek(): Series {
    return this.#part('dayofweek');
  }

  get weekday(): Series {
    return this.#part('dayofweek');
  }

  get dayofyear(): Series {
    return this.#part('dayofyear');
  }

  get days_in_month(): Series {
    return this.#part('days_in_month');
  }

  get is_month_start(): Series<boolean> {
    return this.#series.withColumn<boolean>(monthEdge(this.#column, false));
  }

  get is_month_end(): Series<boolean> {
    return this.#series.withColumn<boolean>(monthEdge(this.#column, true));
  }

  get date(): Series<date> {
    return this.#series.withColumn<date>(dateCells(this.#column));
  }

  get time(): Series<TimeOfDay> {
    return this.#series.withColumn<TimeOfDay>(clockCells(this.#column));
  }

  strftime(format: string): Series<string> {
    return this.#series.withColumn<string>(timeTexts(this.#column, format));
  }

  /** Midnight of each day. */
  normalize(): Series<DateTime> {
    return this.#series.withColumn<DateTime>(midnights(this.#column));
  }

  /** Down to a step of time: `floor('D')`, `floor('30min')`. */
  floor(rule: string): Series<DateTime> {
    const span = durationOf(rule);
    const china = 8 * HOUR;
    const data = (this.#column.data as Float64Array).map((ms) => Math.floor((ms + china) / span) * span - china);
    return this.#series.withColumn<DateTime>(times(data));
  }

  #part(part: TimePart): Series {
    return this.#series.withColumn<number>(timePart(this.#column, part));
  }
}
