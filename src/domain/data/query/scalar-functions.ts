import type { SqlFunction } from '../query-plan.ts';
import { texts } from '../table.ts';
import type { DataColumn } from '../table.ts';
import { absolute, rounded } from './arithmetic.ts';
import { badQuery } from './bad-query.ts';
import { asTexts, at, countable, mapRows } from './vectors.ts';

/** Functions of a row; the others are aggregates. */
export type ScalarFunction = Extract<SqlFunction, 'abs' | 'round' | 'length' | 'substr'>;

const ARGUMENTS: Readonly<Record<ScalarFunction, readonly [least: number, most: number]>> = {
  abs: [1, 1],
  round: [1, 2],
  length: [1, 1],
  substr: [2, 3],
};

export function isScalarFunction(name: SqlFunction): name is ScalarFunction {
  return Object.hasOwn(ARGUMENTS, name);
}

export function applyFunction(name: ScalarFunction, args: readonly DataColumn[]): DataColumn {
  const [least, most] = ARGUMENTS[name];
  const [first, second, third] = args;
  if (first === undefined || args.length < least || args.length > most)
    throw badQuery(`func.${name}() takes ${least === most ? least : `${least} to ${most}`} arguments.`);
  switch (name) {
    case 'abs':
      return absolute(first);
    case 'round':
      return rounded(first, second ?? null);
    case 'length':
      return textLength(first);
    case 'substr':
      return part(first, second ?? first, third ?? null);
  }
}

/** In bytes, as MySQL counts: three for a Chinese letter. */
function textLength(column: DataColumn): DataColumn {
  const values = asTexts(column);
  const encoder = new TextEncoder();
  return mapRows('int', values.length, (row) => {
    const value = values[row] ?? null;
    return value === null ? Number.NaN : encoder.encode(value).length;
  });
}

/** Letters are counted from 1, from −1 at the end; nothing at 0 and beyond the text. */
function part(column: DataColumn, start: DataColumn, length: DataColumn | null): DataColumn {
  const values = asTexts(column);
  const from = countable(start, 'substr').values;
  const count = length === null ? null : countable(length, 'substr').values;
  return texts(
    Array.from(values, (value, row) => {
      const [begin, most] = [Math.round(at(from, row)), count === null ? Infinity : Math.round(at(count, row))];
      if (value === null || Number.isNaN(begin) || Number.isNaN(most)) return null;
      const letters = Array.from(value);
      const index = begin < 0 ? letters.length + begin : begin - 1;
      return index < 0 || most <= 0 ? '' : letters.slice(index, index + most).join('');
    }),
  );
}
