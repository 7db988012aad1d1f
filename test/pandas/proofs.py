"""Which options a case proves: those without which pandas gives something else. And the arguments of pandas' own methods."""

import ast
import copy
import inspect

import pandas as pd
from pandas.core.groupby import DataFrameGroupBy
from pandas.core.indexes.accessors import DatetimeProperties
from pandas.core.resample import Resampler
from pandas.core.strings.accessor import StringMethods
from pandas.core.window import ExponentialMovingWindow, Rolling

# How our definitions call the classes, and the class whose arguments count.
CLASSES = {
    "DataFrame": pd.DataFrame, "Series": pd.Series, "Index": pd.Index, "groupby": DataFrameGroupBy, "resample": Resampler,
    "rolling": Rolling, "ewm": ExponentialMovingWindow, "str": StringMethods, "dt": DatetimeProperties, "pd": pd, "MultiIndex": pd.MultiIndex,
}
NAMES = [("Resampler", "resample"), ("GroupBy", "groupby"), ("Rolling", "rolling"), ("Expanding", "rolling"), ("Exponential", "ewm"),
         ("StringMethods", "str"), ("Properties", "dt"), ("Index", "Index"), ("DataFrame", "DataFrame"), ("Series", "Series")]
# Given by pandas under a property, so that there is no signature to read.
HIDDEN = {"groupby skew": ["axis", "skipna", "level", "numeric_only"],
          "groupby nlargest": ["n", "keep"], "groupby nsmallest": ["n", "keep"],
          "groupby fillna": ["value", "method", "axis", "inplace", "limit", "downcast"], "groupby describe": ["percentiles"]}


def class_name(owner):
    if owner is pd:
        return "pd"
    if owner is pd.MultiIndex:
        return "MultiIndex"
    name = type(owner).__name__
    return next((ours for part, ours in NAMES if part in name), None)


def calls(tree):
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]


def owners(text, run):
    """The class each call with options is made on, by the call's number."""
    tree = ast.parse(text)
    seen = {}

    def see(owner, number):
        seen[number] = class_name(owner)
        return owner

    for number, node in enumerate(calls(tree)):
        node.func.value = ast.Call(ast.Name("__see", ast.Load()), [node.func.value, ast.Constant(number)], [])
    run(ast.fix_missing_locations(tree), {"__see": see})
    return seen


def proofs(text, result, run, same):
    """`DataFrame sum axis` for each option that this text would be another without."""
    tree = ast.parse(text)
    options = [(number, keyword.arg) for number, node in enumerate(calls(tree)) for keyword in node.keywords if keyword.arg]
    if not options:
        return []
    found, seen = set(), owners(text, run)
    for number, option in options:
        other = copy.deepcopy(tree)
        node = calls(other)[number]
        node.keywords = [keyword for keyword in node.keywords if keyword.arg != option]
        try:
            differs = not same(run(other, {}), result)
        except Exception:
            differs = True  # it does not even work without
        if differs and seen.get(number):
            found.add(f"{seen[number]} {node.func.attr} {option}")
    return sorted(found)


def refusals(text, run):
    """Of a text that fails: the options without which it works."""
    tree = ast.parse(text)
    found = []
    for number, node in enumerate(calls(tree)):
        for keyword in node.keywords:
            other = copy.deepcopy(tree)
            call = calls(other)[number]
            call.keywords = [one for one in call.keywords if one.arg != keyword.arg]
            try:
                run(copy.deepcopy(other), {})
            except Exception:
                continue
            owner = owners(ast.unparse(other), run).get(number)
            if owner and keyword.arg:
                found.append(f"{owner} {node.func.attr} {keyword.arg}")
    return sorted(found)


def arguments(wanted):
    """Of each method that we have too: its arguments in order, `=` behind those that may be left out."""
    out = {}
    for key in wanted:
        owner, method = key.split(" ")
        function = getattr(CLASSES[owner], method, None)
        if key in HIDDEN:
            out[key] = [f"{name}=" for name in HIDDEN[key]]
        elif callable(function):
            try:
                parameters = inspect.signature(function).parameters.values()
            except ValueError:
                continue
            out[key] = [
                p.name + ("" if p.default is p.empty else "=") for p in parameters
                if p.name != "self" and p.kind not in (p.VAR_POSITIONAL, p.VAR_KEYWORD)
            ]
    return out
