"""The bridge to QMT by itself: its grammar, its lifeline, and what it makes of the vendor's values."""

import ast
import importlib.util
import json
import os
import subprocess
import sys
import threading
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
BRIDGE = os.path.join(ROOT, "helpers", "qmt-bridge", "bt_qmt_bridge.py")
FAKE_SDK = os.path.join(ROOT, "test", "fake-xtquant")


def loaded():
    spec = importlib.util.spec_from_file_location("bt_qmt_bridge", BRIDGE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


bridge = loaded()


def written(value):
    """What the server reads of it."""
    return json.loads(bridge.line_of(value).decode("ascii"))


class Running(object):
    """The bridge as the server starts it; `answers`: what the SDK's stand-in says, the same each time."""

    def __init__(self, folder, answers=None, sdk=FAKE_SDK, **environment):
        env = dict(os.environ, PYTHONDONTWRITEBYTECODE="1", **environment)
        if answers is not None:
            script = os.path.join(folder, "script.json")
            with open(script, "w") as file:
                json.dump(answers, file)
            env["FAKE_XTQUANT_SCRIPT"] = script
        self.process = subprocess.Popen(
            [sys.executable, "-B", BRIDGE, sdk], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env
        )
        threading.Thread(target=self.process.stderr.read, daemon=True).start()

    def read(self):
        return json.loads(self.process.stdout.readline().decode("ascii"))

    def until(self, event):
        message = self.read()
        while message.get("event") != event:
            message = self.read()
        return message

    def ask(self, **request):
        self.process.stdin.write(json.dumps(request).encode("utf-8") + b"\n")
        self.process.stdin.flush()

    def answer(self, **request):
        self.ask(**request)
        message = self.read()
        while message.get("id") != request["id"] or "begun" in message:
            message = self.read()
        return message

    def end(self):
        self.process.stdin.close()
        code = self.process.wait(60)
        self.process.stdout.close()
        return code


class Grammar(unittest.TestCase):
    def test_is_that_of_python_3_6(self):
        with open(BRIDGE, "rb") as file:
            ast.parse(file.read(), feature_version=(3, 6))


class Values(unittest.TestCase):
    def test_what_is_no_number_is_missing_and_0_is_0(self):
        given = {"nan": float("nan"), "inf": float("inf"), "none": None, "zero": 0, "no": False, "half": 0.5}
        made = {"nan": None, "inf": None, "none": None, "zero": 0, "no": False, "half": 0.5}
        self.assertEqual(bridge.clean(given), made)
        self.assertEqual(written(given), made)

    def test_what_json_has_no_word_for_is_written_as_what_it_means(self):
        class Array(object):
            def tolist(self):
                return [1.5, float("nan")]

        self.assertEqual(written({"array": Array(), "set": {1}, "pair": (1, 2), 3: b"\xb9\xfa"}), {
            "array": [1.5, None], "set": [1], "pair": [1, 2], "3": u"\u56fd",
        })
        half = u"\u56fd".encode("gbk").decode("ascii", "surrogateescape")
        whole = u"\U0001f600"
        self.assertEqual(written({"half": half, half: whole}), {"half": u"\u56fd", u"\u56fd": whole})

    def test_a_table_is_written_whole(self):
        class Column(list):
            def tolist(self):
                return list(self)

        class Table(object):
            columns = ["close"]
            index = Column(["20260706"])

            def __getitem__(self, name):
                return Column([float("nan")])

        self.assertEqual(written({"value": Table()}), {"value": {"index": ["20260706"], "columns": {"close": [None]}}})

    def test_texts_come_in_utf_8_gbk_or_spoiled(self):
        name = u"\u56fd\u91d1"
        for given in (name, name.encode("utf-8"), name.encode("gbk"), name.encode("gbk").decode("ascii", "surrogateescape")):
            self.assertEqual(bridge.text(given), name)
        self.assertEqual(bridge.text(b"\xff\xff\xff"), u"\ufffd\ufffd\ufffd")

    def test_a_field_that_is_not_there_is_left_out_and_ids_are_texts(self):
        class Order(object):
            order_id = 1073741825
            order_sysid = ""
            price = float("nan")

        row = bridge.row(Order(), bridge.ORDER)
        self.assertEqual(written(row), {"order_id": "1073741825", "order_sysid": "", "price": None})

    def test_no_rows_and_no_answer_are_two_things(self):
        self.assertIsNone(bridge.rows(None, bridge.ORDER))
        self.assertEqual(bridge.rows([], bridge.ORDER), [])


class Lifeline(unittest.TestCase):
    def setUp(self):
        import tempfile

        self._folder = tempfile.TemporaryDirectory()
        self.folder = self._folder.name

    def tearDown(self):
        self._folder.cleanup()

    def test_it_ends_when_its_input_does_whatever_hangs(self):
        hanging = Running(self.folder, FAKE_XTQUANT_IMPORT="hang")
        self.assertEqual(hanging.until("hello")["protocol"], 1)
        self.assertEqual(hanging.end(), 0)

    def test_half_a_line_is_an_end_too(self):
        running = Running(self.folder, answers={})
        running.until("ready")
        running.process.stdin.write(b'{"id": 1, "call": "orders"')
        self.assertEqual(running.end(), 0)

    def test_what_the_sdk_prints_is_not_in_the_protocol(self):
        running = Running(self.folder, answers={"order_stock": 7})
        self.assertEqual(running.until("ready")["sdk"], "250516.1.1-fake")
        self.assertEqual(running.end(), 0)

    def test_a_request_that_cannot_be_read_is_answered_and_the_next_one_too(self):
        running = Running(self.folder, answers={"query_stock_orders": []})
        running.until("ready")
        self.assertEqual(running.answer(id=1, call="format_disk")["error"]["type"], "KeyError")
        self.assertEqual(running.answer(id=2, call="orders", args={"account": "1"})["error"]["type"], "Refused")
        accounts = [{"id": "1", "type": "STOCK"}]
        connected = running.answer(id=3, call="connect", args={"path": "x", "session": 1, "link": 1, "accounts": accounts})
        self.assertEqual(connected["value"], {"connect": 0, "accounts": [{"id": "1", "subscribe": 0}]})
        self.assertEqual(running.answer(id=4, call="orders", args={"account": "1"})["value"], [])
        self.assertEqual(running.end(), 0)

    def test_an_order_is_said_to_begin_before_the_sdk_has_it(self):
        running = Running(self.folder, answers={"order_stock": 7})
        running.until("ready")
        accounts = [{"id": "1", "type": "STOCK"}]
        running.answer(id=1, call="connect", args={"path": "x", "session": 1, "link": 1, "accounts": accounts})
        order = {"code": "000001.SZ", "order_type": 23, "volume": 100, "price_type": 11, "price": 10.0, "strategy": "s", "remark": "r"}
        running.ask(id=2, call="place", args=dict(order, account="1"))
        self.assertEqual([running.read(), running.read()], [{"id": 2, "begun": True}, {"id": 2, "value": "7"}])
        self.assertEqual(running.end(), 0)


#: An SDK whose sectors are answered when something was downloaded; a calendar shows in which thread it is asked.
WAITING_SDK = {
    "__init__": "__version__ = 'waiting'",
    "xttrader": "",
    "xttype": "",
    "xtdata": """
import threading

downloaded = threading.Event()
asked = []


def get_sector_list():
    asked.append("sectors")
    downloaded.wait()
    return ["all"]


def get_trading_dates(market, start, end, count):
    asked.append(count)
    return [threading.get_ident(), list(asked)]


def download_sector_data():
    downloaded.set()
""",
}


class Waits(unittest.TestCase):
    def setUp(self):
        import tempfile

        self._folder = tempfile.TemporaryDirectory()
        self.folder = self._folder.name
        os.mkdir(os.path.join(self.folder, "xtquant"))
        for name, source in WAITING_SDK.items():
            with open(os.path.join(self.folder, "xtquant", name + ".py"), "w") as file:
                file.write(source)

    def tearDown(self):
        self._folder.cleanup()

    def started(self):
        running = Running(self.folder, sdk=self.folder)
        running.until("ready")
        return running

    def days(self, running, number):
        running.ask(id=number, call="trading_dates", args={"market": "SH", "start": "", "end": "", "count": number})

    def test_a_call_that_takes_long_keeps_no_download_waiting_and_its_own_side_goes_on_in_order(self):
        running = self.started()
        self.days(running, 1)
        first = running.read()
        for turn in (10, 20):
            running.ask(id=turn, call="sectors")
            for number in (turn + 1, turn + 2):
                self.days(running, number)
            running.ask(id=turn + 3, call="download", args={"name": "sector_data"})
            answers = [running.read() for _ in range(4)]
            # The download's thread and that of what waited for it answer in either order.
            self.assertEqual([one for one in answers if one["id"] == turn + 3], [{"id": turn + 3, "value": None}])
            own = [one for one in answers if one["id"] != turn + 3]
            self.assertEqual([one["id"] for one in own], [turn, turn + 1, turn + 2])
            # Whatever was read by whom: the SDK is asked in one thread.
            self.assertEqual({one["value"][0] for one in own[1:]}, {first["value"][0]})
            self.days(running, turn + 4)
            self.assertEqual(running.read()["value"][0], first["value"][0])
        self.assertEqual(running.end(), 0)

    def test_the_end_of_its_input_is_seen_while_a_call_hangs(self):
        running = self.started()
        running.ask(id=1, call="sectors")
        self.days(running, 2)
        self.assertEqual(running.end(), 0)


if __name__ == "__main__":
    unittest.main()
