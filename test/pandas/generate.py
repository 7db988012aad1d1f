"""Writes cases.json: for each expression of topics/ what pandas gives. Run with Debian's python3-pandas; see README.md."""

import ast
import importlib
import json
import pathlib
import subprocess
import sys
import warnings

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE))
sys.dont_write_bytecode = True

import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402

import inputs  # noqa: E402
import proofs  # noqa: E402
import translate  # noqa: E402
from tagged import tag  # noqa: E402

warnings.simplefilter("ignore")  # what pandas will drop one day is what old scripts use
pd.set_option("display.unicode.east_asian_width", True, "display.width", 80, "display.max_columns", 20)
TOPICS = sorted(path.stem for path in (HERE / "topics").glob("*.py") if path.stem != "__init__")


def names_of(text):
    used = {node.id for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Name)}
    return sorted(used & set(inputs.NAMES))


def run(tree, more):
    """Runs the statements; the value is the last one's."""
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} & set(inputs.NAMES)
    scope = {"pd": pd, "np": np, **{name: inputs.build(name) for name in names}, **more}
    exec(compile(ast.Module(tree.body[:-1], []), "case", "exec"), scope)
    return eval(compile(ast.Expression(tree.body[-1].value), "case", "eval"), scope)


def evaluate(text):
    return run(ast.parse(text), {})


def same(a, b):
    try:
        return tag(a) == b
    except Exception:
        return False


def case_of(topic, entry):
    text, ours, fails = entry if isinstance(entry, tuple) else (entry, None, False)
    spelling = ours if ours is not None else translate.ours(text)
    try:
        value = evaluate(text)
    except Exception as error:
        if not fails:
            raise RuntimeError(f"{topic}: {text}: {error!r}") from error
        case = {"id": f"{topic}: {text}", "inputs": names_of(text), "ours": spelling, "pandas": text, "result": {"$error": True}}
        proven = proofs.refusals(text, run)
        return {**case, "proves": proven} if proven else case
    if fails:
        raise RuntimeError(f"{topic}: {text} was expected to raise")
    case = {"id": f"{topic}: {text}", "inputs": names_of(text), "ours": spelling, "pandas": text, "result": tag(value)}
    proven = proofs.proofs(text, case["result"], run, same)
    return {**case, "proves": proven} if proven else case


def methods():
    """What our tables define, as our own script lists it."""
    made = subprocess.run(["node", str(HERE / "../../scripts/table-methods.ts")], capture_output=True, text=True, check=True)
    return made.stdout.split("\n")[:-1]


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
        "arguments": proofs.arguments(methods()),
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
