"""What ports of real scripts met: labels of several levels, groups, times going down, keys of two kinds."""

from . import raises, spelled

CASES = [
    # labels of several levels
    "panel.loc[[]]", "pairs.loc[[]]", "pairs.loc[['a']]", "pairs.loc['a']", "pairs.get('a')", "pairs.get('zz')", "pairs.loc[['b']]", "panel.loc[['2026-07-01']]", "panel.loc['2026-07-01']", "panel['close'].get('2026-07-02')", spelled("panel.loc[pd.Timestamp('2026-07-02')]", "panel.loc(pd.Timestamp('2026-07-02'))"),
    spelled("panel['close'].loc[pd.Timestamp('2026-07-01'), '600519.XSHG']", "panel['close'].loc(pd.Timestamp('2026-07-01'), '600519.XSHG')"), "pairs.loc[['a', 'b']]", spelled("pairs.loc[('a', 'y')]", "pairs.loc(['a', 'y'])"), "pairs.loc['a':'b']", "panel.loc['2026-07-02':]",
    # groups of chosen columns, of one group, by place
    *(f"trades.groupby('code')[['amount']].{rest}" for rest in ("head(1)", "tail(1)", "get_group('000001.XSHE')", "apply(lambda g: g.head(1))", "filter(lambda g: len(g) > 1)", "nth(0)", "sum()")),
    spelled("list(trades.groupby('code')[['amount']])[0][1]", "[...trades.groupby('code').cols(['amount'])][0][1]"), "trades.iloc[[0, 2]].groupby('code').apply(lambda g: g)", "trades.iloc[[0, 2]].groupby('code').apply(lambda g: g['amount'])", "trades.iloc[[0, 2]].groupby('code')['amount'].apply(lambda s: s)", "trades.iloc[[0, 2]].groupby('code').apply(lambda g: g.head(1))",
    "trades.groupby('code').nth([0, 1])", "trades.groupby('code')['amount'].nth([0, 1])", "trades.groupby('code').nth(-1)", "trades.groupby('code', as_index=False).nth(0)", "trades.groupby('code', sort=False).nth(1)", spelled("trades.groupby('code').apply(lambda g: None if len(g) < 2 else g['amount'].sum())", "trades.groupby('code').apply((g) => (g.length < 2 ? null : g.amount.sum()))"),
    # times going down
    *(f"bars.iloc[::-1].{rest}" for rest in ("loc['2026-06-29':'2026-07-02']", "loc['2026-07-02':]", "loc[:'2026-06-26']", "resample('W').last()", "resample('2D').sum()", "rolling('2D').sum()", "rolling('3D').max()", "loc['2026-07']", "truncate(before='2026-07-01')")),
    raises("bars.iloc[[3, 0, 2]].rolling('3D').sum()"), "bars.iloc[[3, 0, 2]].resample('W').last()",
    # keys that cannot meet, keys that are missing
    raises("holdings.merge(pd.DataFrame({'code': [1, 2]}), on='code')"), raises("pd.merge(holdings, pd.DataFrame({'n': [1, 2]}), left_on='code', right_on='n')"), raises("holdings.merge(long, left_on='code', right_on='time')"), "holdings.merge(pd.DataFrame({'amount': [100.0, 5.0], 'k': [1, 2]}), on='amount')",
    "pd.DataFrame({'a': ['x', None, 'y'], 'b': [1, 2, 3], 'v': [1.0, 2.0, 3.0]}).pivot(index='a', columns='b', values='v')", "pd.DataFrame({'a': [1, 1, 2], 'b': ['p', None, 'q'], 'v': [1.0, 2.0, 3.0]}).pivot(index='a', columns='b', values='v')", "pd.DataFrame({'a': [1.0, np.nan, 2.0], 'b': ['p', 'p', 'q'], 'v': [1.0, 2.0, 3.0]}).pivot(index='a', columns='b', values='v')",
    "pd.DataFrame({'a': ['x', None, 'y'], 'b': [1, 2, 3], 'v': [1.0, 2.0, 3.0]}).pivot_table(index='a', columns='b', values='v')",
    # rows that are new, names that are numbers, dates without zeros
    "w = wide\nw.loc['2026-07-07'] = 1.0\nw", spelled("w = wide\nw.loc[pd.Timestamp('2026-07-07')] = [1.0, 2.0]\nw", "const w = wide\nw.loc.set(pd.Timestamp('2026-07-07'), [1.0, 2.0])\nw"), spelled("w = wide\nw.loc[pd.Timestamp('2026-07-07'), '600519.XSHG'] = 5.0\nw", "const w = wide\nw.loc.set(pd.Timestamp('2026-07-07'), '600519.XSHG', 5)\nw"),
    spelled("p = price\np.loc[pd.Timestamp('2026-07-09')] = 1.0\np", "const p = price\np.loc.set(pd.Timestamp('2026-07-09'), 1)\np"), "str(pd.DataFrame({0: ['a'], 1: [2]}).set_index(0))", "str(pd.DataFrame({0: ['a', 'a'], 1: [2, 3], 2: [4, 5]}).set_index([0, 1]))", spelled("str(pd.DataFrame({0: ['a'], 1: [2]}).set_index(0)[1])", "pd.DataFrame(new Map([[0, ['a']], [1, [2]]])).set_index(0).col(1).toString()"), "pd.DataFrame({0: ['a'], 1: [2]}).set_index(0).index.name", "str(pd.DataFrame({0: ['a'], 1: [2]}).set_index(0).index)",
    "wide.loc['2026-7-2']", "wide.loc['2026-7-2':'2026-7-3']", "price.loc['2026/7/2']", "pd.to_datetime('2026-7-1')", "pd.to_datetime('2026/7/1 9:30')", "bars[bars.index > '2026-7-1']", "pd.to_datetime(['2026-7-1', '2026-07-02'])", "wide.reindex(pd.to_datetime(['2026-7-2']))",
    "words.str.cat(pd.Series(['p', 'q', 'r'], index=[0, 2, 3]), sep='-')", "words.dropna().str.cat(words.dropna(), sep='-')",
]
