import { fixed } from './fixed.ts';
import { pyRepr, pyStr } from './python-text.ts';

/** `%(name)s`, flags, width, precision, kind; `%%` is a percent sign. */
const SPECIFIER =
  /%(?:\((?<name>[^)]*)\))?(?<flags>[-+ 0#]*)(?<width>\d*)(?:\.(?<precision>\d+))?(?<kind>[sdifFeEgGrxXoc%])/g;

/** True when the text holds at least one specifier that takes a value. */
export function hasSpecifier(text: string): boolean {
  return Array.from(text.matchAll(SPECIFIER)).some((match) => match.groups?.['kind'] !== '%');
}

/** Python's `text % args`; null when the values do not fit the specifiers (too few, too many, not a number). */
export function percentFormat(text: string, args: readonly unknown[]): string | null {
  let next = 0;
  let fits = true;
  const first = args[0];
  const result = text.replace(SPECIFIER, (_match: string, ...rest: unknown[]) => {
    const groups = rest.at(-1) as Readonly<Record<string, string | undefined>>; // String.replace passes groups last
    const kind = groups['kind'] ?? 's';
    if (kind === '%') return '%';
    const name = groups['name'];
    if (name === undefined && next >= args.length) fits = false;
    const value = name === undefined ? args[next++] : memberOf(first, name);
    if (name !== undefined) next = Math.max(next, 1);
    const body = format(value, kind, groups['precision'], groups['flags'] ?? '');
    if (body === null) fits = false;
    return pad(body ?? '', kind, groups['flags'] ?? '', Number(groups['width'] ?? 0));
  });
  return fits && next === args.length ? result : null;
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function format(value: unknown, kind: string, precision: string | undefined, flags: string): string | null {
  const digits = precision === undefined ? null : Number(precision);
  if (kind === 's' || kind === 'r' || kind === 'c') {
    const text = kind === 'r' ? pyRepr(value) : pyStr(value);
    return digits === null ? text : text.slice(0, digits);
  }
  const number = typeof value === 'boolean' ? Number(value) : value;
  if (typeof number !== 'number') return typeof number === 'bigint' ? String(number) : null;
  const text = numberBody(number, kind, digits);
  if (flags.includes('+') && number >= 0) return `+${text}`;
  return flags.includes(' ') && number >= 0 ? ` ${text}` : text;
}

/** A number without its sign's flags in one of Python's kinds (`f`, `d`, `e`, `g` …); `digits` null = as Python does without. */
export function numberBody(value: number, kind: string, digits: number | null): string {
  if (!Number.isFinite(value)) return fixed(value, 0);
  switch (kind) {
    case 'd':
    case 'i':
      return String(Math.trunc(value) + 0);
    case 'e':
    case 'E':
      return exponent(value.toExponential(digits ?? 6), kind);
    case 'g':
    case 'G':
      return general(value, digits ?? 6);
    case 'x':
      return Math.trunc(value).toString(16);
    case 'X':
      return Math.trunc(value).toString(16).toUpperCase();
    case 'o':
      return Math.trunc(value).toString(8);
    default:
      return fixed(value, digits ?? 6);
  }
}

/** Python writes at least two digits of exponent. */
function exponent(text: string, kind: string): string {
  const padded = text.replace(/e([+-])(\d)$/, 'e$10$2');
  return kind === 'E' ? padded.toUpperCase() : padded;
}

function general(value: number, digits: number): string {
  const significant = Math.max(1, digits);
  const power = value === 0 ? 0 : Math.floor(Math.log10(Math.abs(value)));
  if (power < -4 || power >= significant) {
    return exponent(value.toExponential(significant - 1).replace(/\.?0+e/, 'e'), 'e');
  }
  const text = value.toFixed(Math.max(0, significant - 1 - power));
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

function pad(text: string, kind: string, flags: string, width: number): string {
  if (flags.includes('-')) return text.padEnd(width);
  const numeric = kind !== 's' && kind !== 'r' && kind !== 'c';
  if (!numeric || !flags.includes('0')) return text.padStart(width);
  const sign = /^[+\- ]/.exec(text)?.[0] ?? '';
  return sign + text.slice(sign.length).padStart(width - sign.length, '0');
}
