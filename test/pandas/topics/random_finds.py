"""What comparing random tables with pandas brought up."""

from . import raises, spelled

CASES = [
    "trades.iloc[:1].groupby('code')['amount'].value_counts()",
    "trades.groupby('side')['amount'].value_counts()",
    "trades.groupby('code')['price'].nlargest(1)",
    "trades.iloc[:1].groupby('code')['amount'].nlargest(1)",
    "trades.pivot_table(values='price', index='code', columns='side')",
    "trades.pivot_table(values='price', index='code')",
    "trades.iloc[3:4].pivot_table(values='price', index='code', columns='side')",
    "trades.pivot_table(values='price', index='code', columns='side', fill_value=0)",
    "letters.nlargest(3)",
    "letters.nlargest(4)",
    "letters.nsmallest(10)",
    "ties.nlargest(8)",
    "counts.interpolate()",
    "bars['volume'].resample('W').ohlc()",
    "bars['volume'].resample('D').ohlc()",
    "stamps.describe()",
    "twice + nothing",
    "ties.iloc[::-1] + nothing",
    "nothing.add(letters.iloc[::-1], fill_value=0)",
    "counts + letters",
    "letters + counts.iloc[::-1]",
    "hollow.idxmax()",
    "pd.concat([grid, grid]).where(pd.concat([grid, grid]) > 2)",
    "pd.concat([grid, grid]).mask(pd.concat([grid, grid]) > 2, 0)",
    "lone.quantile([0.5])",
    "words.value_counts(dropna=False)",
    "df.groupby('ok')['y'].value_counts()",
    "counts.groupby([1, 1, 1, 1, 2, 2, 2, 2]).value_counts()",
    "pd.concat([long, df])",
]

# a column name that stands twice has its partner by place
TWICE = "d = pd.concat([grid, grid * 10], axis=1)\n"
CASES += [
    f"{TWICE}pd.concat([d, d + 1])", f"{TWICE}pd.concat([d, d], ignore_index=True)", f"{TWICE}d.append(d.iloc[:1])", f"{TWICE}pd.concat([pd.DataFrame(), d])", f"{TWICE}pd.concat([d, pd.DataFrame()])",
    raises(f"{TWICE}pd.concat([d, grid])"), raises(f"{TWICE}pd.concat([grid, d])"), raises(f"{TWICE}pd.concat([d, d.iloc[:, ::-1]])"), raises(f"{TWICE}pd.concat([d, d], sort=True)"),
    "d = pd.concat([grid, grid * 10], axis=1).sort_index(axis=1)\npd.concat([d, d + 1], sort=True)",
]

# sort is of labels that are equal too
CASES += [
    "pd.concat([grid[['b', 'a']], grid[['b', 'a']]], sort=True)", "pd.concat([grid[['b', 'a']], grid[['b', 'a']]], sort=True, join='inner')", "pd.concat([grid[['b', 'a']]], sort=True)",
    "pd.concat([grid.iloc[::-1], grid.iloc[::-1]], axis=1, sort=True)", "pd.concat([grid['a'].iloc[::-1], grid['b'].iloc[::-1]], axis=1, sort=True)", "pd.concat([wide.iloc[::-1], wide.iloc[::-1]], axis=1)", "pd.concat([wide.iloc[::-1], wide.iloc[::-1]], axis=1, sort=True)",
    raises("t = pd.concat([grid, grid])\npd.concat([t, t], axis=1, sort=True)"), "t = pd.concat([grid.iloc[:1], grid.iloc[:1]])\npd.concat([t, t], axis=1, sort=True)",
]

# along rows of conditions, and of no columns
CASES += [f"(grid > 2).{name}(axis=1)" for name in ("max", "min", "sum", "prod", "mean", "median")]
CASES += ["(grid > 2).max(axis=1, skipna=False)", "(grid > 2).min(1)", "pd.concat([grid > 2, grid[['a']]], axis=1).set_axis(['p', 'q', 'r', 's'], axis=1).mean(axis=1)"]
CASES += [f"grid[[]].{name}(axis=1)" for name in ("max", "min", "sum", "prod", "mean")]

# a label of several levels is met once where others repeat: rows, as if it stood more than once
REPEATED = "r = pairs.append(pairs.iloc[:1])\n", "const r = pairs.append(pairs.iloc(slice(null, 1)))\n"
FRAME = "f = panel.append(panel.iloc[:1])\nk = (pd.Timestamp('2026-07-02'), '600519.XSHG')\n", "const f = panel.append(panel.iloc(slice(null, 1)))\nconst k = [pd.Timestamp('2026-07-02'), '600519.XSHG']\n"
CASES += [spelled(before[0] + theirs, before[1] + ours) for before, theirs, ours in (
    (REPEATED, "r.loc[('a', 'x')]", "r.loc(['a', 'x'])"), (REPEATED, "r.loc[('a', 'y')]", "r.loc(['a', 'y'])"), (REPEATED, "r.loc['b', 'x']", "r.loc('b', 'x')"), (REPEATED, "r.get(('a', 'y'))", "r.get(['a', 'y'])"), (REPEATED, "r.xs(('a', 'y'))", "r.xs(['a', 'y'])"),
    (REPEATED, "r.drop([('a', 'y')])", "r.drop([['a', 'y']])"), (REPEATED, "r.loc[('a', 'y')] = 5.0\nr", "r.loc.set(['a', 'y'], 5)\nr"), (REPEATED, "r.loc[[('a', 'y')]]", "r.loc([['a', 'y']])"), (REPEATED, "r.sort_index().loc[('a', 'y'):]", "r.sort_index().loc(slice(['a', 'y'], null))"),
    (FRAME, "f.loc[k, :]", "f.loc(k, slice())"), (FRAME, "f.loc[k]", "f.loc(k)"), (FRAME, "f.loc[k, 'close']", "f.loc(k, 'close')"), (FRAME, "f.loc[k, ['close']]", "f.loc(k, ['close'])"), (FRAME, "f.loc[k, 'close'] = 5.0\nf", "f.loc.set(k, 'close', 5)\nf"), (FRAME, "f.loc[k, :] = [5.0, 6]\nf", "f.loc.set(k, slice(), [5, 6])\nf"),
)]

# a step without rows has no condition
CASES += [f"(bars['close'] > 10.2).resample('D').{name}()" for name in ("first", "last", "min", "max", "sum", "mean")]
CASES += ["(bars > 10.2).resample('D').last().std(axis=1)", "(bars['close'] > 10.2).resample('D').agg(['min', 'last'])"]

# the name over the columns stays where pandas keeps it
NAMED = "w = long.pivot(index='time', columns='code', values='close')\n"
CASES += [f"{NAMED}{rest}" for rest in (
    "w['c'] = 1.5\nw", "w.assign(c=1.5)", "w.insert(0, 'c', 1.5)\nw", "w.agg({'a': ['min', 'max']})", "w.agg({'a': 'min', 'b': 'max'})", "w.corrwith(w.shift(1))", "w.resample('2D').agg({'a': 'last'})", "w.join(w.add_suffix('_r'))",
    *(f"w.groupby('a').{how}" for how in ("agg({'b': 'first'})", "agg({'b': ['min', 'max']})", "agg(['min'])", "agg(z=('b', 'min'))", "agg('min')", "sum()", "describe()")), "w.groupby('a')['b'].agg(['min', 'max'])", *(f"w.groupby('a', as_index=False).{how}" for how in ("agg({'b': 'min'})", "sum()")),
    "w.merge(w, on='a')", "w.merge(w, on='a', indicator=True).drop(columns=['_merge'])", "w.merge(w.rename_axis('k', axis=1), on='a')", "w.merge(long, left_on='a', right_on='close')", "w.merge(w, how='cross')", "w.merge(w, left_index=True, right_index=True)",
)]

# columns of two levels become rows
AGG = "t = trades.groupby('code').agg({'amount': 'mean', 'price': ['sum', 'max']})\n"
CASES += [f"{AGG}{rest}" for rest in ("t.melt()", "t.melt(value_name='v', var_name=['p', 'q'])", "t.melt(ignore_index=False)", "t.rename_axis(['p', 'q'], axis=1).melt()")]
CASES += [
    spelled(f"{AGG}t.melt(id_vars=[('amount', 'mean')])['value']", "const t = trades.groupby('code').agg({ amount: 'mean', price: ['sum', 'max'] })\nt.melt({ id_vars: [['amount', 'mean']] }).value"),
    spelled(f"{AGG}t.melt(value_vars=[('price', 'sum')])", "const t = trades.groupby('code').agg({ amount: 'mean', price: ['sum', 'max'] })\nt.melt({ value_vars: [['price', 'sum']] })"),
]
