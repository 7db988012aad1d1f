"""The least a bridge in Python can do with JSON lines: each is answered with the value that it was started with, or, with a folder that holds
xtquant, with the order that the SDK answers, asked in the thread that reads.
"""
import json
import os
import sys

value = json.loads(sys.argv[1])


def echo(args):
    return value


def sdk(folder):
    sys.path.append(folder)
    out = os.dup(1)
    os.dup2(2, 1)
    from xtquant import xttrader, xttype

    trader = xttrader.XtQuantTrader("userdata", 1, xttrader.XtQuantTraderCallback())
    trader.start()
    trader.connect()
    account = xttype.StockAccount("123456", "STOCK")

    def order(args):
        found = trader.query_stock_order(account, int(args["order_id"]))
        return {name: getattr(found, name) for name in value}

    return order, out


call, out = (echo, 1) if len(sys.argv) < 3 else sdk(sys.argv[2])
while True:
    line = sys.stdin.buffer.readline()
    if not line:
        break
    request = json.loads(line.decode("utf-8"))
    answer = json.dumps({"id": request["id"], "value": call(request["args"])}, separators=(",", ":"))
    os.write(out, answer.encode("ascii") + b"\n")
