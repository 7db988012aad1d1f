import { fixed } from '../text/fixed.ts';
import { formatValue } from '../text/format-value.ts';
import { pyRepr, pyStr } from '../text/python-text.ts';
import { typeError, valueError } from './errors.ts';

/** What has methods of numbers: Series, tables, arrays. */
interface Numeric {
  abs(): unknown;
  round(digits: number): unknown;
}

function isNumeric<K extends keyof Numeric>(value: unknown, method: K): value is Pick<Numeric, K> {
  return typeof value === 'object' && value !== null && method in value;
}

/** Python's `str(x)`, in Python's look: `2026-07-06 09:35:00`, `[1, 'a']`, `None`. */
export function str(value: unknown = ''): string {
  return pyStr(value);
}

/** Python's `repr(x)`: as inside a list. */
export function repr(value: unknown): string {
  return pyRepr(value);
}

/** Python's `format(x, '.2f')`. */
export function format(value: unknown, spec = ''): string {
  return formatValue(value, spec);
}

const NUMBER = /^[+-]?(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const WHOLE = /^[+-]?\d[\d_]*$/;

/** Python's `int(x)`: towards zero; texts of whole numbers. VALUE_ERROR for NaN, infinity and other texts. */
export function int(value: unknown = 0): number {
  if (typeof value === 'boolean') return Number(value);
  if (typeof value === 'string') {
    const text = value.trim();
    if (WHOLE.test(text)) return Number(text.replaceAll('_', ''));
    throw valueError(`int(${pyRepr(value)}): not a text of a whole number. Write int(float(x)) for one with decimals.`);
  }
  const number = numberOf(value, 'int');
  if (Number.isFinite(number)) return Math.trunc(number) + 0;
  const name = Number.isNaN(number) ? 'NaN' : 'infinity';
  throw valueError(`int(x): cannot convert float ${name} to integer. Ask Number.isFinite(x) first.`);
}

/** Python's `float(x)`: texts too, also 'nan' and 'inf'. VALUE_ERROR for other texts, TYPE_ERROR for None. */
export function float(value: unknown = 0): number {
  if (typeof value !== 'string') return numberOf(value, 'float');
  const text = value.trim();
  if (NUMBER.test(text)) return Number(text.replaceAll('_', ''));
  const named = /^(?<sign>[+-]?)(?:(?<nan>nan)|inf(?:inity)?)$/i.exec(text)?.groups;
  if (named === undefined) throw valueError(`float(${pyRepr(value)}): could not convert the text to a number.`);
  if (named['nan'] !== undefined) return NaN;
  return named['sign'] === '-' ? -Infinity : Infinity;
}

function numberOf(value: unknown, name: string): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean' || typeof value === 'bigint') return Number(value);
  const only = onlyOne(value);
  if (only !== null) return only;
  throw typeError(`${name}(x): takes a number or a text, was ${pyRepr(value)}. Look at what it comes from.`);
}

/** The one value of a Series or an array of one. */
function onlyOne(value: unknown): number | null {
  if (typeof value !== 'object' || value === null || !('length' in value) || value.length !== 1) return null;
  if (!('at' in value) || typeof value.at !== 'function' || Array.isArray(value)) return null;
  const one: unknown = value.at(0);
  return typeof one === 'number' ? one : null;
}

interface Absolute {
  (value: number): number;
  <T extends { abs(): unknown }>(value: T): ReturnType<T['abs']>;
}

/** Python's `abs(x)`: of numbers, spans of time, Series, tables and arrays. */
export const abs = named('abs', (value: unknown): unknown => {
  if (typeof value === 'number') return Math.abs(value);
  if (typeof value === 'boolean') return Number(value);
  if (isNumeric(value, 'abs')) return value.abs();
  throw typeError(`abs(x): takes a number, a Series or an array, was ${pyRepr(value)}.`);
}) as Absolute;

interface Round {
  (value: number, digits?: number | null): number;
  <T extends { round(digits: number): unknown }>(value: T, digits?: number): ReturnType<T['round']>;
}

/** Python's `round(x, n)`: ties go to the even digit; of Series, tables and arrays too. VALUE_ERROR for NaN and infinity without n. */
export const round = named('round', (value: unknown, digits?: number | null): unknown => {
  if (isNumeric(value, 'round')) return value.round(digits ?? 0);
  if (typeof value !== 'number' && typeof value !== 'boolean') {
    throw typeError(`round(x): takes a number, a Series or an array, was ${pyRepr(value)}.`);
  }
  if (digits !== undefined && digits !== null && !Number.isInteger(digits)) {
    throw typeError(`round(x, n): n must be a whole number, was ${pyRepr(digits)}.`);
  }
  return rounded(Number(value), digits ?? null);
}) as Round;

/** How many decimals toFixed knows; a number has no more. */
const MOST_DECIMALS = 100;

/** `value` to `digits` decimals, negative before the point; ties to even, by the exact value of the number. */
export function rounded(value: number, digits: number | null): number {
  if (!Number.isFinite(value)) {
    if (digits !== null) return value;
    throw valueError(
      `round(x): cannot convert float ${Number.isNaN(value) ? 'NaN' : 'infinity'} to integer. Ask Number.isFinite(x) first.`,
    );
  }
  if (digits === null || digits === 0) return halfToEven(value);
  // toFixed writes numbers from 1e21 on with an exponent; they have no decimals.
  if (digits > 0) return Math.abs(value) >= 1e21 || digits > MOST_DECIMALS ? value : Number(fixed(value, digits));
  const unit = 10 ** -digits;
  return halfToEven(value / unit) * unit;
}

/** The nearest whole number, the even one of two. */
export function halfToEven(value: number): number {
  const down = Math.floor(value);
  const rest = value - down;
  if (rest < 0.5) return down;
  return rest > 0.5 || down % 2 !== 0 ? down + 1 : down;
}

/** Python's `a // b`: rounded down. VALUE_ERROR for b = 0. */
export function floordiv(a: number, b: number): number {
  return divmod(a, b)[0];
}

/** Python's `a % b`: has the sign of b. */
export function mod(a: number, b: number): number {
  return divmod(a, b)[1];
}

/** Python's `divmod(a, b)`: `[a // b, a % b]`. VALUE_ERROR for b = 0. */
export function divmod(a: number, b: number): [number, number] {
  if (b === 0) throw valueError('division by zero (ZeroDivisionError): ask b !== 0 first.');
  const rest = a % b;
  const modulo = rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest;
  return [halfToEven((a - modulo) / b) + 0, modulo + 0];
}

/** Python's `pow(a, b)`. */
export function pow(a: number, b: number): number {
  return a ** b;
}

function named<F extends (...values: never[]) => unknown>(name: string, run: F): F {
  return Object.defineProperty(run, 'name', { value: name });
}
