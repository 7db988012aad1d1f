import type { AdjustMode } from '../../src/domain/trading.ts';
import { pyRepr } from '../text/python-text.ts';
import { badArgument } from './arguments.ts';
import type { Reader } from './arguments.ts';

/** `'daily'`, `'1d'`, `'minute'`, `'5m'` … as `Xd` or `Xm`; `'1w'` and `'1M'` are weeks and months. */
export const readUnit: Reader<string> = (value, where) => {
  if (value === 'daily') return '1d';
  if (value === 'minute') return '1m';
  if (typeof value === 'string' && /^(?:[1-9]\d{0,3}[dm]|1w|1M)$/.test(value)) return value;
  throw badArgument(where, `must be 'daily', 'minute', or like '1d', '5m', '60m', '1w', '1M', was ${pyRepr(value)}.`);
};

/** `'pre'`, `'post'`, or None (null) for raw prices. */
export const readAdjust: Reader<AdjustMode> = (value, where) => {
  if (value === null || value === 'none') return 'none';
  if (value === 'pre' || value === 'post') return value;
  throw badArgument(where, `must be 'pre', 'post' or null (raw prices), was ${pyRepr(value)}.`);
};
