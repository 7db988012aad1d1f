import { expect } from 'vitest';
import { scopeOf, valueOf } from './case.ts';
import type { Case } from './case.ts';

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
  axis: { here: { 'df.sum(1).tolist()': [5, 7, 9], 'df.mean({ axis: 1 }).tolist()': [2.5, 3.5, 4.5] } },
  'unknown-option': {
    here: { 's.rolling(2).mean().at(-1)': 2.5 },
    throws: ['BAD_ARGUMENT', "s.rolling(2, { win_type: 'hamming' })"],
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
