"""XtQuantTrader with the threads of the vendor's (source: vendor's package, read; the rules are cited at each)."""

import os
import threading
from concurrent.futures import Future, ThreadPoolExecutor

from . import _terminal
from .xttype import Row


class XtQuantTraderCallback(object):
    """Callbacks; `on_connected` exists and is never called (source: vendor's documentation)."""

    def on_connected(self):
        pass

    def on_disconnected(self):
        pass

    def on_account_status(self, status):
        pass

    def on_stock_asset(self, asset):
        pass

    def on_stock_order(self, order):
        pass

    def on_stock_trade(self, trade):
        pass

    def on_stock_position(self, position):
        pass

    def on_order_error(self, order_error):
        pass

    def on_cancel_error(self, cancel_error):
        pass

    def on_order_stock_async_response(self, response):
        pass

    def on_cancel_order_stock_async_response(self, response):
        pass


class XtQuantTrader(object):
    def __init__(self, path, session, callback=None):
        path.encode("gb18030")  # other scripts than Chinese do not work (source: vendor's package, read)
        self._path = path
        self._session = session
        self._callback = callback
        self._relaxed = False
        self._link = None
        self._seq = 0
        self._waiting = {}
        self._lock = threading.Lock()

    def register_callback(self, callback):
        self._callback = callback

    def set_relaxed_response_order_enabled(self, enabled):
        self._relaxed = enabled

    def start(self):
        """Two executors of one thread; that of queries is that of pushes unless relaxed (source: vendor's package, read)."""
        self._pushes = ThreadPoolExecutor(1)
        self._queries = ThreadPoolExecutor(1) if self._relaxed else self._pushes

    def connect(self):
        """One attempt, 0 or -1; it never comes back by itself (source: vendor's documentation)."""
        hello = {"trader": {"path": self._path, "session": self._session, "pid": os.getpid()}}
        try:
            self._link = _terminal.connect(hello, self._heard, self._lost)
        except OSError:
            return -1
        code = self._ask("connect", {}, self._queries)
        return 0 if code is None else code

    def stop(self):
        if self._link is not None:
            self._link.close()
        self._pushes.shutdown(wait=True)

    def _ask(self, call, args, executor):
        """Waits without a limit: when the terminal dies meanwhile, for ever (source: vendor's package, read)."""
        future = Future()
        with self._lock:
            self._seq += 1
            seq = self._seq
            self._waiting[seq] = (future, executor)
        self._link.send({"seq": seq, "call": call, "args": args})
        value = future.result()
        if isinstance(value, dict) and "$raise" in value:
            raise Exception(value["$raise"])
        return value

    def _heard(self, message):
        if "push" in message:
            self._pushes.submit(self._push, message["push"], message.get("row"))
            return
        with self._lock:
            future, executor = self._waiting.pop(message["seq"], (None, None))
        # The answer is handed over by the executor's thread: whoever asks in a callback waits for itself (source: as above).
        if future is not None:
            executor.submit(future.set_result, message.get("value"))

    def _push(self, name, row):
        """An exception of a callback is seen by nobody: the executor's future is never read (source: as above)."""
        if name == "disconnected":
            self._callback.on_disconnected(self._session)  # builds before 2025 gave no argument
            return
        getattr(self._callback, "on_" + name)(Row(row))

    def _lost(self):
        self._pushes.submit(self._push, "disconnected", None)

    def _rows(self, call, account, args=None):
        found = self._ask(call, dict(args or {}, account=account.account_id), self._queries)
        return None if found is None else [Row(fields) for fields in found]

    def _one(self, call, account, args=None):
        found = self._ask(call, dict(args or {}, account=account.account_id), self._queries)
        return None if found is None else Row(found)

    def subscribe(self, account):
        """0 or -1; without it nothing is pushed (source: vendor's documentation)."""
        asked = {"account": account.account_id, "type": account.account_type}
        code = self._ask("subscribe", asked, self._queries)
        return 0 if code is None else code

    def unsubscribe(self, account):
        return self._ask("unsubscribe", {"account": account.account_id}, self._queries)

    def query_account_status(self):
        return [Row(fields) for fields in self._ask("query_account_status", {}, self._queries) or []]

    def query_account_infos(self):
        return [Row(fields) for fields in self._ask("query_account_infos", {}, self._queries) or []]

    def query_stock_asset(self, account):
        return self._one("query_stock_asset", account)

    def query_stock_positions(self, account):
        return self._rows("query_stock_positions", account)

    def query_stock_orders(self, account, cancelable_only=False):
        """None for a failure and for an empty list alike (source: vendor's documentation)."""
        return self._rows("query_stock_orders", account, {"cancelable_only": cancelable_only})

    def query_stock_order(self, account, order_id):
        return self._one("query_stock_order", account, {"order_id": order_id})

    def query_stock_trades(self, account):
        return self._rows("query_stock_trades", account)

    def query_credit_detail(self, account):
        return self._rows("query_credit_detail", account)

    def order_stock(self, account, stock_code, order_type, order_volume, price_type, price, strategy_name="", order_remark=""):
        """The order's id, or -1 without a reason, which `on_order_error` tells (source: vendor's documentation)."""
        if not isinstance(strategy_name, str) or not isinstance(order_remark, str):
            raise TypeError("incompatible function arguments")
        # The counter keeps 24 bytes of the remark and says nothing of the rest (source: public reports).
        remark = order_remark.encode("utf-8")[:24].decode("utf-8", "ignore")
        return self._ask("order_stock", {
            "account": account.account_id, "stock_code": stock_code, "order_type": order_type, "order_volume": int(order_volume),
            "price_type": price_type, "price": price, "strategy_name": strategy_name, "order_remark": remark,
        }, self._pushes)

    def cancel_order_stock(self, account, order_id):
        """0: asked for, not done; -1: refused (source: vendor's documentation)."""
        return self._ask("cancel_order_stock", {"account": account.account_id, "order_id": order_id}, self._pushes)

    def cancel_order_stock_sysid(self, account, market, sysid):
        asked = {"account": account.account_id, "market": market, "order_sysid": sysid}
        return self._ask("cancel_order_stock_sysid", asked, self._pushes)
