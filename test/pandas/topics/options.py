"""Each option of each method once, as a keyword: generate.py records which ones a case proves."""

from . import raises, spelled

OPERATORS = ["add", "sub", "mul", "div", "truediv", "floordiv", "mod", "pow"]
TURNED = ["radd", "rsub", "rmul", "rdiv", "rfloordiv", "rmod", "rpow"]
COMPARED = ["gt", "ge", "lt", "le", "eq", "ne"]
REDUCED = ["sum", "prod", "mean", "median", "min", "max", "skew", "kurt", "std", "var", "sem"]
SCANS = ["cumsum", "cumprod", "cummax", "cummin"]

COLUMN = "pd.Series([2.0, 4.0, 7.0, 3.0], index=list('wxyz'))"
LESS = "pd.Series([2.0, 4.0], index=list('bc'))"

# operators
CASES = [f"grid.{name}({COLUMN}, axis=0)" for name in OPERATORS + TURNED + COMPARED]
CASES += [f"gaps.{name}(gaps.iloc[::-1].reset_index(drop=True), fill_value=2)" for name in OPERATORS + TURNED]
CASES += [f"letters.{name}(others, fill_value=3)" for name in OPERATORS + TURNED + COMPARED]

# statistics
BIG = "pd.concat([gaps, gaps * 3 + 1], ignore_index=True)[['a', 'b', 'c']]"
CASES += [f"{BIG}.{name}(axis=1)" for name in REDUCED + ["mad"]]
CASES += [f"{BIG}.{name}(skipna=False)" for name in REDUCED + ["mad"]]
CASES += [f"df.{name}(numeric_only=True)" for name in REDUCED + ["count"]]
CASES += [f"{name}.{word}(min_count=4)" for word in ("sum", "prod") for name in ("gaps", "letters")]
CASES += [f"{name}.{word}(ddof=0)" for word in ("std", "var", "sem") for name in ("grid", "counts")]
CASES += [f"letters.{name}(skipna=False)" for name in REDUCED + ["mad"]]
LEVELS = ["sum", "prod", "mean", "median", "min", "max", "std", "var", "sem", "count", "any", "all"]
CASES += [f"{name}.{word}(level=0)" for word in LEVELS for name in ("panel", "pairs")]
CASES += [f"panel.{word}(level='code')" for word in ("sum", "mean")]
CASES += ["pd.concat([panel, panel * 2, panel * 5]).skew(level='time')", "pd.concat([pairs, pairs * 2, pairs * 5]).skew(level=0)"]
CASES += [f"df.{word}(bool_only=True)" for word in ("any", "all")]
CASES += [f"pd.DataFrame({{'a': [{zero}, np.nan]}}).{word}(skipna=False)" for word, zero in (("any", "0.0"), ("all", "1.0"))]
CASES += ["pd.Series([0.0, np.nan]).any(skipna=False)", "pd.Series([np.nan, np.nan]).any(skipna=False)"]
CASES += [f"{name}.{word}(skipna=False)" for word in ("idxmin", "idxmax") for name in ("letters", "gaps[['a', 'b', 'c']]")]
CASES += [f"letters.{word}(skipna=False)" for word in ("argmin", "argmax")]
CASES += [f"df.{word}(numeric_only=True)" for word in ("idxmin", "idxmax")]
CASES += [f"grid.{word}(axis=1)" for word in ("idxmin", "idxmax")]
CASES += ["grid.describe(percentiles=[0.1, 0.9])", "counts.describe(percentiles=[0.123, 0.5])", "trades.groupby('side').describe(percentiles=[0.2])"]
CASES += [f"gaps.{word}(axis=1)" for word in SCANS]
CASES += [f"{name}.{word}(skipna=False)" for word in SCANS for name in ("gaps", "letters")]
CASES += [
    "df.nunique(dropna=False)", "words.nunique(dropna=False)", "trades.groupby('side').nunique(dropna=False)",
    "grid.quantile(q=0.3)", "grid.quantile(0.3, axis=1)", "grid.quantile(q=[0.2, 0.7], axis=1)", "grid.quantile(0.3, interpolation='lower')",
    "bars.assign(day=bars.index)[['close', 'day']].quantile(0.5, numeric_only=False).astype('str')",
    "factors.corr(min_periods=6)", "factors.corr(method='kendall')", "factors['pe'].corr(factors['pb'], method='kendall')",
    "df.corr(numeric_only=True)", "factors.cov(min_periods=6)", "factors.cov(ddof=0)", "df.cov(numeric_only=True)",
    "price.corr(walk.iloc[:6].set_axis(price.index), min_periods=6)", "price.cov(walk.iloc[:6].set_axis(price.index), min_periods=6)",
    "price.cov(walk.iloc[:6].set_axis(price.index), ddof=0)",
    "grid.corrwith(grid[['a', 'b']].assign(z=1) * 2)", "grid.corrwith(grid[['a', 'b']], drop=True)", "grid.corrwith(grid.iloc[::-1].set_axis(grid.index) ** 2, method='spearman')",
    "factors.corrwith(factors * factors, axis=1)", "factors['pe'].autocorr(lag=2)",
    "df.mode(numeric_only=True)", "gaps[['a', 'd']].mode(dropna=False)", "words.mode(dropna=False)", "pd.Series([None, None, 'a']).mode(dropna=False)",
]

# rows, labels, order
CASES += [f"{name}.head(n=2)" for name in ("df", "counts", "trades.groupby('side')")]
CASES += [f"{name}.tail(n=2)" for name in ("df", "counts")] + ["trades.groupby('side').tail(n=1)", "trades.groupby('side').head(n=1)"]
CASES += [
    *(f"{name}.sample(frac=1).sort_index()" for name in ("df", "counts")),
    *(f"{name}.sample(n=1, replace=True).shape" for name in ("df", "counts")),
    *(f"{name}.iloc[:1].sample(n=3, replace=True)" for name in ("df", "counts")),
    *(f"{name}.iloc[:1].sample(n=3, replace=True, ignore_index=True)" for name in ("df", "counts")),
    *(f"len({name}.sample(n=3))" for name in ("df", "counts")),
    *(f"{name}.truncate(before='2026-07-02')" for name in ("wide", "price")),
    *(f"{name}.truncate(after='2026-07-02')" for name in ("wide", "price")),
    *(f"minutes{part}.between_time('9:31', '15:00', inclusive='{which}')" for part in ("", "['close']") for which in ("left", "right", "neither")),
    "panel.xs('600519.XSHG', level='code')", "panel.xs('600519.XSHG', level='code', drop_level=False)", "panel.unstack().xs('close', axis=1)",
    "panel.unstack().xs('600519.XSHG', axis=1, level=1)", "pairs.xs('x', level=1)", "pairs.xs('x', level='field', drop_level=False)",
    "df.get(key='nope', default=5)", "letters.get(key='nope', default=5)", "letters.get('a')",
    spelled("[len(row) for row in df.itertuples(index=False)]", "df.itertuples({ index: false }).map((row) => Object.keys(row).length)"),
    "grid.take([0, 2], axis=1)", "df.filter(items=['x', 'zz'])", "df.filter(like='a')", "df.filter(regex='^[xy]$')", "df.filter(items=['a', 'c'], axis=0)",
    "letters.filter(items=['a', 'c'])", "letters.filter(like='a')", "letters.filter(regex='[bc]')",
    "df.select_dtypes(include='number')", "df.select_dtypes(exclude='number')",
    "q = df\nq.query('y > 2', inplace=True)\nq", "single.squeeze(axis=0)", "grid[['a']].squeeze(axis=1)", "grid[['a']].iloc[:1].squeeze()",
    spelled("df.sort_values(by='y', key=lambda s: -s)", "df.sort_values({ by: 'y', key: (s) => s.neg() })"), spelled("counts.sort_values(key=lambda s: -s)", "counts.sort_values({ key: (s) => s.neg() })"), "df.sort_values('name', na_position='first')",
    "ties.sort_values(na_position='first')", "grid.sort_values(by='w', axis=1)", "df.sort_values('y', ignore_index=True)", "ties.sort_values(ignore_index=True)",
    "ties.sort_index(ascending=False, ignore_index=True)", "df.sort_index(ascending=False, ignore_index=True)",
    spelled("grid.rename(index={'w': 'zz'}).sort_index(key=lambda i: i != 'zz')", "grid.rename({ index: { w: 'zz' } }).sort_index({ key: (i) => i.ne('zz') })"),
    spelled("letters.rename({'a': 'zz'}).sort_index(key=lambda i: i != 'zz')", "letters.rename({ a: 'zz' }).sort_index({ key: (i) => i.ne('zz') })"),
    "panel.sort_index(level='code')", "pairs.sort_index(level=1)", "panel.sort_index(level=1, ascending=False)",
    "pd.DataFrame({'a': [1, 2]}, index=[np.nan, 1.0]).sort_index(na_position='first')", "pd.Series([1, 2], index=[1.0, np.nan]).sort_index(na_position='first')",
    "t = df\nt.sort_index(ascending=False, inplace=True)\nt", "t = ties\nt.sort_index(ascending=False, inplace=True)\nt", "t = ties\nt.sort_values(inplace=True)\nt",
    *(f"df.{word}(2, 'y', keep='{keep}')" for word in ("nlargest", "nsmallest") for keep in ("last", "all")),
    *(f"{name}.{word}(n=3, keep='{keep}')" for word in ("nlargest", "nsmallest") for keep in ("last", "all") for name in ("ties", "counts")),
    *(f"ties.{word}(n=7)" for word in ("nlargest", "nsmallest")), "ties.nlargest(7, keep='all')", "hollow.nlargest(2)",
    *(f"trades.groupby('side')['amount'].{word}(n=1)" for word in ("nlargest", "nsmallest")),
    *(f"trades.groupby('side')['amount'].{word}(1, keep='last')" for word in ("nlargest", "nsmallest")),
    "df.duplicated(subset='name')", "df.duplicated(subset=['y'], keep='last')", "df.duplicated('y', keep=False)", "words.duplicated(keep='last')",
    "h = holdings\nh.drop_duplicates('code', inplace=True)\nh", "holdings.drop_duplicates('code', ignore_index=True)", "w = words\nw.drop_duplicates(inplace=True)\nw",
    "words.drop_duplicates(keep='last')", "words.value_counts(normalize=True)", "words.value_counts(sort=False)", "words.value_counts(ascending=True)", "words.value_counts(dropna=False)",
    "counts.searchsorted(5, side='right')", "pd.Series([[1, 2], [3]], index=['a', 'b']).explode(ignore_index=True)", "letters.repeat(repeats=2)",
]

# cells
CASES += [
    *(f"{name}.shift(periods=2)" for name in ("grid", "counts")), *(f"{name}.shift(periods=1, freq='D')" for name in ("wide", "price")), "price.shift(2, freq='B')", "price.shift(-1, freq='B')",
    *(f"{name}.shift(1, fill_value=0)" for name in ("grid", "counts")), "grid.shift(1, axis=1)", "grid.shift(periods=1, axis=1, fill_value=0)",
    *(f"{name}.pct_change(periods=2)" for name in ("grid", "price")), *(f"{name}.pct_change(fill_method='bfill')" for name in ("gaps", "price")),
    *(f"pd.concat([{name}, {name} * 2]).reset_index(drop=True).pct_change(limit=1)" for name in ("gaps", "hollow.fillna(1).where(hollow.index < 1)")), "grid.pct_change(axis=1)",
    *(f"({name} / 3).round(decimals=1)" for name in ("grid", "counts")), "(grid / 3).round(decimals={'a': 2})", "(grid / 3).round({'b': 1})", "(grid * 100).round(-2)", "(counts * 11.5).round(-1)",
    "g = grid\ng.clip(1, 3, inplace=True)\ng", "c = counts\nc.clip(2, 4, inplace=True)\nc", "grid.clip(upper=3)", "grid.clip(lower=2)", f"grid.clip(lower={COLUMN}, axis=0)", "counts.clip(upper=4)", "counts.clip(lower=2)",
    "df.rank(numeric_only=True)", "gaps.rank(na_option='top')", "gaps.rank(na_option='bottom', pct=True)", "ties.rank(na_option='bottom')", "grid.rank(axis=1)", "grid.rank(ascending=False, method='dense')",
    "ties.rank(pct=True)", "ties.rank(method='min', ascending=False)",
    "gaps.fillna(value=0)", "letters.fillna(value=0)", "gaps.fillna(0, limit=1)", "letters.fillna(0, limit=1)", "hollow.fillna(0, limit=2)", "gaps.fillna(method='ffill', axis=1)", "gaps.fillna(method='bfill', limit=1)",
    *(f"g = gaps\ng.{word}(inplace=True)\ng" for word in ("ffill", "bfill", "interpolate")), *(f"s = price\ns.{word}(inplace=True)\ns" for word in ("ffill", "bfill", "interpolate")),
    *(f"gaps.{word}(axis=1)" for word in ("ffill", "bfill", "interpolate")),
    *(f"{name}.{word}(limit=1)" for word in ("ffill", "bfill") for name in ("gaps", "pd.concat([hollow, lone, hollow])", "pd.concat([lone, hollow, lone])")),
    *(f"pd.concat([hollow, lone, hollow, lone * 3], ignore_index=True).interpolate({rest})" for rest in ("limit=1", "limit_direction='backward'", "limit_direction='both'", "limit=1, limit_direction='both'", "limit=2, limit_direction='backward'", "method='linear'")),
    *(f"pd.concat([gaps, gaps * 4], ignore_index=True).interpolate({rest})" for rest in ("limit=1", "limit_direction='backward'", "limit=1, limit_direction='both'")),
    "price.interpolate(method='time')", "price.interpolate(method='index')", "wide.iloc[[1, 2, 3]].reindex(pd.to_datetime(['2026-07-02', '2026-07-05', '2026-07-06'])).interpolate(method='time')",
    "pd.Series([1.0, np.nan, 4.0], index=[0, 1, 5]).interpolate(method='values')", "pd.DataFrame({'a': [1.0, np.nan, 4.0]}, index=[0, 1, 5]).interpolate(method='index')",
    "grid.replace(to_replace=1, value=9)", "counts.replace(to_replace=1, value=9)", "g = grid\ng.replace(1, 9, inplace=True)\ng", "c = counts\nc.replace(1, 9, inplace=True)\nc",
    "words.replace('^b.*', 'x', regex=True)", "words.replace(r'(\\w)$', r'<\\1>', regex=True)", "words.replace(regex='a', value='A')", "words.replace({'^w': 'W', 'k$': 'K'}, regex=True)", "trades.replace('\\\\.XSH[EG]', '', regex=True)", "trades.replace({'code': {'XSHE': 'sz'}}, regex=True)",
    "grid.where(grid > 2, other=0)", "counts.where(counts > 2, other=0)", "grid.mask(grid > 2, other=0)", "counts.mask(counts > 2, other=0)",
    *(f"g = grid\ng.{word}(grid > 2, 0, inplace=True)\ng" for word in ("where", "mask")), *(f"c = counts\nc.{word}(counts > 2, 0, inplace=True)\nc" for word in ("where", "mask")),
    *(f"grid.{word}(grid > 2, {COLUMN}, axis=0)" for word in ("where", "mask")), "grid.where(grid > 2, pd.Series([7, 8, 9], index=list('abc')), axis=1)",
    "gaps.dropna(axis=1, subset=[2])", "gaps.dropna(how='all', subset=['a', 'b'])", "gaps.dropna(thresh=3)", "g = gaps\ng.dropna(subset=['a'], inplace=True)\ng", "s = price\ns.dropna(inplace=True)\ns",
    "df.isin(values=['bank', 3])", "counts.isin(values=[1, 2])", "counts.between(left=1, right=4, inclusive='left')",
    "grid.diff(periods=2)", "counts.diff(periods=2)", "grid.diff(axis=1)",
    "df[['name']].applymap(lambda v: str(v) + '!', na_action='ignore')", "words.map(lambda v: str(v) + '!', na_action='ignore')", "df.index.map(lambda v: v + '!')",
    "df.astype('float', errors='ignore')", "words.astype('float', errors='ignore')", "df.astype({'y': 'float', 'name': 'float'}, errors='ignore')",
    "grid.apply(lambda v: v[0] + v[1], raw=True)", "grid.apply(lambda v: v[0] / 2, axis=1, raw=True)", "grid.apply(lambda v: [v.min(), v.max()], axis=1, result_type='expand')", "grid.apply(lambda v, k: v.sum() / k, args=(3,))", "counts.apply(lambda v, k: v * k, args=(3,))",
    "grid.agg('sum', axis=1)", "grid.aggregate('sum', axis=1)", "grid.agg(func='mean')", "grid.aggregate(func=['min', 'max'])", "counts.agg(func='mean')", "counts.aggregate(func=['min', 'max'])",
]

# labels and shape
CASES += [
    "df.drop(labels='a')", "letters.drop(labels='a')", "df.drop('zz', errors='ignore')", "letters.drop('zz', errors='ignore')", "letters.drop(index='a')", "d = letters\nd.drop('a', inplace=True)\nd",
    "df.rename(mapper={'a': 'A'})", "df.rename({'x': 'X'}, axis=1)", "letters.rename(index={'a': 'A'})", raises("df.rename(columns={'zz': 'q'}, errors='raise')"),
    "letters.rename({'a': 'q'}, errors='raise')", "d = df\nd.rename(columns={'x': 'q'}, inplace=True)\nd", "d = letters\nd.rename('q', inplace=True)\nd",
    "grid.rename_axis('k')", "grid.rename_axis(mapper='k')", "letters.rename_axis(mapper='k')", "grid.rename_axis(index='k', columns='c')", "grid.rename_axis(columns='c')", "letters.rename_axis(index='k')", "grid.rename_axis('c', axis=1)", "panel.rename_axis(index={'code': 'c'})", "pairs.rename_axis(['p', 'q'])",
    "d = grid\nd.rename_axis('k', inplace=True)\nd", "d = letters\nd.rename_axis('k', inplace=True)\nd", "d = grid\nd.set_axis(['p', 'q', 'r', 's'], inplace=True)\nd", "d = letters\nd.set_axis([1, 2, 3, 4], inplace=True)\nd",
    "grid.set_axis(['p', 'q', 'r'], axis=1)", raises("holdings.set_index('code', verify_integrity=True)"),
    "panel.reset_index(names=['t', 'c'])", "grid.reset_index(names='k')", "panel.reset_index(level='code')", "pairs.reset_index(level='code', drop=True)", "pairs.reset_index(level=0)", "pairs.reset_index(name='q')", "d = letters\nd.reset_index(drop=True, inplace=True)\nd",
    "grid.reindex(labels=['x', 'q'])", "grid.reindex(['b', 'q'], axis=1)", "letters.reindex(index=['b', 'q'])", "wide.reindex(pd.to_datetime(['2026-07-04', '2026-07-06']), method='ffill')", "letters.reindex(['aa', 'b'], method='ffill')",
    "wide.iloc[1:3].reindex_like(wide, method='bfill')", "price.iloc[1:3].reindex_like(price, method='ffill')", "letters.reindex(['a', 'q'], fill_value=0)",
    "panel.unstack().droplevel(1, axis=1)", "panel.unstack().swaplevel(0, 1, axis=1)", "panel.set_index('volume', append=True).swaplevel(i=0, j=2)", "pd.concat([pairs.to_frame()], keys=['k'])['v'].swaplevel(i=0, j=1)", "pd.concat([pairs.to_frame()], keys=['k']).swaplevel(i=0, j=1)",
    "ragged.unstack(fill_value=0)", "ragged.to_frame('n').unstack(fill_value=0)", "ragged.unstack(level=0)", "panel.unstack(level='time')",
    "holdings.melt(id_vars='code', ignore_index=False)", "holdings.melt(id_vars='code', value_vars=['cost'], var_name='k', value_name='w')", "pd.melt(holdings, id_vars='code', ignore_index=False)", "pd.melt(holdings, id_vars='code', value_vars=['cost'], var_name='k', value_name='w')",
    raises("holdings.append(holdings, verify_integrity=True)"), "holdings.append(quotes, sort=True)", raises("letters.append(letters, verify_integrity=True)"), "letters.append(others, ignore_index=True)",
    "holdings.merge(quotes, on='code', how='outer', indicator=True).astype({'_merge': 'str'})", "holdings.merge(quotes.drop_duplicates('code'), on='code', validate='many_to_one')",
    raises("holdings.merge(quotes, on='code', validate='1:1')"), raises("holdings.merge(quotes, on='code', validate='m:1')"), raises("pd.merge(holdings, quotes, on='code', validate='1:m')"),
    "pd.merge(holdings, quotes, how='left', on='code')", "pd.merge(holdings, quotes, left_on='code', right_on='code', suffixes=('_l', '_r'))", "pd.merge(holdings, ranks, left_on='code', right_index=True)", "pd.merge(ranks, holdings, left_index=True, right_on='code')", "pd.merge(holdings, quotes, on='code', how='left', sort=True)", "pd.merge(holdings, quotes, on='code', how='outer', indicator=True).astype({'_merge': 'str'})",
    "holdings.set_index('code').join(ranks, sort=True)", "holdings.join(ranks, on='code', sort=True)", raises("ranks.join(holdings.set_index('code'), validate='1:1')"), "holdings.join(ranks, on='code', how='inner')",
    "g = gaps\ng.update(gaps.fillna(9) * 10, overwrite=False)\ng",
    "pd.concat(objs=[grid, grid * 2], keys=['p', 'q'], names=['k', 'r'])", raises("pd.concat([grid, grid], verify_integrity=True)"), "pd.concat([grid, gaps], join='inner')", "pd.concat([grid, gaps.rename(columns={'a': 'Z'})], sort=True)", "pd.concat([letters, others], axis=1)", "pd.concat([letters, others], ignore_index=True)",
    "long.pivot(index='time', columns='code', values='close')", "pd.pivot(long, index='time', columns='code', values='close')",
    "trades.pivot_table(values='amount', index='code', columns='side', aggfunc='sum', fill_value=0)", "pd.pivot_table(trades, values='amount', index='code', columns='side', aggfunc='sum', fill_value=0)",
    "wide.stack(dropna=False)",
]

# windows
CASES += [
    *(f"{name}.rolling(window=3, closed='{closed}').{word}()" for name in ("grid", "walk") for closed in ("left", "both", "neither") for word in ("sum", "max", "count")),
    *(f"walk.rolling(3, min_periods=1, closed='{closed}').{word}()" for closed in ("left", "both", "neither") for word in ("mean", "std", "median")),
    *(f"bars['close'].rolling('3D', closed='{closed}').{word}()" for closed in ("left", "both", "neither") for word in ("sum", "max", "count")),
    "bars.rolling('4D', closed='left').mean()", "bars.iloc[::-1].rolling('3D').sum()", "bars['close'].iloc[::-1].rolling('3D', closed='both').max()", raises("bars['close'].iloc[[1, 0, 2]].rolling('3D').sum()"), raises("bars.sample(frac=1, random_state=3).rolling('3D').sum()"),
    "grid.rolling(3, center=True).sum()", "walk.rolling(4, center=True, min_periods=2).mean()", "long.rolling('2D', on='time').sum()[['time', 'close']]", "grid.rolling(2, min_periods=1).min()",
    "grid.expanding(min_periods=2).sum()", "walk.expanding(min_periods=3).mean()",
    *(f"{name}.ewm({rest}).mean()" for name in ("grid", "price") for rest in ("com=2", "span=3", "halflife=2", "alpha=0.3", "span=3, min_periods=2", "span=3, adjust=False")),
    "gaps.ewm(span=3, ignore_na=True).mean()", "price.ewm(span=3, ignore_na=True).mean()", "walk.ewm(span=3).std(bias=True)", "walk.ewm(span=3).var(bias=True)", "walk.ewm(span=3).cov(walk ** 2, bias=True)",
    "walk.rolling(4).std(ddof=0)", "walk.rolling(4).var(ddof=0)", "walk.rolling(4).quantile(0.3, interpolation='lower')", "walk.rolling(4).cov(walk ** 2, ddof=0)", "walk.rolling(4).apply(lambda v, k: v.sum() * k, args=(2,))", "walk.rolling(4).apply(lambda v: v[0], raw=True)",
]

# groups and steps
CASES += [
    "trades.groupby(by='code').sum()", "letters.groupby(by=[1, 1, 2, 2]).sum()", "twice.groupby(['q', 'p', 'q', 'p'], sort=False).sum()", "letters.groupby(words.iloc[:4].set_axis(letters.index), dropna=False).sum()", "pairs.groupby(level='field').sum()",
    "trades.groupby('code', group_keys=True).apply(lambda g: g[['amount']])", "trades.groupby('code', group_keys=False).apply(lambda g: g.nlargest(1, 'amount'))", "counts.groupby([0, 1, 0, 1, 0, 1, 0, 1], group_keys=False).apply(lambda s: s.nlargest(2))", "counts.groupby([0, 1, 0, 1, 0, 1, 0, 1], group_keys=True).apply(lambda s: s.abs())",
    *(f"df.groupby('ok').{word}(numeric_only=True)" for word in ("sum", "mean", "median", "min", "max", "std", "var", "sem", "prod", "first", "last")),
    "df.groupby('ok').quantile(0.4, numeric_only=True)", "df.groupby('ok')['y'].quantile(q=0.4)", "df.groupby('ok')['y'].quantile(0.4, interpolation='lower')",
    *(f"df.groupby('ok')['x'].{word}(min_count=3)" for word in ("sum", "prod", "min", "max", "first", "last")),
    *(f"trades.groupby('code')['amount'].{word}(ddof=0)" for word in ("std", "var", "sem")),
    *(f"pd.Series([{zero}, np.nan]).groupby([0, 0]).{word}(skipna=False)" for word, zero in (("any", "0.0"), ("all", "1.0"))),
    *(f"trades[['side', 'price']].groupby('side').{word}(skipna=False)" for word in ("idxmin", "idxmax")), "trades.groupby('side')['amount'].skew()",
    "trades.groupby('side')['code'].value_counts(normalize=True)", "trades.groupby('side')['code'].value_counts(ascending=True)", "df.groupby('ok')['name'].value_counts(dropna=False)",
    "trades.groupby('code')['amount'].shift(periods=2)", "trades.groupby('code')['amount'].shift(1, fill_value=0)", "trades.groupby('code')['amount'].diff(periods=2)", "trades.groupby('code')['amount'].pct_change(periods=2)", "trades.groupby('side')['price'].pct_change(fill_method='bfill')",
    *(f"trades.groupby('side')['amount'].rank({rest})" for rest in ("method='min'", "ascending=False", "pct=True")), "trades.groupby('side')['price'].rank(na_option='bottom')",
    *(f"pd.DataFrame({{'k': [1, 1, 1, 1], 'v': [1.0, np.nan, np.nan, 4.0]}}).groupby('k').{word}(limit=1)" for word in ("ffill", "bfill")), "trades.groupby('side')['price'].fillna(method='ffill')", "trades.groupby('side')['price'].fillna(value=0)", "pd.DataFrame({'k': [1, 1, 1], 'v': [np.nan, np.nan, np.nan]}).groupby('k')['v'].fillna(0, limit=2)",
    "trades.groupby('code').cumcount(ascending=False)", "trades.groupby('code').ngroup(ascending=False)", "trades.groupby('code').filter(lambda g: len(g) > 1, dropna=False)",
    *(f"trades.groupby('side')['amount'].rolling(window=2, {rest}).sum()" for rest in ("min_periods=1", "center=True", "closed='left'")),
    *(f"minutes.resample('3min', {rest}).sum()" for rest in ("closed='right'", "label='right'", "origin='start'", "offset='1min'", "origin='epoch', offset='2min'", "origin='2026-07-01 09:32'")),
    *(f"minutes['close'].resample('7min', {rest}).count()" for rest in ("closed='right'", "label='right'", "origin='start'", "origin='epoch'", "offset='3min'")),
    *(f"bars.resample('{rule}', closed='left').sum()" for rule in ("W", "M", "W-FRI")), "bars['close'].resample('W', closed='left', label='left').last()", "bars['close'].resample('M', label='left').last()",
    "long.resample('D', on='time').sum()", *(f"{name}.asfreq('D', method='ffill')" for name in ("wide", "price")), *(f"{name}.asfreq('D', fill_value=0)" for name in ("wide", "price")), "price.resample('D').asfreq(fill_value=0)",
]

# texts, the index, the module
CASES += [
    "words.str.contains('B', case=False)", "words.str.contains('a', na=False)", "words.str.contains('.', regex=False)", "words.str.match('B', case=False)", "words.str.match('b', na=False)", "words.str.startswith('b', na=False)", "words.str.endswith('k', na=True)",
    "words.str.replace(pat='a', repl='o')", "words.str.replace('[ae]', 'o', n=1, regex=True)", "words.str.replace('B', 'x', case=False, regex=True)", "words.str.replace('a.', 'x', regex=False)", "words.str.replace('(n)k', r'\\1', regex=True)", "words.str.replace('e', '', n=1)",
    "words.str.strip(to_strip='bk')", "words.str.lstrip(to_strip='b')", "words.str.rstrip(to_strip='k')", "words.str.slice(start=1, stop=3)", "words.str.slice(step=2)", "words.str.slice(step=-1)", "words.str.get(i=1)", "words.str.zfill(width=6)",
    "words.str.split(pat='a')", "pd.Series(['a b c', ' a ']).str.split(n=1)", "pd.Series(['a.b.c']).str.split('.', n=1)", "pd.Series(['a1b22c']).str.split('[0-9]+', regex=True)", "pd.Series(['a1b22c']).str.split('[0-9]+', regex=False)",
    "words.str.cat(sep='-')", "words.str.cat(sep='-', na_rep='?')", "words.str.cat(words, na_rep='?')", "words.str.cat(words, sep='/')", "words.str.cat(others=words)", "words.str.cat(['p', 'q', 'r', 's', 't'])",
    "words.str.find(sub='e', start=3)", "words.str.find('n', end=3)",
    "df.index.rename(name='k')", "i = df.index\ni.rename('k', inplace=True)\ni", "i = panel.index\ni.set_names(['p', 'q'], inplace=True)\ni", "panel.index.set_names('c', level=1)", "panel.index.set_names('c', level='code')", "panel.index.isin(['600519.XSHG'], level='code').tolist()",
    "df.index.duplicated().tolist()", "twice.index.duplicated(keep='last').tolist()", "twice.index.drop_duplicates(keep='last')", "panel.index.unique(level='code')", "pd.Index([1.0, np.nan]).nunique(dropna=False)",
    "df.index.sort_values(ascending=False)", "pd.Index([2.0, np.nan, 1.0]).sort_values(na_position='first')", spelled("pd.Index(['B', 'a']).sort_values(key=lambda i: i.str.lower())", "pd.Index(['B', 'a']).sort_values({ key: (i) => i.str.lower() })"), "pd.Index(['a', None]).map(lambda v: str(v) + '!', na_action='ignore')",
    "df.index.to_series(index=[1, 2, 3, 4, 5], name='k')", "df.index.to_frame(index=False, name='k')", "df.index.get_level_values(level=0)", "panel.index.droplevel(level='time')", "panel.index.droplevel(level=1)",
    "pd.to_datetime('20260701', format='%Y%m%d')", "pd.to_datetime(pd.Series(['2026-07-01', 'x']), errors='coerce')", *(f"pd.to_datetime({n}, unit='{unit}')" for n, unit in ((1783000000, "s"), (1783000000000, "ms"), (20637, "D"), (495000, "h"), (29700000, "m"))), "pd.to_datetime(pd.Series([0, 86400]), unit='s')", "pd.to_datetime(20260701, format='%Y%m%d')",
    "pd.to_numeric(pd.Series(['1', 'x']), errors='coerce')", "pd.date_range(start='2026-07-01', end='2026-07-04')", "pd.date_range(end='2026-07-04', periods=3)", "pd.date_range(start='2026-07-01', periods=3, freq='B')", "pd.date_range(end='2026-07-04 10:00', periods=3, freq='H')", "pd.date_range(end='2026-07-04', periods=3, freq='B')", "pd.date_range(end='2026-07-04', periods=3, freq='M')",
    "pd.date_range('2026-07-01 10:00', periods=2, normalize=True)", "pd.date_range('2026-07-01', periods=2, name='k')", *(f"pd.date_range('2026-07-01', '2026-07-04', inclusive='{which}')" for which in ("left", "right", "neither")),
    *(f"pd.cut(walk, {rest}, labels=False)" for rest in ("bins=4", "[9.8, 10, 11, 13]", "[9.8, 10, 11, 13], include_lowest=True", "4, right=False", "[9.8, 10, 10, 13], duplicates='drop'", "bins=7")), "pd.cut(walk, 2, labels=['lo', 'hi']).astype('str')", "pd.cut(pd.Series([5, 5, 5]), 3, labels=False)", "pd.cut(pd.Series([0.0, 0.0]), 2, labels=False)",
    *(f"pd.cut(walk, {rest}).astype('str')" for rest in ("4", "4, precision=1", "[9, 10.5, 13]", "3, right=False", "[9.8, 11, 13], include_lowest=True")), "pd.cut(counts, [0, 2, 9]).astype('str')", *(f"pd.qcut(walk, {rest}, labels=False)" for rest in ("q=4", "[0, 0.5, 1]", "7")), "pd.qcut(counts, 6, duplicates='drop', labels=False)", "pd.qcut(walk, 3, precision=1).astype('str')", "pd.qcut(walk, 2, labels=['lo', 'hi']).astype('str')",
    "pd.Index(['a'], name='k')", "pd.Index([1, 2], dtype='float64')", "pd.DatetimeIndex(['2026-07-01'], name='k')", "pd.MultiIndex.from_tuples([('a', 1)], names=['p', 'q'])", "pd.MultiIndex.from_arrays([['a'], [1]], names=['p', 'q'])", "pd.MultiIndex.from_product([['a', 'b'], [1]], names=['p', 'q'])",
    "holdings.to_csv(float_format='%.2f')", "holdings.to_csv(index_label='k')", "long.to_csv(date_format='%Y%m%d')", "holdings.to_csv(header=['p', 'q', 'r'])", "holdings.to_csv(columns=['code'], index=False, sep=';')", "gaps.to_csv(na_rep='-')",
    "letters.to_csv(float_format='%.2f')", "letters.to_csv(index_label='k')", "pd.Series(bars.index).to_csv(date_format='%Y%m%d')", "letters.to_csv(header=['p'])", "letters.to_csv(index=False, sep=';')", "letters.to_csv(na_rep='-')", "holdings.set_index('code').to_csv(sep=';')", "pairs.to_csv(sep=';')",
    *(f"grid.to_json(orient='{orient}')" for orient in ("split", "records", "index", "values")), *(f"counts.to_json(orient='{orient}')" for orient in ("split", "records")), "grid.to_dict(orient='list')", "grid.to_string(index=False)",
]

NUMERIC = ["prod", "median", "skew", "kurt", "std", "var", "sem", "mean"]
CASES += [raises(f"df.{name}(numeric_only=False)") for name in NUMERIC]
CASES += [f"holdings.{name}(numeric_only=True)" for name in ("min", "max", "sum")]
CASES += [f"trades.groupby('code').{name}(numeric_only=True)" for name in ("min", "max")]
CASES += [raises(f"trades.groupby('code').{name}(numeric_only=False)") for name in ("std", "var", "sem", "quantile")]
CASES += [
    "trades.groupby('code').sum(numeric_only=False)", raises("df.corr(numeric_only=False)"), raises("df.cov(numeric_only=False)"), raises("df.corrwith(df, numeric_only=False)"),
    *(raises(f"trades.groupby('side').{name}(numeric_only=False)") for name in ("idxmin", "idxmax")),
    "counts.value_counts(sort=False)", "pd.DataFrame({'k': [1, 1, 1], 'v': ['a', 'b', 'b']}).groupby('k')['v'].value_counts(sort=False)", "trades.groupby('code')['amount'].rolling(3, center=True, min_periods=1).sum()",
    "pd.DataFrame({'a': [1.0, 0.0, np.nan]}).all(skipna=False)", "pd.DataFrame({'a': [np.nan]}).any(skipna=False)", "pd.concat([gaps, gaps.iloc[[1, 1]]]).ffill(limit=1)", "grid.squeeze(axis=1)", "single.squeeze(axis=1)", "grid.nlargest(2, 'c', keep='last')", "pd.DataFrame({'a': [1, 1, 2]}).nlargest(2, 'a', keep='all')", "pd.DataFrame({'a': [1, 1, 2]}).nlargest(2, 'a', keep='last')",
    raises("letters.rename({'zz': 'q'}, errors='raise')"), "h = holdings.drop_duplicates(subset=['code'], keep='last', ignore_index=True)\nh", "grid.cov(ddof=0)", "walk.iloc[:3].append(walk.iloc[:2]).kurt(skipna=False)", "letters.append(others).kurt(skipna=False)",
    *(f"letters.{name}(others, fill_value=10)" for name in COMPARED), *(f"letters.{name}(letters.shift(1), fill_value=1.5)" for name in COMPARED),
    "letters.to_frame(name='k')", "counts.quantile(q=0.3)", "letters.iloc[[1, 3]].reindex_like(letters, method='bfill')", "trades.groupby('code').agg(func='sum')", "trades.groupby('code')['amount'].aggregate(func='mean')", "pd.DataFrame({'k': [1, 1, 1, 1], 'v': [1.0, np.nan, np.nan, 4.0]}).groupby('k')['v'].pct_change(limit=1)",
    "walk.rolling(4).corr(other=walk ** 2)", "walk.rolling(4).cov(other=walk ** 2)", "walk.ewm(span=3).corr(other=walk ** 2)", "walk.ewm(span=3).cov(other=walk ** 2)", "words.str.find('n', end=2)", "stamps.dt.strftime(date_format='%Y')", "stamps.dt.floor(freq='D')", "pd.isnull(obj=3.0)",
    "pd.qcut(pd.Series([1, 1, 1, 2]), 2, duplicates='drop', labels=False)", raises("pd.qcut(pd.Series([1, 1, 1, 2]), 3)"), "grid.apply(lambda v: v[0] * 1.5, axis=1, raw=True)", "grid.set_axis([1, 2, 3], axis=1).apply(lambda v: v[0] * 1.5, axis=1, raw=True)", "h = holdings.append(holdings, ignore_index=True).drop_duplicates(ignore_index=True)\nh",
]

CSV = "'a;b;c\\n1;x;2026-07-01\\n2;-;2026-07-02\\n'"
READ = [("sep=';'", "sep: ';'"), ("delimiter=';'", "delimiter: ';'"), ("sep=';', nrows=1", "sep: ';', nrows: 1"), ("sep=';', skiprows=1", "sep: ';', skiprows: 1"), ("sep=';', na_values='-'", "sep: ';', na_values: '-'"),
        ("sep=';', usecols=['a', 'c']", "sep: ';', usecols: ['a', 'c']"), ("sep=';', names=['p', 'q', 'r']", "sep: ';', names: ['p', 'q', 'r']"), ("sep=';', names=['p', 'q', 'r'], header=0", "sep: ';', names: ['p', 'q', 'r'], header: 0"),
        ("sep=';', header=None", "sep: ';', header: null"), ("sep=';', index_col='a'", "sep: ';', index_col: 'a'"), ("sep=';', index_col=0", "sep: ';', index_col: 0"), ("sep=';', dtype={'a': 'float'}", "sep: ';', dtype: { a: 'float' }"), ("sep=';', dtype='str'", "sep: ';', dtype: 'str'"), ("sep=';', parse_dates=['c']", "sep: ';', parse_dates: ['c']"), ("sep=';', usecols=[0, 2]", "sep: ';', usecols: [0, 2]")]
CASES += [spelled(f"pd.read_csv(pd.io.common.StringIO({CSV}), {theirs})", f"pd.read_csv({CSV}, {{ {ours} }})") for theirs, ours in READ]

# what is refused or wrong there is so here
CASES += [
    raises("grid.sum(axes=1)"), raises("counts.head(n=1, k=2)"), raises("grid.mean(axis=2)"), raises("counts.sum(axis=1)"), raises("grid.fillna(0, method='ffill')"), raises("grid.drop_duplicates(keep='nope')"), raises("grid.merge(grid, on='a', how='nope')"),
    raises("counts.rolling(2, closed='nope').sum()"), raises("grid.sort_values('a', na_position='nope')"), raises("grid.dropna(how='nope')"), raises("letters.interpolate(method='nope')"), raises("words.str.cat(['a'])"), raises("grid.sort_values(['a', 'b'], ascending=[True])"), raises("grid.where(grid > 2, counts)"), raises("grid.clip(lower=counts)"), raises("df.idxmax()"), raises("pd.cut(walk, 0)"), raises("pd.cut(walk, [3, 2])"),
]

# by position, as a port writes them
CASES += [f"grid.{name}(1)" for name in ["sum", "mean", "max", "min", "std", "var", "median", "prod", "any", "all", "idxmax", "idxmin", "cumsum", "cummax", "count", "nunique", "rank", "skew"]]
CASES += [f"counts.{name}(0)" for name in ["sum", "mean", "std", "cumsum", "idxmax", "rank"]]
CASES += ["grid.quantile(.5, 1)", "grid.mean(1, False)", "gaps.sum(1, False)", "grid.diff(1, 1)", "grid.shift(1, None, 1)", "grid.sort_values('a', 0, False)", "grid.drop('a', 1)", "grid.dropna(1)", "gaps.dropna(1, 'all')",
          "grid.apply(lambda r: r['a'] + r['b'], 1)", "grid.sort_index(1, ascending=False)", "trades.groupby('code')['amount'].std(0)", "walk.rolling(5, 2).mean()", "walk.rolling(5, 2, True).mean()", "walk.expanding(3).mean()", "walk.ewm(2).mean()", "counts.nlargest(3, 'last')",
          "holdings.merge(quotes, 'left', 'code')", "holdings.drop_duplicates('code', 'last')", "words.str.contains('B', False)", "words.str.split('a', 1)", "counts.clip(2, 4)", "counts.between(1, 4)", "letters.fillna(0)", "counts.value_counts(True)", "grid.reset_index(0)", "pd.concat([grid, grid], 1)", raises("counts.head(1, 2)"), raises("grid.isnull(1)")]
