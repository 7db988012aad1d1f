"""Order styles, costs and the like: made by the script, understood by the runtime."""


class Made(object):
    """Arguments as they were given; the names of the known ones are attributes. The runtime checks them when they arrive."""

    _names = ()
    _defaults = {}

    def __init__(self, *args, **kwargs):
        own = self.__dict__
        own['_args'], own['_kwargs'] = args, kwargs
        own.update(self._defaults)
        own.update(zip(self._names, args))
        own.update(kwargs)

    def plain(self, encoder):
        return {
            '$': 'new', 'c': type(self).__name__, 'a': [encoder.plain(arg) for arg in self._args],
            'k': {key: encoder.plain(arg) for key, arg in self._kwargs.items()},
        }

    def __repr__(self):
        shown = ['%s=%r' % (name, self.__dict__.get(name)) for name in self._names]
        return '%s(%s)' % (type(self).__name__, ', '.join(shown))

    def __eq__(self, other):
        return type(self) is type(other) and self.__dict__ == other.__dict__

    __hash__ = object.__hash__


class MarketOrderStyle(Made):
    _names = ('limit_price',)
    _defaults = {'limit_price': None}

    def __repr__(self):
        return 'MarketOrderStyle' if self.limit_price is None else 'MarketOrderStyle: limit_price=%s' % self.limit_price


class LimitOrderStyle(Made):
    _names = ('limit_price',)

    def __repr__(self):
        return 'LimitOrderStyle: _limit_price=%s' % self.__dict__.get('limit_price')


class StopMarketOrderStyle(Made):
    _names = ('mode', 'stop_price')


class StopLimitOrderStyle(Made):
    _names = ('mode', 'stop_price', 'limit_price')


class OrderCost(Made):
    _names = ('open_tax', 'close_tax', 'open_commission', 'close_commission', 'close_today_commission', 'min_commission')
    _defaults = dict.fromkeys(_names, 0)


class PerTrade(Made):
    _names = ('buy_cost', 'sell_cost', 'min_cost')
    _defaults = {'buy_cost': 0.0003, 'sell_cost': 0.0013, 'min_cost': 5}


class FixedSlippage(Made):
    _names = ('value',)


class PriceRelatedSlippage(Made):
    _names = ('value',)


class StepRelatedSlippage(Made):
    _names = ('value',)


class SubPortfolioConfig(Made):
    _names = ('cash', 'type')


CLASSES = {
    kind.__name__: kind
    for kind in (
        MarketOrderStyle, LimitOrderStyle, StopMarketOrderStyle, StopLimitOrderStyle, OrderCost, PerTrade, FixedSlippage,
        PriceRelatedSlippage, StepRelatedSlippage, SubPortfolioConfig,
    )
}


def make(d):
    """One that the runtime sent: the style of an order."""
    return CLASSES[d['c']](*d['a'], **d['k'])


def part(name):
    """A target, constraint or bound of jqlib.optimizer; the runtime knows its arguments."""

    class Part(Made):
        def __repr__(self):
            own = self.__dict__
            shown = [repr(value) for value in own['_args']] + ['%s=%r' % pair for pair in own['_kwargs'].items()]
            return '%s(%s)' % (name, ', '.join(shown))

        def plain(self, encoder):
            # A factor may be given as its class.
            own = self.__dict__
            made = lambda value: value() if isinstance(value, type) else value  # noqa: E731
            return {
                '$': 'new', 'c': name, 'a': [encoder.plain(made(value)) for value in own['_args']],
                'k': {key: encoder.plain(made(value)) for key, value in own['_kwargs'].items()},
            }

    Part.__name__ = Part.__qualname__ = name
    Part.__module__ = 'jqlib.optimizer'
    return Part
