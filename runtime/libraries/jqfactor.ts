// The module `jqfactor` of a strategy.
export { calc_factors } from '../factors/calc-factors.ts';
export { standardlize, winsorize, winsorize_med } from '../factors/cleaning.ts';
export { Factor } from '../factors/factor.ts';
export { neutralize } from '../factors/neutralize.ts';
export { get_all_factors, get_factor_kanban_values, get_factor_values } from '../index.ts';
