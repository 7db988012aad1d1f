import { isFrame, isSeries } from '../../runtime/objects/frame/is-table.ts';

/** A value as generate.py writes it. */
interface Tagged {
  readonly $: string;
  readonly v?: unknown;
  readonly shape?: readonly number[];
}

function isTagged(value: unknown): value is Tagged {
  return typeof value === 'object' && value !== null && '$' in value;
}

function number(value: unknown): unknown {
  if (!isTagged(value)) return value;
  return { nan: NaN, inf: Infinity, '-inf': -Infinity }[value.$] ?? value;
}

/** Numbers meet to 10 digits: the order of additions is not numpy's. */
function sameNumber(a: number, b: number): boolean {
  return Object.is(a, b) || a === b || Math.abs(a - b) <= 1e-10 * Math.max(1, Math.abs(a), Math.abs(b));
}

/** All cells of an array, row by row. */
function flat(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.flatMap(flat);
  return ArrayBuffer.isView(value) ? [...(value as Float64Array)] : [value];
}

function sameCells(wanted: readonly unknown[], got: readonly unknown[]): string | null {
  if (wanted.length !== got.length) return `${got.length} cells instead of ${wanted.length}`;
  for (const [i, one] of wanted.entries()) {
    const problem = difference(one, got[i]);
    if (problem !== null) return `at ${i}: ${problem}`;
  }
  return null;
}

/** Why what came is not what Python gives; null when it is. */
export function difference(wanted: unknown, got: unknown): string | null {
  const want = number(wanted);
  if (isTagged(want)) return tagged(want, got);
  if (typeof want === 'number') {
    const value = typeof got === 'boolean' ? Number(got) : got;
    return typeof value === 'number' && sameNumber(want, value) ? null : `${String(got)} instead of ${want}`;
  }
  if (typeof want === 'boolean')
    return got === want || got === Number(want) ? null : `${String(got)} instead of ${want}`;
  if (Array.isArray(want)) {
    return Array.isArray(got) || ArrayBuffer.isView(got)
      ? sameCells(want, Array.from(got as ArrayLike<unknown>))
      : 'no list';
  }
  if (typeof want !== 'object' || want === null)
    return Object.is(want, got ?? null) ? null : `${String(got)} instead of ${String(want)}`;
  if (typeof got !== 'object' || got === null) return `${String(got)} instead of a dict`;
  return sameCells(Object.entries(want).flat(), Object.entries(got).flat());
}

function tagged({ $: kind, v, shape, ...rest }: Tagged, got: unknown): string | null {
  const cells = Array.isArray(v) ? (v as readonly unknown[]) : [];
  if (kind === 'text') return String(got) === v ? null : `'${String(got)}' instead of '${String(v)}'`;
  if (kind === 'array') {
    const isArray = Array.isArray(got) || ArrayBuffer.isView(got);
    if (!isArray) return `${String(got)} instead of an array`;
    // Conditions and lists have none, and say so.
    const has: unknown = 'shape' in got ? got.shape : null;
    if (Array.isArray(has) && String(has) !== String(shape)) return `shape ${String(has)} instead of ${String(shape)}`;
    return sameCells(cells, flat(got));
  }
  if (kind === 'series') {
    if (!isSeries(got)) return 'no Series';
    const { index } = rest as { readonly index?: readonly unknown[] };
    return sameCells(index ?? [], got.index.tolist()) ?? sameCells(cells, got.tolist());
  }
  return isFrame(got) ? sameCells(cells.flatMap(flat), got.values.flatMap(flat)) : 'no table';
}
