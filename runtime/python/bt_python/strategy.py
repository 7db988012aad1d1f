"""The script: loaded under its own file's name, run by the names of its functions."""
import importlib
import inspect
import os
import sys
import types

from .decoding import decode
from .errors import bt_error
from .modules import is_authors

#: The script's name among modules, whatever its file is called: classes are kept by it.
MODULE = 'user_code'
HOOKS = (
    'initialize', 'process_initialize', 'after_code_changed', 'before_trading_start', 'handle_data', 'after_trading_end', 'handle_tick',
    'on_event', 'on_strategy_end',
)


class Strategy(object):
    """One script, its files and its functions."""

    def __init__(self, script):
        self.file = os.path.abspath(script)
        self.folder = os.path.join(os.path.realpath(os.path.dirname(self.file)), '')
        self.module = types.ModuleType(MODULE)
        self.module.__file__ = self.file

    def is_author(self, file):
        return file == self.file or is_authors(file, self.folder)

    def source(self):
        """The script's text. SyntaxError for bytes that are none."""
        with open(self.file, 'rb') as script:
            return decode(script.read(), self.file)

    def load(self, code, beneath):
        """Runs the script's top level; `beneath`: what its names are looked for in when they are not its own."""
        sys.modules[MODULE] = self.module
        self.module.__dict__['__builtins__'] = beneath
        exec(code, self.module.__dict__)

    def hooks(self):
        return [name for name in HOOKS if callable(self.module.__dict__.get(name))]

    def functions(self):
        """Names of the functions that are declared at the top of each file."""
        found = {}
        for path, module in self._modules().items():
            found[path] = [name for name, value in list(vars(module).items()) if isinstance(value, types.FunctionType)
                           and value.__module__ == module.__name__]
        return found

    def _modules(self):
        """The author's modules by their paths."""
        found = {self._path(self.file): self.module}
        for module in list(sys.modules.values()):
            file = getattr(module, '__file__', None)
            if isinstance(file, str) and module is not self.module and is_authors(file, self.folder):
                found[self._path(file)] = module
        return found

    def _path(self, file):
        """A file as tasks name it: relative to the script's folder."""
        if file == self.file:
            return os.path.basename(file)
        return os.path.realpath(file)[len(self.folder):].replace(os.sep, '/')

    def place_of(self, function):
        """(module, name) of a function at the top of one of the author's files; None for any other."""
        module = sys.modules.get(getattr(function, '__module__', None) or '')
        file = getattr(module, '__file__', None)
        if module is None or not isinstance(file, str) or not self.is_author(file):
            return None
        names = vars(module)
        own = getattr(function, '__name__', None)
        if names.get(own) is function:
            return self._path(file), own
        for name, value in names.items():
            if value is function:
                return self._path(file), name
        return None

    def find(self, path, name):
        """The function of a file, by the names that `place_of` gave."""
        module = self.module if path == self._path(self.file) else self._modules().get(path)
        if module is None and path.endswith('.py'):
            dotted = path[:-3].replace('/', '.')
            if dotted.endswith('.__init__'):
                dotted = dotted[: -len('.__init__')]
            try:
                module = importlib.import_module(dotted)
            except ImportError:
                module = None
        function = getattr(module, name, None) if module is not None else None
        if callable(function):
            return function
        raise bt_error(
            'STRATEGY_FUNCTION_MISSING',
            'the function %s in %s is registered but no longer declared at the top level; restore it or call unschedule_all() and '
            'register anew' % (name, path),
        )


def needed(function):
    """How many values a function must be given by position; 0 when it does not tell."""
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return 0
    return sum(
        1 for one in parameters
        if one.kind in (one.POSITIONAL_ONLY, one.POSITIONAL_OR_KEYWORD) and one.default is one.empty
    )
