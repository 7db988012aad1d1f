"""The way to the terminal of the tests: JSON lines over TCP, or a script file that has all the answers."""

import json
import os
import socket
import threading

from .xttype import Frame


class Script(object):
    """Answers out of a file: {"order_stock": 7, "query_stock_orders": [...]}; the same each time, without a terminal."""

    def __init__(self, path, on_message):
        with open(path, "rb") as file:
            self._answers = revived(json.loads(file.read().decode("utf-8")))
        self._on_message = on_message

    def send(self, message):
        self._on_message({"seq": message["seq"], "value": self._answers.get(message["call"])})

    def close(self):
        pass


class Link(object):
    """One connection; `on_lost` is called once when the terminal is gone."""

    def __init__(self, hello, on_message, on_lost):
        host, _, port = os.environ["FAKE_XTQUANT"].rpartition(":")
        self._socket = socket.create_connection((host, int(port)))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._lock = threading.Lock()
        self._on_message = on_message
        self._on_lost = on_lost
        self._closed = False
        self.send(hello)
        thread = threading.Thread(target=self._read)
        thread.daemon = True
        thread.start()

    def send(self, message):
        line = json.dumps(message).encode("ascii") + b"\n"
        with self._lock:
            try:
                self._socket.sendall(line)
            except OSError:
                pass  # whoever asked waits for ever, as with the vendor's

    def close(self):
        self._closed = True
        self._socket.close()

    def _read(self):
        try:
            with self._socket.makefile("rb") as lines:
                for line in lines:
                    self._on_message(revived(json.loads(line.decode("utf-8"))))
        except (OSError, ValueError):
            pass
        if not self._closed:
            self._on_lost()


def connect(hello, on_message, on_lost):
    script = os.environ.get("FAKE_XTQUANT_SCRIPT")
    if script:
        return Script(script, on_message)
    return Link(hello, on_message, on_lost)


def revived(value):
    """JSON with what it cannot say: {"$nan": true}, {"$gbk": "..."} for the bytes of GBK, {"$frame": [index, columns]}."""
    if isinstance(value, list):
        return [revived(member) for member in value]
    if not isinstance(value, dict):
        return value
    if "$nan" in value:
        return float("nan")
    if "$gbk" in value:
        return value["$gbk"].encode("gb18030")
    if "$frame" in value:
        index, columns = value["$frame"]
        return Frame(index, {name: revived(column) for name, column in columns.items()})
    return {name: revived(member) for name, member in value.items()}
