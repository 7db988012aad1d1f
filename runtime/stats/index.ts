import { callable } from '../objects/guard.ts';
import { pearsonr, rankdata, spearmanr, zscore } from './correlation.ts';
import { add_constant, LinearModel, linregress, OLS, polyfit, polyval } from './regression.ts';

Object.defineProperty(LinearModel, 'name', { value: 'LinearRegression' });

/**
 * The regressions of numpy, scipy, statsmodels and scikit-learn by their names: `stats.linregress(x, y)`, `stats.polyfit(x, y, 1)`,
 * `stats.OLS(y, stats.add_constant(x)).fit()`, `stats.LinearRegression().fit(X, y)`.
 */
export const stats = Object.freeze({
  add_constant,
  LinearRegression: callable(LinearModel),
  linregress,
  OLS,
  pearsonr,
  polyfit,
  polyval,
  rankdata,
  spearmanr,
  zscore,
});
