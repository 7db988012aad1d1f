"""Market data, out of the terminal's cache; one client for the whole module (source: vendor's documentation, xtdata)."""

import threading
from concurrent.futures import Future

from . import _terminal

enable_hello = True
_lock = threading.Lock()
_waiting = {}
_callbacks = {}
_state = {"link": None, "seq": 0}


def _lost():
    _state["link"] = None
    for future in list(_waiting.values()):
        future.set_result({"$raise": u"\u884c\u60c5\u670d\u52a1\u8fde\u63a5\u65ad\u5f00"})
    _waiting.clear()


def _heard(message):
    if message.get("push") == "ticks":
        callback = _callbacks.get(message["seq"])
        if callback is not None:
            callback(message["rows"])
        return
    if message.get("push") == "progress":
        callback = _callbacks.get(message["of"])
        if callback is not None:
            callback(message["row"])
        return
    future = _waiting.pop(message["seq"], None)
    if future is not None:
        future.set_result(message.get("value"))


def _next():
    with _lock:
        _state["seq"] += 1
        return _state["seq"]


def _ask(call, args, seq=None):
    """The client connects again by itself; without a terminal it says so (source: vendor's documentation)."""
    seq = _next() if seq is None else seq
    with _lock:
        if _state["link"] is None:
            if enable_hello:
                print("xtdata says hello")
            try:
                _state["link"] = _terminal.connect({"data": {}}, _heard, _lost)
            except OSError:
                raise Exception(u"\u65e0\u6cd5\u8fde\u63a5xtquant\u670d\u52a1\uff0c\u8bf7\u68c0\u67e5QMT-\u6295\u7814\u7248\u6216QMT-\u6781\u7b80\u7248\u662f\u5426\u5f00\u542f")
        future = _waiting[seq] = Future()
        link = _state["link"]
    link.send({"seq": seq, "call": call, "args": args})
    value = future.result()
    if isinstance(value, dict) and "$raise" in value:
        raise Exception(value["$raise"])
    return value


def connect(ip="", port=None):
    return "%s:%s" % (ip or "127.0.0.1", port)


def get_full_tick(code_list):
    """A code that is not known is not in the answer (source: vendor's documentation)."""
    return _ask("get_full_tick", {"codes": code_list})


def get_market_data_ex(
    field_list=(), stock_list=(), period="1d", start_time="", end_time="", count=-1, dividend_type="none", fill_data=True
):
    """Frames by code; an empty one where nothing was downloaded, no exception (source: vendor's documentation)."""
    return _ask("get_market_data_ex", {
        "fields": list(field_list), "codes": list(stock_list), "period": period, "start": start_time, "end": end_time, "count": count,
        "dividend_type": dividend_type, "fill": fill_data,
    })


def get_instrument_detail(stock_code, iscomplete=False):
    return _ask("get_instrument_detail", {"code": stock_code, "complete": iscomplete})


def get_instrument_type(stock_code, variety_list=None):
    return _ask("get_instrument_type", {"code": stock_code})


def get_stock_list_in_sector(sector_name):
    """A name that is not known gives an empty list (source: vendor's documentation)."""
    return _ask("get_stock_list_in_sector", {"name": sector_name})


def get_sector_list():
    return _ask("get_sector_list", {})


def get_index_weight(index_code):
    return _ask("get_index_weight", {"code": index_code})


def get_trading_dates(market, start_time="", end_time="", count=-1):
    return _ask("get_trading_dates", {"market": market, "start": start_time, "end": end_time, "count": count})


def get_divid_factors(stock_code, start_time="", end_time=""):
    return _ask("get_divid_factors", {"code": stock_code, "start": start_time, "end": end_time})


def get_financial_data(stock_list, table_list=(), start_time="", end_time="", report_type="report_time"):
    return _ask("get_financial_data", {
        "codes": list(stock_list), "tables": list(table_list), "start": start_time, "end": end_time, "report_type": report_type,
    })


def subscribe_whole_quote(code_list, callback=None):
    """A number; first a picture of all, then what changes, code by code (source: vendor's documentation)."""
    seq = _next()
    _callbacks[seq] = callback
    _ask("subscribe_whole_quote", {"codes": code_list, "seq": seq})
    return seq


def unsubscribe_quote(seq):
    _callbacks.pop(seq, None)
    _ask("unsubscribe_quote", {"seq": seq})


def download_history_data2(stock_list, period, start_time="", end_time="", callback=None, incrementally=None):
    """Returns when all is there: its loop has no limit (source: vendor's package, read)."""
    seq = _next()
    _callbacks[seq] = callback
    return _ask("download_history_data2", {"codes": stock_list, "period": period, "start": start_time, "end": end_time}, seq)


def download_sector_data():
    return _ask("download_sector_data", {})


def download_index_weight():
    return _ask("download_index_weight", {})


def download_holiday_data():
    return _ask("download_holiday_data", {})


def download_financial_data2(stock_list, table_list=(), start_time="", end_time="", callback=None):
    """As the bars' (source: vendor's package, read)."""
    seq = _next()
    _callbacks[seq] = callback
    return _ask("download_financial_data2", {"codes": stock_list, "tables": list(table_list), "start": start_time, "end": end_time}, seq)
