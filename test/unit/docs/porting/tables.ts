import { expect } from 'vitest';
import { scopeOf, valueOf } from './case.ts';
import type { Case } from './case.ts';

const TIMES_DOWN =
  "const t = Series([1, 2, 3], { index: pd.to_datetime(['2026-07-03', '2026-07-02', '2026-07-01']) });";
const GROUPED = 'const k = DataFrame({ k: [1, 1, 2], v: [1, 2, 3], w: [4, 5, 6] });';
const TWO_LEVELS =
  "const m = DataFrame({ v: [1, 2, 3] }, { index: pd.MultiIndex.from_tuples([['c1', 1], ['c1', 2], ['c2', 1]]) });";

/** pandas, numpy's arrays and queries. */
export const TABLES: Readonly<Record<string, Case>> = {
  'series-operators': {
    here: { 's.gt(df.b).tolist()': [false, false, false], 's.mul(2).sub(1).tolist()': [1, 3, 5] },
    throws: ['BAD_OPERATOR', 's > df.b'],
    also: () => {
      for (const text of ['s * 2', 's == 0', 's - df.b', 'df / 2', '-s'])
        expect(() => valueOf(text, scopeOf().names), text).toThrow(/does not work|do not work/u);
    },
  },
  'values-arithmetic': {
    here: { 's.mul(2).tolist()': [2, 4, 6], 's.values.mul(2).tolist()': [2, 4, 6], 's.values.slice(-2).mean()': 2.5 },
    throws: ['BAD_OPERATOR', 's.values * 2'],
  },
  mask: { here: { 'df.loc(df.a.gt(1)).b.tolist()': [5, 6] }, throws: ['BAD_OPERATOR', 'df[df.a.gt(1)]'] },
  'mask-and': {
    here: { 's.gt(1).and(s.lt(3)).tolist()': [false, true, false], 's.gt(1).not().tolist()': [true, false, false] },
    throws: ['BAD_OPERATOR', 's.gt(1) & s.lt(3)'],
  },
  'mask-logic': {
    here: { 's.gt(1).or(s.lt(2)).tolist()': [true, true, true] },
    found: ['LOGIC_OF_SERIES', 'const d = g.d; log.info(d.a.gt(1) && d.a.lt(3), !d.a.isnull());'],
  },
  'truth-of-series': {
    here: { 's.gt(5).any()': false, 's.length > 0': true },
    found: ['TRUTH_OF_TABLE', 'if (g.s.gt(5)) log.info(1);'],
  },
  columns: { here: { "df.cols('a', 'b').shape": [3, 2] }, throws: ['BAD_OPERATOR', "df[['a', 'b']]"] },
  cell: {
    here: { "df.loc('y', 'b')": 5, 'df.iloc(1, 0)': 2 },
    found: ['COMMA_IN_BRACKETS', "log.info(g.df.loc['y', 'b']);"],
  },
  'row-from-the-end': {
    here: { 'df.iloc[-1].b': 6, 'df.iloc(-1).b': 6, 'df.index[-1]': 'z', 'df.columns[0]': 'a' },
  },
  'series-brackets': {
    here: { "s['y']": 2, 's[0]': 1, 'Series([7, 8], { index: [2019, 2020] })[2020]': 8, 's.iloc[0]': 1 },
  },
  'row-by-number': {
    here: { 'df.iloc(0).a': 1, 'DataFrame({ a: [7, 8] }, { index: [10, 0] }).loc(0).a': 8 },
    throws: ['UNKNOWN_LABEL', 'df.loc[0]'],
  },
  'new-column': { here: { "df['c'] = s; df['d'] = 0; return df.c.add(df.d).tolist()": [1, 2, 3] } },
  'cell-written': {
    here: { "df.loc.set('x', 'a', 9); return df.a.tolist()": [9, 2, 3] },
    found: ['WRITE_INTO_COPY', "const d = g.d; d['a'][0] = 9;"],
  },
  'in-columns': {
    here: { "df.columns.includes('a')": true, "has(df, 'z')": false },
    throws: ['BAD_OPERATOR', "'a' in df"],
  },
  axis: {
    here: {
      'df.sum(1).tolist()': [5, 7, 9],
      'df.mean({ axis: 1 }).tolist()': [2.5, 3.5, 4.5],
      'df.idxmax(1).tolist()': ['b', 'b', 'b'],
      'df.cumsum(1).b.tolist()': [5, 7, 9],
      'df.quantile(0.5, 1).tolist()': [2.5, 3.5, 4.5],
      'df.any(1).tolist()': [true, true, true],
    },
    also: () => {
      for (const text of ['s.cumsum(1)', 's.any(1)', 's.quantile(0.5, 1)'])
        expect(() => valueOf(text, scopeOf().names), text).toThrow(/axis=1|interpolation/u);
    },
  },
  'unknown-option': {
    here: { 's.rolling(2).mean().at(-1)': 2.5 },
    throws: ['BAD_ARGUMENT', "s.rolling(2, { win_type: 'hamming' })"],
  },
  'options-by-name': {
    here: {
      "s.rolling(2, { closed: 'left' }).sum().at(2)": 3,
      's.apply((x, n) => x * n, { args: [2] }).tolist()': [2, 4, 6],
      'df.apply((row, n) => row.a * n, { axis: 1, args: [2] }).tolist()': [2, 4, 6],
      [`${TIMES_DOWN} return t.sort_index().shift(1, { freq: 'D' }).index.strftime('%d').to_list()`]: [
        '02',
        '03',
        '04',
      ],
      'Series([1, NaN, NaN, 4]).interpolate({ limit: 1 }).fillna(0).tolist()': [1, 2, 0, 4],
    },
  },
  'keywords-alone': {
    here: {
      's.diff({ periods: 2 }).at(2)': 2,
      'df.head({ n: 1 }).shape': [1, 2],
      's.div(3).round({ decimals: 1 }).tolist()': [0.3, 0.7, 1],
      "Series(['ab']).str.replace({ pat: 'a', repl: 'x' }).tolist()": ['xb'],
      'df.groupby([1, 1, 2]).nth([0, 1]).shape': [3, 2],
    },
  },
  'group-columns': {
    here: {
      [`${GROUPED} return k.groupby('k').cols('v').sum().shape`]: [2, 1],
      [`${GROUPED} return k.groupby('k').cols('v').head(1).columns.to_list()`]: ['v'],
    },
    found: ['LIST_IN_BRACKETS', "log.info(g.df.groupby('k')[['v']].sum());"],
  },
  'group-apply': {
    here: {
      [`${GROUPED} return k.groupby('k').apply((part) => part.v.sum()).tolist()`]: [3, 3],
      [`${GROUPED} return k.head(2).groupby('k').apply((part) => part.v.sum()).tolist()`]: [3],
      [`${GROUPED} return k.groupby('k', { group_keys: false }).apply((part) => part).shape`]: [3, 3],
    },
  },
  'multi-index': {
    here: {
      [`${TWO_LEVELS} return [m.loc('c1').index.nlevels, m.loc('c1').shape]`]: [1, [2, 1]],
      [`${TWO_LEVELS} return [m.loc(['c1']).index.nlevels, m.loc([['c1', 2]]).shape]`]: [2, [1, 1]],
    },
  },
  'open-slice': {
    here: {
      'df.iloc(slice(1, null)).index.tolist()': ['y', 'z'],
      'df.iloc(slice(null, 1)).index.tolist()': ['x'],
    },
    throws: ['BAD_ARGUMENT', 'df.iloc(slice(1))'],
  },
  'as-type': { here: { 's.astype(int).tolist()': [1, 2, 3], 's.astype(str).tolist()': ['1', '2', '3'] } },
  'not-called': {
    here: { 's.mean() > 1': true },
    found: ['METHOD_NOT_CALLED', "const d = history(5); log.info(d['close'].mean > 3);"],
  },
  'time-slice': {
    here: {
      [`${TIMES_DOWN} return t.loc(slice('2026-07-02', null)).tolist()`]: [1, 2],
      [`${TIMES_DOWN} return t.loc(slice(t.index[0], t.index[1])).tolist()`]: [1, 2],
      [`${TIMES_DOWN} return t.resample('3D').last().tolist()`]: [1],
    },
  },
  'time-texts': {
    here: {
      "pd.to_datetime('2026-7-1').strftime('%F')": '2026-07-01',
      "get_price(A, { end_date: '2026-7-3', count: 1 }); return host.asked[0].end === date(2026, 7, 3).valueOf()": true,
    },
  },
  'row-by-time': {
    here: {
      [`${TIMES_DOWN} const d = t.to_frame('a'); d.loc.set(pd.to_datetime('2026-07-06'), 'a', 5); return d.a.tolist()`]:
        [1, 2, 3, 5],
    },
    found: ['COMMA_IN_BRACKETS', "g.df.loc[g.t, 'a'] = 5;"],
  },
  'own-names': {
    here: {
      "DataFrame({ rows: [1, 2] })['rows'].tolist()": [1, 2],
      "DataFrame({ codes: [1, 2], k: [1, 1] }).groupby('k').codes.sum().tolist()": [3],
    },
  },
  'fewer-values': {
    here: {
      'Series([3, NaN, 1]).nlargest(3).dropna().tolist()': [3, 1],
      "Series(['a', null, 'c']).str.cat({ sep: ',' })": 'a,c',
      "DataFrame({ i: ['a', null], c: ['x', 'x'], v: [1, 2] }).pivot({ index: 'i', columns: 'c', values: 'v' }).shape":
        [2, 1],
      'pd.cut([1, 1], 2).length': 2,
    },
  },
  inplace: {
    here: { "df.sort_values('a', { ascending: false, inplace: true }); return df.a.tolist()": [3, 2, 1] },
  },
  'merge-kinds': {
    here: {
      "merge(DataFrame({ k: ['1'], a: [1] }), DataFrame({ k: Series([1]).astype('str'), b: [2] }), { on: 'k' }).shape":
        [1, 3],
    },
    throws: ['BAD_TABLE', "merge(DataFrame({ k: ['1'] }), DataFrame({ k: [1] }), { on: 'k' })"],
  },
  'rolling-time': {
    here: {
      "const t = pd.to_datetime(['2026-07-03', '2026-07-01', '2026-07-02']); return Series([3, 1, 2], { index: t }).sort_index().rolling('2D').sum().tolist()":
        [1, 3, 5],
    },
    throws: [
      'BAD_OPERATOR',
      "const t = pd.to_datetime(['2026-07-03', '2026-07-01', '2026-07-02']); return Series([3, 1, 2], { index: t }).rolling('2D').sum()",
    ],
  },
  query: {
    here: { 'String(query(valuation.code).filter(valuation.market_cap.gt(10))).length > 0': true },
    throws: ['BAD_OPERATOR', 'query(valuation.code).filter(valuation.market_cap > 10)'],
  },
};
