"""The inputs of the cases, by name. Every case gets fresh ones; dates have no freq, so that both sides print alike."""

import numpy as np
import pandas as pd

NAN = float("nan")
DAYS = ["2026-07-01", "2026-07-02", "2026-07-03", "2026-07-06", "2026-07-07", "2026-07-08"]


def dates(texts):
    return pd.DatetimeIndex(list(texts))


def price():
    """Floats with a gap, by day."""
    return pd.Series([10.0, 10.5, NAN, 10.2, 11.0, 10.8], index=dates(DAYS), name="close")


def counts():
    """Whole numbers with ties, numbered rows."""
    return pd.Series([3, 1, 4, 1, 5, 9, 2, 6], name="n")


def letters():
    """Floats with a gap, by letter."""
    return pd.Series([1.5, -2.0, NAN, 4.0], index=list("abcd"))


def others():
    """Whole numbers whose labels half meet those of letters."""
    return pd.Series([10, 20, 30], index=list("bde"), name="others")


def twice():
    """A label that comes twice."""
    return pd.Series([1, 2, 3, 4], index=list("abac"), name="twice")


def ties():
    """Equal values and gaps, for ranks and sorts."""
    return pd.Series([2.0, NAN, 1.0, 2.0, 3.0, 2.0, NAN, 1.0], index=list("abcdefgh"), name="v")


def words():
    return pd.Series(["bank", "wine", None, "bank", "steel"], name="sector")


def flags():
    return pd.Series([True, False, True, True], index=list("abcd"), name="flag")


def allowed():
    return pd.Series([True, True, False, False], index=list("abcd"))


def nothing():
    return pd.Series([], dtype="float64", name="none")


def lone():
    return pd.Series([5.0], index=["only"], name="lone")


def hollow():
    """Only gaps."""
    return pd.Series([NAN, NAN, NAN], name="hollow")


def stamps():
    texts = ["2026-07-31 09:31:00", "2026-08-03 15:00:00", None, "2026-12-31 00:00:00"]
    return pd.Series(pd.to_datetime(texts), name="time")


def walk():
    """Twenty floats without a pattern, by number."""
    values = [10.0, 10.3, 9.9, 10.1, 10.8, 11.2, 10.9, 11.5, 11.1, 10.7]
    return pd.Series(values + [10.2, 9.8, 10.4, 11.0, 11.9, 12.3, 12.1, 12.6, 12.2, 13.0], name="walk")


def df():
    """All kinds of columns, rows by letter."""
    columns = {
        "x": [1.5, NAN, 3.5, -2.0, 0.0],
        "y": [5, 3, 3, 8, 1],
        "name": ["bank", "wine", "bank", None, "steel"],
        "ok": [True, False, True, True, False],
    }
    return pd.DataFrame(columns, index=list("abcde"))


def grid():
    """Numbers only."""
    return pd.DataFrame({"a": [1, 2, 3, 4], "b": [4.0, 2.5, 8.0, 1.5], "c": [-1, 0, 7, 3]}, index=list("wxyz"))


def gaps():
    """Floats with gaps, one column without any value."""
    columns = {"a": [1.0, NAN, 3.0, NAN], "b": [NAN, NAN, 6.0, 8.0], "c": [1.0, 2.0, 3.0, 4.0], "d": [NAN] * 4}
    return pd.DataFrame(columns)


def bars():
    """Daily bars over a month's end, weekends and a holiday missing."""
    texts = ["06-24", "06-25", "06-26", "06-29", "06-30", "07-01", "07-02", "07-03", "07-06", "07-07"]
    close = [10.02, 10.11, 9.98, 10.25, 10.4, 10.31, 10.55, 10.62, 10.48, 10.7]
    columns = {
        "open": [10.0, 10.03, 10.1, 10.0, 10.24, 10.41, 10.3, 10.54, 10.6, 10.5],
        "high": [10.1, 10.2, 10.15, 10.3, 10.45, 10.5, 10.6, 10.7, 10.66, 10.75],
        "low": [9.9, 10.0, 9.95, 9.98, 10.2, 10.28, 10.25, 10.5, 10.4, 10.45],
        "close": close,
        "volume": [1000, 1200, 800, 1500, 900, 1100, 1700, 600, 1300, 1400],
    }
    return pd.DataFrame(columns, index=dates("2026-" + text for text in texts))


def minutes():
    """Minute bars labelled by their end, two mornings and an afternoon."""
    texts = ["07-01 09:31", "07-01 09:32", "07-01 09:33", "07-01 09:34", "07-01 14:59", "07-01 15:00"]
    texts += ["07-02 09:31", "07-02 09:32", "07-02 09:36", "07-02 09:40"]
    values = {"close": [5.0, 5.1, 5.05, 5.2, 5.3, 5.25, 5.4, 5.35, 5.5, NAN], "volume": list(range(100, 1100, 100))}
    return pd.DataFrame(values, index=dates("2026-" + text + ":00" for text in texts))


def trades():
    columns = {
        "code": ["000001.XSHE", "600519.XSHG", "000001.XSHE", "518880.XSHG", "600519.XSHG", "000001.XSHE"],
        "side": ["buy", "buy", "sell", "buy", "sell", "buy"],
        "amount": [100, 200, 100, 300, 100, 500],
        "price": [10.0, 1500.0, 10.5, NAN, 1510.0, 10.2],
    }
    return pd.DataFrame(columns)


def holdings():
    return pd.DataFrame({"code": ["b", "a", "c", "b"], "amount": [100, 200, 300, 400], "cost": [1.0, 2.0, 3.0, 4.0]})


def quotes():
    return pd.DataFrame({"code": ["a", "b", "d", "b"], "last": [2.5, 1.5, 9.0, 1.6], "cost": [0.1, 0.2, 0.3, 0.4]})


def ranks():
    """A frame keyed by its index."""
    return pd.DataFrame({"rank": [1, 2, 3]}, index=["b", "c", "z"])


def pairs():
    """A Series with two levels of labels."""
    tuples = [("a", "x"), ("a", "y"), ("b", "x"), ("b", "y")]
    return pd.Series([1.0, 2.0, 3.0, 4.0], index=pd.MultiIndex.from_tuples(tuples, names=["code", "field"]), name="v")


def ragged():
    """As pairs, but not every pair is there."""
    tuples = [("b", "x"), ("a", "y"), ("c", "x")]
    return pd.Series([1, 2, 3], index=pd.MultiIndex.from_tuples(tuples, names=["code", "field"]))


def panel():
    """A frame with two levels of row labels, as get_price gives some tables."""
    tuples = [(day, code) for day in ("2026-07-01", "2026-07-02") for code in ("000001.XSHE", "600519.XSHG")]
    index = pd.MultiIndex.from_tuples([(pd.Timestamp(day), code) for day, code in tuples], names=["time", "code"])
    return pd.DataFrame({"close": [10.0, 1500.0, 10.5, 1490.0], "volume": [100, 200, 300, 400]}, index=index)


def wide():
    """Time by code; the second listed later."""
    columns = {"000001.XSHE": [10.0, 10.1, 10.3, 10.2], "600519.XSHG": [NAN, 1500.0, 1510.0, 1490.0]}
    return pd.DataFrame(columns, index=dates(DAYS[:4]))


def long():
    columns = {
        "time": pd.to_datetime(["2026-07-01", "2026-07-01", "2026-07-02", "2026-07-02", "2026-07-03"]),
        "code": ["a", "b", "a", "b", "a"],
        "close": [1.0, 2.0, 1.1, 2.2, 1.2],
    }
    return pd.DataFrame(columns)


def blank():
    return pd.DataFrame({"a": pd.Series([], dtype="float64"), "b": pd.Series([], dtype="object")})


def single():
    return pd.DataFrame({"a": [1], "b": ["x"]}, index=["only"])


def chinese():
    columns = {"名称": ["平安银行", "贵州茅台", "ETF"], "价格": [10.5, 1500.0, NAN], "code": ["000001", "600519", "518880"]}
    return pd.DataFrame(columns, index=["甲", "乙", "丙丁"])


def tall():
    """A hundred rows, as many as print shortened."""
    return pd.DataFrame({"i": list(range(100)), "half": [n / 2 for n in range(100)], "s": [f"r{n}" for n in range(100)]})


def broad():
    """More columns than fit into 80 characters."""
    return pd.DataFrame({f"column_{n:02d}": [n * 1.25, n * 100.0] for n in range(12)})


def factors():
    """Four numeric columns that move together in part, one gap."""
    columns = {
        "pe": [12.0, 8.5, 25.0, NAN, 15.2, 9.9],
        "pb": [1.2, 0.8, 3.1, 2.0, 1.6, 0.9],
        "roe": [0.11, 0.09, 0.2, 0.15, 0.12, 0.1],
        "cap": [100, 250, 80, 60, 120, 300],
    }
    return pd.DataFrame(columns, index=list("abcdef"))


NAMES = [name for name, value in list(globals().items()) if callable(value) and name not in ("dates",)]


def build(name):
    return globals()[name]()
