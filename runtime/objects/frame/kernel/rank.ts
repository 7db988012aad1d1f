import type { Column } from '../column/column.ts';
import { missingMask } from '../column/column.ts';
import { argsort } from './order.ts';
import { labelOrder } from './order.ts';

export type RankMethod = 'average' | 'min' | 'max' | 'first' | 'dense';
export type MissingRank = 'keep' | 'top' | 'bottom';

/** Ranks from 1; equal cells share one by `method`; missing cells stay NaN, or come first (top) or last (bottom). */
export function rank(
  column: Column,
  method: RankMethod,
  ascending: boolean,
  missing: MissingRank,
  pct: boolean,
): Float64Array {
  const gaps = missingMask(column);
  const order = argsort(column, ascending, missing === 'top');
  const out = new Float64Array(order.length).fill(NaN);
  const ranked = missing === 'keep' ? order.filter((at) => gaps[at] === 0) : order;
  const { length } = ranked;
  let dense = 0;
  for (let start = 0; start < length;) {
    let end = start + 1;
    while (end < length && same(column, gaps, ranked[start] ?? 0, ranked[end] ?? 0)) end += 1;
    dense += 1;
    for (let i = start; i < end; i += 1) out[ranked[i] ?? 0] = place(method, start, end, i, dense);
    start = end;
  }
  if (!pct) return out;
  const most = method === 'dense' ? dense : length;
  return out.map((value) => value / most);
}

function same(column: Column, gaps: Uint8Array, a: number, b: number): boolean {
  if (gaps[a] === 1 || gaps[b] === 1) return gaps[a] === gaps[b];
  return column.kind === 'object'
    ? labelOrder(column.data[a], column.data[b]) === 0
    : column.data[a] === column.data[b];
}

function place(method: RankMethod, start: number, end: number, i: number, dense: number): number {
  switch (method) {
    case 'average':
      return (start + 1 + end) / 2;
    case 'min':
      return start + 1;
    case 'max':
      return end;
    case 'first':
      return i + 1;
    case 'dense':
      return dense;
  }
}
