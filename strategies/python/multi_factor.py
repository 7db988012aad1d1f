# -*- coding: utf-8 -*-
"""多因子：每月第一个交易日在沪深 300 中按市净率、净资产收益率与市值的去极值、标准化得分选二十只，等权持有。"""
from jqdata import *
from jqfactor import get_factor_values, winsorize_med, standardlize
import pandas as pd


def initialize(context):
    set_benchmark('000300.XSHG')
    set_option('use_real_price', True)
    g.weights = {'book_to_price_ratio': 1.0, 'roe_ttm': 1.0, 'size': -0.5}
    g.count = 20
    run_monthly(rebalance, 1, time='09:35')


def rebalance(context):
    stocks = get_index_stocks('000300.XSHG', date=context.previous_date)
    values = get_factor_values(stocks, list(g.weights), end_date=context.previous_date, count=1)
    table = pd.DataFrame({name: values[name].iloc[-1] for name in g.weights}).dropna()
    total = pd.Series(0.0, index=table.index)
    for name, weight in g.weights.items():
        cleaned = standardlize(winsorize_med(table[name], scale=3, inclusive=True, inf2nan=True), inf2nan=True)
        total = total + cleaned * weight
    chosen = list(total.sort_values(ascending=False).index[:g.count])
    log.info('入选：%s' % ', '.join(chosen))
    for code in list(context.portfolio.positions):
        if code not in chosen:
            order_target(code, 0)
    value = context.portfolio.total_value * 0.95 / max(1, len(chosen))
    for code in chosen:
        order_target_value(code, value)
