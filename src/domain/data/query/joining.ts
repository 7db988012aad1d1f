import type { Expression, Join } from '../query-plan.ts';
import { textsOf } from '../table.ts';
import type { DataTable } from '../table.ts';
import { badQuery } from './bad-query.ts';
import { valuesOf } from './expressions.ts';
import { trueRows } from './logic.ts';
import { Rows } from './rows.ts';
import { hasCode } from './sources.ts';
import { conjuncts, parts } from './walk.ts';

/** Rows that a join may look at; more come from one without a condition. */
const MOST_PAIRS = 2_000_000;

/** Tables side by side where their code is the same; who has none in one of them is left out. */
export function joinByCode(tables: readonly (readonly [name: string, table: DataTable])[]): Rows {
  const [first, ...others] = tables;
  if (first === undefined) throw badQuery('it names no table. Select at least one column of a table.');
  let rows = Rows.of(...first);
  for (const [name, table] of others) {
    if (!hasCode(first[0]) || !hasCode(name))
      throw badQuery(`${first[0]} and ${name} have no code in common. Say with join() how they belong together.`);
    rows = besideSameCode(rows, first[0], name, table);
  }
  return rows;
}

function besideSameCode(rows: Rows, left: string, name: string, table: DataTable): Rows {
  const ours = rows.column(left, 'code').values;
  const theirs = textsOf(table, 'code');
  // Sources give their tables in one order of codes, nearly always.
  if (ours.length === theirs.length && theirs.every((code, row) => code !== null && code === ours[row]))
    if (new Set(theirs).size === theirs.length) return rows.beside(null, name, table, null);
  const [a, b] = pairsOf(ours, theirs);
  return rows.beside(a, name, table, b);
}

/** A table joined on a condition; with `outer`, who has no partner stays. */
export function joinOn(rows: Rows, { table: name, on, outer }: Join, table: DataTable): Rows {
  const [a, b] = candidates(rows, name, on, table);
  const pairs = rows.beside(a, name, table, b);
  const held = trueRows(valuesOf(on, pairs));
  if (!outer) return pairs.take(held);
  const partners = new Map<number, number[]>();
  for (const row of held) {
    const ours = a[row] ?? -1;
    const list = partners.get(ours);
    if (list === undefined) partners.set(ours, [b[row] ?? -1]);
    else list.push(b[row] ?? -1);
  }
  const left: number[] = [];
  const right: number[] = [];
  for (let row = 0; row < rows.rows; row += 1)
    for (const partner of partners.get(row) ?? [-1]) {
      left.push(row);
      right.push(partner);
    }
  return rows.beside(Int32Array.from(left), name, table, Int32Array.from(right));
}

type Pairs = readonly [ours: Int32Array, theirs: Int32Array];

/** Pairs among which are all that fulfil the condition: those with the same value where it asks for one. */
function candidates(rows: Rows, name: string, on: Expression, table: DataTable): Pairs {
  const alone = Rows.of(name, table);
  for (const condition of conjuncts([on])) {
    if (condition.op !== 'eq') continue;
    const [left, right] = condition.args;
    if (left === undefined || right === undefined) continue;
    for (const [ours, theirs] of [
      [left, right],
      [right, left],
    ] as const) {
      if (!isOf(theirs, (other) => other === name) || !isOf(ours, (other) => other !== name)) continue;
      const [a, b] = [valuesOf(ours, rows), valuesOf(theirs, alone)];
      if (a.kind === b.kind) return pairsOf(a.values, b.values);
    }
  }
  requireFew(rows.rows * table.rows);
  const ours = Int32Array.from({ length: rows.rows * table.rows }, (_, pair) => Math.floor(pair / table.rows));
  return [ours, ours.map((row, pair) => pair - row * table.rows)];
}

/** Made of columns of such tables, and of one at least. */
function isOf(expression: Expression, fits: (table: string) => boolean): boolean {
  const columns = [...parts(expression)].filter((part) => part.op === 'column');
  return columns.length > 0 && columns.every(({ table }) => fits(table));
}

type Values = Float64Array | readonly (string | null)[];

/** Every two rows with the same value; what is missing equals nothing. */
function pairsOf(ours: Values, theirs: Values): Pairs {
  const places = new Map<string | number, number[]>();
  for (const [row, value] of theirs.entries()) {
    if (value === null || Number.isNaN(value)) continue;
    const known = places.get(value);
    if (known === undefined) places.set(value, [row]);
    else known.push(row);
  }
  const left: number[] = [];
  const right: number[] = [];
  for (const [row, value] of ours.entries()) {
    if (value === null) continue;
    for (const partner of places.get(value) ?? []) {
      left.push(row);
      right.push(partner);
    }
    requireFew(left.length);
  }
  return [Int32Array.from(left), Int32Array.from(right)];
}

function requireFew(pairs: number): void {
  if (pairs > MOST_PAIRS)
    throw badQuery(`a join makes more than ${MOST_PAIRS} rows. Give join() a condition that leaves fewer.`);
}
