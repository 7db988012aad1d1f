// The module `sklearn.linear_model` of a strategy.
import { strictObject } from '../objects/attributes.ts';
import { stats } from '../stats/index.ts';

export const { LinearRegression } = stats;
export default strictObject({ LinearRegression }, 'sklearn.linear_model');
