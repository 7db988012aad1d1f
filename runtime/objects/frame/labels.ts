import { DateTime } from 'luxon';
import { BtError } from '../../../src/domain/errors.ts';
import { chinaTimeOfDay, chinaText, parseChinaTime } from '../../../src/domain/time.ts';
import { pyRepr, pyStr } from '../../text/python-text.ts';
import { date } from '../datetime/date.ts';
import { cell, numbers, positionIn, sliceColumn } from './columns.ts';
import type { ColumnData } from './columns.ts';

/** What a row is called: a time, a code, or its number. */
export type Label = DateTime | string | number;

/** The row labels of a table, in order. Iterating gives labels; `at(-1)` is the last. */
export class Index {
  readonly #column: ColumnData;

  constructor(column: ColumnData) {
    this.#column = column;
    Object.freeze(this);
  }

  /** 0, 1, 2, … */
  static range(length: number): Index {
    return new Index(numbers(Float64Array.from({ length }, (_, i) => i)));
  }

  get length(): number {
    return this.#column.data.length;
  }

  at(position: number): Label {
    return cell(this.#column, positionIn(this.length, position, 'an index')) as Label; // columns of labels hold labels only
  }

  slice(start = 0, end = this.length): Index {
    return new Index(sliceColumn(this.#column, start, end));
  }

  tolist(): Label[] {
    return Array.from({ length: this.length }, (_, i) => this.at(i));
  }

  *[Symbol.iterator](): Iterator<Label> {
    for (let i = 0; i < this.length; i += 1) yield this.at(i);
  }

  /** The first row called so (a time also as text, Date or date); -1 when there is none. */
  positionOf(label: unknown): number {
    if (this.#column.kind === 'object') return this.#column.data.indexOf(label);
    const value = this.#column.kind === 'time' ? instantOfLabel(label) : label;
    return typeof value === 'number' ? this.#column.data.indexOf(value) : -1;
  }

  /** As positionOf, but UNKNOWN_LABEL when there is none. */
  require(label: unknown): number {
    const position = this.positionOf(label);
    if (position >= 0) return position;
    throw new BtError('UNKNOWN_LABEL', `there is no row called ${pyRepr(label)}; look at .index first.`, {
      fault: 'strategy',
    });
  }

  /** The labels as a table prints them: days without a time when all of them are midnights. */
  texts(): string[] {
    const column = this.#column;
    if (column.kind !== 'time') return Array.from(this, pyStr);
    const days = column.data.every((ms) => Number.isNaN(ms) || chinaTimeOfDay(ms) === 0);
    return Array.from(column.data, (ms) => (Number.isNaN(ms) ? 'NaT' : chinaText(ms).slice(0, days ? 10 : 19)));
  }

  toString(): string {
    return `Index([${this.texts().join(', ')}])`;
  }
}

function instantOfLabel(label: unknown): number | null {
  if (typeof label === 'string') return parseChinaTime(label);
  return label instanceof Date || label instanceof date || DateTime.isDateTime(label) ? label.valueOf() : null;
}
