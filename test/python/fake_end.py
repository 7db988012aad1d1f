"""The other end of the child's pipes, in Python: starts it, gives it messages as JSON, answers its calls by a table."""
import json
import os
import struct
import subprocess
import sys
import tempfile
import textwrap

HERE = os.path.dirname(os.path.abspath(__file__))
MAIN = os.path.join(HERE, '..', '..', 'runtime', 'python', 'bt_python', 'main.py')
sys.path.insert(0, os.path.join(HERE, '..', '..', 'runtime', 'python'))

#: 2026-06-29 09:30:00 in Shanghai.
OPEN = 1782696600000
CONTEXT = {'logicalTime': OPEN, 'tradingDay': '2026-06-29', 'previousDate': '2026-06-26', 'phase': 'task'}
STAMP = {'now': OPEN, 'speed': 1, 'seed': 7}
FUNCTIONS = (
    'order order_target order_value order_target_value cancel_order get_orders get_trades get_price history attribute_history get_bars '
    'get_current_data get_fundamentals get_trade_days get_all_trade_days run_daily run_weekly set_option set_universe read_file write_file '
    'get_security_info record set_order_cost get_ticks get_extras set_subportfolios'
).split()
CLASSES = {
    'SubPortfolio': [['available_cash', 'float'], ['cash', '=available_cash'], ['total_value', 'float'], ['positions', 'any'],
                     ['long_positions', '=positions'], ['short_positions', 'any'], ['type', 'text']],
    'Position': [['security', 'text'], ['total_amount', 'int'], ['closeable_amount', 'int'], ['locked_amount', 'int'], ['avg_cost', 'float'],
                 ['price', 'float'], ['value', 'float'], ['init_time', 'time'], ['amount', '=closeable_amount']],
    'Order': [['order_id', 'text'], ['security', 'text'], ['status', 'any'], ['add_time', 'time'], ['is_buy', 'flag'], ['amount', 'int'],
              ['filled', 'int'], ['price', 'float'], ['side', 'text'], ['action', 'text'], ['style', 'any'], ['unknown', 'flag']],
    'SecurityCurrentData': [['security', 'text'], ['last_price', 'float'], ['high_limit', 'float'], ['low_limit', 'float'],
                            ['day_open', 'float'], ['paused', 'flag'], ['name', 'text'], ['industry_code', 'text']],
    'SecurityUnitData': [['security', 'text'], ['open', 'float'], ['close', 'float'], ['high', 'float'], ['low', 'float'],
                         ['volume', 'float'], ['money', 'float'], ['factor', 'float']],
    'Tick': [['code', 'text'], ['datetime', 'time'], ['current', 'float'], ['open', 'float'], ['volume', 'float'], ['a1_p', 'float'],
             ['b1_p', 'float']],
}
KNOWN = {'functions': [{'name': name, 'args': [], 'supported': True} for name in FUNCTIONS]
         + [{'name': 'len', 'args': ['x'], 'supported': True}, {'name': 'fmt', 'args': None, 'supported': True}]}


class ApiError(Exception):
    """What a call is answered with when it fails."""

    def __init__(self, code, message, fault='strategy'):
        Exception.__init__(self, message)
        self.wire = {'code': code, 'message': message, 'fault': fault, 'details': {}}


class Blocks(object):
    """Bytes beside the JSON of an answer."""

    def __init__(self):
        self.data = b''

    def add(self, data):
        at = len(self.data)
        self.data += data + b'\0' * (-len(data) % 8)
        return at

    def floats(self, values):
        return {'$': 'array', 'k': 'f8', 'o': self.add(struct.pack('<%dd' % len(values), *values)), 'n': len(values)}

    def times(self, values):
        return {'$': 'array', 'k': 'ms', 'o': self.add(struct.pack('<%dq' % len(values), *values)), 'n': len(values)}


class Child(object):
    """A started child. `answers`: name of a call -> value, or function (args, kwargs, blocks) -> value."""

    def __init__(self, source, answers=None, folder=None, name='x.py', files=None, kept=None, python=sys.executable, compat=False, raw=None, python2=False, debugpy=None):
        self.folder = folder or tempfile.mkdtemp(prefix='bt-child-')
        self.script = os.path.join(self.folder, name)
        for path, text in dict(files or {}, **{name: source if raw is None else raw}).items():
            full = os.path.join(self.folder, path)
            os.makedirs(os.path.dirname(full), exist_ok=True)
            with open(full, 'wb') as file:
                file.write(text if isinstance(text, bytes) else textwrap.dedent(text).encode('utf-8'))
        self.answers = {'bt.now': OPEN, 'bt.version': 1, 'bt.universe': [], 'bt.tables': []}
        self.answers.update(answers or {})
        self.calls = []
        self.logged = []
        self.kept = {}
        pipes = tempfile.mkdtemp(prefix='bt-pipes-')
        env = dict(os.environ, PYTHONHASHSEED='0', PYTHONIOENCODING='utf-8', TZ='Asia/Shanghai')
        self.process = subprocess.Popen(
            [python, '-B', '-X', 'utf8', MAIN, pipes], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env
        )
        to_python, from_python = os.path.join(pipes, 'to_python'), os.path.join(pipes, 'from_python')
        while not os.path.exists(to_python):
            if self.process.poll() is not None:
                raise AssertionError(self.process.stderr.read().decode())
            os.sched_yield()
        self.out = open(to_python, 'wb', buffering=0)
        self.into = open(from_python, 'rb')
        self.send(['start', {
            'script': self.script, 'module': name, 'manner': {'compat': compat, 'python2': python2, 'debugpy': debugpy}, 'runParams': {'type': 'sim_trade', 'frequency': 'minute', 'startDate': '2026-06-29'},
            'context': dict(CONTEXT, phase='load'), 'stamp': STAMP, 'kept': kept, 'versionFile': None, 'api': KNOWN, 'classes': CLASSES,
        }])
        self.loaded = self.until('ready', 'load_failed')

    def send(self, message, data=b''):
        body = json.dumps(message, ensure_ascii=False).encode('utf-8')
        size = len(body)
        body += b'\0' * (-size % 8) + data
        self.out.write(struct.pack('<II', len(body) + 4, size) + body)

    def receive(self):
        head = self.into.read(8)
        if len(head) < 8:
            raise EOFError
        total, size = struct.unpack('<II', head)
        rest = self.into.read(total - 4)
        self.blocks = rest[size + (-size % 8):]
        return json.loads(rest[:size].decode('utf-8'))

    def until(self, *kinds):
        """Serves calls until one of these messages comes."""
        while True:
            message = self.receive()
            if message[0] in kinds:
                return message
            if message[0] == 'call':
                self.answer(message[1], message[2], message[3])
            elif message[0] == 'post':
                self.logged.append((message[1], message[2][0]))
            elif message[0] == 'keep':
                for part, name, text in message[1]:
                    self.kept[part, name] = text
            else:
                raise AssertionError('unexpected %r' % (message,))

    def answer(self, name, args, kwargs):
        self.calls.append((name, args, kwargs))
        found = self.answers.get(name)
        blocks = Blocks()
        try:
            value = found(args, kwargs, blocks) if callable(found) else found
        except ApiError as error:
            self.send(['err', error.wire])
        else:
            self.send(['ret', value], blocks.data)

    def back(self, number, args):
        """Calls the child while it waits; its answer."""
        self.send(['callback', number, args])
        return self.until('ret', 'err')

    def run(self, name, kind='hook', module='x.py', args=(), context=CONTEXT, stamp=STAMP):
        """Runs a function; the error that it ended with, None when it ended well."""
        self.send(['run', {'kind': kind, 'module': module, 'name': name, 'context': context, 'stamp': stamp, 'args': list(args)}])
        return self.until('done')[1]

    def texts(self):
        return [text for _, text in self.logged]

    def close(self, kill=False):
        """Ends it by the end of its standard input, or by force; its exit code and what it wrote."""
        if kill and self.process.poll() is None:
            self.process.kill()
        if not self.process.stdin.closed:
            self.process.stdin.close()
        code = self.process.wait(timeout=20)
        told = [file.read().decode() for file in (self.process.stdout, self.process.stderr) if not file.closed]
        for file in (self.out, self.into, self.process.stdout, self.process.stderr):
            file.close()
        return [code] + told


def frame_answer(blocks, columns, rows, index=None):
    """A table of floats as the runtime sends one."""
    return {
        '$': 'frame', 'columns': {'name': None, 'v': {'$': 'array', 'k': 'text', 'v': columns}},
        'index': index if index is not None else {'range': len(rows)},
        'data': [blocks.floats([row[place] for row in rows]) for place in range(len(columns))],
    }


def position(security, amount, price=10):
    return {'$': 'obj', 'c': 'Position', 'v': [security, amount, amount, 0, price, price, price * amount, OPEN, None]}


def portfolio(cash, positions=()):
    held = {'$': 'dictlike', 'c': 'Positions', 'v': [[one['v'][0], one] for one in positions]}
    empty = {'$': 'dictlike', 'c': 'Positions', 'v': []}
    return {'portfolio': {'$': 'obj', 'c': 'SubPortfolio', 'v': [cash, None, cash, held, None, empty, 'stock']}, 'subportfolios': None}
