import { strictMembers } from '../attributes.ts';
import { noImplicitSum } from './primitive.ts';
import { strftime } from './strftime.ts';

export interface ClockParts {
  readonly hour?: number;
  readonly minute?: number;
  readonly second?: number;
}

/** The time of a DateTime's day, as Python's `time`: `String(dt.time()) === '14:50:00'`. */
export class TimeOfDay {
  /** The instant it was taken from, epoch ms. */
  readonly #instant: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;

  constructor(instant: number) {
    this.#instant = instant;
    const [hour = 0, minute = 0, second = 0] = strftime(instant, '%T').split(':').map(Number);
    this.hour = hour;
    this.minute = minute;
    this.second = second;
    Object.freeze(this);
  }

  eq(other: unknown): boolean {
    return typeof other === 'string' ? other === this.toString() : other instanceof TimeOfDay && +other === +this;
  }

  /** The same time with another hour, minute or second. */
  replace({ hour = this.hour, minute = this.minute, second = this.second }: ClockParts): TimeOfDay {
    const midnight = this.#instant - this.valueOf() * 1000;
    return new TimeOfDay(midnight + ((hour * 60 + minute) * 60 + second) * 1000);
  }

  isoformat(): string {
    return this.toString();
  }

  strftime(format: string): string {
    return strftime(this.#instant, format);
  }

  /** Seconds since midnight, so that `<` and `>` compare. */
  valueOf(): number {
    return this.hour * 3600 + this.minute * 60 + this.second;
  }

  toString(): string {
    return strftime(this.#instant, '%T');
  }

  [Symbol.toPrimitive](hint: string): number | string {
    return noImplicitSum(hint, 'time', this);
  }
}

strictMembers(TimeOfDay, 'time');
