// The module `scipy.stats` of a strategy.
import { strictObject } from '../objects/attributes.ts';
import { stats } from '../stats/index.ts';

export const { linregress, pearsonr, rankdata, spearmanr, zscore } = stats;
export default strictObject({ linregress, pearsonr, rankdata, spearmanr, zscore }, 'scipy.stats');
