import { flag, numberOr } from './args.ts';
import type { Named } from './args.ts';
import { badArgument } from '../../api/arguments.ts';

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
