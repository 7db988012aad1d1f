# -*- coding: utf-8 -*-
"""A strategy with helpers/joinquant/bt_signal.py; arguments and output as of older_sender.py, behind them the strategy's name."""
import json
import sys

from stand_in import Source

URL, PASSPHRASE, NOW_MS, STEP = sys.argv[1], sys.argv[2], int(sys.argv[3]), json.loads(sys.argv[4])
NAME, HELPERS = sys.argv[5], sys.argv[6]
sys.path.insert(0, HELPERS)

import bt_signal  # noqa: E402

source = Source(NOW_MS, STEP['number'], STEP['price'], STEP['held'])
globals().update(source.functions())
sender = bt_signal.follow(globals(), URL, NAME, PASSPHRASE, clock=lambda: NOW_MS / 1000.0)


def handle(context):
    globals()[STEP['function']](*STEP['arguments'])


handle(source.context)
print(json.dumps(sender.results[-1]._asdict(), ensure_ascii=False))
