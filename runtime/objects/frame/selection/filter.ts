import { badArgument } from '../../../api/arguments.ts';
import { pyStr } from '../../../text/python-text.ts';
import { flag, numberOr } from '../args.ts';
import type { Named } from '../args.ts';
import { chinaDateTime } from '../../datetime/china-time.ts';
import { instantOf } from '../column/dtypes.ts';
import { maskPositions } from '../column/take.ts';
import type { Positions } from '../column/take.ts';
import { badTable } from '../errors.ts';
import { makeIndex } from '../factory.ts';
import { findSlice } from '../index/lookup.ts';
import { slice } from '../slice.ts';
import type { Index } from '../types.ts';
import { listOf } from './select.ts';

export interface FilterOptions {
  readonly items?: readonly unknown[];
  readonly like?: string;
  readonly regex?: string;
}

/** Places of the labels that filter() keeps; exactly one of items, like, regex. */
export function filteredLabels(labels: Index, { items, like, regex }: Named): Positions {
  const ways = [items, like, regex].filter((one) => one !== undefined && one !== null);
  if (ways.length !== 1) throw badArgument('filter()', 'takes exactly one of items, like, regex.');
  if (items !== undefined && items !== null) {
    const list = listOf(items) ?? [items];
    return labels.rowsOf(makeIndex(list.filter((item) => labels.includes(item))));
  }
  const test = regex === undefined || regex === null ? null : new RegExp(pyStr(regex));
  const bits = Array.from(labels, (one) => Number(test?.test(pyStr(one)) ?? pyStr(one).includes(String(like))));
  return maskPositions(Uint8Array.from(bits));
}

/** Rows from a label to another, both included; the labels must be in order. */
export function truncatedRows(index: Index, { before, after }: Named): Positions {
  if (!index.is_monotonic_increasing && !index.is_monotonic_decreasing)
    throw badTable('truncate() needs sorted labels; sort_index() first.');
  const [level] = index.levels;
  const bound = (label: unknown): unknown =>
    label === undefined || label === null
      ? null
      : level?.kind === 'datetime64[ns]'
        ? chinaDateTime(instantOf(label))
        : label;
  const [from, to] = [bound(before), bound(after)];
  return findSlice(index, index.is_monotonic_increasing || index.length < 2 ? slice(from, to) : slice(to, from));
}

/** Random positions: mulberry32 from `random_state`, so that a run can be repeated. */
export function samplePositions(length: number, a: Named): Int32Array<ArrayBuffer> {
  const fraction = a['frac'] === undefined ? null : numberOr(a['frac'], 1, 'sample() frac');
  const n = fraction === null ? numberOr(a['n'], 1, 'sample() n') : Math.round(length * fraction);
  const again = flag(a['replace'], false);
  if (!again && n > length)
    throw badArgument('sample()', `cannot take ${n} of ${length} rows; pass { replace: true }.`);
  const random = generator(numberOr(a['random_state'], length * 7919 + n, 'sample() random_state'));
  if (again) return Int32Array.from({ length: n }, () => Math.floor(random() * length));
  const rows = Int32Array.from({ length }, (_, i) => i);
  for (let i = 0; i < n; i += 1) {
    const other = i + Math.floor(random() * (length - i));
    [rows[i], rows[other]] = [rows[other] ?? 0, rows[i] ?? 0];
  }
  return rows.slice(0, n);
}

function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
