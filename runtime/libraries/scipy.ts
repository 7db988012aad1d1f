// The module `scipy` of a strategy: `import { stats } from 'scipy'`.
import { strictObject } from '../objects/attributes.ts';
import stats from './scipy-stats.ts';

export { stats };
export default strictObject({ stats }, 'scipy');
