// The module `numpy` of a strategy, and `np`. A name that it does not have throws and suggests.
import * as names from '../numpy/index.ts';
import { strictObject } from '../objects/attributes.ts';

export * from '../numpy/index.ts';
const np = strictObject({ ...names }, 'numpy');
export default np;
