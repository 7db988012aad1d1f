"""The gateway's way to QMT: JSON lines on standard input become calls of xtquant, their results JSON lines on standard output.

`bt server --server-type qmt` starts this file and ends it; nobody else needs to. It decides nothing: what a status means, when to
connect again and what is sent to the counter is the server's business (src/server/adapters/qmt). Python 3.6 or newer, nothing but the
standard library and xtquant.

    request   {"id": 7, "call": "orders", "args": {"account": "123456"}}
    answer    {"id": 7, "value": ...}  or  {"id": 7, "error": {"type": "...", "text": "..."}}
    begun     {"id": 7, "begun": true}, before a call that changes something is handed to the SDK
    event     {"event": "order", "link": 3, "row": {...}}

Lines are ASCII (other characters are escaped), so no code page can spoil them. Missing is null or left out, never 0; ids are texts.
Standard output belongs to the protocol alone: whatever else is printed goes to standard error. When standard input ends, so does
this process, at once, whatever hangs.
"""

import json
import math
import os
import queue
import signal
import struct
import sys
import threading
import time
import traceback

#: Made once: `json.dumps` makes one for each message.
encoded = json.JSONEncoder(separators=(",", ":"), allow_nan=False).encode
decoded = json.JSONDecoder().decode

#: Between threads; Python 3.6 has only the slower one, which is made in Python.
Queue = getattr(queue, "SimpleQueue", queue.Queue)

PROTOCOL = 1
MOST_BYTES = 32 * 1024 * 1024

ASSET = ("account_id", "account_type", "cash", "frozen_cash", "market_value", "total_asset")
POSITION = (
    "account_id", "stock_code", "volume", "can_use_volume", "open_price", "market_value", "frozen_volume", "on_road_volume",
    "yesterday_volume", "avg_price", "direction", "last_price", "instrument_name",
)
ORDER = (
    "account_id", "stock_code", "order_id", "order_sysid", "order_time", "order_type", "order_volume", "price_type", "price",
    "traded_volume", "traded_price", "order_status", "status_msg", "strategy_name", "order_remark", "direction", "offset_flag",
)
TRADE = (
    "account_id", "stock_code", "order_type", "traded_id", "traded_time", "traded_price", "traded_volume", "traded_amount",
    "order_id", "order_sysid", "strategy_name", "order_remark", "direction", "offset_flag", "commission",
)
ORDER_ERROR = ("account_id", "order_id", "error_id", "error_msg", "strategy_name", "order_remark", "seq")
CANCEL_ERROR = ("account_id", "order_id", "market", "order_sysid", "error_id", "error_msg")
ACCOUNT_STATUS = ("account_id", "account_type", "status")
ACCOUNT_INFO = ("account_id", "account_type", "broker_type", "platform_id", "account_classification", "login_status")
IDS = ("account_id", "order_id", "order_sysid", "traded_id", "seq")
#: A call that takes longer (seconds) no longer keeps its thread's other work waiting: somebody else reads what comes.
PATIENCE = 0.02
NOTHING = object()


class Refused(Exception):
    """A request that cannot be meant."""


class Output(object):
    """The protocol's own copy of standard output."""

    def __init__(self):
        self._fd = os.dup(1)
        os.dup2(2, 1)
        sys.stdout = sys.stderr
        self._lock = threading.Lock()
        if os.name == "nt":
            import msvcrt

            msvcrt.setmode(self._fd, os.O_BINARY)

    def write(self, message):
        line = line_of(message)
        if len(line) > MOST_BYTES:
            text = "the answer has %d bytes, at most %d" % (len(line), MOST_BYTES)
            self.write({"id": message.get("id"), "error": {"type": "TooLarge", "text": text}})
            return
        with self._lock:
            try:
                while line:
                    line = line[os.write(self._fd, line):]
            except OSError:
                os._exit(0)  # nobody listens any more


def line_of(message):
    """Most values of the SDK are as JSON has them; those that are not (NaN, bytes, numpy, half a character) are made so."""
    try:
        line = encoded(message)
    except (TypeError, ValueError):
        line = encoded(clean(message))
    if "\\ud" in line:
        line = encoded(clean(message))
    return line.encode("ascii") + b"\n"


def text(value):
    """A text of the vendor's, which may come as the bytes of GBK."""
    if isinstance(value, str):
        try:
            value.encode("utf-8")
            return value
        except UnicodeEncodeError:
            value = value.encode("utf-8", "surrogateescape")
    for encoding in ("utf-8", "gb18030"):
        try:
            return value.decode(encoding)
        except UnicodeDecodeError:
            pass
    return value.decode("utf-8", "replace")


def clean(value):
    """As JSON can say it; what is not a number is missing."""
    kind = type(value)
    if value is None or kind is bool or kind is int:
        return value
    if kind is float:
        return value if math.isfinite(value) else None
    if isinstance(value, (str, bytes)):
        return text(value)
    if isinstance(value, dict):
        return {text(key) if isinstance(key, str) else str(clean(key)): clean(member) for key, member in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [clean(member) for member in value]
    if hasattr(value, "columns") and hasattr(value, "index"):
        return clean(frame(value))
    if hasattr(value, "tolist"):
        return clean(value.tolist())  # numpy: numbers and arrays
    if isinstance(value, float):
        return clean(float(value))
    if isinstance(value, int):
        return int(value)
    return text(str(value))


def frame(table):
    """A DataFrame: its index as texts, its columns as lists."""
    columns = {str(name): listed(table[name]) for name in table.columns}
    return {"index": [str(label) for label in listed(table.index)], "columns": columns}


def listed(column):
    return column.tolist() if hasattr(column, "tolist") else list(column)


def row(thing, names):
    """The named fields that it has; a field it lacks is left out."""
    fields = {}
    for name in names:
        value = getattr(thing, name, NOTHING)
        if value is not NOTHING:
            fields[name] = value
    for name in IDS:
        if name in fields:
            fields[name] = identifier(fields[name])
    return fields


def identifier(value):
    if value is None:
        return None
    return text(value) if isinstance(value, (str, bytes)) else str(value)


def rows(things, names):
    """None stays None: the query failed, or there is nothing; only the server knows what follows."""
    return None if things is None else [row(thing, names) for thing in things]


def everything(thing):
    """All that an object shows, for rows whose fields differ by build."""
    if thing is None or isinstance(thing, dict):
        return thing
    names = [name for name in dir(thing) if not name.startswith("_") and not callable(getattr(thing, name, None))]
    return row(thing, names)


class Events(object):
    """What the SDK pushes, on its way out: callbacks only leave things here, one thread writes them."""

    def __init__(self, output):
        self._output = output
        self._queue = Queue()
        self._ticks = {}
        self._lock = threading.Lock()

    def start(self):
        run(self._pump)

    def put(self, event):
        self._queue.put(event)

    def put_ticks(self, ticks):
        """Of each security the newest only: a reader that is slow gets fewer, and no memory grows."""
        with self._lock:
            first = not self._ticks
            self._ticks.update(ticks)
        if first:
            self._queue.put(None)

    def _pump(self):
        while True:
            event = self._queue.get()
            if event is None:
                with self._lock:
                    ticks, self._ticks = self._ticks, {}
                event = {"event": "ticks", "rows": ticks}
            try:
                self._output.write(event)
            except Exception:
                complain()


def callback_class(base, events, link):
    """Callbacks that only put what they are told into the queue: a query here would wait for itself."""

    def teller(name, fields):
        def tell(self, thing):
            try:
                events.put({"event": name, "link": link, "row": row(thing, fields)})
            except Exception:
                complain()  # an exception of a callback is shown to nobody

        return tell

    def on_disconnected(self, *args):  # builds differ in whether they say which session
        events.put({"event": "disconnected", "link": link})

    return type("Callback", (base,), {
        "on_disconnected": on_disconnected,
        "on_account_status": teller("account_status", ACCOUNT_STATUS),
        "on_stock_asset": teller("asset", ASSET),
        "on_stock_order": teller("order", ORDER),
        "on_stock_trade": teller("trade", TRADE),
        "on_stock_position": teller("position", POSITION),
        "on_order_error": teller("order_error", ORDER_ERROR),
        "on_cancel_error": teller("cancel_error", CANCEL_ERROR),
    })


class Trading(object):
    """The calls of one trader object; all of them in one thread, one after another."""

    def __init__(self, events):
        self._events = events
        self._trader = None
        self._accounts = {}

    def connect(self, args):
        """A new trader with the session's number: a dropped one is dead."""
        from xtquant import xttrader

        self.close({})
        callback = callback_class(xttrader.XtQuantTraderCallback, self._events, args["link"])()
        trader = xttrader.XtQuantTrader(args["path"], args["session"], callback)
        trader.register_callback(callback)
        trader.start()
        code = trader.connect()
        if code != 0:
            run(quietly(trader.stop))
            return {"connect": code, "accounts": []}
        self._trader = trader
        return {"connect": code, "accounts": [self._subscribe(trader, account) for account in args["accounts"]]}

    def _subscribe(self, trader, wanted):
        from xtquant import xttype

        account = xttype.StockAccount(str(wanted["id"]), wanted["type"])
        if not hasattr(account, "account_id"):
            raise Refused("StockAccount: %s" % clean(account))
        self._accounts[wanted["id"]] = account
        return {"id": wanted["id"], "subscribe": trader.subscribe(account)}

    def subscribe_account(self, args):
        """One that could not be subscribed to with the others."""
        if self._trader is None:
            raise Refused("not connected")
        return self._subscribe(self._trader, args)

    def close(self, args):
        """The old trader may hang as it stops: nobody waits for it."""
        trader, self._trader, self._accounts = self._trader, None, {}
        if trader is not None:
            run(quietly(trader.stop))
        return None

    def _of(self, args):
        if self._trader is None:
            raise Refused("not connected")
        account = self._accounts.get(args["account"])
        if account is None:
            raise Refused("the account %s is not subscribed" % args["account"])
        return self._trader, account

    def account_status(self, args):
        if self._trader is None:
            raise Refused("not connected")
        return rows(self._trader.query_account_status(), ACCOUNT_STATUS)

    def account_infos(self, args):
        if self._trader is None:
            raise Refused("not connected")
        return rows(self._trader.query_account_infos(), ACCOUNT_INFO)

    def asset(self, args):
        trader, account = self._of(args)
        found = trader.query_stock_asset(account)
        return None if found is None else row(found, ASSET)

    def positions(self, args):
        trader, account = self._of(args)
        return rows(trader.query_stock_positions(account), POSITION)

    def orders(self, args):
        trader, account = self._of(args)
        return rows(trader.query_stock_orders(account, False), ORDER)

    def order(self, args):
        trader, account = self._of(args)
        found = trader.query_stock_order(account, int(args["order_id"]))
        return None if found is None else row(found, ORDER)

    def trades(self, args):
        trader, account = self._of(args)
        return rows(trader.query_stock_trades(account), TRADE)

    def place(self, args):
        trader, account = self._of(args)
        return identifier(trader.order_stock(
            account, args["code"], args["order_type"], args["volume"], args["price_type"], args["price"],
            args["strategy"], args["remark"],
        ))

    def cancel(self, args):
        trader, account = self._of(args)
        return trader.cancel_order_stock(account, int(args["order_id"]))

    def cancel_sysid(self, args):
        trader, account = self._of(args)
        return trader.cancel_order_stock_sysid(account, args["market"], args["sysid"])

    def credit(self, args):
        """Rows of a credit account, with whatever fields this build has."""
        if args["name"] not in ("credit_detail", "stk_compacts", "credit_subjects", "credit_slo_code", "credit_assure"):
            raise Refused("no such query: %s" % args["name"])
        trader, account = self._of(args)
        found = getattr(trader, "query_" + args["name"])(account)
        return None if found is None else [everything(thing) for thing in found]


class Data(object):
    """The calls of xtdata."""

    def __init__(self, events, output):
        self._events = events
        self._output = output

    @property
    def _xtdata(self):
        from xtquant import xtdata

        return xtdata

    def quote_server(self, args):
        """Where several terminals run, the one that is meant."""
        return str(self._xtdata.connect(args.get("ip", ""), args["port"]))

    def full_tick(self, args):
        return self._xtdata.get_full_tick(args["codes"])

    def history(self, args):
        found = self._xtdata.get_market_data_ex(
            args["fields"], args["codes"], args["period"], args["start"], args["end"], args["count"], args["dividend_type"],
            args["fill"],
        )
        return None if found is None else {code: frame(table) for code, table in found.items()}

    def instruments(self, args):
        """Those that are known, whole; the others are null."""
        detail = self._xtdata.get_instrument_detail
        return {code: detail(code, True) for code in args["codes"]}

    def instrument_types(self, args):
        return {code: self._xtdata.get_instrument_type(code) for code in args["codes"]}

    def sector(self, args):
        return self._xtdata.get_stock_list_in_sector(args["name"])

    def sectors(self, args):
        return self._xtdata.get_sector_list()

    def index_weight(self, args):
        return self._xtdata.get_index_weight(args["code"])

    def trading_dates(self, args):
        return self._xtdata.get_trading_dates(args["market"], args["start"], args["end"], args["count"])

    def dividends(self, args):
        return self._xtdata.get_divid_factors(args["code"], args["start"], args["end"])

    def financial(self, args):
        return self._xtdata.get_financial_data(
            args["codes"], args["tables"], args["start"], args["end"], args["report_type"],
        )

    def subscribe(self, args):
        def on_ticks(ticks):
            try:
                self._events.put_ticks(ticks)
            except Exception:
                complain()

        return identifier(self._xtdata.subscribe_whole_quote(args["codes"], callback=on_ticks))

    def unsubscribe(self, args):
        self._xtdata.unsubscribe_quote(int(args["seq"]))
        return None

    def download_history(self, args):
        """Ends when all is there; the server knows how long it waits."""
        return self._xtdata.download_history_data2(
            args["codes"], args["period"], args["start"], args["end"], self._teller(args["of"]),
        )

    def _teller(self, of):
        def on_progress(progress):
            told = progress if isinstance(progress, dict) else {}
            self._output.write({"event": "progress", "of": of, "progress": told})

        return on_progress

    def download(self, args):
        if args["name"] not in ("sector_data", "index_weight", "holiday_data", "cb_data"):
            raise Refused("no such download: %s" % args["name"])
        return getattr(self._xtdata, "download_" + args["name"])()

    def download_financial(self, args):
        return self._xtdata.download_financial_data2(
            args["codes"], args["tables"], args["start"], args["end"], self._teller(args["of"]),
        )


#: Handed to the SDK only after the server has been told so: what was not begun has not happened.
CHANGING = frozenset(("place", "cancel", "cancel_sysid"))


class Lane(object):
    """One thread that carries calls out in their order: trading, data, downloads. None waits for another's."""

    def __init__(self, output):
        self._output = output
        self._queue = Queue()

    def start(self):
        run(self._work)

    def put(self, request, call):
        self._queue.put((request, call))

    def _work(self):
        event_loop()
        while True:
            carry_out(self._output, *self._queue.get())


def carry_out(output, request, call):
    if request["call"] in CHANGING:
        output.write({"id": request["id"], "begun": True})
    try:
        output.write({"id": request["id"], "value": call(request.get("args") or {})})
    except Exception as error:
        output.write({"id": request["id"], "error": told(error)})


class Intake(object):
    """Reads what is asked, and carries the calls of one side out in the thread that reads: handing each to another one costs more than most calls.

    The server starts a process for each side, so that the side that is asked first is the only one; lanes are for what else comes. A
    call that takes longer than PATIENCE is relieved: a second thread reads until it finds that nothing is under way any more. So nobody
    waits for a call that hangs but those of its side, and the end of the input is seen.
    """

    def __init__(self, output, calls, sides):
        self._output = output
        self._calls = calls
        #: Lanes whose calls may be this thread's; the first that is asked is.
        self._sides = sides
        self._own = None
        self._lock = threading.Lock()
        #: True while the second thread reads: at first, while the SDK is imported.
        self._relieved = True
        #: What it has read for this one.
        self._held = Queue()
        #: Calls of this thread that have not ended, counted while it is relieved. The import is one.
        self._open = 1
        self._number = 0
        #: Number of the call that runs; None between calls.
        self._running = None
        self._dozes = False
        self._awake = threading.Event()

    def start(self):
        run(self._relieve_and_watch)

    def work(self):
        """For ever."""
        event_loop()
        while True:
            with self._lock:
                self._running = None
                relieved = self._relieved
                if relieved:
                    self._open -= 1
            found = self._held.get() if relieved else self._read()
            while found is None:
                found = self._read()
            self._number += 1
            self._running = self._number
            if self._dozes:
                self._awake.set()
            carry_out(self._output, *found)

    def _read(self):
        """The next request, when it is for the thread that carries out what it reads; None when it was another's."""
        line = sys.stdin.buffer.readline(MOST_BYTES)
        if not line.endswith(b"\n"):
            os._exit(0)  # the server is gone, or it sends what is no line
        request = {}
        try:
            request = decoded(line.decode("utf-8"))
            lane, call = self._calls[request["call"]]
        except Exception as error:
            self._output.write({"id": request.get("id") if isinstance(request, dict) else None, "error": told(error)})
            return None
        if self._own is None and lane in self._sides:
            self._own = lane
        if lane is self._own:
            return request, call
        lane.put(request, call)
        return None

    def _relieve_and_watch(self):
        self._relieve()
        seen = None
        idle = 0
        while True:
            time.sleep(PATIENCE)
            with self._lock:
                running = self._running
                late = running is not None and running == seen
                if late:
                    self._relieved = True
                    self._open = 1
            seen = running
            if late:
                self._relieve()
            idle = idle + 1 if running is None else 0
            if idle > 50:
                self._doze()
                idle = 0

    def _relieve(self):
        """Until a request is read while nothing is under way: with it the reading is given back."""
        while True:
            found = self._read()
            if found is None:
                continue
            with self._lock:
                free = self._open == 0
                if free:
                    self._relieved = False
                else:
                    self._open += 1
            self._held.put(found)
            if free:
                return

    def _doze(self):
        """While nothing is asked there is nothing to watch."""
        self._dozes = True
        if self._running is None:
            self._awake.wait()
        self._dozes = False
        self._awake.clear()


def event_loop():
    """Some builds ask for the thread's loop, which only the main thread has by itself."""
    try:
        import asyncio

        asyncio.set_event_loop(asyncio.new_event_loop())
    except Exception:
        complain()


def told(error):
    return {"type": type(error).__name__, "text": text(str(error))}


def complain():
    traceback.print_exc(file=sys.stderr)


def run(work):
    thread = threading.Thread(target=work)
    thread.daemon = True
    thread.start()


def quietly(work):
    def attempt():
        try:
            work()
        except Exception:
            complain()

    return attempt


def load(output):
    """Whether the SDK could be imported, which prints, and may reach for the network: meanwhile standard input is read all the same."""
    try:
        import xtquant
        from xtquant import xtdata, xttrader, xttype  # noqa: F401

        xtdata.enable_hello = False
    except ImportError as error:
        output.write(dict(told(error), event="no_sdk", missing="xtquant" in str(error)))
        return False
    except BaseException as error:
        output.write(dict(told(error), event="no_sdk", missing=False))
        return False
    version = getattr(xtquant, "__version__", None)
    output.write({"event": "ready", "sdk": None if version is None else str(version), "file": text(str(xtquant.__file__))})
    return True


def calls_of(owner, lane):
    names = [name for name in dir(owner) if not name.startswith("_")]
    return {name: (lane, getattr(owner, name)) for name in names}


def serve(output):
    events = Events(output)
    events.start()
    trade, data, loads = Lane(output), Lane(output), Lane(output)
    calls = calls_of(Trading(events), trade)
    calls.update(calls_of(Data(events, output), data))
    for name in ("download", "download_history", "download_financial"):
        calls[name] = (loads, calls[name][1])
    output.write({
        "event": "hello", "protocol": PROTOCOL, "pid": os.getpid(), "python": sys.version.split()[0],
        "bits": struct.calcsize("P") * 8,
    })
    intake = Intake(output, calls, (trade, data))
    intake.start()
    if load(output):
        for lane in (trade, data, loads):
            lane.start()
        intake.work()
    threading.Event().wait()  # for the server, which ends a bridge without an SDK


def main():
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the console's Ctrl-C is the server's to answer
    if hasattr(sys.stderr, "reconfigure"):
        sys.stderr.reconfigure(encoding="utf-8", errors="backslashreplace", line_buffering=True)
    sys.path.extend(sys.argv[1:])  # where else xtquant may lie: the terminal has a copy of its own
    serve(Output())


if __name__ == "__main__":
    main()
