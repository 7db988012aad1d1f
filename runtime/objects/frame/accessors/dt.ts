import { strictMembers } from '../../attributes.ts';
import { WITH_COLUMN } from '../store.ts';
import type { DateTime } from 'luxon';
import { chinaDay, chinaText, chinaTimeOfDay, DAY, HOUR, instantOf, weekday } from '../../../../src/domain/time.ts';
import { date } from '../../datetime/date.ts';
import { strftime } from '../../datetime/strftime.ts';
import { TimeOfDay } from '../../datetime/time-of-day.ts';
import { bools, floats, ints, objects, times } from '../column/column.ts';
import type { Column } from '../column/column.ts';
import { TIMES } from '../signatures/others.ts';
import { installSignatures } from '../signatures/signature.ts';
import { durationOf } from '../time-rules.ts';
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
    return this.#series[WITH_COLUMN]<boolean>(monthEdge(this.#column, false));
  }

  get is_month_end(): Series<boolean> {
    return this.#series[WITH_COLUMN]<boolean>(monthEdge(this.#column, true));
  }

  get date(): Series<date> {
    return this.#series[WITH_COLUMN]<date>(dateCells(this.#column));
  }

  get time(): Series<TimeOfDay> {
    return this.#series[WITH_COLUMN]<TimeOfDay>(clockCells(this.#column));
  }

  strftime(format: string): Series<string> {
    return this.#series[WITH_COLUMN]<string>(timeTexts(this.#column, format));
  }

  /** Midnight of each day. */
  normalize(): Series<DateTime> {
    return this.#series[WITH_COLUMN]<DateTime>(midnights(this.#column));
  }

  /** Down to a step of time: `floor('D')`, `floor('30min')`. */
  floor(rule: string): Series<DateTime> {
    const span = durationOf(rule);
    const china = 8 * HOUR;
    const data = (this.#column.data as Float64Array).map((ms) => Math.floor((ms + china) / span) * span - china);
    return this.#series[WITH_COLUMN]<DateTime>(times(data));
  }

  #part(part: TimePart): Series {
    return this.#series[WITH_COLUMN]<number>(timePart(this.#column, part));
  }
}

installSignatures(TimeMethods.prototype, TIMES);
strictMembers(TimeMethods, '.dt');

const parts = (ms: number): readonly [number, number, number] => {
  const text = chinaText(ms);
  return [Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8, 10))];
};

/** Whole numbers out of an instant, in China's time. */
const NUMBERS = {
  year: (ms: number) => parts(ms)[0],
  month: (ms: number) => parts(ms)[1],
  day: (ms: number) => parts(ms)[2],
  hour: (ms: number) => Math.floor(chinaTimeOfDay(ms) / 3600),
  minute: (ms: number) => Math.floor(chinaTimeOfDay(ms) / 60) % 60,
  second: (ms: number) => Math.floor(chinaTimeOfDay(ms)) % 60,
  quarter: (ms: number) => Math.ceil(parts(ms)[1] / 3),
  dayofweek: (ms: number) => weekday(chinaDay(ms)) - 1,
  dayofyear: (ms: number) => (instantOf(chinaDay(ms), 0) - instantOf(`${chinaDay(ms).slice(0, 4)}-01-01`, 0)) / DAY + 1,
  days_in_month: (ms: number) => daysInMonth(parts(ms)[0], parts(ms)[1]),
} as const;
export type TimePart = keyof typeof NUMBERS;

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** A part of each instant: int64, or float64 when one is missing. */
export function timePart(column: Column, part: TimePart): Column {
  const data = column.data as Float64Array;
  const read = NUMBERS[part];
  const out = Float64Array.from(data, (ms) => (Number.isNaN(ms) ? NaN : read(ms)));
  return out.some(Number.isNaN) ? floats(out) : ints(out);
}

/** 1 where the day is the first or last of its month. */
export function monthEdge(column: Column, end: boolean): Column {
  return bools(
    Uint8Array.from(column.data as Float64Array, (ms) => {
      if (Number.isNaN(ms)) return 0;
      const [year, month, day] = parts(ms);
      return Number(day === (end ? daysInMonth(year, month) : 1));
    }),
  );
}

export function timeTexts(column: Column, format: string): Column {
  return objects(Array.from(column.data as Float64Array, (ms) => (Number.isNaN(ms) ? NaN : strftime(ms, format))));
}

/** The days without their time, as `date` objects. */
export function dateCells(column: Column): Column {
  return objects(
    Array.from(column.data as Float64Array, (ms) => (Number.isNaN(ms) ? null : date.fromisoformat(chinaDay(ms)))),
  );
}

export function clockCells(column: Column): Column {
  return objects(Array.from(column.data as Float64Array, (ms) => (Number.isNaN(ms) ? null : new TimeOfDay(ms))));
}

/** Midnight of each instant's day. */
export function midnights(column: Column): Column {
  return times(
    Float64Array.from(column.data as Float64Array, (ms) => (Number.isNaN(ms) ? NaN : instantOf(chinaDay(ms), 0))),
  );
}
