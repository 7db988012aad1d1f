"""Names of a Python file as the language resolves them, from its syntax tree alone: nothing is run."""
import ast
import builtins

BUILTINS = frozenset(dir(builtins)) | {'__file__', '__name__', '__doc__', '__builtins__', '__annotations__'}

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


class _Scope:
    __slots__ = ('bound', 'outside', 'is_class', 'parent')

    def __init__(self, parent, is_class=False):
        self.parent = parent
        self.is_class = is_class
        self.bound = set()
        # Declared `global`: looked up in the module.
        self.outside = set()


def free_names(tree):
    """(name, node) of every use of a name that the file itself does not bind, in the order of the walk; and the module's own names."""
    return _Resolver(tree).result()


class _Resolver(object):
    def __init__(self, tree):
        self.module = _Scope(None)
        self.loose = []
        self._bind_body(self.module, tree.body)
        for node in ast.walk(tree):  # `global x` in a function binds a name of the module
            if isinstance(node, ast.Global):
                self.module.bound.update(node.names)
        for node in tree.body:
            self._visit(node, self.module)

    def result(self):
        free = [(name, node) for name, node in self.loose if name not in self.module.bound]
        return free, self.module.bound

    # What a scope binds, looked for before anything in it is resolved: a name may be used above the line that binds it.

    def _bind_body(self, scope, nodes):
        for node in nodes:
            self._bind(scope, node)

    def _bind(self, scope, node):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            scope.bound.add(node.name)
            return
        if isinstance(node, ast.Lambda):
            return
        if isinstance(node, _COMPREHENSIONS):
            for inner in ast.walk(node):  # `:=` binds around the comprehension
                if isinstance(inner, ast.NamedExpr):
                    scope.bound.add(inner.target.id)
            return
        if isinstance(node, ast.Global):
            scope.outside.update(node.names)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, (ast.Store, ast.Del)):
            scope.bound.add(node.id)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            for alias in node.names:
                scope.bound.add(alias.asname or alias.name.split('.')[0])
        elif isinstance(node, ast.ExceptHandler) and node.name:
            scope.bound.add(node.name)
        else:
            for name in _pattern_names(node):
                scope.bound.add(name)
        for child in ast.iter_child_nodes(node):
            self._bind(scope, child)

    def _visit(self, node, scope):
        if isinstance(node, ast.Name):
            if isinstance(node.ctx, ast.Load) and not self._is_bound(scope, node.id):
                self.loose.append((node.id, node))
            return
        if isinstance(node, _FUNCTIONS):
            self._function(node, scope)
        elif isinstance(node, ast.ClassDef):
            for part in node.decorator_list + node.bases + [word.value for word in node.keywords]:
                self._visit(part, scope)
            inner = _Scope(scope, is_class=True)
            self._bind_body(inner, node.body)
            for part in node.body:
                self._visit(part, inner)
        elif isinstance(node, _COMPREHENSIONS):
            self._comprehension(node, scope)
        else:
            for child in ast.iter_child_nodes(node):
                self._visit(child, scope)

    def _function(self, node, scope):
        args = node.args
        for part in args.defaults + [one for one in args.kw_defaults if one is not None]:
            self._visit(part, scope)
        for part in getattr(node, 'decorator_list', []):
            self._visit(part, scope)
        inner = _Scope(scope)
        every = list(getattr(args, 'posonlyargs', [])) + args.args + args.kwonlyargs
        inner.bound.update(arg.arg for arg in every + [one for one in (args.vararg, args.kwarg) if one is not None])
        body = node.body if isinstance(node.body, list) else [node.body]
        self._bind_body(inner, body)
        for part in body:
            self._visit(part, inner)

    def _comprehension(self, node, scope):
        inner = _Scope(scope)
        for index, part in enumerate(node.generators):
            self._visit(part.iter, scope if index == 0 else inner)
            self._bind(inner, part.target)
        for part in node.generators:
            self._visit(part.target, inner)
            for condition in part.ifs:
                self._visit(condition, inner)
        parts = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
        for part in parts:
            self._visit(part, inner)

    def _is_bound(self, scope, name):
        here = scope
        while here is not None and here is not self.module:
            if name in here.outside:
                return False
            # A class's names are seen in its body alone, not in its methods.
            if name in here.bound and (here is scope or not here.is_class):
                return True
            here = here.parent
        return False


def _pattern_names(node):
    """Names that a `match` pattern binds (3.10 and newer)."""
    kind = type(node).__name__
    if kind in ('MatchAs', 'MatchStar') and node.name:
        return [node.name]
    if kind == 'MatchMapping' and node.rest:
        return [node.rest]
    return []
