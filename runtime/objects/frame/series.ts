import { BtError } from '../../../src/domain/errors.ts';
import { cell, positionIn, sliceColumn } from './columns.ts';
import type { ColumnData } from './columns.ts';
import type { Index } from './labels.ts';
import { printSeries } from './print.ts';
import * as stats from './stats.ts';

/** One column with its row labels. Iterating gives the cells. */
export class Series<T = number> {
  readonly #column: ColumnData;
  readonly index: Index;
  readonly name: string | null;

  constructor(column: ColumnData, index: Index, name: string | null) {
    this.#column = column;
    this.index = index;
    this.name = name;
    Object.freeze(this);
  }

  get length(): number {
    return this.#column.data.length;
  }

  get empty(): boolean {
    return this.length === 0;
  }

  /** A copy of the cells: a Float64Array when they are numbers. */
  get values(): T extends number ? Float64Array : T[] {
    const values = this.#column.kind === 'number' ? this.#column.data.slice() : this.tolist();
    return values as T extends number ? Float64Array : T[]; // T is the type of this column's cells
  }

  /** By position; negative from the end. INDEX_OUT_OF_RANGE outside. */
  at(position: number): T {
    return cell(this.#column, positionIn(this.length, position, 'a Series')) as T; // T is the type of this column's cells
  }

  /** As `at`, pandas' name. */
  iloc(position: number): T {
    return this.at(position);
  }

  /** By label; UNKNOWN_LABEL when there is none. */
  loc(label: unknown): T {
    return this.at(this.index.require(label));
  }

  slice(start = 0, end = this.length): Series<T> {
    return new Series<T>(sliceColumn(this.#column, start, end), this.index.slice(start, end), this.name);
  }

  head(n = 5): Series<T> {
    return this.slice(0, n);
  }

  tail(n = 5): Series<T> {
    return this.slice(Math.max(0, this.length - n));
  }

  tolist(): T[] {
    return Array.from({ length: this.length }, (_, i) => this.at(i));
  }

  *[Symbol.iterator](): Iterator<T> {
    for (let i = 0; i < this.length; i += 1) yield this.at(i);
  }

  sum(): number {
    return stats.sum(this.#numbers('sum'));
  }

  mean(): number {
    return stats.mean(this.#numbers('mean'));
  }

  /** Of the sample, as pandas; `std(0)` of the population, as numpy. */
  std(ddof = 1): number {
    return stats.std(this.#numbers('std'), ddof);
  }

  min(): number {
    return stats.min(this.#numbers('min'));
  }

  max(): number {
    return stats.max(this.#numbers('max'));
  }

  median(): number {
    return stats.median(this.#numbers('median'));
  }

  /** Cells that are not missing. */
  count(): number {
    return stats.count(this.#numbers('count'));
  }

  toString(): string {
    return printSeries(this.#column, this.index, this.name);
  }

  /** Operators would compare or join texts: `s1 > s2`, `s + 1`. */
  [Symbol.toPrimitive](hint: string): string {
    if (hint === 'string') return this.toString();
    throw new BtError(
      'BAD_OPERATOR',
      'a Series does not work with + - * / < > ==: take cells with .at(-1), or calculate over .values.',
      { fault: 'strategy' },
    );
  }

  #numbers(method: string): Float64Array {
    if (this.#column.kind === 'number') return this.#column.data;
    throw new BtError(
      'BAD_OPERATOR',
      `${method}() needs a column of numbers; '${this.name ?? ''}' holds ${this.#column.kind}s.`,
      {
        fault: 'strategy',
      },
    );
  }
}
