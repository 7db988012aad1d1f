# -*- coding: utf-8 -*-
"""helpers/joinquant/remote_strategy_example.py as JoinQuant runs it: a strategy of one line imports it from the research root.

    remote_strategy.py HELPERS PORT TOKEN NOW_MS CERTIFICATE

There a module of the research root has no name of JoinQuant's but what it imports from `kuanke.user_space_api`, and simulated trading is on
the market's own time. Only the settings at the example's top are another's. Prints each task's time and what the strategy logs.
"""
import sys
import time
import types

HELPERS, PORT, TOKEN, NOW_MS, CERTIFICATE = sys.argv[1], int(sys.argv[2]), sys.argv[3], int(sys.argv[4]), sys.argv[5]
sys.path.insert(0, HELPERS)

began, real = time.time(), time.time
time.time = lambda: NOW_MS / 1000.0 + real() - began

tasks = []


def said(level):
    return lambda text, *rest: print('%s %s' % (level, text % rest if rest else text))


def run_daily(func, time='9:30', reference_security=None):
    tasks.append((time, func))


api = types.ModuleType('kuanke.user_space_api')
api.log = types.SimpleNamespace(info=said('INFO'), warn=said('WARN'), error=said('ERROR'))
api.run_daily = run_daily
api.set_benchmark = lambda security: None
sys.modules['kuanke'] = types.ModuleType('kuanke')
sys.modules['kuanke.user_space_api'] = api

strategy = {'__name__': 'user_code'}
exec('from remote_strategy_example import *', strategy)
settings = sys.modules['remote_strategy_example']
settings.HOST, settings.PORT, settings.TOKEN, settings.TLS_CERT = '127.0.0.1', PORT, TOKEN, CERTIFICATE

context = types.SimpleNamespace(run_params=types.SimpleNamespace(type='sim_trade'))
strategy['initialize'](context)
strategy['process_initialize'](context)
for at, task in sorted(tasks, key=lambda each: each[0]):
    print('%s %s' % (at, task.__name__))
    task(context)
