"""Objects of the vendor's API (source: vendor's documentation, xttype)."""

TYPES = {"FUTURE": 1, "STOCK": 2, "CREDIT": 3, "FUTURE_OPTION": 5, "STOCK_OPTION": 6, "HUGANGTONG": 7, "SHENGANGTONG": 11}


class StockAccount(object):
    """An id that is no text gives a text instead of an account, without an exception; types are known in any case of letters."""

    def __new__(cls, account_id, account_type="STOCK"):
        if not isinstance(account_id, str):
            return u"\u8d44\u91d1\u8d26\u53f7\u5fc5\u987b\u4e3a\u5b57\u7b26\u4e32\u7c7b\u578b"
        return super(StockAccount, cls).__new__(cls)

    def __init__(self, account_id, account_type="STOCK"):
        kind = TYPES.get(account_type.upper())
        if kind is None:
            raise Exception("unsupported account type: %s" % account_type)
        self.account_id = account_id
        self.account_type = kind


class Row(object):
    """An object of the counter's; a field that a build lacks is not there at all."""

    def __init__(self, fields):
        self.__dict__.update(fields)


class Frame(object):
    """As much of a DataFrame as is needed: an index, columns, a column by its name."""

    def __init__(self, index, columns):
        self.index = index
        self._columns = columns
        self.columns = list(columns)

    def __getitem__(self, name):
        return self._columns[name]
