"""The formulas of alpha101 and alpha191 on a small market, calculated once more: pandas where it has the function, else plain numpy.

Writes the market and what each formula is on its last day as JSON; alphas.test.ts compares. Nothing here is taken from our formulas: the
texts come from the papers' notation, the operators from the papers' words.
"""
import json
import sys

import numpy as np
import pandas as pd

import alpha101
import alpha191

#: As many days as a recursive mean begins with.
DAYS, STOCKS = 350, 40
np.seterr(all='ignore')


def market(seed):
    """Prices in cents, about the same, so that ranks change; two young securities, one that is paused, one that never moves."""
    random = np.random.RandomState(seed)
    level = table(random.normal(0, 0.2, (DAYS, STOCKS))).ewm(alpha=0.1, adjust=False).mean().to_numpy()
    close = np.round(20 * np.exp(level), 2)
    before = np.vstack([close[:1], close[:-1]])
    opened = np.round(before * np.exp(random.normal(0, 0.006, close.shape)), 2)
    high = np.round(np.maximum(opened, close) * (1 + random.uniform(0, 0.02, close.shape)), 2)
    low = np.round(np.minimum(opened, close) * (1 - random.uniform(0, 0.02, close.shape)), 2)
    volume = np.round(random.lognormal(12, 0.7, close.shape))
    vwap = np.round((opened + high + low + close) / 4 + random.normal(0, 0.001, close.shape), 4)
    values = {'OPEN': opened, 'CLOSE': close, 'HIGH': high, 'LOW': low, 'VWAP': vwap, 'VOLUME': volume}
    paused, still = 3, 5
    for name in ('OPEN', 'CLOSE', 'HIGH', 'LOW', 'VWAP'):
        values[name][-6:-2, paused] = close[-7, paused]
        values[name][:, still] = 7.5
    volume[-6:-2, paused] = 0
    values['AMOUNT'] = np.round(volume * vwap, 2)
    values['CAP'] = np.round(close * random.uniform(1, 30, STOCKS), 4)
    for stock, days in ((1, 40), (2, 200)):
        for one in values.values():
            one[:-days, stock] = np.nan
    index = np.round(3500 * np.exp(np.cumsum(random.normal(0, 0.012, DAYS))), 2)
    start = np.round(index * np.exp(random.normal(0, 0.006, DAYS)), 2)
    values['INDEXCLOSE'], values['INDEXOPEN'] = [np.repeat(one[:, None], STOCKS, axis=1) for one in (index, start)]
    return values


GROUPS = {
    'sector': [i % 3 for i in range(STOCKS)],
    'industry': [i % 5 for i in range(STOCKS)],
    'subindustry': [None if i == 4 else i % 7 for i in range(STOCKS)],
}


def windows(x, n):
    """The values of the last n days of each day, the oldest first. An infinity is missing, as in pandas' rolling()."""
    x = frame(x).to_numpy()
    x = np.vstack([np.full((int(n) - 1, STOCKS), np.nan), np.where(np.isfinite(x), x, np.nan)])
    return [x[i:i + DAYS] for i in range(int(n))]


def total(parts):
    result = parts[0]
    for one in parts[1:]:
        result = result + one
    return result


def over(combine):
    """A function of windows. Nothing where one day of a window has nothing."""
    def function(x, n):
        parts = windows(x, n)
        return table(np.where(np.isnan(total(parts)), np.nan, combine(parts)))
    return function


def weighted(weights):
    return over(lambda parts: total([one * weight for one, weight in zip(parts, weights(len(parts)))]) / sum(weights(len(parts))))


def place(find, first):
    """Which day of the window, the first being `first` and each day after it one more."""
    return over(lambda parts: find(np.nan_to_num(np.stack(parts)), axis=0).astype(float) + first(len(parts)))


def table(values):
    return pd.DataFrame(values)


def products(x, y, n):
    """The sum of the products of the distances from the means; what does not move has none."""
    a, b = windows(x, n), windows(y, n)
    mean_a, mean_b = total(a) / len(a), total(b) / len(b)
    result = total([(one - mean_a) * (other - mean_b) for one, other in zip(a, b)])
    still = (np.ptp(np.stack(a), axis=0) == 0) | (np.ptp(np.stack(b), axis=0) == 0)
    return table(np.where(still & ~np.isnan(result), 0, result))


def told(test, *read):
    return test.astype(float).mask(np.any([frame(one).isna() for one in read], axis=0))


def frame(x):
    return x if isinstance(x, pd.DataFrame) else table(np.full((DAYS, STOCKS), float(x)))


def compare(f):
    return lambda a, b: told(f(frame(a), frame(b)), a, b)


def correlation(x, y, n):
    root = (products(x, x, n) * products(y, y, n)) ** 0.5
    return (products(x, y, n) / root.mask(root == 0)).clip(-1, 1)


def beta_if(y, x, test, n):
    """Of the last day only."""
    result = np.full((DAYS, STOCKS), np.nan)
    tables = [np.stack(windows(one, n)) for one in (y, x, test)]
    for stock in range(STOCKS):
        a, b, holds = [one[:, -1, stock] for one in tables]
        if not np.isnan(np.concatenate([a, b, holds])).any() and (holds == 1).sum() > 1:
            result[-1, stock] = np.polyfit(b[holds == 1], a[holds == 1], 1)[0]
    return table(result)


def neutral(x, level):
    groups = pd.Series(GROUPS[level])
    return x - x.T.groupby(groups).transform('mean').T


def of_two(f):
    return lambda a, b: f(frame(a), frame(b)).mask(frame(a).isna() | frame(b).isna())


def choice(test, yes, no):
    return frame(yes).where(test == 1, frame(no)).mask(test.isna())


def power(x, n):
    """For numpy 1 to the power of something missing is 1; for us it is missing."""
    return of_two(np.power)(x, n) if isinstance(x, pd.DataFrame) else x ** n


def recursive(x, n, m):
    """The value of pandas; on a day without one there is none."""
    return x.ewm(alpha=m / n, adjust=False).mean().where(np.isfinite(x))


OPERATORS = {
    'ABS': np.abs, 'SIGN': np.sign, 'LOG': np.log, 'POW': power, 'IF': choice,
    'RANK': lambda x: x.rank(axis=1, pct=True),
    'SCALE': lambda x: x.div(x.abs().sum(axis=1), axis=0),
    'IND': neutral,
    'DELAY': lambda x, n: x.shift(int(n)), 'DELTA': lambda x, n: x.diff(int(n)),
    'SUM': over(total), 'COUNT': over(total), 'MEAN': over(lambda parts: total(parts) / len(parts)),
    'PROD': over(lambda parts: np.prod(np.stack(parts), axis=0)),
    'STD': lambda x, n: (products(x, x, n) / (int(n) - 1)) ** 0.5,
    'COV': lambda x, y, n: products(x, y, n) / (int(n) - 1),
    'CORR': correlation,
    'TSMAX': lambda x, n: x.rolling(int(n)).max(), 'TSMIN': lambda x, n: x.rolling(int(n)).min(),
    'TSRANK': lambda x, n: x.rolling(int(n)).rank(pct=True),
    'TSARGMAX': place(np.argmax, lambda n: 1), 'TSARGMIN': place(np.argmin, lambda n: 1),
    'HIGHDAY': lambda x, n: -place(np.argmax, lambda n: 1 - n)(x, n), 'LOWDAY': lambda x, n: -place(np.argmin, lambda n: 1 - n)(x, n),
    'DECAY101': weighted(lambda n: range(n, 0, -1)), 'DECAY': weighted(lambda n: range(1, n + 1)),
    'WMA': weighted(lambda n: [0.9 ** age for age in reversed(range(n))]),
    'SMA': recursive,
    'SEQUENCE': lambda n: table(np.repeat(np.arange(DAYS, dtype=float)[:, None], STOCKS, axis=1)),
    'REGBETA': lambda y, x, n: products(y, x, n) / products(x, x, n),
    'BETAIF': beta_if,
    'MAX': of_two(np.maximum), 'MIN': of_two(np.minimum),
    'LT': compare(lambda a, b: a < b), 'LE': compare(lambda a, b: a <= b), 'GT': compare(lambda a, b: a > b),
    'GE': compare(lambda a, b: a >= b), 'EQ': compare(lambda a, b: a == b),
    'AND': lambda a, b: told((a == 1) & (b == 1), a, b), 'OR': lambda a, b: told((a == 1) | (b == 1), a, b),
}
OPERATORS['SIGNED_LT'] = lambda a, b: 2 * OPERATORS['LT'](a, b) - 1


def names(values):
    known = {key: table(one) for key, one in values.items()}
    opened, close, high, low = [known[key] for key in ('OPEN', 'CLOSE', 'HIGH', 'LOW')]
    op = OPERATORS
    known.update(RET=close.pct_change(fill_method=None), HD=high.diff(), LD=-low.diff())
    known['DTM'] = choice(op['LE'](opened, opened.shift()), 0, op['MAX'](high - opened, opened.diff()))
    known['DBM'] = choice(op['GE'](opened, opened.shift()), 0, op['MAX'](opened - low, opened.diff()))
    known['TR'] = op['MAX'](op['MAX'](high - low, (high - close.shift()).abs()), (low - close.shift()).abs())
    return dict(known, **op)


def plain(values):
    return [None if np.isnan(one) else str(one) if np.isinf(one) else one for one in np.asarray(values, dtype=float).tolist()]


def main(seed):
    values = market(seed)
    known = names(values)
    told_101 = {key: ('SIGNED_' + text if text.startswith('LT(') else text) for key, text in alpha101.FORMULAS.items()}
    answer = {'days': DAYS, 'stocks': STOCKS, 'groups': GROUPS}
    answer['series'] = {key.lower(): [plain(line) for line in one] for key, one in values.items()}
    for name, formulas in (('alpha101', told_101), ('alpha191', alpha191.FORMULAS)):
        answer[name] = {key: plain(frame(eval(text, {}, known)).iloc[-1]) for key, text in formulas.items()}
    json.dump(answer, sys.stdout)


main(int(sys.argv[1]))
