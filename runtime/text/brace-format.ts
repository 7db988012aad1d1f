import type { BtError } from '../../src/domain/errors.ts';
import { valueError } from '../builtins/errors.ts';
import { formatValue } from './format-value.ts';
import { pyRepr } from './python-text.ts';

/** `{}`, `{0}`, `{name}`, `{0.attribute}`, `{0[key]}`, `{!r}`, `{:.2f}`; `{{` and `}}` are braces. */
const FIELD = /\{\{|\}\}|\{(?<name>[^{}!:]*)(?:!(?<look>[rs]))?(?::(?<spec>(?:[^{}]|\{[^{}]*\})*))?\}/g;

/** Python's `text.format(...)`: values by their place, and by name in an object that stands last. VALUE_ERROR for a field without a value. */
export function braceFormat(text: string, values: readonly unknown[]): string {
  let next = 0;
  const read = (name: string): unknown => {
    const [, first = '', rest = ''] = /^([^.[]*)(.*)$/s.exec(name) ?? [];
    const start = first === '' || /^\d+$/.test(first) ? placed(first === '' ? next++ : Number(first)) : named(first);
    return memberOf(start, rest, text);
  };
  const placed = (at: number): unknown => {
    if (at < values.length) return values[at];
    throw missing(text, `needs ${at + 1} values, got ${values.length}`);
  };
  const named = (name: string): unknown => {
    const last = values.at(-1);
    if (typeof last === 'object' && last !== null && name in last) return Reflect.get(last, name);
    throw missing(text, `needs a value for '${name}': give { ${name}: … } as the last argument`);
  };
  return text.replace(FIELD, (match: string, ...rest: unknown[]) => {
    if (match === '{{') return '{';
    if (match === '}}') return '}';
    const groups = rest.at(-1) as Readonly<Record<string, string | undefined>>; // String.replace passes groups last
    const value = read(groups['name'] ?? '');
    const spec = (groups['spec'] ?? '').replace(/\{([^{}]*)\}/g, (_match, name: string) => String(read(name)));
    return formatValue(groups['look'] === 'r' ? pyRepr(value) : value, spec);
  });
}

/** True when the text holds a field of str.format. */
export function hasField(text: string): boolean {
  return Array.from(text.matchAll(FIELD)).some(([match]) => match !== '{{' && match !== '}}');
}

function memberOf(start: unknown, path: string, text: string): unknown {
  let value = start;
  for (const [, attribute, key] of path.matchAll(/\.([^.[]+)|\[([^\]]+)\]/g)) {
    if (typeof value !== 'object' || value === null) throw missing(text, `finds no ${path} in ${pyRepr(value)}`);
    value = Reflect.get(value, attribute ?? key ?? '');
  }
  return value;
}

function missing(text: string, problem: string): BtError {
  return valueError(`the format '${text}' ${problem}.`);
}
