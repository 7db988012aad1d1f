"""Random chains of what strategies write, with what pandas gives for them: one JSON document a run, made of a seed.

    /usr/bin/python3 test/pandas/chains/chains.py --seed 1 --count 1000 > chains.json
"""

import argparse
import ast
import json
import pathlib
import random
import sys
import warnings

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parent))
sys.dont_write_bytecode = True

import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402

import translate  # noqa: E402
from steps import STARTS, steps_of  # noqa: E402
from tagged import tag  # noqa: E402

warnings.simplefilter("ignore")
LONGEST = 4
REFUSED = object()  # what pandas does not do
CODES = ["000001.XSHE", "000333.XSHE", "300750.XSHE", "600000.XSHG", "600519.XSHG", "601318.XSHG", "688981.XSHG", "510300.XSHG"]


def with_gaps(r, values, share):
    return [float("nan") if r.random() < share else value for value in values]


def walk(r, n, start):
    values = [start]
    for _ in range(n - 1):
        values.append(round(values[-1] * (1 + r.gauss(0, 0.02)), 2))
    return values


def days(r, n):
    all_days = pd.bdate_range("2026-05-25", periods=n + 12)
    dropped = set(r.sample(range(len(all_days)), 12))
    return pd.DatetimeIndex([day for i, day in enumerate(all_days) if i not in dropped])


def inputs_of(r):
    """Tables as a strategy gets them: bars of a day or minute, closes side by side, a long table, factors, trades."""
    n = r.choice([6, 12, 16])  # above sixteen rows the sorts of pandas are not stable
    index = days(r, n)
    close = walk(r, n, r.choice([5.0, 20.0, 1500.0]))
    gap = r.choice([0, 0, 0.1])
    bars = pd.DataFrame({
        "open": with_gaps(r, [round(c * r.uniform(0.98, 1.02), 2) for c in close], gap), "close": with_gaps(r, close, gap),
        "high": [round(c * 1.02, 2) for c in close], "volume": [r.randrange(0, 50) * 100 for _ in close],
    }, index=index)
    codes = r.sample(CODES, 4)
    wide = pd.DataFrame({code: with_gaps(r, walk(r, n, 10.0), gap) for code in codes}, index=index)
    few = index[: r.choice([3, 4])]
    rows = [(day, code) for day in few for code in r.sample(codes, r.choice([3, 4]))]
    long = pd.DataFrame({
        "time": pd.DatetimeIndex([day for day, _ in rows]), "code": [code for _, code in rows],
        "close": with_gaps(r, [round(r.uniform(5, 30), 2) for _ in rows], gap), "volume": [r.randrange(1, 9) * 100 for _ in rows],
    })
    factors = pd.DataFrame({
        "code": r.sample(CODES, 8), "pe": with_gaps(r, [round(r.uniform(-5, 60), 1) for _ in CODES], 0.15), "cap": [r.randrange(1, 6) * 10 for _ in CODES],
        "roe": with_gaps(r, [round(r.gauss(0.1, 0.08), 3) for _ in CODES], 0.1), "ind": [r.choice(["bank", "wine", "car"]) for _ in CODES], "st": [r.random() < 0.3 for _ in CODES],
    })
    other = pd.DataFrame({"code": r.sample(CODES, 5), "score": [round(r.random(), 2) for _ in range(5)], "cap": [r.randrange(1, 6) * 10 for _ in range(5)]})
    minute = pd.DatetimeIndex([day + pd.Timedelta(minutes=571 + k) for day in few for k in r.sample(range(60), 4)]).sort_values()
    minutes = pd.DataFrame({"close": walk(r, len(minute), 10.0), "volume": [r.randrange(1, 9) * 100 for _ in minute]}, index=minute)
    return {
        "bars": bars, "wide": wide, "long": long, "panel": long.set_index(["time", "code"]), "factors": factors, "other": other, "minutes": minutes,
        "close": bars["close"], "weights": pd.Series(with_gaps(r, [round(r.random(), 2) for _ in codes], gap), index=codes, name="w"), "names": factors.set_index("code")["ind"],
    }


def value_of(text, scope):
    copied = {name: value.copy() for name, value in scope.items()}
    return eval(text, {"pd": pd, "np": np, "__builtins__": {"len": len, "list": list, "sorted": sorted, "abs": abs}}, copied)


def chain(r, scope):
    """A text that pandas can evaluate, and its value; None when it came to nothing."""
    text, value = None, None
    for _ in range(30):
        text = r.choice(STARTS)
        try:
            value = value_of(text, scope)
            break
        except Exception:
            continue
    for _ in range(r.randrange(1, LONGEST + 1)):
        choices = steps_of(value, scope, r)
        if not choices:
            break
        step = r.choice(choices)
        if tall(value) and any(word in step for word in ("sort_values", "value_counts", "nlargest", "nsmallest", "mode", "rank(")):
            break
        if ".stack(" in text and "unstack" in step:
            break  # README.md: the order of its columns
        following = step.format(x=grouped(text))
        try:
            following_value = value_of(following, scope)
            if not worth(following_value):
                break
            value, text = following_value, following
        except Exception:
            return following, REFUSED
    return text, value


def worth(value):
    """Without cells there is nothing to get wrong but types; above sixteen rows the sorts of pandas are not stable, and infinite sums are its own."""
    if not isinstance(value, (pd.Series, pd.DataFrame)):
        return True
    numbers = value.select_dtypes("number") if isinstance(value, pd.DataFrame) else value
    if numbers.dtypes.__class__ is not pd.Series and numbers.dtype.kind not in "if":
        return 0 not in value.shape
    return 0 not in value.shape and not np.isinf(numbers.to_numpy(dtype=float, na_value=np.nan)).any()


def tall(value):
    return isinstance(value, (pd.Series, pd.DataFrame)) and len(value) > 16


def grouped(text):
    """In brackets when something that follows would belong to its last part only."""
    node = ast.parse(text, mode="eval").body
    return f"({text})" if isinstance(node, (ast.BinOp, ast.UnaryOp, ast.Compare, ast.BoolOp)) else text


def used(text, scope):
    return sorted(name for name in scope if name in text)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--count", type=int, default=300)
    given = arguments.parse_args()
    r = random.Random(given.seed)
    worlds, cases, seen, tries = [], [], set(), 0
    while len(cases) < given.count and tries < given.count * 20:
        tries += 1
        if tries % 50 == 1:
            scope = inputs_of(r)
            worlds.append({name: tag(value) for name, value in scope.items()})
        text, value = chain(r, scope)
        if (len(worlds), text) in seen:
            continue
        seen.add((len(worlds), text))
        try:
            result = {"$error": True} if value is REFUSED else tag(value)
            ours = translate.ours(text)
        except Exception:
            continue  # a kind that our tables have not, or no spelling
        cases.append({"world": len(worlds) - 1, "inputs": used(text, scope), "ours": ours, "pandas": text, "result": result})
    json.dump({"pandas": pd.__version__, "seed": given.seed, "worlds": worlds, "cases": cases}, sys.stdout, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


if __name__ == "__main__":
    main()
