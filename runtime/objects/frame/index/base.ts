import { cells, numbersOf } from '../column/column.ts';
import type { Column } from '../column/column.ts';
import { columnFrom } from '../column/dtypes.ts';
import type { Positions } from '../column/take.ts';
import { BtError } from '../../../../src/domain/errors.ts';
import { memberNames, nearHint } from '../../attributes.ts';
import { badOperator } from '../errors.ts';
import { List } from '../guarded.ts';
import { NdArray } from '../../array/nd-array.ts';
import { NamedCells, READ, WRITE } from '../store.ts';
import { makeFrame, makeIndex, makeRange, makeSeries } from '../factory.ts';
import { given } from '../signatures/signature.ts';
import type { DataFrame, Index, Series } from '../types.ts';

/** What every layer of Index stands on. */
export abstract class IndexBase<L> extends NamedCells {
  abstract get levels(): readonly Column[];
  abstract get names(): readonly (string | null)[];
  abstract get name(): string | null;
  abstract get length(): number;
  abstract get nlevels(): number;
  abstract at(position: number): L;
  abstract labelAt(row: number): unknown;
  abstract take(positions: Positions | readonly number[]): Index<L>;
  abstract with(levels: readonly Column[]): Index<L>;
  abstract rowOf(label: unknown): number;
  abstract rename(name: string | null | readonly (string | null)[], options?: { readonly inplace?: boolean }): Index<L>;
  abstract append(other: Index<unknown>): Index<L>;
  abstract tolist(): L[];
  abstract get is_unique(): boolean;

  get size(): number {
    return this.length;
  }

  get empty(): boolean {
    return this.length === 0;
  }

  get shape(): [number] {
    return [this.length];
  }

  get hasnans(): boolean {
    return this.levels.some((level) => cells(level).some((value) => value === null || Number.isNaN(value)));
  }

  to_list(): L[] {
    return this.tolist();
  }

  /** The labels as an array; numbers as a Float64Array of their own. */
  get values(): Float64Array | L[] {
    const [level] = this.levels;
    const numbers =
      this.nlevels === 1 && level !== undefined && level.kind !== 'datetime64[ns]' ? numbersOf(level) : null;
    return numbers === null ? List.holding(this.tolist()) : NdArray.holding(numbers.slice());
  }

  /** Each label through a function, as a new Index. */
  map(by: ((label: L) => unknown) | object, options: { readonly na_action?: 'ignore' | null } = {}): Index {
    return makeIndex(this.to_series().map(by, options).tolist()).rename(this.name);
  }

  to_series(...args: readonly [index?: unknown, options?: { readonly name?: string }]): Series<L> {
    const [level] = this.levels;
    const { index, name } = given(args);
    const labels =
      index === undefined || index === null ? (this as unknown as Index) : makeIndex(index as Iterable<unknown>);
    return makeSeries<L>(
      this.nlevels === 1 && level !== undefined ? level : columnFrom(this.tolist()),
      labels,
      name ?? this.name,
    );
  }

  to_frame(
    ...args: readonly [index?: boolean | { readonly index?: boolean; readonly name?: unknown }, options?: object]
  ): DataFrame {
    const options = given(args);
    const called = options['name'];
    const list =
      called === undefined || called === null
        ? null
        : Array.isArray(called)
          ? (called as readonly unknown[])
          : [called];
    const names = this.levels.map((_, i) => list?.[i] ?? this.names[i] ?? i);
    const index = options['index'] === false ? makeRange(this.length) : (this as unknown as Index);
    return makeFrame(makeIndex(names), [...this.levels], index);
  }

  /** `index[0]`, `columns[-1]`; any other name that is no member throws. */
  [READ](key: string): unknown {
    if (/^-?\d+$/.test(key)) return this.at(Number(key));
    const known = memberNames(this);
    const text = `an Index has no attribute '${key}'.${nearHint(key, known)} Positions are index[0] or index.at(-1).`;
    throw new BtError('UNKNOWN_KEY', text, { fault: 'strategy' });
  }

  [WRITE](key: string): void {
    throw badOperator(`an index does not change (${key}): put a new one, df.index = [...], or rename({ index: {…} }).`);
  }

  *[Symbol.iterator](): Iterator<L> {
    for (let i = 0; i < this.length; i += 1) yield this.labelAt(i) as L;
  }
}
