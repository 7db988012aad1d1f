"""Looks whether QMT can be reached from this Python, for `bt server doctor`; nothing is ordered, nothing is changed.

The only argument is JSON: {"data_path": ..., "accounts": [[alias, id, type], ...], "xtquant": [folder, ...], "session": 586190,
"symbol": "000001.SZ", "data_port": null or a port of the terminal's quotes}. Each step is a JSON line on standard output as soon as it is known, so that whoever waits sees where it hangs.
Python 3.6 or newer, nothing but the standard library and xtquant.
"""
import json
import os
import platform
import struct
import sys

# Importing the SDK prints: standard output is for the steps alone.
_own = os.fdopen(os.dup(1), "w", encoding="ascii")
os.dup2(2, 1)


def tell(step, **facts):
    _own.write(json.dumps(dict(facts, step=step)) + "\n")
    _own.flush()


def words(error):
    return ("%s: %s" % (type(error).__name__, error))[:500]


def sdk(folders):
    """The SDK's trading side, or None; its step is told."""
    sys.path.extend(folders)  # as the bridge does, or another xtquant is looked at than the server uses
    try:
        import xtquant
        from xtquant import xttrader, xttype
    except BaseException as error:  # the native part may end the import in any way
        tell("xtquant", error=words(error))
        return None
    version = getattr(xtquant, "__version__", None)
    tell("xtquant", version=None if version is None else str(version), path=os.path.dirname(xtquant.__file__ or ""))
    return xttrader, xttype


def terminal(modules, asked):
    """Whether the terminal takes a connection, and each account's status."""
    xttrader, xttype = modules
    trader = None
    try:
        trader = xttrader.XtQuantTrader(asked["data_path"], asked["session"])
        trader.register_callback(xttrader.XtQuantTraderCallback())
        trader.start()
        code = trader.connect()
        tell("connect", code=code)
        if code == 0:
            accounts(trader, xttype, asked["accounts"])
    except BaseException as error:
        tell("connect", error=words(error))
    finally:
        if trader is not None:
            trader.stop()


def accounts(trader, xttype, wanted):
    known = {}
    try:
        for one in trader.query_account_status() or []:
            known[str(one.account_id)] = one.status
    except BaseException as error:
        tell("account_status", error=words(error))
    for alias, number, kind in wanted:
        try:
            account = xttype.StockAccount(number, kind.upper())
            if isinstance(account, str):  # what the SDK gives for a number it cannot read
                tell("account", account=alias, error=account)
                continue
            tell("account", account=alias, subscribed=trader.subscribe(account), status=known.get(number))
        except BaseException as error:
            tell("account", account=alias, error=words(error))


def quotes(symbol, port):
    try:
        from xtquant import xtdata

        xtdata.enable_hello = False
        if port is not None:
            xtdata.connect("", port)  # as the bridge does: where several terminals run, the one that is meant
        tick = (xtdata.get_full_tick([symbol]) or {}).get(symbol)
        tell("quotes", symbol=symbol, time=None if not tick else tick.get("time"))
    except BaseException as error:
        tell("quotes", symbol=symbol, error=words(error))


def main():
    asked = json.loads(sys.argv[1])
    tell("python", version=platform.python_version(), bits=struct.calcsize("P") * 8, path=sys.executable)
    modules = sdk(asked["xtquant"])
    if modules is not None:
        quotes(asked["symbol"], asked.get("data_port"))
        terminal(modules, asked)
    tell("end")


main()
# The native part has threads of its own, which must not keep this process.
_own.flush()
os._exit(0)
