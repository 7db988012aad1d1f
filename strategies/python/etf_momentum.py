# -*- coding: utf-8 -*-
"""ETF 动量轮动：每天 09:40 持有过去 20 个交易日趋势得分最高的一只（年化斜率 × R²）。需要 pandas、numpy。"""
from jqdata import *
import numpy as np


def initialize(context):
    set_benchmark('000300.XSHG')
    set_option('use_real_price', True)
    set_option('avoid_future_data', True)
    log.set_level('order', 'error')
    g.pool = ['518880.XSHG', '513100.XSHG', '510300.XSHG', '159915.XSHE']
    g.days = 20
    run_daily(rotate, '09:40')


def score(closes):
    """对数价格对时间的回归：年化收益 × 拟合优度。"""
    y = np.log(closes)
    x = np.arange(len(y))
    slope, intercept = np.polyfit(x, y, 1)
    spread = ((y - y.mean()) ** 2).sum()
    fitted = 1 - ((y - slope * x - intercept) ** 2).sum() / spread if spread > 0 else 0
    return (np.exp(slope * 250) - 1) * fitted


def rotate(context):
    closes = history(g.days, '1d', 'close', g.pool)
    scores = closes.dropna(axis=1).apply(lambda column: score(column.values)).sort_values(ascending=False)
    if len(scores) == 0:
        return
    best = scores.index[0]
    log.info('得分：%s' % scores.round(3).to_dict())
    for code in list(context.portfolio.positions):
        if code != best:
            order_target(code, 0)
    if best not in context.portfolio.positions:
        order_value(best, context.portfolio.available_cash * 0.98)
