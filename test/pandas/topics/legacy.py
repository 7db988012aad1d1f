"""What old scripts write and 1.5.3 no longer has: pandas' side is today's equivalent."""

from . import raises, spelled

CASES = [
    spelled("df.sort_values('y')", "df.sort('y')"),
    spelled("df.sort_values(['y', 'x'], ascending=False)", "df.sort(['y', 'x'], { ascending: false })"),
    spelled("df.sort_index()", "df.sort()"),
    spelled("counts.sort_values()", "counts.order()"),
    spelled("counts.sort_values(ascending=False)", "counts.order({ ascending: false })"),
    spelled("df.loc['a']", "df.ix('a')"),
    spelled("df.loc['a', 'y']", "df.ix('a', 'y')"),
    spelled("df.iloc[-1]", "df.ix(-1)"),
    spelled("df.iloc[0]['y']", "df.ix(0, 'y')"),
    spelled("letters.loc['b']", "letters.ix('b')"),
    spelled("counts.rolling(3).mean()", "pd.rolling_mean(counts, 3)"),
    spelled("counts.rolling(3).std()", "pd.rolling_std(counts, 3)"),
    spelled("[[k, v] for k, v in letters.items()]", "Array.from(letters.iteritems(), ([k, v]) => [k, v])"),
    "df.append(df.iloc[:1])",
    "grid.append(grid.iloc[0].rename('again'))",
    "letters.append([others, lone])",
    "price.fillna(method='ffill', inplace=True); price",
    "walk.head(6).mad()",
]
