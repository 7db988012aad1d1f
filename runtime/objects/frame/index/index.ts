import { cell, cells, isMissing, objects } from '../column/column.ts';
import type { Column } from '../column/column.ts';
import { castColumn, columnFrom, readDtype } from '../column/dtypes.ts';
import { sameColumn } from '../column/keys.ts';
import { concatColumns, rangePositions, sliceColumn, takeColumn } from '../column/take.ts';
import type { Positions } from '../column/take.ts';
import { badOperator, positionIn } from '../errors.ts';
import { indexText } from '../print/series-and-index.ts';
import { INDEX } from '../signatures/others.ts';
import { installSignatures } from '../signatures/signature.ts';
import { sliceBounds } from '../slice.ts';
import type { Label } from '../types.ts';
import { buildLookup, rowKeys, wantedKey } from './lookup.ts';
import type { Lookup } from './lookup.ts';
import { IndexMath } from './math-and-dates.ts';

/**
 * The labels of rows or columns, in order; times, texts, numbers, or several levels of them. Iterating gives labels;
 * `at(-1)` is the last. Never changes: `df.index = [...]` puts a new one.
 */
export class Index<L = Label> extends IndexMath<L> {
  readonly #levels: readonly Column[];
  #names: readonly (string | null)[];
  #lookup: Lookup | null = null;

  /** `new Index([...], { name })`; of several levels by MultiIndex.from_tuples and its like. */
  constructor(
    labels: Iterable<unknown> = [],
    options: { readonly name?: string | null; readonly dtype?: unknown } = {},
  ) {
    super();
    const given = labels instanceof Levels ? labels : null;
    this.#levels = given?.levels ?? [labelColumn(labels, options.dtype)];
    this.#names = given?.names ?? [options.name ?? (labels instanceof Index ? labels.name : null)];
  }

  /** Of ready columns, one a level. */
  static of(levels: readonly Column[], names: readonly (string | null)[] = [null]): Index {
    return new Index(new Levels(levels, names));
  }

  /** 0, 1, 2, … */
  static range(length: number): Index {
    return Index.of([{ kind: 'int64', data: Float64Array.from(rangePositions(length)) }]);
  }

  /** Of lists of labels, one level a place. */
  static fromTuples(tuples: Iterable<readonly unknown[]>, names: readonly (string | null)[] = []): Index {
    const list = Array.from(tuples);
    const width = list[0]?.length ?? names.length;
    const levels = Array.from({ length: width }, (_, i) => columnFrom(list.map((tuple) => tuple[i])));
    return Index.of(
      levels,
      levels.map((_, i) => names[i] ?? null),
    );
  }

  get levels(): readonly Column[] {
    return this.#levels;
  }

  get names(): readonly (string | null)[] {
    return this.#names;
  }

  /** New names of the levels; as in pandas every table with this very index sees them. */
  set names(names: readonly (string | null)[]) {
    this.#names = this.#levels.map((_, i) => names[i] ?? null);
  }

  get name(): string | null {
    return this.#names.length === 1 ? (this.#names[0] ?? null) : null;
  }

  set name(name: string | null) {
    this.#names = this.#levels.map((_, i) => (i === 0 ? name : null));
  }

  get nlevels(): number {
    return this.#levels.length;
  }

  get length(): number {
    return this.#levels[0]?.data.length ?? 0;
  }

  get dtype(): string {
    return this.nlevels > 1 ? 'object' : (this.#levels[0]?.kind ?? 'object');
  }

  get is_unique(): boolean {
    return this.#table().unique;
  }

  /** The label at a position, negative from the end. INDEX_OUT_OF_RANGE outside. */
  at(position: number): L {
    return this.labelAt(positionIn(this.length, position, 'an index')) as L; // L is what the labels are
  }

  /** As `at` for a position known to be inside; no checks. */
  labelAt(row: number): unknown {
    const [first] = this.#levels;
    if (this.#levels.length === 1 && first !== undefined) return cell(first, row);
    return this.#levels.map((level) => (isMissing(level, row) ? NaN : cell(level, row)));
  }

  slice(start: number | null = 0, end: number | null = this.length): Index<L> {
    const [from, to] = sliceBounds(this.length, start, end);
    return this.with(this.#levels.map((level) => sliceColumn(level, from, Math.max(from, to))));
  }

  take(positions: Positions | readonly number[]): Index<L> {
    const rows =
      positions instanceof Int32Array
        ? positions
        : Int32Array.from(positions, (at) => positionIn(this.length, at, 'an index'));
    return this.with(this.#levels.map((level) => takeColumn(level, rows)));
  }

  /** The same names over other labels. */
  with(levels: readonly Column[]): Index<L> {
    return Index.of(levels, this.#names) as unknown as Index<L>; // labels of the same kind
  }

  /** Other names over the same labels. */
  rename(name: string | null | readonly (string | null)[], options: { readonly inplace?: boolean } = {}): Index<L> {
    const names = Array.isArray(name) ? (name as readonly (string | null)[]) : [name as string | null];
    const all = this.#levels.map((_, i) => names[i] ?? null);
    if (options.inplace === true) this.#names = all;
    return (options.inplace === true ? this : Index.of(this.#levels, all)) as unknown as Index<L>; // the same labels
  }

  /** Row of a label, the first if it repeats; -1 when there is none. Times also by text, Date or date. */
  rowOf(label: unknown): number {
    const key = wantedKey(this.#levels, label);
    return key === undefined ? -1 : (this.#table().rows.get(key) ?? -1);
  }

  includes(label: unknown): boolean {
    return this.rowOf(label) >= 0;
  }

  /** Rows of the labels of another index here; -1 for those not here. */
  rowsOf(other: Index<unknown>): Positions {
    const out = new Int32Array(other.length);
    const { rows } = this.#table();
    if (sameKinds(this.#levels, other.levels)) {
      const keyAt = rowKeys(other.levels);
      for (let i = 0; i < out.length; i += 1) out[i] = rows.get(keyAt(i)) ?? -1;
    } else for (let i = 0; i < out.length; i += 1) out[i] = this.rowOf(other.labelAt(i));
    return out;
  }

  equals(other: Index<unknown>): boolean {
    if (this === other) return true;
    const same = other.nlevels === this.nlevels && other.length === this.length;
    return same && this.#levels.every((level, i) => sameColumn(level, other.levels[i] ?? level));
  }

  append(other: Index<unknown>): Index<L> {
    const names = this.#names.map((name, i) => (name === (other.names[i] ?? null) ? name : null));
    const levels = this.#levels.map((level, i) => concatColumns([level, other.levels[i] ?? level]));
    return Index.of(levels, names) as unknown as Index<L>; // both have labels
  }

  tolist(): L[] {
    if (this.#levels.length === 1 && this.#levels[0] !== undefined) return cells(this.#levels[0]) as L[]; // labels
    return Array.from({ length: this.length }, (_, i) => this.labelAt(i) as L);
  }

  override toString(): string {
    return indexText(this as unknown as Index);
  }

  [Symbol.toPrimitive](hint: string): string {
    if (hint === 'string') return this.toString();
    throw badOperator('an Index does not work with + - < > ==: write .add(), .sub(), .gt(), .eq() …');
  }

  #table(): Lookup {
    this.#lookup ??= buildLookup(this.#levels, this.length);
    return this.#lookup;
  }
}

installSignatures(Index.prototype, INDEX);

// Its methods, for the files that know it by types.ts only.
type LabelList<L> = Index<L>;
declare module '../types.ts' {
  interface Index<L = Label> extends LabelList<L> {}
}

function labelColumn(labels: Iterable<unknown>, dtype: unknown): Column {
  const column = labels instanceof Index ? (labels.levels[0] ?? objects([])) : columnFrom(labels);
  if (dtype !== undefined && dtype !== null) return castColumn(column, readDtype(dtype));
  return column.data.length === 0 && Array.isArray(labels) ? objects([]) : column;
}

/** Ready levels on their way into the constructor. */
class Levels {
  readonly levels: readonly Column[];
  readonly names: readonly (string | null)[];

  constructor(levels: readonly Column[], names: readonly (string | null)[]) {
    this.levels = levels;
    this.names = names;
  }

  *[Symbol.iterator](): Iterator<unknown> {
    yield* this.levels;
  }
}

function sameKinds(a: readonly Column[], b: readonly Column[]): boolean {
  return a.length === b.length && a.every((level, i) => level.kind === b[i]?.kind);
}
