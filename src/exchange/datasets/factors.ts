import type { ParamsOf } from '../../domain/data/datasets.ts';
import { numbers, tableOf, texts } from '../../domain/data/table.ts';
import type { DataColumn, DataTable } from '../../domain/data/table.ts';
import { BtError } from '../../domain/errors.ts';
import { HOUR } from '../../domain/time.ts';
import { CATEGORIES } from '../factors/definition.ts';
import { factorNamed, FACTORS } from '../factors/index.ts';
import type { Factor } from '../factors/index.ts';
import { pricesOf } from '../factors/prices.ts';
import type { Market } from '../market.ts';
import type { Steps } from '../../domain/steps.ts';
import { daysAsked } from './day-range.ts';

/** Computed in the night: a day's are known at 5:00 of the next calendar day. */
const KNOWN_AFTER = 29 * HOUR;
/** Values in one answer. */
const MOST = 200_000;

/** The factors that are computed, with JoinQuant's names. */
export function factors(): DataTable {
  return tableOf({
    factor: texts(FACTORS.map(({ name }) => name)),
    factor_intro: texts(FACTORS.map(({ intro }) => intro)),
    category: texts(FACTORS.map(({ category }) => category)),
    category_intro: texts(FACTORS.map(({ category }) => CATEGORIES[category])),
  });
}

/** A row for each security and day, security by security; NaN where there are not enough days for a factor. */
export function* factorValues(market: Market, params: ParamsOf<'factor_values'>, asOf: number): Steps<DataTable> {
  const wanted = params.factors.map(known);
  const { first, last } = daysAsked(market, params, lastKnown(market, asOf));
  const instruments = params.securities.map((code) => market.instrument(code));
  const days = Math.max(0, last - first + 1);
  const rows = instruments.length * days;
  if (rows * wanted.length > MOST) throw tooMany(rows * wanted.length);
  const columns = wanted.map(() => new Float64Array(rows).fill(Number.NaN));
  const back = wanted.reduce((most, factor) => Math.max(most, factor.days), 1);
  for (const [place, instrument] of instruments.entries()) {
    if (days === 0) break;
    // The calendar has no day before its first.
    const prices = pricesOf(market, instrument, Math.max(0, first - back), last);
    for (const [which, factor] of wanted.entries()) {
      const begin = Math.max(first, instrument.startIndex + (factor.least ?? factor.days) - 1);
      const end = Math.min(last, instrument.lastIndex ?? last);
      for (let index = begin; index <= end; index += 1)
        (columns[which] ?? [])[place * days + index - first] = factor.value(prices, index - prices.from);
    }
    yield;
  }
  const dates = Float64Array.from({ length: rows }, (_, row) => market.days.midnight(first + (row % days)));
  return tableOf({
    day: numbers('day', dates),
    code: texts(instruments.flatMap(({ security }) => Array<string>(days).fill(security))),
    ...Object.fromEntries(
      wanted.map(({ name }, i): [string, DataColumn] => [name, numbers('float', columns[i] ?? [])]),
    ),
  });
}

function lastKnown(market: Market, asOf: number): number {
  let { index } = market.moment(asOf);
  while (index > 0 && market.days.midnight(index) + KNOWN_AFTER > asOf) index -= 1;
  return index;
}

function known(name: string): Factor {
  const factor = factorNamed(name);
  if (factor !== null) return factor;
  throw new BtError(
    'UNKNOWN_FACTOR',
    `The factor ${name} is not computed here; get_all_factors() lists those that are.`,
    { fault: 'strategy' },
  );
}

function tooMany(values: number): BtError {
  return new BtError(
    'TOO_MUCH_DATA',
    `${values} values of factors are asked for at once, and at most ${MOST} are answered; ask for fewer days, securities or factors.`,
    { fault: 'strategy' },
  );
}
