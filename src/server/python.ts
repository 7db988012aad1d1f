import { BtError } from '../domain/errors.ts';
import { isJsonObject } from '../protocol/json.ts';

/**
 * Clients of the deployed gateway match on the texts its Python raises, so the same inputs must raise the same texts here.
 * This file knows how Python names, tests, prints and converts the values JSON can carry; nothing else does.
 */

/** A failed request in the gateway's manner: code REQUEST_FAILED, and the text clients match on. */
export function requestFailed(text: string): BtError {
  return new BtError('REQUEST_FAILED', text, { fault: 'strategy' });
}

/** Python's truth value. */
export function isTruthy(value: unknown): boolean {
  if (value === null || value === undefined || value === false || value === 0 || value === '') return false;
  if (Array.isArray(value)) return value.length > 0;
  return !isJsonObject(value) || Object.keys(value).length > 0;
}

/** The first truthy value, else the last one: Python's `a or b or c`. */
export function firstTruthy(...values: readonly unknown[]): unknown {
  return values.find(isTruthy) ?? values.at(-1);
}

/** Python's name of the type. A JSON number without a fraction counts as an int. */
export function typeName(value: unknown): string {
  if (value === null || value === undefined) return 'NoneType';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float';
  if (typeof value === 'string') return 'str';
  return Array.isArray(value) ? 'list' : 'dict';
}

/** Python's `str()`. */
export function toText(value: unknown): string {
  return typeof value === 'string' ? value : toRepr(value);
}

/** A number as Python prints a float: `5000.0`. */
export function floatText(value: number): string {
  return Number.isInteger(value) ? `${value}.0` : numberText(value);
}

/** Python's `int()`; throws REQUEST_FAILED with its text. */
export function toInt(value: unknown): number {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'number') return intOfNumber(value);
  if (typeof value === 'string') {
    const digits = value.trim();
    if (/^[+-]?\d+(?:_\d+)*$/.test(digits)) return Number(digits.replaceAll('_', ''));
    throw requestFailed(`invalid literal for int() with base 10: ${toRepr(value)}`);
  }
  const name = typeName(value);
  throw requestFailed(`int() argument must be a string, a bytes-like object or a real number, not '${name}'`);
}

/** Python's `int()`, with null for what it refuses. */
export function toIntOrNull(value: unknown): number | null {
  try {
    return toInt(value);
  } catch {
    return null;
  }
}

/** Python's `float()`, with null for what it refuses; NaN and Infinity pass. */
export function toFloatOrNull(value: unknown): number | null {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value !== 'string') return null;
  const text = value.trim().toLowerCase();
  if (/^[+-]?nan$/.test(text)) return Number.NaN;
  const infinite = /^([+-]?)inf(?:inity)?$/.exec(text);
  if (infinite !== null) return infinite[1] === '-' ? -Infinity : Infinity;
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/.test(text) ? Number(text) : null;
}

/** An object as it is; else throws what Python says when `.get` is asked of something that is none. */
export function needObject(value: unknown): Record<string, unknown> {
  if (isJsonObject(value)) return value;
  throw missingAttribute(value, 'get');
}

/** Python's AttributeError. */
export function missingAttribute(value: unknown, attribute: string): BtError {
  return requestFailed(`'${typeName(value)}' object has no attribute '${attribute}'`);
}

function intOfNumber(value: number): number {
  if (Number.isNaN(value)) throw requestFailed('cannot convert float NaN to integer');
  if (!Number.isFinite(value)) throw requestFailed('cannot convert float infinity to integer');
  return Math.trunc(value);
}

function toRepr(value: unknown): string {
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return numberText(value);
  if (typeof value === 'string') return quoted(value);
  if (Array.isArray(value)) return `[${value.map(toRepr).join(', ')}]`;
  return `{${Object.entries(value)
    .map(([key, member]) => `${quoted(key)}: ${toRepr(member)}`)
    .join(', ')}}`;
}

function numberText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (Number.isFinite(value)) return String(value);
  return value > 0 ? 'inf' : '-inf';
}

/** Single quotes unless only they would need escaping. */
function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const body = text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t');
  return quote + (quote === "'" ? body.replaceAll("'", "\\'") : body) + quote;
}
