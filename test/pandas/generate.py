"""Writes cases.json: for each expression of topics/ what pandas gives. Run with Debian's python3-pandas; see README.md."""

import ast
import importlib
import json
import pathlib
import sys
import warnings

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE))
sys.dont_write_bytecode = True

import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402

import inputs  # noqa: E402
import translate  # noqa: E402
from tagged import tag  # noqa: E402

warnings.simplefilter("ignore")  # what pandas will drop one day is what old scripts use
pd.set_option("display.unicode.east_asian_width", True, "display.width", 80, "display.max_columns", 20)
TOPICS = sorted(path.stem for path in (HERE / "topics").glob("*.py") if path.stem != "__init__")


def names_of(text):
    used = {node.id for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Name)}
    return sorted(used & set(inputs.NAMES))


def evaluate(text):
    """Runs the statements; the value is the last one's."""
    body = ast.parse(text).body
    scope = {"pd": pd, "np": np, **{name: inputs.build(name) for name in names_of(text)}}
    exec(compile(ast.Module(body[:-1], []), text, "exec"), scope)
    return eval(compile(ast.Expression(body[-1].value), text, "eval"), scope)


def case_of(topic, entry):
    text, ours, fails = entry if isinstance(entry, tuple) else (entry, None, False)
    spelling = ours if ours is not None else translate.ours(text)
    try:
        value = evaluate(text)
    except Exception as error:
        if not fails:
            raise RuntimeError(f"{topic}: {text}: {error!r}") from error
        return {"id": f"{topic}: {text}", "inputs": names_of(text), "ours": spelling, "pandas": text, "result": {"$error": True}}
    if fails:
        raise RuntimeError(f"{topic}: {text} was expected to raise")
    return {"id": f"{topic}: {text}", "inputs": names_of(text), "ours": spelling, "pandas": text, "result": tag(value)}


def main():
    cases, faults = [], []
    for topic in TOPICS:
        for entry in importlib.import_module(f"topics.{topic}").CASES:
            try:
                cases.append(case_of(topic, entry))
            except Exception as error:
                faults.append(f"{topic}: {entry!r}: {error}")
    cases.sort(key=lambda case: case["id"])
    for before, after in zip(cases, cases[1:]):
        if before["id"] == after["id"]:
            faults.append(f"twice: {after['id']}")
    if faults:
        sys.exit("\n".join(faults))
    used = sorted({name for case in cases for name in case["inputs"]})
    document = {
        "pandas": pd.__version__,
        "numpy": np.__version__,
        "inputs": {name: tag(inputs.build(name)) for name in used},
    }

    def compact(value):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)

    head = ",\n".join(f"{compact(name)}:{compact(value)}" for name, value in document.items())
    lines = ",\n".join(compact(case) for case in cases)
    (HERE / "cases.json").write_text("{" + head + ',\n"cases":[\n' + lines + "\n]}\n", encoding="utf-8")
    print(f"{len(cases)} cases, pandas {pd.__version__}")


if __name__ == "__main__":
    main()
