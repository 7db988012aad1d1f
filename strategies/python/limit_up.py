# -*- coding: utf-8 -*-
"""首板次日：昨日涨停、前一日没有涨停的股票，今日开盘涨幅在 0–5% 之间则买入，至多三只，次日 09:45 起盈亏都卖。"""
from jqdata import *


def initialize(context):
    set_benchmark('000300.XSHG')
    set_option('use_real_price', True)
    g.most = 3
    run_daily(prepare, 'before_open')
    run_daily(buy, '09:31')
    run_daily(sell, '09:45')


def prepare(context):
    stocks = [code for code in get_index_stocks('000906.XSHG') if code[:3] not in ('688', '300', '301')]
    bars = get_price(stocks, end_date=context.previous_date, frequency='daily', fields=['close', 'high_limit', 'paused'], count=2, panel=False)
    bars['limit'] = (bars['close'] >= bars['high_limit'] - 0.001) & (bars['paused'] == 0)
    table = bars.pivot(index='time', columns='code', values='limit')
    first = table.iloc[-1] & ~table.iloc[0]
    g.targets = list(first[first].index)
    log.info('昨日首板 %d 只：%s' % (len(g.targets), g.targets[:10]))


def buy(context):
    current = get_current_data()
    closes = history(1, '1d', 'close', g.targets, df=False) if g.targets else {}
    held = context.portfolio.positions
    for code in g.targets:
        if len(held) >= g.most:
            break
        gain = current[code].day_open / closes[code][-1] - 1
        if 0 <= gain <= 0.05 and code not in held:
            order_value(code, context.portfolio.total_value / g.most * 0.9)
            held = context.portfolio.positions


def sell(context):
    for code, position in list(context.portfolio.positions.items()):
        if position.closeable_amount > 0 and get_current_data()[code].last_price < get_current_data()[code].high_limit:
            order_target(code, 0)
