import { chinaDay, chinaInstant } from '../../src/domain/time.ts';
import { badArgument } from '../api/arguments.ts';
import { currentHost } from '../host.ts';
import { columnOf, fetchBars } from '../objects/bars.ts';
import { zeros } from './solver/vectors.ts';
import type { Square } from './solver/vectors.ts';

/** Trading days of a year, as JoinQuant counts them. */
export const YEAR = 250;
const CLOSE = '15:00';

/** Daily returns of some securities, a list for each, of one length. */
export type Returns = readonly Float64Array[];

/** The last day up to `date` whose trading is over. */
export function lastWholeDay(date: string): string | null {
  const { logicalTime } = currentHost().dispatch();
  const day = currentHost().tradeDays(null, date, 1)[0] ?? null;
  if (day === null || chinaInstant(day, CLOSE) <= logicalTime) return day;
  return currentHost().tradeDays(null, day, 2)[0] ?? null;
}

/** Close to close over the last `count` days up to `day`; BAD_ARGUMENT that names what has fewer prices. */
export function returnsOf(codes: readonly string[], day: string, count: number): Returns {
  const days = currentHost().tradeDays(null, day, count + 1);
  const first = days[0];
  if (first === undefined || codes.length === 0) return codes.map(() => new Float64Array(0));
  const blocks = fetchBars({
    securities: codes,
    unit: '1d',
    start: chinaInstant(first, '00:00'),
    end: chinaInstant(day, CLOSE),
    fields: ['close'],
    adjust: 'pre',
  });
  const places = new Map(days.map((one, place): [string, number] => [one, place]));
  const closes = blocks.map((block) => {
    const line = new Float64Array(days.length).fill(Number.NaN);
    const values = columnOf(block, 'close');
    block.time.forEach((ms, i) => {
      const place = places.get(chinaDay(ms));
      if (place !== undefined) line[place] = values[i] ?? Number.NaN;
    });
    return line;
  });
  requireWhole(codes, closes, count);
  return closes.map((line) => line.slice(1).map((close, i) => close / (line[i] ?? Number.NaN) - 1));
}

function requireWhole(codes: readonly string[], closes: readonly Float64Array[], count: number): void {
  const short = codes.filter((_, i) => {
    const line = closes[i] ?? new Float64Array(0);
    return line.length <= count || !line.every((close) => close > 0);
  });
  if (short.length === 0) return;
  const shown = short.slice(0, 5).join(', ') + (short.length > 5 ? ' …' : '');
  throw badArgument(
    'portfolio_optimizer() securities',
    `${shown} ${short.length === 1 ? 'has' : 'have'} no prices on some of the ${count + 1} days that are looked at: leave out what was listed later, or give a smaller count.`,
  );
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** What each earned in a year of such days. */
export function annualProfits(returns: Returns): Float64Array {
  return Float64Array.from(returns, (line) => mean(line) * YEAR);
}

/** Covariances of a year, over n - 1. */
export function annualRisk(returns: Returns): Square {
  const off = returns.map((line) => {
    const middle = mean(line);
    return line.map((value) => value - middle);
  });
  const out = zeros(returns.length);
  off.forEach((a, i) => {
    for (let j = 0; j <= i; j += 1) {
      const value = together(a, off[j] ?? a);
      out.cells[i * out.size + j] = value;
      out.cells[j * out.size + i] = value;
    }
  });
  return out;
}

/** Covariance of a year of each with one that is not among them. */
export function annualPull(returns: Returns, other: Float64Array): Float64Array {
  const middle = mean(other);
  const off = other.map((value) => value - middle);
  return Float64Array.from(returns, (line) => {
    const own = mean(line);
    return together(
      line.map((value) => value - own),
      off,
    );
  });
}

function together(a: Float64Array, b: Float64Array): number {
  return (a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0) / (a.length - 1)) * YEAR;
}
