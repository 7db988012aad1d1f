# -*- coding: utf-8 -*-
"""RSRS 择时：沪深 300 的最高价对最低价回归斜率的标准分高于 0.7 时持有 510300，低于 -0.7 时空仓；状态保存在 g 里，重启后继续。"""
from jqdata import *
import numpy as np


def initialize(context):
    set_benchmark('000300.XSHG')
    set_option('use_real_price', True)
    g.index, g.fund = '000300.XSHG', '510300.XSHG'
    g.window, g.sample = 18, 250
    g.slopes = []
    run_daily(trade, '09:45')


def slope_of(high, low):
    return np.polyfit(low, high, 1)[0]


def before_trading_start(context):
    bars = attribute_history(g.index, g.window + g.sample if not g.slopes else g.window, '1d', ['high', 'low'])
    high, low = bars['high'].values, bars['low'].values
    for end in range(g.window, len(high) + 1):
        g.slopes.append(float(slope_of(high[end - g.window:end], low[end - g.window:end])))
    g.slopes = g.slopes[-g.sample:]


def trade(context):
    slopes = np.array(g.slopes)
    z = (slopes[-1] - slopes.mean()) / slopes.std()
    record(z=z)
    held = g.fund in context.portfolio.positions
    if z > 0.7 and not held:
        order_value(g.fund, context.portfolio.available_cash * 0.95)
    elif z < -0.7 and held:
        order_target(g.fund, 0)
    log.info('标准分 %.2f，%s' % (z, '持有' if g.fund in context.portfolio.positions else '空仓'))
