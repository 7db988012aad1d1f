import { row } from './row.ts';
import type { DocSection } from './row.ts';

const BOTH = 'DataFrame Series';

export const ORDER: DocSection = {
  en: 'Order and repetition',
  zh: '排序与重复',
  introEn: '`inplace: true` changes the table itself and gives it back. Sorting is stable.',
  introZh: '`inplace: true` 直接修改该表并返回它。排序是稳定的。',
  rows: [
    row(
      'DataFrame',
      'sort_values',
      "df.sort_values(by='a', ascending=False, inplace=True)",
      "df.sort_values({ by: 'a', ascending: false, inplace: true })",
      "also `df.sort_values('a', { ascending: false })`, `df.sort_values(['a', 'b'], { ascending: [true, false] })`",
      "也可 `df.sort_values('a', { ascending: false })`、`df.sort_values(['a', 'b'], { ascending: [true, false] })`",
    ),
    row('Series', 'sort_values', 's.sort_values(ascending=False)', 's.sort_values({ ascending: false })'),
    row(BOTH, 'sort_index', 'df.sort_index(axis=1)', 'df.sort_index({ axis: 1 })'),
    row(BOTH, 'nlargest nsmallest', "df.nlargest(5, 'score')", "df.nlargest(5, 'score')"),
    row(
      BOTH,
      'duplicated drop_duplicates',
      "df.drop_duplicates(subset='code', keep='last')",
      "df.drop_duplicates({ subset: 'code', keep: 'last' })",
    ),
    row(
      'Series',
      'unique value_counts is_unique is_monotonic_increasing is_monotonic_decreasing searchsorted',
      's.unique(), s.value_counts()',
      's.unique(), s.value_counts()',
    ),
    row(
      BOTH,
      'sample',
      'df.sample(3, random_state=1)',
      'df.sample(3, { random_state: 1 })',
      'other rows than pandas for the same seed',
      '同一种子与 pandas 选出的行不同',
    ),
    row('Series', 'repeat explode', 's.explode()', 's.explode()'),
  ],
};

export const SHAPE: DocSection = {
  en: 'Labels and shape',
  zh: '标签与形状',
  rows: [
    row(
      'DataFrame',
      'set_index reset_index',
      "df.set_index('code').reset_index(drop=True)",
      "df.set_index('code').reset_index({ drop: true })",
    ),
    row('Series', 'reset_index to_frame', "s.reset_index(), s.to_frame('x')", "s.reset_index(), s.to_frame('x')"),
    row(BOTH, 'rename rename_axis set_axis', "df.rename(columns={'a': 'b'})", "df.rename({ columns: { a: 'b' } })"),
    row('DataFrame', 'add_prefix add_suffix select_dtypes', "df.add_suffix('_x')", "df.add_suffix('_x')"),
    row(BOTH, 'reindex reindex_like', "df.reindex(days, method='ffill')", "df.reindex(days, { method: 'ffill' })"),
    row(BOTH, 'drop', "df.drop('x'), df.drop(columns=['a'])", "df.drop('x'), df.drop({ columns: ['a'] })"),
    row('Series', 'pop', "s.pop('x')", "s.pop('x')"),
    row('DataFrame', 'T transpose', 'df.T', 'df.T'),
    row(
      'DataFrame',
      'pivot',
      "df.pivot(index='time', columns='code', values='close')",
      "df.pivot({ index: 'time', columns: 'code', values: 'close' })",
    ),
    row(
      'DataFrame',
      'pivot_table',
      "df.pivot_table(values='v', index='a', columns='b', aggfunc='sum')",
      "df.pivot_table({ values: 'v', index: 'a', columns: 'b', aggfunc: 'sum' })",
      'no margins',
      '不支持 margins',
    ),
    row('pd', 'pivot pivot_table melt', "pd.pivot_table(df, index='a')", "pd.pivot_table(df, { index: 'a' })"),
    row('DataFrame', 'stack melt', 'df.stack()', 'df.stack()'),
    row(BOTH, 'unstack swaplevel droplevel squeeze', 's.unstack()', 's.unstack()'),
    row(
      'pd',
      'concat',
      'pd.concat([a, b], axis=1, ignore_index=True)',
      'concat([a, b], { axis: 1, ignore_index: true })',
    ),
    row('pd', 'merge', "pd.merge(a, b, on='code', how='left')", "merge(a, b, { on: 'code', how: 'left' })"),
    row(
      'DataFrame',
      'merge join',
      "a.merge(b, left_on='x', right_index=True), a.join(b)",
      "a.merge(b, { left_on: 'x', right_index: true }), a.join(b)",
    ),
    row(BOTH, 'equals', 'a.equals(b)', 'a.equals(b)'),
    row('Series', 'T', 's.T', 's.T'),
  ],
};

export const GROUPS: DocSection = {
  en: 'Groups and steps of time',
  zh: '分组与时间步长',
  rows: [
    row(
      BOTH,
      'groupby',
      "df.groupby('code'), df.groupby(['a', 'b']), s.groupby(level=0)",
      "df.groupby('code'), df.groupby(['a', 'b']), s.groupby({ level: 0 })",
      'also by a Series, a function of the label, a dict, a list',
      '也可按 Series、标签函数、字典、列表分组',
    ),
    row(
      'GroupBy',
      'col cols',
      "df.groupby('code')['close'], [['a', 'b']]",
      "df.groupby('code').close, .col('close'), .cols('a', 'b')",
    ),
    row(
      'GroupBy',
      'sum mean median min max std var sem prod count nunique first last any all skew quantile size describe idxmin idxmax nth nlargest nsmallest value_counts',
      "df.groupby('code').mean()",
      "df.groupby('code').mean()",
      'texts are left out of sums and means',
      '求和、均值时跳过文本列',
    ),
    row(
      'GroupBy',
      'agg aggregate',
      "gb.agg({'close': 'last', 'volume': ['sum', 'max']}), gb.agg(total=('volume', 'sum'))",
      "gb.agg({ close: 'last', volume: ['sum', 'max'] }), gb.agg({ total: ['volume', 'sum'] })",
    ),
    row(
      'GroupBy',
      'apply transform filter pipe',
      'gb.apply(f), gb.transform("mean")',
      "gb.apply(f), gb.transform('mean')",
    ),
    row(
      'GroupBy',
      'cumsum cumprod cummax cummin cumcount ngroup shift diff pct_change rank ffill bfill fillna head tail rolling',
      'gb.close.shift(1)',
      'gb.close.shift(1)',
    ),
    row(
      'GroupBy',
      'groups indices ngroups length get_group',
      'for key, part in gb',
      'for (const [key, part] of gb)',
      '`groups` is a Map',
      '`groups` 是 Map',
    ),
    row(
      BOTH,
      'resample asfreq',
      "df.resample('W').last(), df.resample('5min', label='right', closed='right')",
      "df.resample('W').last(), df.resample('5min', { label: 'right', closed: 'right' })",
      'D H min T S W W-FRI M MS Q QS A AS B and multiples',
      'D H min T S W W-FRI M MS Q QS A AS B 及其倍数',
    ),
    row('Resampler', 'ohlc asfreq', "s.resample('D').ohlc()", "s.resample('D').ohlc()"),
  ],
};
