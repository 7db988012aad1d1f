import { timedelta } from '../../datetime/timedelta.ts';
import { badOperator } from '../errors.ts';
import { bools, cell, floats, isMissingValue, isNumeric, missingMask, objects, times } from './column.ts';
import type { Column } from './column.ts';
import { inferColumn, timeOf } from './dtypes.ts';
import { labelKey } from './keys.ts';
import { labelOrder } from './sorting.ts';
import { asFloats } from './take.ts';

/** Two columns of n rows, or one of them a single cell that is used for every row. */
export function arithmetic(op: Arithmetic, a: Column, b: Column, n: number): Column {
  if (isNumeric(a) && isNumeric(b)) return numeric(op, a, b, n);
  if (a.kind === 'datetime64[ns]' || b.kind === 'datetime64[ns]') return withTimes(op, a, b, n);
  return objects(eachCell(a, b, n, (x, y) => mixed(op, x, y)));
}

function numeric(op: Arithmetic, a: Column, b: Column, n: number): Column {
  // numpy adds and multiplies conditions as `or` and `and`.
  if (a.kind === 'bool' && b.kind === 'bool' && (op === 'add' || op === 'mul'))
    return logic(op === 'add' ? 'or' : 'and', a, b, n);
  const data = calculate(op, asFloats(a), asFloats(b), n);
  const whole = a.kind !== 'float64' && b.kind !== 'float64' && op !== 'div';
  if (!whole) return floats(data);
  // Division by zero leaves the whole numbers, and so does a negative power.
  return data.every(Number.isInteger) ? { kind: 'int64', data } : floats(data);
}

/** Time minus time is a timedelta; time plus or minus a timedelta is a time. */
function withTimes(op: Arithmetic, a: Column, b: Column, n: number): Column {
  if (op !== 'add' && op !== 'sub') throw badOperator(`times know add and sub, not ${op}.`);
  const x = spans(a);
  const y = spans(b);
  if (x === null || y === null) throw badOperator(`${op}() of times needs times or timedelta({ days: 1 }).`);
  const data = calculate(op, x, y, n);
  if (op === 'sub' && a.kind === b.kind) {
    return objects(Array.from(data, (ms) => (Number.isNaN(ms) ? null : timedelta({ milliseconds: ms }))));
  }
  return times(data);
}

function spans(column: Column): Float64Array | null {
  if (column.kind === 'datetime64[ns]') return column.data;
  if (column.kind !== 'object') return null;
  const good = column.data.every((value) => isMissingValue(value) || value instanceof timedelta);
  return good ? Float64Array.from(column.data, (value) => (value instanceof timedelta ? value.valueOf() : NaN)) : null;
}

function mixed(op: Arithmetic, x: unknown, y: unknown): unknown {
  if (isMissingValue(x) || isMissingValue(y)) return NaN;
  if (typeof x === 'string' && typeof y === 'string' && op === 'add') return x + y;
  const a = numberOf(x);
  const b = numberOf(y);
  if (a !== null && b !== null) return calculate(op, Float64Array.of(a), Float64Array.of(b), 1)[0];
  throw badOperator(`${op}() needs numbers, these are ${typeof x} and ${typeof y}; use .astype('float') or .apply(…).`);
}

function numberOf(value: unknown): number | null {
  if (typeof value === 'number') return value;
  return typeof value === 'boolean' ? Number(value) : null;
}

function eachCell(a: Column, b: Column, n: number, apply: (x: unknown, y: unknown) => unknown): unknown[] {
  const oneA = a.data.length === 1 && n !== 1;
  const oneB = b.data.length === 1 && n !== 1;
  return Array.from({ length: n }, (_, i) => apply(cell(a, oneA ? 0 : i), cell(b, oneB ? 0 : i)));
}

/** Missing cells compare as false, and as true for ne. */
export function comparison(op: Comparison, a: Column, b: Column, n: number): Column {
  if (isNumeric(a) && isNumeric(b)) return bools(compare(op, asFloats(a), asFloats(b), n));
  if (a.kind === 'datetime64[ns]' || b.kind === 'datetime64[ns]') {
    const x = instants(a);
    const y = instants(b);
    if (x !== null && y !== null) return bools(compare(op, x, y, n));
  }
  return bools(
    Uint8Array.from(
      eachCell(a, b, n, (x, y) => holds(op, x, y)),
      Number,
    ),
  );
}

function instants(column: Column): Float64Array | null {
  if (column.kind === 'datetime64[ns]') return column.data;
  if (column.kind !== 'object') return null;
  const found = column.data.map(timeOf);
  return found.includes(null) ? null : Float64Array.from(found, (ms) => ms ?? NaN);
}

function holds(op: Comparison, x: unknown, y: unknown): boolean {
  if (isMissingValue(x) || isMissingValue(y)) return op === 'ne';
  if (op === 'eq') return labelKey(x) === labelKey(y);
  if (op === 'ne') return labelKey(x) !== labelKey(y);
  if (typeof x !== typeof y) {
    throw badOperator(`${op}() cannot order ${typeof x} and ${typeof y}; use .astype() to make them the same.`);
  }
  const order = labelOrder(x, y);
  if (op === 'gt') return order > 0;
  if (op === 'ge') return order >= 0;
  return op === 'lt' ? order < 0 : order <= 0;
}

export type Logic = 'and' | 'or' | 'xor';

/** `&`, `|`, `^` of booleans (or of whole numbers, bit by bit). Missing counts as false. */
export function logic(op: Logic, a: Column, b: Column, n: number): Column {
  const bits = a.kind === 'int64' && b.kind === 'int64';
  const x = bits ? a.data : truths(a);
  const y = bits ? b.data : truths(b);
  const sx = x.length === n ? 1 : 0;
  const sy = y.length === n ? 1 : 0;
  const out = new Float64Array(n);
  for (let i = 0; i < n; i += 1) {
    const left = x[i * sx] ?? 0;
    const right = y[i * sy] ?? 0;
    out[i] = op === 'and' ? left & right : op === 'or' ? left | right : left ^ right;
  }
  return bits ? { kind: 'int64', data: out } : bools(Uint8Array.from(out));
}

function truths(column: Column): Uint8Array {
  if (column.kind === 'bool') return column.data;
  if (column.kind === 'object') return Uint8Array.from(column.data, (value) => (value === true ? 1 : 0));
  const missing = missingMask(column);
  const given = column.data.every((value, i) => missing[i] === 1 || value === 0 || value === 1);
  if (!given) throw badOperator("and(), or(), xor() need conditions, as df.close.gt(10) gives; 'close' alone is none.");
  return Uint8Array.from(column.data, (value) => (value === 1 ? 1 : 0));
}

/** `~`: the opposite condition; whole numbers bit by bit. */
export function invert(column: Column): Column {
  if (column.kind === 'int64') return { kind: 'int64', data: column.data.map((value) => -value - 1) };
  return bools(truths(column).map((bit) => 1 - bit));
}

/** Any single value as a column of one cell. */
export function scalarColumn(value: unknown): Column {
  return inferColumn([value]);
}

/** Element-wise loops over two columns of numbers; a step of 0 keeps one operand at its single cell. */
export type Arithmetic = 'add' | 'sub' | 'mul' | 'div' | 'floordiv' | 'mod' | 'pow';
export type Comparison = 'gt' | 'ge' | 'lt' | 'le' | 'eq' | 'ne';

type Loop<Out> = (a: Float64Array, sa: number, b: Float64Array, sb: number, out: Out) => void;

const ARITHMETIC: Readonly<Record<Arithmetic, Loop<Float64Array>>> = {
  add: (a, sa, b, sb, out) => {
    for (let i = 0; i < out.length; i += 1) out[i] = (a[i * sa] ?? NaN) + (b[i * sb] ?? NaN);
  },
  sub: (a, sa, b, sb, out) => {
    for (let i = 0; i < out.length; i += 1) out[i] = (a[i * sa] ?? NaN) - (b[i * sb] ?? NaN);
  },
  mul: (a, sa, b, sb, out) => {
    for (let i = 0; i < out.length; i += 1) out[i] = (a[i * sa] ?? NaN) * (b[i * sb] ?? NaN);
  },
  div: (a, sa, b, sb, out) => {
    for (let i = 0; i < out.length; i += 1) out[i] = (a[i * sa] ?? NaN) / (b[i * sb] ?? NaN);
  },
  floordiv: (a, sa, b, sb, out) => {
    for (let i = 0; i < out.length; i += 1) out[i] = floorDivide(a[i * sa] ?? NaN, b[i * sb] ?? NaN);
  },
  mod: (a, sa, b, sb, out) => {
    for (let i = 0; i < out.length; i += 1) out[i] = pythonMod(a[i * sa] ?? NaN, b[i * sb] ?? NaN);
  },
  pow: (a, sa, b, sb, out) => {
    for (let i = 0; i < out.length; i += 1) out[i] = numpyPow(a[i * sa] ?? NaN, b[i * sb] ?? NaN);
  },
};

const COMPARISON: Readonly<Record<Comparison, Loop<Uint8Array>>> = {
  gt: (a, sa, b, sb, out) => {
    for (let i = 0; i < out.length; i += 1) out[i] = (a[i * sa] ?? NaN) > (b[i * sb] ?? NaN) ? 1 : 0;
  },
  ge: (a, sa, b, sb, out) => {
    for (let i = 0; i < out.length; i += 1) out[i] = (a[i * sa] ?? NaN) >= (b[i * sb] ?? NaN) ? 1 : 0;
  },
  lt: (a, sa, b, sb, out) => {
    for (let i = 0; i < out.length; i += 1) out[i] = (a[i * sa] ?? NaN) < (b[i * sb] ?? NaN) ? 1 : 0;
  },
  le: (a, sa, b, sb, out) => {
    for (let i = 0; i < out.length; i += 1) out[i] = (a[i * sa] ?? NaN) <= (b[i * sb] ?? NaN) ? 1 : 0;
  },
  eq: (a, sa, b, sb, out) => {
    for (let i = 0; i < out.length; i += 1) out[i] = (a[i * sa] ?? NaN) === (b[i * sb] ?? NaN) ? 1 : 0;
  },
  ne: (a, sa, b, sb, out) => {
    for (let i = 0; i < out.length; i += 1) out[i] = (a[i * sa] ?? NaN) === (b[i * sb] ?? NaN) ? 0 : 1;
  },
};

/** Python's %: the sign of the divisor. */
export function pythonMod(a: number, b: number): number {
  const rest = a % b;
  if (rest !== 0 && rest < 0 !== b < 0) return Number.isFinite(b) ? rest + b : b;
  return rest + 0;
}

/** numpy's `//` of floats: exact where the quotient is rounded, so that 58.4 // 0.2 is 291. */
function floorDivide(a: number, b: number): number {
  if (b === 0 || !Number.isFinite(a) || !Number.isFinite(b)) return Math.floor(a / b);
  const rest = a % b;
  let quotient = (a - rest) / b;
  if (rest !== 0 && b < 0 !== rest < 0) quotient -= 1;
  const low = Math.floor(quotient);
  return (quotient - low > 0.5 ? low + 1 : low) + 0;
}

/** 1 ** NaN is 1 for numpy. */
function numpyPow(a: number, b: number): number {
  return a === 1 ? 1 : a ** b;
}

export function calculate(op: Arithmetic, a: Float64Array, b: Float64Array, n: number): Float64Array {
  const out = new Float64Array(n);
  ARITHMETIC[op](a, a.length === n ? 1 : 0, b, b.length === n ? 1 : 0, out);
  return out;
}

export function compare(op: Comparison, a: Float64Array, b: Float64Array, n: number): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(n);
  COMPARISON[op](a, a.length === n ? 1 : 0, b, b.length === n ? 1 : 0, out);
  return out;
}
