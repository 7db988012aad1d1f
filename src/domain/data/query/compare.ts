import { parseChinaTime } from '../../time.ts';
import type { Expression, Scalar } from '../query-plan.ts';
import type { DataColumn } from '../table.ts';
import { badQuery } from './bad-query.ts';
import { asTexts, at, mapRows } from './vectors.ts';
import type { NumberColumn } from './vectors.ts';

export type Order = 'eq' | 'ne' | 'lt' | 'le' | 'gt' | 'ge';
const HOLDS: Readonly<Record<Order, (sign: number) => boolean>> = {
  eq: (sign) => sign === 0,
  ne: (sign) => sign !== 0,
  lt: (sign) => sign < 0,
  le: (sign) => sign <= 0,
  gt: (sign) => sign > 0,
  ge: (sign) => sign >= 0,
};

/** A side of a comparison: its values, and the value itself where it is written as one. */
interface Side {
  readonly column: DataColumn;
  readonly literal: Scalar | undefined;
}

export function sideOf(expression: Expression, column: DataColumn): Side {
  return { column, literal: expression.op === 'value' ? expression.value : undefined };
}

/**
 * Texts letter by letter, numbers by size, days with texts that are days; a text beside a number is the number that it writes, as SQL has
 * it. Unknown where one is missing, or where a text writes no number.
 */
export function compare(op: Order, left: Side, right: Side): NumberColumn {
  const holds = HOLDS[op];
  const rows = left.column.values.length;
  if (left.literal === null || right.literal === null) return mapRows('flag', rows, () => Number.NaN);
  if (left.column.kind === 'text' && right.column.kind === 'text') {
    const [a, b] = [left.column.values, right.column.values];
    return mapRows('flag', rows, (row) => {
      const [x, y] = [a[row] ?? null, b[row] ?? null];
      return x === null || y === null ? Number.NaN : Number(holds(textSign(x, y)));
    });
  }
  const a = comparable(left, right.column.kind).values;
  const b = comparable(right, left.column.kind).values;
  return mapRows('flag', rows, (row) => {
    const difference = at(a, row) - at(b, row);
    return Number.isNaN(difference) ? difference : Number(holds(difference));
  });
}

/** Whether the value is one of the list; unknown when it is not and the list holds null. */
export function within(column: DataColumn, values: readonly Scalar[]): NumberColumn {
  const known = values.filter((value) => value !== null);
  const otherwise = known.length < values.length ? Number.NaN : 0;
  if (column.kind === 'text') {
    const set = new Set<Scalar>(known);
    const written = new Set(known.filter((value) => typeof value !== 'string').map(Number));
    return mapRows('flag', column.values.length, (row) => {
      const value = column.values[row] ?? null;
      if (value === null) return Number.NaN;
      return set.has(value) || (written.size > 0 && written.has(numberWritten(value))) ? 1 : otherwise;
    });
  }
  const set = new Set(known.map((value) => numberOf(value, column.kind)));
  return mapRows('flag', column.values.length, (row) => {
    const value = at(column.values, row);
    if (Number.isNaN(value)) return value;
    return set.has(value) ? 1 : otherwise;
  });
}

/** `%` stands for any letters, `_` for one, `\` takes the next one as it is; small and capital letters are the same. */
export function like(column: DataColumn, pattern: Side): NumberColumn {
  if (pattern.literal !== null && typeof pattern.literal !== 'string')
    throw badQuery("like() needs a text, as in like('600%').");
  const { literal } = pattern;
  const rows = column.values.length;
  if (literal === null) return mapRows('flag', rows, () => Number.NaN);
  const parts = patternParts(literal.toLowerCase());
  const values = asTexts(column);
  return mapRows('flag', rows, (row) => {
    const value = values[row] ?? null;
    return value === null ? Number.NaN : Number(matches(Array.from(value.toLowerCase()), parts));
  });
}

export function isNull(column: DataColumn): NumberColumn {
  const { kind, values } = column;
  if (kind === 'text') return mapRows('flag', values.length, (row) => Number((values[row] ?? null) === null));
  return mapRows('flag', values.length, (row) => Number(Number.isNaN(at(values, row))));
}

export function textSign(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

const isMoment = (kind: DataColumn['kind']): boolean => kind === 'day' || kind === 'time';

/** The values as numbers that can be compared with a column of that kind. */
function comparable({ column, literal }: Side, other: DataColumn['kind']): NumberColumn {
  if (column.kind !== 'text') {
    if (other !== 'text' && isMoment(column.kind) !== isMoment(other)) throw mixed();
    return column;
  }
  const { values } = column;
  if (typeof literal === 'string') {
    const number = numberOf(literal, other);
    return mapRows('float', values.length, () => number);
  }
  const moment = other === 'day' || other === 'time' ? other : null;
  const read = moment === null ? numberWritten : (value: string) => parseChinaTime(value) ?? Number.NaN;
  return mapRows(moment ?? 'float', values.length, (row) => {
    const value = values[row] ?? null;
    return value === null ? Number.NaN : read(value);
  });
}

/** The number that a text writes; NaN for one that writes none. */
function numberWritten(value: string): number {
  return value.trim() === '' ? Number.NaN : Number(value);
}

/** A value as a number that can be compared with a column of that kind, which holds no texts. */
export function numberOf(value: string | number | boolean, kind: DataColumn['kind']): number {
  if (!isMoment(kind)) {
    const number = value === '' ? Number.NaN : Number(value);
    if (Number.isNaN(number)) throw mixed();
    return number;
  }
  const ms = typeof value === 'string' ? parseChinaTime(value) : null;
  if (ms !== null) return ms;
  throw badQuery(`${JSON.stringify(value)} is compared with a day and is none. Write it like '2026-07-06'.`);
}

function mixed(): Error {
  return badQuery(
    'a column is compared with a value of another kind. Compare texts with texts, numbers with numbers, days with days.',
  );
}

/** Any letters, any one letter, or this letter. */
type Part = { readonly any: 'many' | 'one' } | { readonly letter: string };

function patternParts(pattern: string): readonly Part[] {
  const parts: Part[] = [];
  const letters = Array.from(pattern);
  for (let i = 0; i < letters.length; i += 1) {
    const letter = letters[i] ?? '';
    if (letter === '%') parts.push({ any: 'many' });
    else if (letter === '_') parts.push({ any: 'one' });
    else if (letter === '\\' && i + 1 < letters.length) parts.push({ letter: letters[(i += 1)] ?? '' });
    else parts.push({ letter });
  }
  return parts;
}

/** Goes back to the last `%` only, so that no pattern takes long. */
function matches(letters: readonly string[], parts: readonly Part[]): boolean {
  let [at, part, lastMany, resume] = [0, 0, -1, 0];
  while (at < letters.length) {
    const now = parts[part];
    if (now !== undefined && 'any' in now && now.any === 'many') {
      [lastMany, resume] = [part, at];
      part += 1;
    } else if (now !== undefined && ('any' in now || now.letter === letters[at])) {
      at += 1;
      part += 1;
    } else if (lastMany >= 0) {
      resume += 1;
      at = resume;
      part = lastMany + 1;
    } else return false;
  }
  return parts.slice(part).every((rest) => 'any' in rest && rest.any === 'many');
}
