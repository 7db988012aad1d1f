"""Looks at a strategy without running it: its files, names, imports, and what in it cannot work.

    python3 check.py --json FILE      prints one JSON object; exit code 2 when FILE cannot be read

    {"python": "3.11.2",
     "files": [{"path": absolute, "module": "x.py", "sha256": hex}],       the entry first, then its local imports
     "functions": ["initialize", ...],                                     of the entry
     "names": [{"name", "file", "line", "column"}],                        free names, and those taken from modules we answer; first use a file
     "undefined": [...],                                                   free names that only our API could know
     "stars": [{"module", "file"}],                                        `from jqlib.technical_analysis import *`
     "missing": [{"module", "file", "line", "column"}],                    packages that this Python does not have
     "findings": [{"level", "code", "text", "file", "line", "column"}]}

Lines and columns count from 1.
"""
import ast
import hashlib
import importlib.util
import json
import os
import sys

from check_rules import findings_in, python2_finding, syntax_finding
from decoding import decode
from known import PRELUDE, PYTHON2, is_ours
from python2 import NoConverter, convert
from scopes import BUILTINS, free_names


def describe(entry, is_python2=False):
    """The description of a strategy, as above; OSError when the entry cannot be read. `is_python2`: the entry is converted before."""
    report = _Report(os.path.realpath(entry), is_python2)
    report.read(report.entry)
    return report.result()


class _Report(object):
    def __init__(self, entry, is_python2):
        self.entry = entry
        self.is_python2 = is_python2
        self.folder = os.path.dirname(entry)
        self.files = []
        self.functions = []
        self.names = []
        self.undefined = []
        self.stars = []
        self.missing = []
        self.findings = []
        self.lines = {}
        self.waiting = []
        self.seen = set()

    def read(self, first):
        self.waiting.append(first)
        while self.waiting:
            path = self.waiting.pop(0)
            if path not in self.seen:
                self.seen.add(path)
                self._file(path)

    def result(self):
        for one in self.names + self.undefined + self.missing + self.findings:
            one['column'] = self._column(one)
        return {
            'python': '%d.%d.%d' % sys.version_info[:3],
            'files': self.files,
            'functions': self.functions,
            'names': self.names,
            'undefined': self.undefined,
            'stars': self.stars,
            'missing': self.missing,
            'findings': self.findings,
        }

    def _column(self, place):
        """The tree counts bytes of UTF-8, a person characters."""
        lines = self.lines.get(place['file'], ())
        if place['line'] > len(lines):
            return place['column']
        return len(lines[place['line'] - 1].encode('utf-8')[: place['column'] - 1].decode('utf-8', 'ignore')) + 1

    def _file(self, path):
        with open(path, 'rb') as source:
            data = source.read()
        module = os.path.relpath(path, self.folder).replace(os.sep, '/')
        self.files.append({'path': path, 'module': module, 'sha256': hashlib.sha256(data).hexdigest()})
        source = ''
        try:
            source = decode(data, path)
            text = convert(source, os.path.basename(path)) if self.is_python2 and path == self.entry else source
            tree = ast.parse(text, filename=path)
        except NoConverter as error:
            self.findings.append(_at_file({'level': 'error', 'code': 'PYTHON2', 'text': '%s.' % error, 'line': 1, 'column': 1}, path))
            return
        except (SyntaxError, ValueError) as error:  # ValueError: a null byte
            self.findings.append(_at_file(syntax_finding(error, source), path))
            return
        if path == self.entry:
            self.functions = _functions(tree)
        self.lines[path] = text.splitlines()
        self._look(tree, path)
        self.findings.extend(_at_file(found, path) for found in findings_in(tree))

    def _look(self, tree, path):
        imports = _Imports()
        imports.read(tree)
        self._resolve(imports, path)
        free, _ = free_names(tree)
        uses = _First()
        unknown = _First()
        old = set()
        for name, node in free:
            if name in BUILTINS:
                continue
            if name in PYTHON2:
                if name not in old:
                    self.findings.append(_at_file(python2_finding(name, node), path))
                old.add(name)
                continue
            uses.add(name, node)
            if name not in PRELUDE and not imports.opens and name not in imports.stars:
                unknown.add(name, node)
        for name, node in imports.taken:
            uses.add(name, node)
        for name, node in _members(tree, imports.wholes):
            uses.add(name, node)
        self.names.extend(uses.listed(path))
        self.undefined.extend(unknown.listed(path))

    def _resolve(self, imports, path):
        for module, level, names, node in imports.modules:
            local = self._local(module, level, path)
            for name in names:  # `from folder import module`
                inner = self._local((module + '.' if module else '') + name, level, path)
                if inner:
                    self.waiting.append(inner)
            if local:
                self.waiting.extend(self._packages(module, level, path))
                self.waiting.append(local)
                if '*' in names:
                    imports.stars.update(_exported(local))
            elif is_ours(module) and not level:
                if '*' in names:
                    self.stars.append({'module': module, 'file': path})
            elif not level and not _is_installed(module):
                self.missing.append(dict(_place(node), module=module.split('.')[0], file=path))
            if '*' in names and not local and (level or not is_ours(module)):
                imports.opens = True  # any name may come from there

    def _packages(self, module, level, path):
        """The packages around a local module: they are loaded before it."""
        parts = module.split('.')
        around = (self._local('.'.join(parts[:count]), level, path) for count in range(1, len(parts)))
        return [one for one in around if one]

    def _local(self, module, level, path):
        """The author's own file of a module, beside the entry (or, with dots, beside the importing file)."""
        folder = self.folder
        if level:
            folder = os.path.dirname(path)
            for _ in range(level - 1):
                folder = os.path.dirname(folder)
        if not module or is_ours(module):
            return None
        place = os.path.join(folder, *module.split('.'))
        for candidate in (place + '.py', os.path.join(place, '__init__.py')):
            if os.path.isfile(candidate):
                return os.path.realpath(candidate)
        return None


class _First(object):
    """Each name where it is used first."""

    def __init__(self):
        self._places = {}

    def add(self, name, node):
        place = (node.lineno, node.col_offset)
        if name not in self._places or place < self._places[name]:
            self._places[name] = place

    def listed(self, path):
        found = sorted(self._places.items(), key=lambda item: item[1])
        return [{'name': name, 'file': path, 'line': line, 'column': column + 1} for name, (line, column) in found]


class _Imports(object):
    def __init__(self):
        self.modules = []  # (dotted, level, names, node)
        self.taken = []  # (qualified name, node) taken from modules that we answer
        self.wholes = {}  # name in the file -> module of ours
        self.stars = set()  # what `from own_file import *` brings
        self.opens = False

    def read(self, tree):
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    self.modules.append((alias.name, 0, (), node))
                    if is_ours(alias.name):
                        self.wholes[alias.asname or alias.name.split('.')[0]] = alias.name
            elif isinstance(node, ast.ImportFrom):
                module = node.module or ''
                names = tuple(alias.name for alias in node.names)
                self.modules.append((module, node.level, names, node))
                if not node.level and is_ours(module):
                    self.taken.extend((_qualified(module, name), node) for name in names if name != '*')


def _qualified(module, name):
    return name if module in ('jqdata', 'kuanke.user_space_api') else '%s.%s' % (module, name)


def _members(tree, wholes):
    """`finance.STK_X`, and members of modules that are ours (`jqdata.order`)."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            owner = node.value.id
            if owner in wholes:
                yield _qualified(wholes[owner], node.attr), node
            elif owner in ('finance', 'macro', 'opt'):
                yield '%s.%s' % (owner, node.attr), node


def _functions(tree):
    names = []
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            names.append(node.name)
        elif isinstance(node, ast.ImportFrom):
            names.extend(alias.asname or alias.name for alias in node.names if alias.name != '*')
        elif isinstance(node, ast.Assign):
            names.extend(target.id for target in node.targets if isinstance(target, ast.Name))
    return sorted(set(names))


def _exported(path):
    """What `from file import *` may bring: all its names of the module, read without running it."""
    try:
        with open(path, 'rb') as source:
            tree = ast.parse(decode(source.read(), path))
    except (OSError, SyntaxError, ValueError):
        return ()
    _, bound = free_names(tree)
    return bound


def _is_installed(module):
    root = module.split('.')[0]
    if root in sys.builtin_module_names:
        return True
    try:
        return importlib.util.find_spec(root) is not None
    except (ImportError, ValueError):
        return False


def _place(node):
    return {'line': node.lineno, 'column': node.col_offset + 1}


def _at_file(found, path):
    return dict(found, file=path)


def main(arguments):
    is_python2 = arguments[:1] == ['--python2']
    rest = arguments[1:] if is_python2 else arguments
    if len(rest) != 2 or rest[0] != '--json':
        sys.stderr.write('usage: check.py [--python2] --json FILE\n')
        return 2
    try:
        description = describe(rest[1], is_python2)
    except OSError as error:
        sys.stderr.write('%s\n' % error)
        return 2
    sys.stdout.write(json.dumps(description))
    return 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
