"""The least squares of `pandas.stats.api.ols`: what scripts read of it. Anything else of the old class raises with what to use."""


class OLS(object):
    """`ols(y=series, x=series_or_frame, intercept=True)`: rows in which something is missing are left out."""

    def __init__(self, y, x, intercept=True, weights=None, **rest):
        import numpy as np
        import pandas as pd

        if weights is not None or rest:
            raise TypeError('ols() takes y, x and intercept here: use statsmodels.api.WLS for %s' % ', '.join(['weights'] + sorted(rest)))
        frame = x.to_frame('x') if isinstance(x, pd.Series) else pd.DataFrame(x).copy()
        if intercept:
            frame['intercept'] = 1.0
        target = pd.Series(y)
        both = frame.assign(**{'__y': target}).dropna()
        self._x = both.drop(columns='__y').astype(float)
        self._y = both['__y'].astype(float)
        values, target = self._x.values, self._y.values
        solution = np.linalg.lstsq(values, target, rcond=None)[0]
        self.beta = pd.Series(solution, index=self._x.columns)
        self.nobs = len(target)
        self.df_model = values.shape[1] - (1 if intercept else 0)
        self.df_resid = self.nobs - values.shape[1]
        fitted = values.dot(solution)
        self.y_fitted = pd.Series(fitted, index=self._y.index)
        self.y_predict = self.y_fitted
        self.resid = self._y - self.y_fitted
        squares = float((self.resid ** 2).sum())
        total = float(((target - target.mean()) ** 2).sum()) if intercept else float((target ** 2).sum())
        self.r2 = 1 - squares / total if total else float('nan')
        free = self.nobs - (1 if intercept else 0)
        self.r2_adj = 1 - (1 - self.r2) * free / self.df_resid if self.df_resid else float('nan')
        self.rmse = (squares / self.df_resid) ** 0.5 if self.df_resid else float('nan')
        errors = np.sqrt(np.diag(np.linalg.pinv(values.T.dot(values)))) * self.rmse
        self.std_err = pd.Series(errors, index=self._x.columns)
        self.t_stat = self.beta / self.std_err

    def __getattr__(self, name):
        raise AttributeError('the old ols() has no %s here: use statsmodels.api.OLS(y, x).fit()' % name)
