import { MA_Type } from './functions/ma-types.ts';
import * as momentum from './momentum.ts';
import * as overlap from './overlap.ts';
import * as statistics from './statistics.ts';
import { guarded } from './unsupported.ts';
import * as volume from './volume-and-range.ts';

/**
 * TA-Lib's functions on arrays and Series: `talib.MA(close, 20)`, `talib.MACD(close, { fastperiod: 12 })`. Its definitions and
 * defaults, NaN where TA-Lib has none yet. Several results come as a list.
 */
export const talib = guarded({ ...overlap, ...momentum, ...volume, ...statistics, MA_Type });
