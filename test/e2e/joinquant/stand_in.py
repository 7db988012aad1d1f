# -*- coding: utf-8 -*-
"""What a strategy finds at JoinQuant, as far as a sender of its orders needs it: a context, and functions that come back with an order.

The simulated account there fills at once, which is nobody's business here. Market time is told, not looked at.
"""
import datetime
import types


def china(ms):
    return datetime.datetime(1970, 1, 1) + datetime.timedelta(milliseconds=ms + 8 * 3600 * 1000)


class Source(object):
    """One order at JoinQuant's side: what was asked for, under the next number."""

    def __init__(self, now_ms, number, price, held):
        self.now = china(now_ms)
        self._number, self._price = number, price
        positions = {}
        for security, amount in held.items():
            positions[security] = types.SimpleNamespace(total_amount=amount, price=price, value=amount * price)
        self.context = types.SimpleNamespace(
            current_dt=self.now,
            run_params=types.SimpleNamespace(type='sim_trade'),
            portfolio=types.SimpleNamespace(total_value=1000000.0, available_cash=500000.0, positions=positions),
        )

    def _placed(self, security, amount):
        if amount == 0:
            return None
        return types.SimpleNamespace(
            status='held', add_time=self.now, is_buy=amount > 0, amount=abs(amount), filled=abs(amount), security=security,
            order_id=self._number, price=self._price, avg_cost=self._price, side='long', action='open' if amount > 0 else 'close',
            commission=5.0, style=None,
        )

    def functions(self):
        def order(security, amount, style=None):
            return self._placed(security, amount)

        def order_target(security, amount, style=None):
            position = self.context.portfolio.positions.get(security)
            return self._placed(security, amount - (position.total_amount if position else 0))

        return {'order': order, 'order_target': order_target}
