import { optional, bindArguments } from '../../api/arguments.ts';
import { readFinite } from '../../api/readers.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../../src/domain/time.ts';
import { strictMembers } from '../attributes.ts';
import { callable } from '../guard.ts';
import { noImplicitSum } from './primitive.ts';

const ARGS = {
  days: optional(readFinite, 0),
  seconds: optional(readFinite, 0),
  microseconds: optional(readFinite, 0),
  milliseconds: optional(readFinite, 0),
  minutes: optional(readFinite, 0),
  hours: optional(readFinite, 0),
  weeks: optional(readFinite, 0),
};

export interface TimedeltaOptions {
  readonly days?: number;
  readonly seconds?: number;
  readonly microseconds?: number;
  readonly milliseconds?: number;
  readonly minutes?: number;
  readonly hours?: number;
  readonly weeks?: number;
}

/** A span of time with millisecond resolution; `<` and `>` compare, `.add` and `.sub` calculate. */
class Timedelta {
  /** The whole span in ms. */
  readonly #ms: number;

  constructor(days?: number | TimedeltaOptions, seconds?: number) {
    const a = bindArguments('timedelta', ARGS, [days, seconds]);
    this.#ms =
      (a.days + a.weeks * 7) * DAY +
      a.hours * HOUR +
      a.minutes * MINUTE +
      a.seconds * SECOND +
      a.milliseconds +
      Math.round(a.microseconds / 1000);
    Object.freeze(this);
  }

  /** Whole days, rounded down as Python does: minus one hour is -1 day and 23 hours. */
  get days(): number {
    return Math.floor(this.#ms / DAY);
  }

  /** What is beyond the whole days, 0..86399. */
  get seconds(): number {
    return Math.floor((this.#ms - this.days * DAY) / 1000);
  }

  /** What is beyond the whole seconds. */
  get microseconds(): number {
    return Math.round((((this.#ms % 1000) + 1000) % 1000) * 1000);
  }

  total_seconds(): number {
    return this.#ms / 1000;
  }

  add(other: Timedelta): Timedelta {
    return new Timedelta({ milliseconds: this.#ms + other.valueOf() });
  }

  sub(other: Timedelta): Timedelta {
    return new Timedelta({ milliseconds: this.#ms - other.valueOf() });
  }

  /** `span * n` */
  mul(factor: number): Timedelta {
    return new Timedelta({ milliseconds: this.#ms * readFinite(factor, 'timedelta.mul()') });
  }

  /** `a / b` of two spans is a number, `span / n` a span. */
  div(other: Timedelta): number;
  div(other: number): Timedelta;
  div(other: Timedelta | number): Timedelta | number {
    return typeof other === 'number' ? this.mul(1 / other) : this.#ms / other.valueOf();
  }

  neg(): Timedelta {
    return this.mul(-1);
  }

  abs(): Timedelta {
    return this.mul(this.#ms < 0 ? -1 : 1);
  }

  eq(other: unknown): boolean {
    return other instanceof Timedelta && other.valueOf() === this.#ms;
  }

  valueOf(): number {
    return this.#ms;
  }

  /** `3 days, 1:02:03`, `-1 day, 23:00:00`, `0:05:00`. */
  toString(): string {
    const rest = this.#ms - this.days * DAY;
    const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
    const clock = `${Math.floor(rest / HOUR)}:${two((rest / MINUTE) % 60)}:${two((rest / 1000) % 60)}`;
    const fraction = rest % 1000 === 0 ? '' : `.${String(Math.round(rest % 1000)).padStart(3, '0')}000`;
    if (this.days === 0) return clock + fraction;
    return `${this.days} ${Math.abs(this.days) === 1 ? 'day' : 'days'}, ${clock}${fraction}`;
  }

  [Symbol.toPrimitive](hint: string): number | string {
    return noImplicitSum(hint, 'timedelta', this);
  }
}

strictMembers(Timedelta, 'timedelta');

/** `timedelta({ days: 1 })` or `timedelta(days, seconds)`. */
export const timedelta = callable(Timedelta);
export type timedelta = Timedelta;
