// The module `talib` of a strategy.
import { talib } from '../indicators/talib/index.ts';

export * from '../indicators/talib/momentum.ts';
export * from '../indicators/talib/overlap.ts';
export * from '../indicators/talib/statistics.ts';
export * from '../indicators/talib/volume-and-range.ts';
export { MA_Type } from '../indicators/talib/functions/ma-types.ts';
export default talib;
