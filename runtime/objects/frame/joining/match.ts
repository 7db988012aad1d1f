import type { Column } from '../column/column.ts';
import { factorize } from '../column/keys.ts';
import { concatColumns, rangePositions } from '../column/take.ts';
import type { Positions } from '../column/take.ts';

export type How = 'inner' | 'left' | 'right' | 'outer';

interface Matched {
  readonly left: Positions;
  readonly right: Positions;
}

/**
 * Pairs of rows whose keys are equal; -1 on the side that has none. Left and right keep the order of that side; inner and
 * outer go by key, in the order in which keys first appear (`sort`: ascending), as pandas 1.5 does.
 */
export function matchRows(left: readonly Column[], right: readonly Column[], how: How, sort: boolean): Matched {
  const n = left[0]?.data.length ?? 0;
  const m = right[0]?.data.length ?? 0;
  const codes = commonCodes(left, right, n + m, sort);
  const [a, b] = [codes.subarray(0, n), codes.subarray(n)];
  if (how === 'right') {
    const turned = matched(b, a, true, false, sort);
    return { left: turned.right, right: turned.left };
  }
  return matched(a, b, how !== 'inner', how === 'outer', sort || how !== 'left');
}

/** Numbers that equal keys of both sides share. Missing keys meet missing keys, as in pandas. */
function commonCodes(left: readonly Column[], right: readonly Column[], length: number, sort: boolean): Positions {
  let packed: Float64Array | null = null;
  for (let k = 0; k < left.length; k += 1) {
    const [a, b] = [left[k], right[k]];
    if (a === undefined || b === undefined) continue;
    const { codes, labels } = factorize(concatColumns([a, b]), sort, true);
    if (left.length === 1) return codes;
    const size = labels.data.length;
    const before: Float64Array = packed ?? new Float64Array(length);
    packed = before.map((code, i) => code * size + (codes[i] ?? 0));
  }
  return factorize({ kind: 'float64', data: packed ?? new Float64Array(length) }, sort).codes;
}

/** Rows of each code one behind the other. */
interface Buckets {
  readonly starts: Int32Array;
  readonly rows: Int32Array;
}

function buckets(codes: Positions, groups: number): Buckets {
  const starts = new Int32Array(groups + 1);
  for (let i = 0; i < codes.length; i += 1) {
    const code = (codes[i] ?? 0) + 1;
    starts[code] = (starts[code] ?? 0) + 1;
  }
  for (let g = 0; g < groups; g += 1) starts[g + 1] = (starts[g + 1] ?? 0) + (starts[g] ?? 0);
  const next = starts.slice();
  const rows = new Int32Array(codes.length);
  for (let i = 0; i < codes.length; i += 1) {
    const code = codes[i] ?? 0;
    const at = next[code] ?? 0;
    rows[at] = i;
    next[code] = at + 1;
  }
  return { starts, rows };
}

function matched(a: Positions, b: Positions, keepA: boolean, keepB: boolean, byKey: boolean): Matched {
  const groups = Math.max(most(a), most(b)) + 1;
  const right = buckets(b, groups);
  const out = new Pairs();
  if (!byKey) {
    const once = keepA ? onePartner(a, right, groups) : null;
    if (once !== null) return once;
    for (let i = 0; i < a.length; i += 1) out.add(i, i + 1, null, a[i] ?? 0, right, keepA);
    return out.done();
  }
  const left = buckets(a, groups);
  for (let g = 0; g < groups; g += 1) {
    const [from, to] = [left.starts[g] ?? 0, left.starts[g + 1] ?? 0];
    if (from < to) out.add(from, to, left.rows, g, right, keepA);
    else if (keepB) out.alone(right, g);
  }
  return out.done();
}

/** Every left row once when no key repeats on the right: a lookup, the commonest left join. Null when one does. */
function onePartner(a: Positions, { starts, rows }: Buckets, groups: number): Matched | null {
  for (let g = 0; g < groups; g += 1) if ((starts[g + 1] ?? 0) - (starts[g] ?? 0) > 1) return null;
  const right = new Int32Array(a.length);
  for (let i = 0; i < a.length; i += 1) {
    const g = a[i] ?? 0;
    const at = starts[g] ?? 0;
    right[i] = at === (starts[g + 1] ?? 0) ? -1 : (rows[at] ?? -1);
  }
  return { left: rangePositions(a.length), right };
}

function most(codes: Positions): number {
  let largest = -1;
  for (let i = 0; i < codes.length; i += 1) if ((codes[i] ?? -1) > largest) largest = codes[i] ?? -1;
  return largest;
}

/** The pairs found so far. */
class Pairs {
  readonly #left: number[] = [];
  readonly #right: number[] = [];

  /** Rows from..to of one side with every row of the bucket; alone when the bucket is empty and `keep` says so. */
  add(from: number, to: number, rows: Int32Array | null, g: number, right: Buckets, keep: boolean): void {
    const [start, end] = [right.starts[g] ?? 0, right.starts[g + 1] ?? 0];
    for (let i = from; i < to; i += 1) {
      const row = rows === null ? i : (rows[i] ?? 0);
      if (start === end && keep) {
        this.#left.push(row);
        this.#right.push(-1);
      }
      for (let j = start; j < end; j += 1) {
        this.#left.push(row);
        this.#right.push(right.rows[j] ?? 0);
      }
    }
  }

  alone(right: Buckets, g: number): void {
    for (let j = right.starts[g] ?? 0; j < (right.starts[g + 1] ?? 0); j += 1) {
      this.#left.push(-1);
      this.#right.push(right.rows[j] ?? 0);
    }
  }

  done(): Matched {
    return { left: Int32Array.from(this.#left), right: Int32Array.from(this.#right) };
  }
}
