"""What scripts use of two packages that JoinQuant has, where the user has them not: least squares of statsmodels, tables of prettytable."""
import unicodedata


class Absent(AttributeError):
    pass


def absent(package, name):
    raise Absent("%s is not installed, and '%s' is not in what stands in for it: python -m pip install %s" % (package, name, package))


# ---- statsmodels


class OLS(object):
    """`OLS(y, X).fit()`: params, rsquared, resid and what follows from them. X as it is: add_constant() adds the constant."""

    def __init__(self, endog, exog=None, missing='none', hasconst=None, **other):
        import numpy

        if other:
            absent('statsmodels', 'OLS(%s)' % ', '.join(other))
        y = numpy.asarray(endog, dtype=float).ravel()
        x = numpy.ones((len(y), 1)) if exog is None else numpy.asarray(exog, dtype=float)
        x = x.reshape(-1, 1) if x.ndim == 1 else x
        self._names = _names(endog, exog, x.shape[1])
        self._index = endog.index if _has_labels(endog) else None
        if missing == 'drop':
            kept = ~(numpy.isnan(y) | numpy.isnan(x).any(axis=1))
            y, x = y[kept], x[kept]
            self._index = None if self._index is None else self._index[kept]
        if len(y) != len(x):
            raise ValueError('endog and exog matrices are different sizes')
        if not (numpy.isfinite(y).all() and numpy.isfinite(x).all()):
            raise ValueError('exog or endog contains inf or nans')
        self.endog, self.exog = y, x
        self._constant = _has_constant(numpy, x) if hasconst is None else hasconst

    def fit(self, *_, **__):
        return Fitted(self)


class Fitted(object):
    def __init__(self, model):
        import numpy

        self.model = model
        y, x = model.endog, model.exog
        params = numpy.linalg.pinv(x).dot(y)
        fitted = x.dot(params)
        resid = y - fitted
        self.nobs = float(len(y))
        self.df_model = float(numpy.linalg.matrix_rank(x)) - int(model._constant)
        self.df_resid = self.nobs - self.df_model - int(model._constant)
        self.ssr = float(resid.dot(resid))
        self.centered_tss = float(((y - y.mean()) ** 2).sum())
        self.uncentered_tss = float((y ** 2).sum())
        total = self.centered_tss if model._constant else self.uncentered_tss
        self.rsquared = 1 - self.ssr / total if total != 0 else float('nan')
        self.rsquared_adj = 1 - (self.nobs - int(model._constant)) / self.df_resid * (1 - self.rsquared) if self.df_resid > 0 else float('nan')
        self.mse_resid = self.ssr / self.df_resid if self.df_resid > 0 else float('nan')
        bse = numpy.sqrt(numpy.diag(numpy.linalg.pinv(x.T.dot(x))) * self.mse_resid)
        with numpy.errstate(divide='ignore', invalid='ignore'):
            tvalues = params / bse
        self.params, self.bse, self.tvalues = (_labelled(values, model._names) for values in (params, bse, tvalues))
        self.fittedvalues, self.resid = (_labelled(values, model._index) for values in (fitted, resid))

    def predict(self, exog=None):
        import numpy

        x = self.model.exog if exog is None else numpy.asarray(exog, dtype=float)
        return (x.reshape(-1, 1) if x.ndim == 1 and self.model.exog.shape[1] == 1 else x).dot(numpy.asarray(self.params))

    def __getattr__(self, name):
        if name.startswith('__'):
            raise AttributeError(name)
        return absent('statsmodels', name)


def _has_labels(value):
    """True for a table or a Series of pandas."""
    return hasattr(value, 'index') and hasattr(value, 'values')


def _labelled(values, labels):
    """A Series where there are labels, else the values as they are."""
    if labels is None:
        return values
    import pandas

    return pandas.Series(values, index=labels)


def _is_constant(x):
    """Whether a column is the same everywhere, and not 0."""
    return ((x == x[:1]).all(axis=0) & (x[:1] != 0).any(axis=0)).any()


def _has_constant(numpy, x):
    """A constant column, or columns that make one."""
    if _is_constant(x):
        return True
    return numpy.linalg.matrix_rank(numpy.column_stack([numpy.ones(len(x)), x])) == numpy.linalg.matrix_rank(x)


def _names(endog, exog, count):
    """Labels of the parameters where one of the two is of pandas."""
    if hasattr(exog, 'columns'):
        return list(exog.columns)
    if _has_labels(exog):
        return [getattr(exog, 'name', None) or 'x1']
    if _has_labels(endog):
        return ['const'] + ['x%d' % place for place in range(1, count)] if exog is None or count > 1 else ['x1']
    return None


def add_constant(data, prepend=True, has_constant='skip'):
    """A column of ones beside the data, unless it has a constant one."""
    import numpy

    values = numpy.asarray(data, dtype=float)
    values = values.reshape(-1, 1) if values.ndim == 1 else values
    if len(values) and has_constant == 'skip' and _is_constant(values):
        return data
    if _has_labels(data):
        import pandas

        frame = pandas.DataFrame(data).copy()
        frame.insert(0 if prepend else frame.shape[1], 'const', 1.0)
        return frame
    ones = numpy.ones(len(values))
    return numpy.column_stack([ones, values] if prepend else [values, ones])


# ---- prettytable

FRAME, ALL, NONE, HEADER = 0, 1, 2, 3


class PrettyTable(object):
    """Rows under names, drawn with lines of signs."""

    def __init__(self, field_names=None, **options):
        own = self.__dict__
        own['field_names'] = list(field_names or [])
        own['rows'] = []
        own['align'] = _Align()
        own['title'] = options.pop('title', None)
        own['hrules'] = options.pop('hrules', FRAME)
        own['header'] = options.pop('header', True)
        own['border'] = options.pop('border', True)
        own.update(options)

    def __setattr__(self, name, value):
        if name == 'align':
            self.__dict__['align'] = _Align(value)
        elif name == 'field_names':
            self.__dict__['field_names'] = list(value)
        else:
            self.__dict__[name] = value

    def add_row(self, row, **_):
        row = list(row)
        if not self.field_names:
            self.field_names = ['Field %d' % (place + 1) for place in range(len(row))]
        if len(row) != len(self.field_names):
            raise ValueError('Row has incorrect number of values, (actual) %d!=%d (expected)' % (len(row), len(self.field_names)))
        self.rows.append(row)

    def add_rows(self, rows):
        for row in rows:
            self.add_row(row)

    def add_column(self, fieldname, column, align='c', **_):
        column = list(column)
        if self.rows and len(column) != len(self.rows):
            raise ValueError('Column length %d does not match number of rows %d' % (len(column), len(self.rows)))
        if not self.rows:
            self.rows.extend([] for _ in column)
        self.field_names.append(fieldname)
        self.align[fieldname] = align
        for row, value in zip(self.rows, column):
            row.append(value)

    def clear_rows(self):
        del self.rows[:]

    def del_row(self, index):
        del self.rows[index]

    def get_string(self, **options):
        sortby = options.get('sortby', self.__dict__.get('sortby'))
        rows = list(self.rows)
        if sortby is not None:
            place = self.field_names.index(sortby)
            rows.sort(key=lambda row: row[place], reverse=options.get('reversesort', self.__dict__.get('reversesort', False)))
        cells = [[str(value) for value in row] for row in rows]
        names = [str(name) for name in self.field_names]
        widths = [max([_width(row[place]) for row in cells] + [_width(name) if self.header else 0]) for place, name in enumerate(names)]
        rule = '+%s+' % '+'.join('-' * (width + 2) for width in widths)
        lines = [rule]
        if self.title is not None:
            lines += ['|%s|' % _set(str(self.title), len(rule) - 2, 'c'), rule]
        if self.header:
            lines += [self._line(names, widths, lambda _: 'c'), rule]
        for row in cells:
            lines.append(self._line(row, widths, lambda place: self.align[self.field_names[place]]))
            if self.hrules == ALL:
                lines.append(rule)
        if self.hrules != ALL and cells:
            lines.append(rule)
        return '\n'.join(lines if self.border else [line.replace('|', ' ') for line in lines if not line.startswith('+')])

    def _line(self, cells, widths, align):
        return '|%s|' % '|'.join(' %s ' % _set(cell, width, align(place)) for place, (cell, width) in enumerate(zip(cells, widths)))

    def __str__(self):
        return self.get_string()

    __repr__ = __str__


class _Align(dict):
    def __init__(self, default='c'):
        dict.__init__(self)
        self.default = default

    def __missing__(self, name):
        return self.default


def _width(text):
    """Chinese letters take two places."""
    return sum(2 if unicodedata.east_asian_width(letter) in 'WF' else 1 for letter in text)


def _set(text, width, align):
    room = width - _width(text)
    if align == 'l':
        return text + ' ' * room
    if align == 'r':
        return ' ' * room + text
    return ' ' * (room // 2) + text + ' ' * (room - room // 2)


def of(name):
    """What a module that stands in has."""
    if name == 'prettytable':
        return {'PrettyTable': PrettyTable, 'FRAME': FRAME, 'ALL': ALL, 'NONE': NONE, 'HEADER': HEADER}
    if name in ('statsmodels.api', 'statsmodels.regression.linear_model'):
        return {'OLS': OLS, 'add_constant': add_constant}
    return {}
