import { BtError } from '../../../src/domain/errors.ts';
import { chinaDay, chinaTimeOfDay } from '../../../src/domain/time.ts';
import { bindArguments, optional, required } from '../../api/arguments.ts';
import { readUnit } from '../../api/bar-arguments.ts';
import { nullable, readBoolean, readSecurity, readSecurityList } from '../../api/readers.ts';
import { fundamentalsOn } from '../../factors/base-values.ts';
import { currentHost } from '../../host.ts';
import type { Dict } from '../../objects/dict.ts';
import { readTime } from '../../objects/datetime/read-time.ts';
import type { TimeLike } from '../../objects/datetime/read-time.ts';
import { at } from '../talib/functions/real.ts';
import type { Real } from '../talib/functions/real.ts';
import { barsOf, readCheckDate, readPeriod } from './bars.ts';
import type { Bars } from './bars.ts';
import { dictsOf } from './define.ts';
import { afterEma, DMA, EMA, MA } from './operators.ts';

/** Indicators that need more than the bars of their securities. */

interface UnitOptions {
  readonly unit?: string;
  readonly include_now?: boolean;
}
type Codes = string | Iterable<string>;
type Rest<O> = (number | string | boolean | null | O)[];

const UNIT = { unit: optional(readUnit, '1d'), include_now: optional(readBoolean, true) };
const SUBJECT = { security_list: required(readSecurityList), check_date: required(readCheckDate) };
const REFERENCE = { fq_ref_date: optional(nullable(readTime), null) };

/** Each is read by the reader of its arguments, and is given its type where it is exported. */
function named(name: string, call: (...values: readonly unknown[]) => unknown): unknown {
  Object.defineProperty(call, 'name', { value: name });
  return call;
}

function last(x: Real | undefined): number {
  return x === undefined ? NaN : at(x, x.length - 1);
}

/** Traded shares in percent of those in the market, bar by bar. */
function turnovers(codes: readonly string[], all: readonly Bars[]): Real[] {
  const days = [...new Set(all.flatMap(({ time }) => Array.from(time, chinaDay)))].sort();
  if (days.length === 0) return all.map(({ volume }) => volume);
  // In units of 10,000.
  const shares = fundamentalsOn('valuation', 'circulating_cap', codes, days);
  return all.map(({ time, volume }, i) =>
    volume.map((traded, bar) => traded / shares(codes[i] ?? '', chinaDay(at(time, bar))) / 100),
  );
}

type Turnover<R> = (
  security_list: Codes,
  check_date: TimeLike,
  ...rest: Rest<UnitOptions & { readonly N?: number }>
) => R;

/** Turnover in percent of the shares in the market, and its mean of N bars. */
export const HSL = named('HSL', (...values) => {
  const a = bindArguments('HSL', { ...SUBJECT, N: optional(readPeriod, 5), ...UNIT }, values);
  const codes = a.security_list;
  const asked = { end: a.check_date, unit: a.unit, includeNow: a.include_now, reference: null };
  const lines = turnovers(codes, barsOf(codes, a.N, ['volume'], asked));
  return dictsOf(
    'HSL',
    codes,
    lines.map((line) => [last(line), last(MA(line, a.N))]),
    2,
  );
}) as Turnover<readonly [HSL: Dict<number>, MAHSL: Dict<number>]>;

/** 100 - 100 / (1 + the exponential average of the turnover). */
export const CYF = named('CYF', (...values) => {
  const a = bindArguments('CYF', { ...SUBJECT, N: optional(readPeriod, 21), ...UNIT }, values);
  const codes = a.security_list;
  const asked = { end: a.check_date, unit: a.unit, includeNow: a.include_now, reference: null };
  const lines = turnovers(codes, barsOf(codes, afterEma(a.N), ['volume'], asked));
  return dictsOf(
    'CYF',
    codes,
    lines.map((line) => [100 - 100 / (1 + last(EMA(line, a.N)))]),
    1,
  )[0];
}) as Turnover<Dict<number>>;

type Plain<R> = (security_list: Codes, check_date: TimeLike) => R;

/**
 * Two exponential lines of the close. The weight of the slow one is at least 1 in the formula, whatever changes hands, and a
 * weight may be at most 0.9999: it is that.
 */
export const FSL = named('FSL', (...values) => {
  const a = bindArguments('FSL', SUBJECT, values);
  const codes = a.security_list;
  const asked = { end: a.check_date, unit: '1d', includeNow: true, reference: null };
  const results = barsOf(codes, afterEma(12), ['close'], asked).map(({ close }) => {
    const fast = 0.7 * last(EMA(close, 5)) + 0.3 * last(EMA(close, 10));
    const weights = close.map(() => 1);
    return [fast, last(DMA(EMA(close, 12), weights))];
  });
  return dictsOf('FSL', codes, results, 2);
}) as Plain<readonly [SWL: Dict<number>, SWS: Dict<number>]>;

const SESSIONS = [
  [9.5, 11.5],
  [13, 15],
] as const;
const DAY_MINUTES = 240;

/** Minutes of trading of a day that are over at an instant. */
function minutesUntil(instant: number): number {
  const hour = chinaTimeOfDay(instant) / 3600;
  return SESSIONS.reduce((sum, [from, to]) => sum + Math.max(0, Math.min(hour, to) - from) * 60, 0);
}

type Lb = (
  security_list: Codes,
  check_date: TimeLike,
  ...rest: Rest<{ readonly N?: number; readonly fq_ref_date?: TimeLike | null }>
) => Dict<number>;

/** Volume a minute of the day so far, over that of the N days before. */
export const LB = named('LB', (...values) => {
  const a = bindArguments('LB', { ...SUBJECT, N: optional(readPeriod, 5), ...REFERENCE }, values);
  const codes = a.security_list;
  const end = Math.min(a.check_date, currentHost().dispatch().logicalTime);
  const asked = { end, unit: '1d', includeNow: true, reference: a.fq_ref_date };
  const results = barsOf(codes, a.N + 1, ['volume'], asked).map(({ time, volume }) => {
    if (volume.length <= a.N || chinaDay(at(time, time.length - 1)) !== chinaDay(end)) return [NaN];
    const before = volume.subarray(0, a.N).reduce((sum, value) => sum + value, 0) / (a.N * DAY_MINUTES);
    const minutes = minutesUntil(end);
    return [minutes === 0 || before === 0 ? NaN : last(volume) / minutes / before];
  });
  return dictsOf('LB', codes, results, 1)[0];
}) as Lb;

type Zsdb = (
  index_stock: string,
  check_date: TimeLike,
  ...rest: Rest<UnitOptions & { readonly fq_ref_date?: TimeLike | null }>
) => readonly [A: Dict<number>, change: Dict<number>];

/** The index a bar ago, and its change since in percent. */
export const ZSDB = named('ZSDB', (...values) => {
  const map = { index_stock: required(readSecurity), check_date: required(readCheckDate), ...UNIT, ...REFERENCE };
  const a = bindArguments('ZSDB', map, values);
  const asked = { end: a.check_date, unit: a.unit, includeNow: a.include_now, reference: a.fq_ref_date };
  const results = barsOf([a.index_stock], 2, ['close'], asked).map(({ close }) => {
    const before = at(close, close.length - 2);
    return [before, ((last(close) - before) * 100) / before];
  });
  return dictsOf('ZSDB', [a.index_stock], results, 2);
}) as Zsdb;

/** Open interest of futures: no future is served. */
export const CCL = named('CCL', () => {
  throw new BtError(
    'UNSUPPORTED',
    'CCL() is not supported: it is for futures. Trade stocks, funds and convertible bonds.',
    { fault: 'strategy' },
  );
}) as (...values: readonly unknown[]) => never;
