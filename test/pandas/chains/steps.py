"""What may follow in a chain, by the kind of value that stands there; `{x}` is the chain so far."""

import pandas as pd
from pandas.core.groupby import DataFrameGroupBy, SeriesGroupBy
from pandas.core.resample import Resampler

STARTS = [
    "bars", "bars", "wide", "wide", "long", "long", "panel", "factors", "factors", "close", "close", "minutes", "weights", "bars['volume']", "factors['pe']", "factors['code']",
    "factors.set_index('code')", "factors.set_index('code')['pe']", "wide.iloc[-1]", "wide.mean()", "long.groupby('code')", "factors.groupby('ind')", "panel['close']", "names", "wide.pct_change()", "long['code']",
    "factors.set_index('code')[['pe', 'roe']]", "factors.set_index('ind')", "wide.iloc[::-1]", "bars.iloc[::-1]", "close.iloc[::-1]", "long.sort_values(['code', 'time'])",
]

STATISTICS = ["mean", "std", "sum", "max", "min", "median", "count", "var", "skew", "kurt", "sem"]
WINDOW = ["mean", "sum", "std", "max", "min", "median", "var", "count"]
SCANS = ["cumsum", "cummax", "cummin"]  # products leave the whole numbers of either


def times(index):
    return isinstance(index, pd.DatetimeIndex) and len(index) > 0


def day_of(index, r):
    return str(r.choice(list(index)).date())


def spelled(label):
    return f"'{label.date()}'" if isinstance(label, pd.Timestamp) else repr(label)


def levels(value):
    """By the labels of one of two levels."""
    if not len(value):
        return []
    outer, inner = (spelled(label) for label in value.index[0])
    if not (outer + inner).isascii() or any(not isinstance(label, (str, pd.Timestamp)) for label in value.index[0]):
        return []
    more = [f"{{x}}.get({outer})", f"{{x}}.loc[{outer}, {inner}]"] if value.ndim == 1 else []
    return [f"{{x}}.xs({inner}, level=1)", f"{{x}}.xs({outer})", f"{{x}}.loc[{outer}]", f"{{x}}.loc[[{outer}]]", f"{{x}}.loc[{outer}:]", *more]


def numeric_series(value, r):
    n, k = r.choice([1, 2, 3, 5]), r.choice([0.2, 1, 2, 10])
    out = [
        f"{{x}}.shift({n})", f"{{x}}.shift(-{n})", f"{{x}}.diff({n})", f"{{x}}.diff()", f"{{x}}.pct_change({n})", "{x}.pct_change()", f"{{x}}.rolling({n}).{r.choice(WINDOW)}()", f"{{x}}.rolling({n}, min_periods=1).{r.choice(WINDOW)}()",
        f"{{x}}.rolling({n + 2}, center=True).mean()", f"{{x}}.rolling({n + 1}).quantile(0.3)", f"{{x}}.rolling({n + 2}).apply(lambda v: v.max() - v.min())", f"{{x}}.ewm(span={n + 1}).mean()", f"{{x}}.ewm(span={n + 1}, adjust=False).mean()", f"{{x}}.ewm(alpha=0.3).std()", f"{{x}}.expanding().{r.choice(WINDOW)}()", f"{{x}}.{r.choice(SCANS)}()",
        "{x}.fillna(0)", "{x}.ffill()", "{x}.bfill()", "{x}.fillna(method='ffill', limit=1)", "{x}.interpolate()", "{x}.dropna()", "{x}.isnull()", "{x}.notnull()", "{x}.rank()", f"{{x}}.rank(ascending=False, method='{r.choice(['min', 'max', 'first', 'dense'])}')", "{x}.rank(pct=True)",
        f"{{x}}.clip({k}, {k * 3})", "{x}.abs()", f"{{x}}.round({r.choice([0, 1, 2])})", f"{{x}} + {k}", f"{{x}} * {k}", f"{{x}} / {k}", f"{{x}} - {{x}}.mean()", "({x} - {x}.mean()) / {x}.std()", f"1 - {{x}}", "{x} / {x}.shift(1) - 1", f"{{x}} > {k}", f"{{x}} <= {k}", "{x} == {x}.max()", f"{{x}} ** 2", f"{{x}} // {k}", f"{{x}} % 3", "-{x}",
        f"{{x}}.where({{x}} > {k})", f"{{x}}.where({{x}} > {k}, 0)", f"{{x}}.mask({{x}} > {k}, -1)", f"{{x}}.between({k}, {k * 4})", f"{{x}}.isin([1, 2, 100, {k}])", f"{{x}}[{{x}} > {k}]", "{x}[{x} > {x}.mean()]", "{x}.sort_values()", "{x}.sort_values(ascending=False)", "{x}.sort_index()", "{x}.sort_index(ascending=False)",
        f"{{x}}.head({n})", f"{{x}}.tail({n})", f"{{x}}.iloc[-{n}:]", f"{{x}}.iloc[:{n}]", "{x}.iloc[::-1]", f"{{x}}.iloc[{n - 1}]" if len(value) >= n else "{x}.head(1)", f"{{x}}.nlargest({n})", f"{{x}}.nsmallest({n})", "{x}.value_counts()", "{x}.describe()", f"{{x}}.quantile({r.choice([0.1, 0.25, 0.5, 0.9])})", "{x}.quantile([0.2, 0.8])",
        f"{{x}}.{r.choice(STATISTICS)}()", f"{{x}}.{r.choice(['mean', 'sum', 'max', 'std'])}(skipna=False)", "{x}.std(ddof=0)", "{x}.nunique()", "{x}.idxmax()", "{x}.idxmin()", "{x}.argmax()", "{x}.drop_duplicates()", "{x}.duplicated()", "{x}.unique().tolist()", "{x}.tolist()", "{x}.to_frame('v')", "{x}.reset_index(drop=True)", "{x}.mode()", "{x}.autocorr(1)",
        "{x}.apply(lambda v: v * 2 + 1)", "{x}.map(lambda v: v > 1)", "{x}.replace(0, 9)", "{x}.agg(['mean', 'max'])", "{x}.first_valid_index()", "{x}.corr({x}.shift(1))", f"{{x}}.add({{x}}.shift(1), fill_value=0)", "{x}.dot({x})", "{x}.index.tolist()", "len({x})", "{x}.hasnans", "{x}.is_monotonic_increasing", f"pd.cut({{x}}, {n + 1}, labels=False)", f"pd.qcut({{x}}, 2, labels=False)", "pd.concat([{x}, {x}])", "pd.concat([{x}, {x}.shift(1)], axis=1)", "pd.concat([{x}, {x}], ignore_index=True)", "{x}.explode()", *([] if value.index.nlevels > 1 else ["{x}.to_dict()"]),
    ]
    if times(value.index):
        out += [f"{{x}}.resample('{r.choice(['W', 'M', 'W-FRI', '2D', 'D', 'Q'])}').{r.choice(['last', 'first', 'mean', 'sum', 'max', 'count', 'ohlc', 'std', 'median'])}()", f"{{x}}.loc['{day_of(value.index, r)}':]", f"{{x}}.loc[:'{day_of(value.index, r)}']", f"{{x}}['{day_of(value.index, r)}':'{day_of(value.index, r)}']", f"{{x}}.rolling('{n + 1}D').{r.choice(WINDOW)}()", "{x}.loc['2026-06']", "{x}.asfreq('D')", "{x}.groupby({x}.index.month).mean()", "{x}.groupby({x}.index.weekday).sum()", "{x}.truncate(before='2026-06-03')", "{x}.index.month.tolist()", "{x}.resample('W').apply(lambda v: v.max() - v.min())", "{x}.shift(1, freq='D')"]
    if value.index.nlevels == 2:
        out += ["{x}.unstack()", "{x}.unstack(level=0)"] if all(level.is_monotonic_increasing for level in value.index.levels) else []  # README.md: the order of labels
        out += ["{x}.groupby(level=0).mean()", "{x}.groupby(level=1).max()", "{x}.groupby('code').rank()", "{x}.groupby('code').shift(1)", "{x}.reset_index()", *levels(value), "{x}.droplevel(0)", "{x}.swaplevel()", "{x}.sort_index(level=1)", "{x}.loc[[{x}.index[0]]]", "{x}.loc[{x}.index[0]]"]
    elif len(value) and value.index.is_unique and not times(value.index):
        out += ["{x}.drop({x}.index[0])", "{x}.loc[{x}.index[0]]", "{x}.loc[list({x}.index[:2])]", "{x}.get('zz')", "{x}.rename('k')", "{x}.reset_index()", "{x}.loc[{x}.index[0]:]", "{x} + {x}.iloc[::-1]", "{x} - {x}.iloc[1:]", "{x}.add({x}.iloc[:2], fill_value=1)"]
    return out


def text_series(value, r):
    out = ["{x}.str[:6]", "{x}.str.len()", "{x}.str.contains('a')", "{x}.str.startswith('60')", "{x}.str.endswith('XSHG')", "{x}.str.replace('XS', 'x')", "{x}.str.upper()", "{x}.value_counts()", "{x}.unique().tolist()", "{x}.nunique()", "{x}.isin(['bank', '000001.XSHE'])", "{x} == 'bank'", "{x} != 'bank'", "{x}.sort_values()", "{x}.sort_values(ascending=False)", "{x}.drop_duplicates()", "{x}.duplicated()", "{x}.map({{'bank': 1, 'wine': 2}})", "{x}.head(2)", "{x}.tolist()", "{x}.apply(lambda v: v + '!')", "{x}.str.split('.').str[0]", "{x}.isnull()", "{x}.describe()", "{x}.to_frame()", "{x}.reset_index(drop=True)", "{x}.mode()", "{x}.max()", "{x}.shift(1)", "{x}.count()", "{x}.fillna('?')", "{x}.replace('bank', 'B')", "{x}.str.cat(sep=',')", "{x} + '_x'", "{x}.str.find('0')", "{x}.where({x} != 'bank', 'none')", "{x}.groupby({x}).count()", "{x}.groupby({x}).size()", "{x}.rank()"]
    return out


def bool_series(value, r):
    return ["{x}.sum()", "{x}.mean()", "{x}.any()", "{x}.all()", "~{x}", "{x} & ~{x}.shift(1, fill_value=False)", "{x} | {x}", "{x}[{x}]", "{x}[{x}].index.tolist()", "{x}.astype('int')", "{x}.astype('float')", "{x}.value_counts()", "{x}.cumsum()", "{x}.shift(1)", "{x}.tolist()", "{x}.idxmax()", "{x}.replace(True, 5)", "{x}.head(3)", "{x}.describe()", "{x}.max()", "{x}.diff()", "{x}.rolling(2).sum()", "{x}.where({x})", "{x}.map({{True: 'y', False: 'n'}})", "{x} * 2", "{x} + {x}", "{x}.std()", "{x}.fillna(False)"]


def frame(value, r):
    n, k = r.choice([1, 2, 3, 5]), r.choice([1, 5, 10])
    columns = list(value.columns)
    numbers = [c for c in columns if value[c].dtype.kind in "if"] if value.columns.is_unique else []
    plain = [c for c in columns if isinstance(c, str) and not hasattr(pd.DataFrame, c)]
    out = [
        f"{{x}}.head({n})", f"{{x}}.tail({n})", f"{{x}}.iloc[-{n}:]", "{x}.iloc[::-1]", "{x}.iloc[::2]", "{x}.T", "{x}.dropna()", "{x}.dropna(how='all')", "{x}.dropna(axis=1)", "{x}.fillna(0)", "{x}.ffill()", "{x}.bfill()", "{x}.isnull().sum()", "{x}.isnull()", "{x}.describe()", "{x}.shape", "len({x})", "{x}.empty", "{x}.columns.tolist()", "{x}.index.tolist()", "{x}.sort_index()", "{x}.sort_index(ascending=False)", "{x}.sort_index(axis=1)",
        *(f"{{x}}.{name}()" for name in r.sample(STATISTICS, 3)), f"{{x}}.{r.choice(['mean', 'sum', 'max', 'min', 'std', 'median', 'count'])}(axis=1)", "{x}.nunique()", "{x}.corr()", "{x}.cov()", "{x}.rank()", "{x}.rank(axis=1)", "{x}.rank(pct=True, ascending=False)", "{x}.quantile(0.3)", "{x}.drop_duplicates()", "{x}.duplicated()", "{x}.reset_index()", "{x}.reset_index(drop=True)", "{x}.copy()", "{x}.values.tolist()", "pd.concat([{x}, {x}])", "pd.concat([{x}, {x}], ignore_index=True)", "{x}.stack()", "{x}.mode()",
        f"{{x}}.iloc[{min(n, len(value)) - 1}]" if len(value) else "{x}", f"{{x}}.iloc[:{n}, 0]" if columns else "{x}", "{x}.to_dict('list')", "{x}.agg(['count', 'max'])", "{x}.apply(lambda c: c.max())", "{x}.apply(lambda r: r.max(), axis=1)", "{x}.applymap(lambda v: v)", "{x}.notnull().all()", "{x}.mean().sort_values()", "{x}.melt()", "{x}.count()", "{x}.equals({x}.copy())", "{x}.idxmax()", "{x}.any()", "{x}.all(axis=1)", "{x}.squeeze()", "{x}.size", 
    ]
    if len(numbers) == len(columns) and columns:
        out += [f"{{x}}.shift({n})", "{x}.diff()", "{x}.pct_change()", f"{{x}}.pct_change({n})", f"{{x}}.rolling({n}).{r.choice(WINDOW)}()", f"{{x}}.rolling({n}, min_periods=1).mean()", "{x}.ewm(span=3).mean()", "{x}.expanding().max()", f"{{x}}.{r.choice(SCANS)}()", f"{{x}} > {k}", f"{{x}} * {k}", "{x} / {x}.shift(1) - 1", "{x} - {x}.mean()", "{x}.sub({x}.mean(axis=1), axis=0)", "({x} - {x}.mean()) / {x}.std()", "{x}.div({x}.iloc[0])", f"{{x}}[{{x}} > {k}]", f"{{x}}.clip({k}, {k * 3})", "{x}.round(1)", "{x}.abs()", f"{{x}}.where({{x}} > {k}, 0)", "{x}.idxmax(axis=1)", "{x}.interpolate()", "{x}.cumsum(axis=1)", "{x}.sum().sum()", "{x}.diff(axis=1)", "{x}.corrwith({x}.shift(1))", "{x}.add({x}.iloc[:2], fill_value=0)", "{x} + {x}.iloc[1:]", "{x}.mean(axis=1).rank()", "{x}.quantile([0.2, 0.7])", "{x}.skew()", "{x}.apply(lambda z: z / z.max())", "{x}.apply(lambda z: z - z.mean(), axis=1)", "{x}.pct_change().iloc[-1].sort_values()", "{x}.nunique(axis=1)", "{x}.astype('int')", "{x}.fillna({x}.mean())", "{x}.fillna(method='ffill', limit=1)", "{x}.ffill(axis=1)"]
    if plain and value.columns.nlevels == 1 and value.columns.is_unique:
        c, d = r.choice(plain), r.choice(plain)
        out += [f"{{x}}['{c}']"] * 4 + [f"{{x}}[['{c}']]", f"{{x}}.sort_values('{c}')", f"{{x}}.sort_values('{c}', ascending=False)", f"{{x}}.sort_values(['{c}', '{d}'], ascending=[False, True])" if c != d else f"{{x}}.sort_values(by='{c}')", f"{{x}}.drop(columns=['{c}'])", f"{{x}}.rename(columns={{{{'{c}': 'new'}}}})", f"{{x}}.set_index('{c}')", f"{{x}}.drop_duplicates('{c}')", f"{{x}}.dropna(subset=['{c}'])", f"{{x}}.groupby('{c}').size()", f"{{x}}.groupby('{c}').mean()", f"{{x}}.groupby('{c}')['{d}'].count()" if c != d else "{x}", f"{{x}}.loc[:, '{c}']", f"{{x}}.iloc[0]['{c}']" if len(value) else "{x}", f"{{x}}.assign(n={{x}}['{c}'])", f"{{x}}[{{x}}['{c}'].notnull()]", f"{{x}}[['{c}', '{d}']]" if c != d else "{x}", f"'{c}' in {{x}}.columns", f"{{x}}.get('{c}')", f"{{x}}.filter(like='{c[0]}')", f"{{x}}.groupby('{c}').agg({{{{'{d}': 'first'}}}})" if c != d else "{x}", f"{{x}}.groupby('{c}').ngroups", f"{{x}}.groupby('{c}').nunique()", f"{{x}}['{c}'].value_counts()"]
        if c in numbers:
            out += [f"{{x}}.nlargest({n}, '{c}')", f"{{x}}.nsmallest({n}, '{c}')", f"{{x}}[{{x}}['{c}'] > {k}]", f"{{x}}[({{x}}['{c}'] > {k}) & ({{x}}['{c}'] < {k * 5})]", f"{{x}}.query('{c} > {k}')" if c.isidentifier() else "{x}", f"{{x}}.loc[{{x}}['{c}'] > {k}, '{d}']", f"{{x}}['{c}'] / {{x}}['{c}'].sum()", f"{{x}}.assign(z={{x}}['{c}'] * 2)", f"{{x}}.loc[{{x}}['{c}'].idxmax()]", f"{{x}}.agg({{{{'{c}': 'mean'}}}})", f"{{x}}.agg({{{{'{c}': ['min', 'max']}}}})", f"{{x}}.round({{{{'{c}': 0}}}})"]
        if "code" in columns and "cap" in columns:
            out += [f"{{x}}.merge(other, on='code', how='{r.choice(['inner', 'left', 'right', 'outer'])}')", "pd.merge({x}, other, on=['code', 'cap'], how='left')", "{x}.set_index('code').join(other.set_index('code')['score'])", "{x}.merge(other[['code', 'score']], how='inner')", "{x}.groupby('ind')[['pe', 'roe']].mean()" if "ind" in columns else "{x}", "{x}[{x}['code'].isin(other['code'])]", "{x}.set_index('code').reindex(other['code'])", "pd.concat([{x}.set_index('code'), other.set_index('code')], axis=1)"]
        if "ind" in columns and "pe" in columns:
            out += ["{x}.groupby('ind')['pe'].rank()", "{x}.groupby('ind')['pe'].transform('mean')", "{x}.groupby('ind').agg({{'pe': 'mean', 'cap': ['sum', 'max']}})", "{x}.groupby(['ind', 'st']).mean()", "{x}.pivot_table(values='pe', index='ind', columns='st')", "{x}.groupby('ind').apply(lambda g: g['pe'].max())", "{x}.groupby('ind').apply(lambda g: g.nlargest(1, 'cap'))", "{x}.groupby('ind')[['pe', 'cap']].head(1)", "{x}.groupby('ind')['cap'].nlargest(1)", "{x}.groupby('ind')[['cap']].tail(1)", "{x}.groupby('ind')['pe'].describe()", "{x}.groupby('ind', as_index=False)['pe'].mean()", "{x}.groupby('ind', sort=False)['cap'].sum()", "{x}.groupby('ind')['cap'].cumsum()", "{x}.groupby('ind').filter(lambda g: len(g) > 2)", "{x}.groupby('ind')['pe'].apply(lambda s: s.mean())", "{x}.groupby('ind').size().sort_values()", "{x}.groupby('st')['ind'].value_counts()", "{x}.groupby('ind')[['pe', 'roe']].apply(lambda z: z - z.mean())", "{x}.groupby('ind').nth(0)", "{x}.groupby('ind')['pe'].nth([0, 1])", "{x}.pivot_table(index='ind', values=['pe', 'cap'], aggfunc='max')", "{x}.groupby('ind')['pe'].agg(['mean', 'count'])", "{x}.groupby('ind').agg(m=('pe', 'mean'))", "{x}.sort_values('cap').groupby('ind').first()", "{x}.groupby('ind').cumcount()", "{x}.groupby('ind').get_group('bank')", "{x}.groupby('ind')[['pe']].get_group('bank')"]
        if "time" in columns and "code" in columns and "close" in columns:
            out += ["{x}.pivot(index='time', columns='code', values='close')", "{x}.pivot_table(index='time', columns='code', values='close')", "{x}.set_index(['time', 'code'])", "{x}.set_index(['code', 'time'])['close'].unstack(0)", "{x}.groupby('code')['close'].last()", "{x}.groupby('code')['close'].pct_change()", "{x}.groupby('code')['close'].shift(1)", "{x}.groupby('time')['close'].rank(pct=True)", "{x}.groupby('code')['close'].rolling(2).mean()", "{x}.groupby('code').last()", "{x}.groupby('time').mean()", "{x}.groupby(['code', 'time'])['volume'].sum()", "{x}.groupby('code').agg({{'close': 'last', 'volume': 'sum'}})", "{x}.groupby('code').head(1)", "{x}.groupby('code')['volume'].max()", "{x}[{x}['time'] == {x}['time'].max()]", "{x}.set_index('time')", "{x}['time'].dt.month", "{x}.drop_duplicates('code', keep='last')", "{x}.groupby('code')['close'].apply(lambda s: s.iloc[-1])", "{x}.groupby('code')['close'].diff()", "{x}.groupby('code').apply(lambda g: g['close'].mean())", "{x}.groupby('code')['close'].transform(lambda z: z - z.mean())", "{x}.groupby('code')[['close', 'volume']].sum()", "{x}.sort_values('time').groupby('code').tail(1)", "{x}.pivot_table(index='code', values='volume', aggfunc='sum')", "{x}.groupby('code')['close'].agg('std')", "{x}.groupby('code')['close'].ffill()", "{x}.set_index('code').loc[{x}['code'].iloc[0]]"]
    if times(value.index):
        out += [f"{{x}}.resample('{r.choice(['W', 'M', '2D', 'D', 'W-FRI'])}').{r.choice(['last', 'mean', 'sum', 'max', 'first'])}()", f"{{x}}.loc['{day_of(value.index, r)}':]", f"{{x}}.loc[:'{day_of(value.index, r)}']", "{x}.loc['2026-06']", f"{{x}}.loc['{day_of(value.index, r)}']", "{x}.between_time('9:35', '10:00')", "{x}.groupby({x}.index.month).sum()", "{x}.asfreq('D')", "{x}.truncate(after='2026-06-10')", f"{{x}}.reindex({{x}}.index[:{n}])", f"{{x}}.rolling('{n + 1}D').mean()", "{x}.shift(1, freq='D')", "{x}.at_time('9:40')"]
    if "close" in columns and "volume" in columns and times(value.index):
        out += ["{x}.resample('W').agg({{'close': 'last', 'volume': 'sum'}})", "{x}['close'].rolling(3).corr({x}['volume'])", "{x}.resample('5min', label='right', closed='right').agg({{'close': 'last', 'volume': 'sum'}})" if len(value) < 40 else "{x}"]
    if value.index.nlevels == 2:
        out += ["{x}.unstack()"] if all(level.is_monotonic_increasing for level in value.index.levels) else []
        out += ["{x}.groupby(level=0).mean()", "{x}.groupby('code').sum()", "{x}.loc[{x}.index[0]]", *levels(value), "{x}.loc[[{x}.index[0]]]", "{x}.reset_index()", "{x}.swaplevel().sort_index()", "{x}.index.get_level_values(1).tolist()", "{x}.droplevel(0)", "{x}['close'].unstack()" if "close" in columns else "{x}", "{x}.reset_index(level=1)"]
    return [step for step in out if step != "{x}"]


def groups(value, r):
    out = [f"{{x}}.{name}()" for name in ["mean", "sum", "max", "min", "count", "first", "last", "size", "std", "median", "nunique", "cumcount", "ngroup"]]
    out += ["{x}.head(1)", "{x}.tail(2)", "{x}.ngroups", "{x}.cumsum()", "{x}.shift(1)", "{x}.rank()", "{x}.nth(0)", "{x}.ffill()", "{x}.describe()", "{x}.agg('mean')", "{x}.transform('count')", "{x}.quantile(0.5)", "len({x})"]
    if isinstance(value, DataFrameGroupBy):
        columns = [c for c in value.obj.columns if c not in value.keys and value.obj[c].dtype.kind in "if"]
        if columns:
            c = r.choice(columns)
            out += [f"{{x}}['{c}']"] * 6 + [f"{{x}}[['{c}']].sum()", f"{{x}}[['{c}']].head(1)", f"{{x}}.agg({{{{'{c}': ['mean', 'std']}}}})", f"{{x}}.apply(lambda g: g['{c}'].sum())", f"{{x}}.apply(lambda g: g.head(1))"]
    else:
        out += ["{x}.nlargest(1)", "{x}.pct_change()", "{x}.diff()", "{x}.rolling(2).mean()", "{x}.value_counts()", "{x}.agg(['mean', 'max'])", "{x}.apply(lambda s: s.max() - s.min())", "{x}.transform(lambda z: z / z.max())", "{x}.idxmax()", "{x}.cummax()"]
    return out


def steps_of(value, scope, r):
    if isinstance(value, Resampler):
        return []
    if isinstance(value, (DataFrameGroupBy, SeriesGroupBy)):
        return groups(value, r)
    if isinstance(value, pd.Series):
        if value.dtype == bool:
            return bool_series(value, r)
        if value.dtype.kind in "if":
            return numeric_series(value, r)
        return text_series(value, r) if value.dtype == object and value.map(lambda v: isinstance(v, str) or v is None).all() else []
    return frame(value, r) if isinstance(value, pd.DataFrame) else []
