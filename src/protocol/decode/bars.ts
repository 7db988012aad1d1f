import type { Bars } from '../../domain/trading.ts';
import { isJsonObject } from '../json.ts';
import { answerObject, badAnswer } from './fields.ts';

const WHAT = 'data.bars';

/** `data.bars`: a table for each of these securities, in their order. Throws BAD_ANSWER. */
export function decodeBars(payload: unknown, securities: readonly string[]): Bars[] {
  const { bars } = answerObject(payload, WHAT);
  if (!Array.isArray(bars) || bars.length !== securities.length)
    throw badAnswer(WHAT, `it does not have ${securities.length} tables`);
  let time = new Float64Array(0);
  return (bars as readonly unknown[]).map((table, at) => {
    const security = securities[at] ?? '';
    if (!isJsonObject(table) || table['security'] !== security)
      throw badAnswer(WHAT, `the table of ${security} is missing`);
    if (table['time'] !== null) time = times(table['time'], security);
    return { security, time, columns: columnsOf(table['columns'], time.length, security) };
  });
}

function times(value: unknown, security: string): Float64Array<ArrayBuffer> {
  if (!Array.isArray(value)) throw badAnswer(WHAT, `${security} has no times`);
  const labels = numbers(value, value.length, `${security} time`);
  for (let row = 0; row < labels.length; row += 1)
    if (
      !Number.isInteger(labels[row]) ||
      !((labels[row] ?? Number.NaN) > (labels[row - 1] ?? Number.NEGATIVE_INFINITY))
    )
      throw badAnswer(WHAT, `the times of ${security} are no instants that ascend`);
  return labels;
}

function columnsOf(value: unknown, rows: number, security: string): Record<string, Float64Array> {
  if (!isJsonObject(value)) throw badAnswer(WHAT, `${security} has no columns`);
  return Object.fromEntries(
    Object.entries(value).map(([name, column]) => {
      const values = columnOf(column, rows, `${security} ${name}`);
      if (name === 'paused' && !values.every(isFlag)) throw badAnswer(WHAT, `${security} paused is neither 0 nor 1`);
      return [name, values];
    }),
  );
}

function isFlag(value: number): boolean {
  return value === 0 || value === 1 || Number.isNaN(value);
}

/** One value stands for all rows. */
function columnOf(value: unknown, rows: number, what: string): Float64Array {
  if (value === null || isNumber(value)) return new Float64Array(rows).fill(value ?? Number.NaN);
  return numbers(value, rows, what);
}

function numbers(value: unknown, rows: number, what: string): Float64Array<ArrayBuffer> {
  if (!Array.isArray(value) || value.length !== rows) throw badAnswer(WHAT, `${what} does not have ${rows} values`);
  const items: readonly unknown[] = value;
  const read = new Float64Array(rows);
  for (let row = 0; row < rows; row += 1) {
    const item = items[row];
    if (item !== null && !isNumber(item)) throw badAnswer(WHAT, `${what} holds something that is no number`);
    read[row] = item ?? Number.NaN;
  }
  return read;
}

/** Infinite ones are none. */
function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Math.abs(value) !== Number.POSITIVE_INFINITY;
}
