"""Python's expression in our spelling: brackets become calls, keywords an options object, operators methods.

These are the rules of docs/tables.md. Inside a lambda or a comprehension values are scalars, and operators stay.
A case that needs another spelling gives its own."""

import ast
import json

BINARY = {"Add": "add", "Sub": "sub", "Mult": "mul", "Div": "div", "FloorDiv": "floordiv", "Mod": "mod", "Pow": "pow"}
LOGICAL = {"BitAnd": "and", "BitOr": "or", "BitXor": "xor"}
COMPARE = {"Gt": "gt", "GtE": "ge", "Lt": "lt", "LtE": "le", "Eq": "eq", "NotEq": "ne"}
SCALAR = {"Add": "+", "Sub": "-", "Mult": "*", "Div": "/", "Mod": "%", "Pow": "**"}
SCALAR |= {"Gt": ">", "GtE": ">=", "Lt": "<", "LtE": "<=", "Eq": "===", "NotEq": "!=="}
CALLABLE = {"loc", "iloc", "at", "iat"}


def kind(node):
    return type(node).__name__


class Translator:
    def __init__(self):
        self.scalar = 0

    def expression(self, node):
        return getattr(self, "on_" + kind(node).lower())(node)

    def several(self, nodes):
        return ", ".join(self.expression(node) for node in nodes)

    def native(self, node):
        self.scalar += 1
        text = self.expression(node)
        self.scalar -= 1
        return text

    def on_name(self, node):
        return node.id

    def on_constant(self, node):
        value = node.value
        if isinstance(value, str):
            return "'" + json.dumps(value, ensure_ascii=False)[1:-1].replace('\\"', '"').replace("'", "\\'") + "'"
        return {True: "true", False: "false", None: "null"}[value] if value is None or value is True or value is False else repr(value)

    def on_attribute(self, node):
        if isinstance(node.value, ast.Name) and node.value.id == "np":
            return {"nan": "NaN", "inf": "Infinity"}[node.attr]
        return f"{self.expression(node.value)}.{node.attr}"

    def on_list(self, node):
        # JavaScript reads 1.0 as 1, and a list of those would be int64.
        whole = [isinstance(element, ast.Constant) and isinstance(element.value, float) and element.value.is_integer() for element in node.elts]
        if not self.scalar and whole and all(whole):
            return f"Float64Array.of({self.several(node.elts)})"
        return f"[{self.several(node.elts)}]"

    def on_tuple(self, node):
        return f"[{self.several(node.elts)}]"

    def on_dict(self, node):
        pairs = list(zip(node.keys, node.values))
        if all(isinstance(key, ast.Constant) and isinstance(key.value, str) for key in node.keys):
            inner = ", ".join(f"{self.expression(key)}: {self.expression(value)}" for key, value in pairs)
            return f"{{ {inner} }}" if inner else "{}"
        return "new Map([" + ", ".join(f"[{self.expression(k)}, {self.expression(v)}]" for k, v in pairs) + "])"

    def on_lambda(self, node):
        arguments = ", ".join(argument.arg for argument in node.args.args)
        if arguments == "z":  # a Series: its operators are methods
            self.scalar, before = 0, self.scalar
            body = self.expression(node.body)
            self.scalar = before
            return f"(z) => {body}"
        return f"({arguments}) => {self.native(node.body)}"

    def on_listcomp(self, node):
        loop = node.generators[0]
        target = self.expression(loop.target)
        return f"Array.from({self.expression(loop.iter)}, ({target}) => {self.native(node.elt)})"

    def on_unaryop(self, node):
        operand = self.expression(node.operand)
        if isinstance(node.op, ast.USub):
            return f"-{operand}" if self.scalar or isinstance(node.operand, ast.Constant) or operand == "Infinity" else f"{operand}.neg()"
        return f"{self.owner(node.operand)}.not()"

    def owner(self, node):
        text = self.expression(node)
        return text

    def on_binop(self, node):
        name = kind(node.op)
        if self.scalar:
            return f"({self.expression(node.left)} {SCALAR[name]} {self.expression(node.right)})"
        if name in LOGICAL:
            return f"{self.expression(node.left)}.{LOGICAL[name]}({self.expression(node.right)})"
        if isinstance(node.left, ast.Constant):
            return f"{self.expression(node.right)}.r{BINARY[name]}({self.expression(node.left)})"
        return f"{self.expression(node.left)}.{BINARY[name]}({self.expression(node.right)})"

    def on_compare(self, node):
        name, right = kind(node.ops[0]), node.comparators[0]
        if name in ("In", "NotIn"):
            return f"{'!' if name == 'NotIn' else ''}{self.expression(right)}.includes({self.expression(node.left)})"
        if self.scalar:
            return f"{self.expression(node.left)} {SCALAR[name]} {self.expression(right)}"
        return f"{self.expression(node.left)}.{COMPARE[name]}({self.expression(right)})"

    def on_slice(self, node):
        parts = [node.lower, node.upper, node.step]
        while parts and parts[-1] is None:
            parts.pop()
        if len(parts) == 1:
            parts.append(None)
        return f"slice({', '.join('null' if part is None else self.expression(part) for part in parts)})"

    def key(self, node):
        return self.several(node.elts) if isinstance(node, ast.Tuple) else self.expression(node)

    def on_subscript(self, node):
        owner, key = self.expression(node.value), node.slice
        if isinstance(node.value, ast.Attribute) and node.value.attr in CALLABLE:
            return f"{owner}({self.key(key)})"
        if owner.endswith(".str") and not isinstance(key, ast.Slice):
            return f"{owner}.get({self.expression(key)})"
        if isinstance(key, ast.Slice):
            return f"{owner}.{self.on_slice(key)}"
        if isinstance(key, ast.List):
            return f"{owner}.cols({self.expression(key)})"
        if isinstance(key, ast.Constant) and isinstance(key.value, str):
            return f"{owner}[{self.expression(key)}]"
        if isinstance(key, ast.Constant) or kind(key) == "UnaryOp" and isinstance(key.op, ast.USub):
            if self.scalar:
                return f"{owner}[{self.expression(key)}]"
            by_position = owner.endswith((".index", ".columns", ".tolist()"))
            return f"{owner}.{'at' if by_position else 'item'}({self.expression(key)})"
        return f"{owner}.loc({self.expression(key)})"

    def on_call(self, node):
        function, first = node.func, node.args[0] if node.args else None
        if isinstance(function, ast.Name):
            texts = {
                "len": "{}.length", "list": "[...{}]", "repr": "{}.toString()", "str": "{}.toString()",
                "abs": "{}.abs()", "round": "{}.round(%s)" % (self.several(node.args[1:])),
            }
            return texts[function.id].format(self.expression(first))
        if isinstance(function, ast.Attribute) and function.attr == "Timestamp":
            return self.expression(first)
        values = [self.expression(argument) for argument in node.args]
        if node.keywords and not values and isinstance(function, ast.Attribute) and function.attr in ("DataFrame", "Series"):
            values.append("null")  # what stands first is the data
        if node.keywords:
            options = ", ".join(f"{keyword.arg}: {self.expression(keyword.value)}" for keyword in node.keywords)
            values.append(f"{{ {options} }}")
        name = self.expression(function)
        return f"{name}({', '.join(values)})"

    def statement(self, node):
        if isinstance(node, ast.Expr):
            return self.expression(node.value)
        if isinstance(node, ast.Delete):
            target = node.targets[0]
            return f"{self.expression(target.value)}.del({self.expression(target.slice)})"
        target, value = node.targets[0], self.expression(node.value)
        if isinstance(target, ast.Name):
            return f"const {target.id} = {value}"
        if isinstance(target, ast.Subscript) and isinstance(target.value, ast.Attribute) and target.value.attr in CALLABLE:
            return f"{self.expression(target.value)}.set({self.key(target.slice)}, {value})"
        if isinstance(target, ast.Subscript) and not isinstance(target.slice, ast.Constant):
            return f"{self.expression(target.value)}.set({self.expression(target.slice)}, {value})"
        return f"{self.expression(target)} = {value}"


def ours(text):
    """The statements of `text`, the last one the value."""
    translator = Translator()
    return "\n".join(translator.statement(node) for node in ast.parse(text).body)
