"""Names that a JoinQuant script finds without an import, beneath its own: what is used is put there before it runs."""
import builtins
import importlib
import symtable

from .known import PRELUDE, PYTHON2


def unbound(source, name='<script>'):
    """
    Names that a script reads beyond its functions' own and that its top level does not make: all that `scopes.free_names` finds, which the
    check asks because it tells their places, and perhaps some that a function makes global. By Python's own tables: in a fraction of the time.
    """
    top = symtable.symtable(source, name, 'exec')
    made = {one.get_name() for one in top.get_symbols() if one.is_assigned() or one.is_imported() or one.is_namespace()}
    read = set()
    scopes = [top]
    while scopes:
        scope = scopes.pop()
        scopes.extend(scope.get_children())
        read.update(one.get_name() for one in scope.get_symbols() if one.is_referenced() and (scope is top or one.is_global()))
    return {one for one in read - made if not hasattr(builtins, one)}


def values(source, tell):
    """What a script needs of these names; a package that is not installed leaves its names out."""
    found = {}
    for name in sorted(unbound(source)):
        try:
            if name in PRELUDE:
                found[name] = value(name)
            elif name in PYTHON2:
                home, member = PYTHON2[name]
                found[name] = getattr(importlib.import_module(home), member)
                tell('%s is a name of Python 2: taken as %s.%s' % (name, home, member))
        except ModuleNotFoundError as error:
            # Where the package itself is missing Python's NameError says it at the author's line.
            if error.name != PRELUDE[name][0]:
                raise
    return found


def value(name):
    """One of them. ImportError when its package is not installed."""
    home, member = PRELUDE[name]
    module = importlib.import_module(home)
    return module if member is None else getattr(module, member)


def sum_of(*args, **words):
    """sum() as it is, and of a table its columns' sums: where JoinQuant runs a script, it finds numpy's sum() beneath its own names."""
    try:
        return sum(*args, **words)
    except TypeError:
        if len(args) != 1 or words or not (hasattr(args[0], 'columns') and hasattr(args[0], 'sum')):
            raise
    return args[0].sum()


sum_of.__name__ = sum_of.__qualname__ = 'sum'
