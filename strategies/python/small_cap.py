# -*- coding: utf-8 -*-
"""小市值：每周第一个交易日 09:35 从主板中选流通市值最小的十只（剔除 ST、停牌、次新与涨跌停），等权持有；14:50 止损。"""
from jqdata import *


def initialize(context):
    set_benchmark('000905.XSHG')
    set_option('use_real_price', True)
    set_slippage(FixedSlippage(0.02))
    set_order_cost(OrderCost(open_tax=0, close_tax=0.001, open_commission=0.0003, close_commission=0.0003, min_commission=5), type='stock')
    g.count = 10
    run_weekly(rebalance, 1, time='09:35')
    run_daily(stop_loss, time='14:50')


def candidates(context):
    listed_before = context.previous_date - datetime.timedelta(days=375)
    stocks = get_all_securities(['stock'], context.previous_date)
    codes = [code for code in stocks[stocks['start_date'] < listed_before].index if code[:2] in ('00', '60')]
    q = query(valuation.code, valuation.circulating_market_cap).filter(
        valuation.code.in_(codes),
        valuation.pe_ratio > 0,
        indicator.roe > 2,
    ).order_by(valuation.circulating_market_cap.asc()).limit(g.count * 3)
    return list(get_fundamentals(q)['code'])


def rebalance(context):
    current = get_current_data()
    chosen = [
        code for code in candidates(context)
        if not current[code].paused and not current[code].is_st and current[code].low_limit < current[code].last_price < current[code].high_limit
    ][:g.count]
    for code in list(context.portfolio.positions.keys()):
        if code not in chosen:
            order_target_value(code, 0)
    if not chosen:
        return
    value = context.portfolio.total_value * 0.95 / len(chosen)
    for code in chosen:
        order_target_value(code, value)


def stop_loss(context):
    for code, position in list(context.portfolio.positions.items()):
        if position.closeable_amount > 0 and position.price < position.avg_cost * 0.92:
            log.warn('止损 %s：成本 %.2f，现价 %.2f' % (code, position.avg_cost, position.price))
            order_target(code, 0)
