import type { DispatchContext, RunParams } from '../../../runtime/host.ts';
import { chinaInstant } from '../../domain/time.ts';
import type { Quote } from '../../domain/trading.ts';

/** What holds while a strategy loads and nobody said otherwise: midnight of its start date. */
export function loadContext({ startDate }: RunParams): DispatchContext {
  return {
    logicalTime: chinaInstant(startDate, '00:00'),
    tradingDay: startDate,
    previousDate: startDate,
    phase: 'load',
  };
}

/** What holds for ticks that come without a context: the last dispatch's, at the newest quote's time. */
export function contextAtNewest(context: DispatchContext, quotes: readonly Quote[]): DispatchContext {
  const newest = Math.max(context.logicalTime, ...quotes.map(({ time }) => time ?? 0));
  return { ...context, logicalTime: newest, phase: 'hook' };
}
