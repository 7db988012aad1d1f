import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pd, slice } from '../../pandas/tables.ts';
import type { Series } from '../../pandas/tables.ts';

/** Whole numbers: sums in any order are exact, so laws hold to the last digit. */
const whole = fc.integer({ min: -1000, max: 1000 });
const wholes = fc.array(whole, { maxLength: 40 });
const someWholes = fc.array(whole, { minLength: 1, maxLength: 40 });
/** Few values, so that ties are common. */
const tied = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 40 });
const gappy = fc.array(fc.oneof(whole, fc.constant(Number.NaN)), { maxLength: 40 });
const labels = fc.uniqueArray(fc.constantFrom(...'a b c d e f g h i j k l m n o p'.split(' ')), { maxLength: 12 });
/** A Series of numbers under unique letters. */
const lettered = labels.chain((index) =>
  fc
    .array(whole, { minLength: index.length, maxLength: index.length })
    .map((values) => numbers(values, { index, dtype: 'float64' })),
);
const ROWS = ['a', 'b', 'c', 'd', 'e', 'f'];
const COLUMNS = ['u', 'v', 'w', 'x', 'y', 'z'];
const keyed = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), whole), { minLength: 1, maxLength: 40 });

function numbers(values: readonly number[], options: Record<string, unknown> = {}): Series {
  return pd.Series(values, options);
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

function texts(values: Iterable<unknown>): string[] {
  return Array.from(values, String);
}

/** The window of `n` that ends at each position, shorter at the start. */
function windows(values: readonly number[], n: number): number[][] {
  return values.map((_, i) => values.slice(Math.max(0, i - n + 1), i + 1));
}

describe('alignment', () => {
  it('adds on the sorted union of the labels, NaN where one side has none', () => {
    fc.assert(
      fc.property(lettered, lettered, (a, b) => {
        const total = a.add(b);
        const [left, right] = [texts(a.index), texts(b.index)];
        const same = left.join() === right.join();
        const both = left.length > 0 && right.length > 0;
        // With nothing on one side the rows of the other stay in their order.
        const union = [...new Set([...left, ...right])];
        expect(texts(total.index)).toEqual(same || !both ? union : union.sort());
        for (const label of texts(total.index)) {
          const both = left.includes(label) && right.includes(label);
          expect(total.loc(label)).toBe(both ? a.loc(label) + b.loc(label) : Number.NaN);
        }
      }),
    );
  });

  it('adds the same either way round, and takes off what it added', () => {
    fc.assert(
      fc.property(lettered, lettered, (a, b) => {
        expect(a.add(b).equals(b.add(a))).toBe(true);
        expect(a.add(b, { fill_value: 0 }).sub(b, { fill_value: 0 }).reindex(a.index).tolist()).toEqual(a.tolist());
      }),
    );
  });

  it('ignores the order of the rows', () => {
    fc.assert(
      fc.property(lettered, (a) => {
        const turned = a.iloc(slice(null, null, -1));
        expect(a.sub(turned).sum()).toBe(0);
        expect(turned.reindex(a.index).equals(a)).toBe(true);
      }),
    );
  });
});

describe('order', () => {
  it('sorts stably, ascending and descending', () => {
    fc.assert(
      fc.property(tied, fc.boolean(), (values, ascending) => {
        const sign = ascending ? 1 : -1;
        const places = values
          .map((value, i) => [value, i] as const)
          .sort((a, b) => (a[0] === b[0] ? a[1] - b[1] : sign * (a[0] - b[0])));
        const sorted = numbers(values).sort_values({ ascending });
        expect([...sorted.index]).toEqual(places.map(([, i]) => i));
        const frame = pd.DataFrame({ v: values }).sort_values('v', { ascending });
        expect([...frame.index]).toEqual(places.map(([, i]) => i));
      }),
    );
  });

  it('puts gaps last and loses no row', () => {
    fc.assert(
      fc.property(gappy, (values) => {
        const sorted = numbers(values, { dtype: 'float64' }).sort_values();
        const known = values.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
        expect(sorted.tolist().slice(0, known.length)).toEqual(known);
        expect(sorted.iloc(slice(known.length, null)).isnull().all()).toBe(true);
        expect(sorted.sort_index().tolist()).toEqual(values);
      }),
    );
  });

  it('ranks ties by their rule', () => {
    fc.assert(
      fc.property(tied, (values) => {
        const rank = (method: 'average' | 'dense' | 'first' | 'max' | 'min'): number[] =>
          numbers(values).rank({ method }).tolist();
        const less = values.map((value) => values.filter((other) => other < value).length);
        const equal = values.map((value) => values.filter((other) => other === value).length);
        const smaller = values.map((value) => new Set(values.filter((other) => other < value)).size);
        expect(rank('min')).toEqual(less.map((n) => n + 1));
        expect(rank('max')).toEqual(less.map((n, i) => n + (equal[i] ?? 0)));
        expect(rank('average')).toEqual(less.map((n, i) => n + ((equal[i] ?? 0) + 1) / 2));
        expect(rank('dense')).toEqual(smaller.map((n) => n + 1));
        expect(rank('first').sort((a, b) => a - b)).toEqual(values.map((_, i) => i + 1));
      }),
    );
  });

  it('takes the largest as the head of a descending sort', () => {
    fc.assert(
      fc.property(tied, fc.nat(50), (values, n) => {
        const all = numbers(values);
        expect(all.nlargest(n).equals(all.sort_values({ ascending: false }).head(n))).toBe(true);
        expect(all.nsmallest(n).equals(all.sort_values().head(n))).toBe(true);
      }),
    );
  });
});

describe('along the rows', () => {
  it('undoes cumsum with diff, and shift with shift', () => {
    fc.assert(
      fc.property(someWholes, fc.integer({ min: -5, max: 5 }), (values, n) => {
        const all = numbers(values);
        expect(all.cumsum().diff().tolist().slice(1)).toEqual(values.slice(1));
        expect(all.cumsum().iloc(-1)).toBe(all.sum());
        expect(all.diff(n).equals(all.sub(all.shift(n)).astype('float64'))).toBe(true);
        const back = all.shift(n).shift(-n).dropna();
        expect(back.tolist()).toEqual(n >= 0 ? values.slice(0, Math.max(0, values.length - n)) : values.slice(-n));
      }),
    );
  });

  it('rolls as the windows taken one by one', () => {
    fc.assert(
      fc.property(wholes, fc.integer({ min: 1, max: 8 }), (values, n) => {
        const rolled = numbers(values, { dtype: 'float64' }).rolling(n, { min_periods: 1 });
        expect(rolled.sum().tolist()).toEqual(windows(values, n).map(sum));
        expect(rolled.max().tolist()).toEqual(windows(values, n).map((window) => Math.max(...window)));
        const strict = numbers(values, { dtype: 'float64' }).rolling(n).mean().tolist();
        windows(values, n).forEach((window, i) => {
          if (window.length < n) expect(strict[i]).toBeNaN();
          else expect(strict[i]).toBeCloseTo(sum(window) / n, 9);
        });
      }),
    );
  });

  it('weighs exponentially by its recurrence', () => {
    fc.assert(
      fc.property(someWholes, fc.double({ min: 0.01, max: 1, noNaN: true }), (values, alpha) => {
        const smooth = numbers(values).ewm({ alpha, adjust: false }).mean().tolist();
        let last = values[0] ?? 0;
        values.forEach((value, i) => {
          last = i === 0 ? value : alpha * value + (1 - alpha) * last;
          expect(smooth[i]).toBeCloseTo(last, 8);
        });
      }),
    );
  });
});

describe('parts and wholes', () => {
  it('takes apart what concat joined', () => {
    fc.assert(
      fc.property(lettered, lettered, (a, b) => {
        const joined = pd.concat([a, b]) as unknown as Series;
        expect(joined.length).toBe(a.length + b.length);
        expect(joined.iloc(slice(0, a.length)).tolist()).toEqual(a.tolist());
        expect(joined.iloc(slice(a.length, null)).equals(b)).toBe(true);
      }),
    );
  });

  it('splits rows by a mask and its opposite', () => {
    fc.assert(
      fc.property(tied, (values) => {
        const all = numbers(values);
        const mask = all.gt(2);
        expect(all.loc(mask).length).toBe(mask.sum());
        const both = pd.concat([all.loc(mask), all.loc(mask.not())]) as unknown as Series;
        expect(both.sort_index().equals(all)).toBe(true);
      }),
    );
  });

  it('sums groups to the total, counts groups to the length', () => {
    fc.assert(
      fc.property(keyed, (rows) => {
        const table = pd.DataFrame({ key: rows.map(([key]) => key), v: rows.map(([, value]) => value) });
        const groups = table.groupby('key').col('v');
        expect(groups.sum().sum()).toBe(sum(rows.map(([, value]) => value)));
        expect(groups.size().sum()).toBe(rows.length);
        expect(texts(groups.sum().index)).toEqual([...new Set(rows.map(([key]) => key))].sort());
        expect(groups.transform('sum').tolist()).toEqual(
          rows.map(([key]) => sum(rows.filter(([other]) => other === key).map(([, value]) => value))),
        );
        expect(table.col('key').value_counts().sum()).toBe(rows.length);
      }),
    );
  });

  it('counts what it drops and what it fills', () => {
    fc.assert(
      fc.property(gappy, (values) => {
        const all = numbers(values, { dtype: 'float64' });
        expect(all.dropna().length).toBe(all.count());
        expect(all.isnull().sum() + all.count()).toBe(all.length);
        expect(all.fillna(0).sum()).toBe(all.sum());
        expect(all.ffill().bfill().isnull().any()).toBe(all.length > 0 && all.count() === 0);
      }),
    );
  });

  it('merges unique keys as their intersection, and keeps every left row in a left merge', () => {
    fc.assert(
      fc.property(labels, labels, (left, right) => {
        const a = pd.DataFrame({ k: left, x: left.map((_, i) => i) });
        const b = pd.DataFrame({ k: right, y: right.map((_, i) => i) });
        const inner = a.merge(b, { on: 'k' });
        expect(inner.col('k').tolist()).toEqual(left.filter((label) => right.includes(label)));
        expect(a.merge(b, { on: 'k', how: 'left' }).col('k').tolist()).toEqual(left);
        expect(a.merge(b, { on: 'k', how: 'outer' }).length).toBe(new Set([...left, ...right]).size);
      }),
    );
  });
});

describe('turning tables', () => {
  const square = fc
    .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }))
    .chain(([rows, columns]) =>
      fc.array(fc.array(whole, { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows }),
    )
    .map((cells) =>
      pd.DataFrame(cells, {
        index: ROWS.slice(0, cells.length),
        columns: COLUMNS.slice(0, cells[0]?.length),
      }),
    );

  it('turns and turns back', () => {
    fc.assert(
      fc.property(square, (table) => {
        expect(table.T.T.equals(table)).toBe(true);
        expect(table.T.shape).toEqual([table.shape[1], table.shape[0]]);
        const stacked = table.stack() as Series;
        expect(stacked.length).toBe(table.size);
        expect(stacked.unstack().equals(table)).toBe(true);
      }),
    );
  });

  it('pivots what melt made long, and moves an index out and in', () => {
    fc.assert(
      fc.property(square, (table) => {
        const moved = table.rename_axis('row').reset_index();
        expect(moved.set_index('row').equals(table)).toBe(true);
        const long = moved.melt({ id_vars: ['row'], var_name: 'column', value_name: 'v' });
        const back = long.pivot({ index: 'row', columns: 'column', values: 'v' });
        expect(back.values).toEqual(table.values);
        expect([texts(back.index), texts(back.columns)]).toEqual([texts(table.index), texts(table.columns)]);
      }),
    );
  });

  it('writes into a copy only', () => {
    fc.assert(
      fc.property(square, (table) => {
        const before = table.to_csv();
        const copy = table.copy();
        copy.iloc.set(0, 0, 5000);
        expect(copy.iloc(0, 0)).toBe(5000);
        expect(table.to_csv()).toBe(before);
      }),
    );
  });
});
