"""Old scripts on the libraries of today: what pandas and numpy took away since JoinQuant's (pandas 0.23, numpy 1.14) is given back.

On by default, off with `--no-compat`. Each kind of use is told once, with what to write instead. Nothing that still works is changed, but for
comparisons of instants with days, which pandas 2 refuses and pandas 1 warns of.
"""
import warnings

from .tell import Tell


def pandas_loaded(pandas, tell):
    """Called once, right after pandas was imported; `tell(text)` writes a warning to the log. FutureWarnings are silenced."""
    from . import dates, methods, module, panel, positional

    # Old scripts are full of what a later version will change; what it has changed already is told below.
    warnings.filterwarnings('ignore', category=FutureWarning)
    once = Tell(tell)
    module.restore(pandas, once)
    methods.restore(pandas, once)
    positional.restore(pandas, once)
    pandas.concat = panel.with_panels(pandas.concat)
    dates.restore(pandas, once)


def numpy_loaded(numpy, tell):
    """Called once, right after numpy was imported."""
    from . import numpy_names

    numpy_names.restore(numpy, Tell(tell))
