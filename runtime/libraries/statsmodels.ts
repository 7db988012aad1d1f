// The module `statsmodels.api` of a strategy: `sm.OLS(y, sm.add_constant(x)).fit()`.
import { strictObject } from '../objects/attributes.ts';
import { add_constant, OLS } from '../stats/regression.ts';

export { add_constant, OLS };
export default strictObject({ add_constant, OLS }, 'statsmodels.api');
