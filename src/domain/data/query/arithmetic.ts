import type { Arithmetic } from '../query-plan.ts';
import type { DataColumn } from '../table.ts';
import { at, countable, mapRows } from './vectors.ts';
import type { NumberColumn } from './vectors.ts';

type Binary = Exclude<Arithmetic, 'neg'>;

/** By nothing is nothing, as in SQL: missing values stay missing, and what is divided by 0 becomes missing. */
const CALCULATE: Readonly<Record<Binary, (a: number, b: number) => number>> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => (b === 0 ? Number.NaN : a / b),
};

export function calculate(op: Binary, left: DataColumn, right: DataColumn): NumberColumn {
  const [a, b] = [countable(left, op), countable(right, op)];
  const kind = op !== 'div' && isWhole(a) && isWhole(b) ? 'int' : 'float';
  const apply = CALCULATE[op];
  return mapRows(kind, a.values.length, (row) => finite(apply(at(a.values, row), at(b.values, row))));
}

export function negate(column: DataColumn): NumberColumn {
  const { kind, values } = countable(column, 'neg');
  return mapRows(kind === 'float' ? 'float' : 'int', values.length, (row) => 0 - at(values, row));
}

export function absolute(column: DataColumn): NumberColumn {
  const { kind, values } = countable(column, 'abs');
  return mapRows(kind === 'float' ? 'float' : 'int', values.length, (row) => Math.abs(at(values, row)));
}

/** Halves away from zero, as SQL rounds. */
export function rounded(column: DataColumn, digits: DataColumn | null): NumberColumn {
  const { kind, values } = countable(column, 'round');
  const places = digits === null ? null : countable(digits, 'round').values;
  return mapRows(kind === 'float' ? 'float' : 'int', values.length, (row) => {
    const value = at(values, row);
    const scale = 10 ** (places === null ? 0 : Math.trunc(at(places, row)));
    const scaled = Math.abs(value) * scale;
    // What is a half but for the last bit of its binary form is one.
    const whole = Math.round(scaled * (1 + Number.EPSILON));
    return Number.isFinite(scaled) ? (Math.sign(value) * whole) / scale : value;
  });
}

function isWhole({ kind }: NumberColumn): boolean {
  return kind === 'int' || kind === 'flag';
}

/** SQL has no infinite numbers. */
function finite(value: number): number {
  return Number.isFinite(value) ? value : Number.NaN;
}
