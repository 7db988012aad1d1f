import { DateTime } from 'luxon';
import { chinaText } from '../../src/domain/time.ts';

/** Python's `str(value)` for anything a strategy may log. */
export function pyStr(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof Error) return value.message;
  if (DateTime.isDateTime(value)) return dateTimeText(value);
  if (value instanceof Date) return dateTimeText(value);
  return represent(value, new Set());
}

/** Python's `repr(value)`: as inside a list. */
export function pyRepr(value: unknown): string {
  return represent(value, new Set());
}

/** A dict's text from its entries, in their order. */
export function pyDict(entries: Iterable<readonly [unknown, unknown]>): string {
  return dictText(entries, new Set());
}

/** `2026-07-06 09:35:00`, with the fraction when there is one, in China's time. */
export function dateTimeText(value: DateTime | Date): string {
  const ms = value.valueOf();
  if (Number.isNaN(ms)) return 'NaT';
  const fraction = ((ms % 1000) + 1000) % 1000;
  return fraction === 0 ? chinaText(ms) : `${chinaText(ms)}.${String(fraction).padStart(3, '0')}000`;
}

type Seen = ReadonlySet<object>;

function represent(value: unknown, seen: Seen): string {
  switch (typeof value) {
    case 'string':
      return quote(value);
    case 'number':
      return numberText(value);
    case 'boolean':
      return value ? 'True' : 'False';
    case 'undefined':
      return 'None';
    case 'function':
      return value.name === '' ? '<function>' : `<function ${value.name}>`;
    case 'object':
      return value === null ? 'None' : objectText(value, seen);
    case 'bigint':
    case 'symbol':
      return String(value);
  }
}

function objectText(value: object, seen: Seen): string {
  if (seen.has(value)) return Array.isArray(value) ? '[...]' : '{...}';
  const inner = new Set(seen).add(value);
  const list = (items: Iterable<unknown>): string => Array.from(items, (item) => represent(item, inner)).join(', ');
  if (Array.isArray(value)) return `[${list(value)}]`;
  if (ArrayBuffer.isView(value)) return value instanceof DataView ? 'DataView' : `[${list(value as Float64Array)}]`;
  if (value instanceof Map) return dictText(value, inner);
  if (value instanceof Set) return value.size === 0 ? 'set()' : `{${list(value)}}`;
  if (DateTime.isDateTime(value) || value instanceof Date) return dateTimeRepr(value);
  if (value instanceof Error) return `${value.name}(${quote(value.message)})`;
  const own: unknown = Reflect.get(value, 'toString');
  // A look of its own (Order, DataFrame, a class of the strategy with toString) wins.
  if (typeof own === 'function' && own !== Object.prototype.toString) return String(Reflect.apply(own, value, []));
  const prototype: unknown = Object.getPrototypeOf(value);
  const text = dictText(Object.entries(value), inner);
  if (prototype === null || prototype === Object.prototype) return text;
  return `${value.constructor.name}(${text})`;
}

function dictText(entries: Iterable<readonly [unknown, unknown]>, seen: Seen): string {
  const parts = Array.from(entries, ([key, value]) => `${represent(key, seen)}: ${represent(value, seen)}`);
  return `{${parts.join(', ')}}`;
}

function dateTimeRepr(value: DateTime | Date): string {
  const ms = value.valueOf();
  if (Number.isNaN(ms)) return 'NaT';
  const [year, month, day, hour, minute, second] = chinaText(ms).split(/\D/).map(Number);
  const tail = second === 0 ? '' : `, ${second}`;
  return `datetime.datetime(${year}, ${month}, ${day}, ${hour}, ${minute}${tail})`;
}

/** `5`, `0.1`, `nan`, `inf`: a whole number prints without `.0`, because JavaScript has one number type. */
function numberText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  // Python's exponent has two digits: 1e-07.
  if (Number.isFinite(value)) return Object.is(value, -0) ? '0' : String(value).replace(/e([+-])(\d)$/u, 'e$10$2');
  return value > 0 ? 'inf' : '-inf';
}

function quote(text: string): string {
  const escaped = text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t');
  if (!escaped.includes("'")) return `'${escaped}'`;
  return escaped.includes('"') ? `'${escaped.replaceAll("'", "\\'")}'` : `"${escaped}"`;
}
