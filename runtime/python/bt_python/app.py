"""The child from its start message to its end: what the other end sends is run, one message at a time."""
import builtins
import faulthandler
import os
import sys

from . import account as accounts
from . import clock as clocks
from . import factors, made, market, modules, objects, output, prelude, problems, query, state, strategy
from .api import Api
from .errors import LinkBroken, bt_error
from .link import Link

#: The callback that tells the list around a code; those that a call passes count from 0.
AROUND = -1


class App(object):
    def __init__(self, link):
        self.link = link
        self.callbacks = []
        self.streams = ()
        self._told = set()
        #: What the names of the author's modules are looked for in when they are not their own.
        self.beneath = dict(vars(builtins))

    # ---- the start

    def run(self):
        """Serves until the other end is gone."""
        message = self.link.receive()
        if message[0] != 'start':
            raise LinkBroken('unexpected %r' % (message[0],))
        self.start(message[1])
        while True:
            message = self.link.receive()
            if message[0] != 'run':
                raise LinkBroken('unexpected %r' % (message[0],))
            self.link.is_open = True
            self.dispatch(message[1])

    def start(self, told):
        link = self.link
        self.strategy = strategy.Strategy(told['script'])
        self.entry = told.get('module') or os.path.basename(self.strategy.file)
        self.describe = link.describe = problems.Describer(self.strategy.is_author)
        link.on_callback = self.callback
        objects.learn(told.get('classes') or {})
        self._codec()
        objects.ask = self.call
        self.account = accounts.Account(self.call, told.get('versionFile'))
        self.context = accounts.Context(self.account, self.call, told.get('runParams') or {})
        self.context.enter(told['context'])
        self.clock = clocks.Clock(lambda: self.call('bt.now', []), self.beneath, lambda ms: self.call('bt.sleep', [ms]))
        self.clock.enter(told['stamp'])
        self.g = accounts.G()
        self.ahead = market.Ahead(self.call, self.clock, self._lists)
        self.api = Api(link, told['api'], self.account, self.ahead, self.g)
        try:
            self._load(told)
        except (SystemExit, KeyboardInterrupt) as error:
            self.leave(error)
        except LinkBroken:
            raise
        except BaseException as error:
            self.finish()
            link.finish(['load_failed', self.describe(error)])
        else:
            self.finish()
            link.finish(['ready', {'hooks': self.strategy.hooks(), 'functions': self.strategy.functions()}])

    def _codec(self):
        encoder, decoder = self.link.encoder, self.link.decoder
        encoder.on_function = self.function
        encoder.callback = self.register
        encoder.special.update(query.special())
        encoder.special[made.Made] = encoder.special[factors.Factor] = lambda _, value: value.plain(encoder)
        encoder.special[objects.OrderStatus] = lambda _, value: {'$': 'enum', 'c': 'OrderStatus', 'v': value.name}
        encoder.special[objects.Order] = lambda _, order: order.order_id
        encoder.special[objects.Shown] = _not_handed_over
        encoder.special[accounts.Context] = lambda *_: {'$': 'context'}
        # A list of securities: the holdings are walked over by their codes.
        encoder.special[accounts.LivePositions] = encoder.special[market.Lazy] = lambda encoder, value: encoder.plain(list(value))
        decoder.makers.update({
            'obj': lambda d: objects.make(d['c'], d['v']),
            'new': made.make,
            'enum': lambda d: objects.OrderStatus[d['v']] if d['c'] == 'OrderStatus' else d['v'],
        })

    def _load(self, told):
        self.streams = output.install(self.link.post)
        clocks.install(self.clock)
        self.link.interrupts.install()
        manner = told.get('manner') or {}
        source = self.strategy.source()
        program = source
        if manner.get('python2'):
            source, program = self._converted(source)
        code = compile(program, self.strategy.file, 'exec', dont_inherit=True)
        beneath = self.beneath
        hooks = modules.Modules(self.api, self.strategy.folder, beneath, self.tell)
        hooks.install()
        self._watch_packages(hooks, manner.get('compat'))
        beneath.update(prelude.values(source, self.tell))
        beneath.update(self.api.names)
        beneath['print'] = output.whole_print
        beneath['sum'] = prelude.sum_of
        if self.strategy.folder not in sys.path:
            sys.path.insert(0, self.strategy.folder.rstrip(os.sep) or os.sep)
        self._wait_for_debugger(manner.get('debugpy'))
        self.strategy.load(code, beneath)
        ours = {id(value) for value in beneath.values()}
        parts = {
            'g': lambda: vars(self.g),
            'context': self.context.own,
            'module': lambda: state.globals_of(self.strategy.module, ours),
        }
        self.variables = state.Variables(parts, self.warn)
        self.variables.restore(told.get('kept') or [], self.put)

    def _converted(self, source):
        """A script of Python 2 in Python 3: its text, and its tree with the division that it had."""
        import ast

        from . import python2

        name = os.path.basename(self.strategy.file)
        self.beneath[python2.DIVISION] = python2.division(self.tell, name)
        text = python2.convert(source, name)
        return text, python2.with_old_division(ast.parse(text, filename=self.strategy.file))

    def _wait_for_debugger(self, port):
        if port is None:
            return
        try:
            import debugpy
        except ImportError:
            raise ImportError('--debugpy needs the package debugpy in this Python: %s -m pip install debugpy' % sys.executable)
        debugpy.listen(('127.0.0.1', port))
        self.tell('The script waits for a debugger of Python at 127.0.0.1:%d; while one holds it, HOOK_TIME_OUT goes on.' % port)
        debugpy.wait_for_client()

    def _watch_packages(self, hooks, is_compatible):
        hooks.when_loaded('numpy', lambda numpy: clocks.numpy_loaded(self.clock, numpy))
        hooks.when_loaded('pandas', lambda pandas: clocks.pandas_loaded(self.clock, pandas))
        if is_compatible:
            from . import compat

            hooks.when_loaded('numpy', lambda numpy: compat.numpy_loaded(numpy, self.tell))
            hooks.when_loaded('pandas', lambda pandas: compat.pandas_loaded(pandas, self.tell))

    # ---- what is shared by all parts

    def _lists(self):
        return list(vars(self.g).values()) + self.account.held_now()

    def call(self, name, args, kwargs=None):
        return self.link.call(name, args, kwargs)

    def warn(self, text):
        self.link.post('log.warning', [text])

    def tell(self, text):
        """Warns of a kind of use once."""
        if text not in self._told:
            self._told.add(text)
            self.warn(text)

    def put(self, part, name, value):
        place = {'g': self.g, 'context': self.context, 'module': self.strategy.module}[part]
        place.__dict__[name] = value

    def function(self, encoder, function):
        """A function as an argument: by its name where it has one that lasts, else by a number."""
        place = self.strategy.place_of(function)
        if place is not None:
            return {'$': 'fn', 'module': place[0], 'name': place[1], 'n': strategy.needed(function)}
        return {'$': 'cb', 'id': self.register(function)}

    def register(self, function):
        self.callbacks.append(function)
        return len(self.callbacks) - 1

    def callback(self, number, args):
        if number == AROUND:
            return market.codes_around(args[0], self._lists)
        return self.callbacks[number](*args)

    # ---- dispatches

    def dispatch(self, told):
        self.context.enter(told['context'])
        self.clock.enter(told['stamp'])
        self.ahead.enter()
        error = None
        try:
            self._run(told)
        except (SystemExit, KeyboardInterrupt) as leaving:
            self.leave(leaving)
        except LinkBroken:
            raise
        except BaseException as thrown:  # time-outs of other packages are no Exception
            error = thrown
        self.link.leave_fork(error)
        del self.callbacks[:]
        self.finish()
        # What a dispatch that failed has changed is kept as well: its next call finds the same.
        lost = self._keep()
        error = lost if error is None else error
        self.link.finish(['done', None if error is None else self.describe(error)])

    def _keep(self):
        """Hands over what has changed; what kept it from that."""
        try:
            changes = self.variables.changes()
        except Exception as error:
            return error
        if changes:
            self.link.send(['keep', changes])
        return None

    def _run(self, told):
        kind, args = told['kind'], told.get('args') or []
        if kind == 'ticks':
            self._each(self._hook('handle_tick'), args)
        elif kind == 'task':
            self.strategy.find(told['module'], told['name'])(self.context)
        elif told['name'] == 'handle_data':
            self._hook('handle_data')(self.context, market.BarData(self.ahead, lambda: self.context.universe))
        elif told['name'] == 'on_event':
            for event in args:
                self._hook('on_event')(self.context, event)
        else:
            self._hook(told['name'])(self.context, *args)

    def _hook(self, name):
        return self.strategy.find(os.path.basename(self.strategy.file), name)

    def _each(self, function, ticks):
        """A tick that fails does not take the others with it; the first error is the batch's."""
        failed = None
        for tick in ticks:
            try:
                function(self.context, tick)
            except Exception as error:
                failed = failed or error
        if failed is not None:
            raise failed

    def finish(self):
        for stream in self.streams:
            stream.finish()

    def leave(self, error):
        """sys.exit() ends the process, as it says."""
        self.finish()
        code = error.code if isinstance(error, SystemExit) else 130
        told = self.describe(error)
        text = '%s: %s (%s)\n' % (told['type'], code, told['location'])
        os.write(2, text.encode('utf-8', 'replace'))
        if isinstance(code, str):
            os.write(2, (code + '\n').encode('utf-8', 'replace'))
        os._exit(code & 0xFF if isinstance(code, int) else 0 if code is None else 1)


def _not_handed_over(encoder, value):
    raise bt_error('BAD_CALL', 'a %s cannot be handed over: pass its code, as in %s.security.' % (type(value).__name__, type(value).__name__.lower()))


def main(read_fd, write_fd):
    if not faulthandler.is_enabled():
        faulthandler.enable(file=2, all_threads=False)
    App(Link(read_fd, write_fd)).run()
