import { row } from './row.ts';
import type { DocSection } from './row.ts';

const BOTH = 'DataFrame Series';

export const OPERATORS: DocSection = {
  en: 'Operators',
  zh: '运算符',
  introEn:
    'JavaScript operators cannot work on tables: `s1 > s2` throws and names the method. Series and tables meet by label; a single value or a list of the same length works too.',
  introZh:
    'JavaScript 的运算符不能用于表：`s1 > s2` 会报错并给出应写的方法。表与 Series 按标签对齐；也可以是单个值或等长列表。',
  rows: [
    row(
      BOTH,
      'add sub mul div truediv floordiv mod pow neg',
      'a + b, a - b, a * b, a / b, a // b, a % b, a ** b, -a',
      'a.add(b), a.sub(b), a.mul(b), a.div(b), a.floordiv(b), a.mod(b), a.pow(b), a.neg()',
      '`{ fill_value: 0 }` stands in for a missing side',
      '`{ fill_value: 0 }` 代替缺失的一侧',
    ),
    row(BOTH, 'radd rsub rmul rdiv rfloordiv rmod rpow', '1 - s, 1 / s', 's.rsub(1), s.rdiv(1)'),
    row(
      BOTH,
      'gt ge lt le eq ne',
      'a > b, a >= b, a < b, a <= b, a == b, a != b',
      'a.gt(b), a.ge(b), a.lt(b), a.le(b), a.eq(b), a.ne(b)',
      'aligns, where `a > b` of pandas refuses different labels',
      '会对齐；pandas 的 `a > b` 拒绝不同标签',
    ),
    row(BOTH, 'and or xor not', '(a > 1) & (b < 2), ~mask', 'a.gt(1).and(b.lt(2)), mask.not()'),
    row(
      BOTH,
      'abs round clip',
      'abs(s), s.round(2), s.clip(0, 1)',
      's.abs(), s.round(2), s.clip(0, 1)',
      'half to even, as numpy',
      '四舍六入五成双，同 numpy',
    ),
    row(BOTH, 'dot', 'a.dot(b), a @ b', 'a.dot(b)'),
    row(
      'DataFrame',
      'sub',
      'df.sub(s, axis=0)',
      'df.sub(s, { axis: 0 })',
      'without `axis` a Series goes by column',
      '不写 `axis` 时 Series 按列对齐',
    ),
  ],
};

export const STATISTICS: DocSection = {
  en: 'Statistics',
  zh: '统计',
  introEn:
    'Missing cells are left out, `std` and `var` are of the sample (ddof 1), as in pandas. Options: `axis`, `skipna`, `ddof`, `min_count`, `numeric_only`.',
  introZh:
    '与 pandas 一样跳过缺失值，`std`、`var` 为样本统计（ddof 1）。选项：`axis`、`skipna`、`ddof`、`min_count`、`numeric_only`。',
  rows: [
    row(
      BOTH,
      'sum mean median min max std var sem prod count skew kurt mad',
      'df.mean(), df.mean(axis=1), s.std(ddof=0)',
      'df.mean(), df.mean({ axis: 1 }), s.std({ ddof: 0 })',
    ),
    row(BOTH, 'any all nunique', 'mask.any()', 'mask.any()'),
    row(BOTH, 'quantile describe mode', 's.quantile(0.9), df.describe()', 's.quantile(0.9), df.describe()'),
    row(BOTH, 'idxmin idxmax', 's.idxmax()', 's.idxmax()'),
    row('Series', 'argmin argmax argsort', 's.argmax()', 's.argmax()'),
    row(BOTH, 'cumsum cumprod cummax cummin', '(s / s.cummax() - 1).min()', 's.div(s.cummax()).sub(1).min()'),
    row(BOTH, 'diff shift pct_change', 's.diff(), s.shift(1), s.pct_change()', 's.diff(), s.shift(1), s.pct_change()'),
    row(
      BOTH,
      'rank',
      "s.rank(ascending=False, method='min', pct=True)",
      "s.rank({ ascending: false, method: 'min', pct: true })",
    ),
    row(
      BOTH,
      'corr cov',
      "df.corr(), s.corr(other, method='spearman')",
      "df.corr(), s.corr(other, { method: 'spearman' })",
    ),
    row('DataFrame', 'corrwith', 'df.corrwith(s)', 'df.corrwith(s)'),
    row('Series', 'autocorr', 's.autocorr(1)', 's.autocorr(1)'),
    row(
      BOTH,
      'rolling',
      's.rolling(20, min_periods=1).mean()',
      's.rolling(20, { min_periods: 1 }).mean()',
      "spans of time too: `rolling('5D')`",
      "也可用时间跨度：`rolling('5D')`",
    ),
    row(BOTH, 'expanding ewm', 's.ewm(span=12, adjust=False).mean()', 's.ewm({ span: 12, adjust: false }).mean()'),
    row(
      'Rolling',
      'mean sum std var sem min max median quantile count skew kurt corr cov',
      's.rolling(20).std()',
      's.rolling(20).std()',
      'the mean and sum only add, so that no error builds up',
      '均值与求和只做加法，误差不会累积',
    ),
    row('Rolling', 'apply agg col cols', 's.rolling(20).apply(f, raw=True)', 's.rolling(20).apply(f, { raw: true })'),
    row('Ewm', 'mean std var corr cov', 's.ewm(halflife=5).std()', 's.ewm({ halflife: 5 }).std()'),
  ],
};

export const CLEANING: DocSection = {
  en: 'Missing cells, conditions, functions',
  zh: '缺失值、条件、函数',
  rows: [
    row(BOTH, 'isnull isna notnull notna', 'df.isnull()', 'df.isnull()'),
    row('pd', 'isnull isna notnull notna', 'pd.isnull(x)', 'isnull(x), pd.isnull(x)'),
    row(BOTH, 'dropna', "df.dropna(subset=['a'], how='all')", "df.dropna({ subset: ['a'], how: 'all' })"),
    row(
      BOTH,
      'fillna ffill bfill interpolate',
      "df.fillna(method='ffill'), df.fillna({'a': 0})",
      'df.ffill(), df.fillna({ a: 0 })',
    ),
    row(BOTH, 'replace', 's.replace(0, np.nan), s.replace({1: 10})', 's.replace(0, NaN), s.replace({ 1: 10 })'),
    row(BOTH, 'isin', 'df[df.code.isin(codes)]', 'df.loc(df.code.isin(codes))'),
    row('Series', 'between', 's.between(1, 2)', 's.between(1, 2)'),
    row(BOTH, 'where mask', 's.where(s > 0, 0)', 's.where(s.gt(0), 0)'),
    row(
      BOTH,
      'apply map transform pipe',
      'df.apply(lambda r: r.a + r.b, axis=1)',
      'df.apply((r) => r.a + r.b, { axis: 1 })',
      'functions get a Series; numbers come back as int64 when all are whole',
      '函数得到 Series；结果全为整数时是 int64',
    ),
    row('DataFrame', 'applymap', 'df.applymap(f)', 'df.applymap(f)'),
    row(BOTH, 'agg aggregate', "df.agg({'a': 'sum', 'b': ['min', 'max']})", "df.agg({ a: 'sum', b: ['min', 'max'] })"),
    row(BOTH, 'astype', "df.astype(float), df.astype({'a': int})", "df.astype('float'), df.astype({ a: 'int' })"),
    row(BOTH, 'combine_first update', 'a.combine_first(b)', 'a.combine_first(b)'),
    row('Series', 'hasnans first_valid_index last_valid_index', 's.first_valid_index()', 's.first_valid_index()'),
  ],
};
