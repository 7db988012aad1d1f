import { badArgument, objectArgument, optional } from '../api/arguments.ts';
import type { Reader } from '../api/arguments.ts';
import { ANY_PHASE, defineApi } from '../api/define-api.ts';
import { isIterable, nullable, oneOf, readBoolean } from '../api/readers.ts';
import { currentHost } from '../host.ts';
import { readDay } from '../objects/datetime/read-time.ts';
import type { TimeLike } from '../objects/datetime/read-time.ts';
import { cell } from '../objects/frame/column/column.ts';
import { isFrame, isSeries } from '../objects/frame/is-table.ts';
import { COLUMN, DATA } from '../objects/frame/store.ts';
import type { DataFrame, Series } from '../objects/frame/types.ts';
import { pyRepr } from '../text/python-text.ts';
import { baseValues, industriesOn, isClassification } from './base-values.ts';
import { readAxis } from './cleaning.ts';
import { residuals } from './least-squares.ts';
import { lineByLine } from './shapes.ts';
import type { Line } from './shapes.ts';

/** What values are freed of: a classification, a figure, a factor, or numbers of your own by code. */
type Exposure = string | Series | DataFrame;

export interface NeutralizeOptions {
  /** Default `['jq_l1', 'market_cap']`. */
  readonly how?: Exposure | readonly Exposure[] | null;
  /** The day whose industries and figures count; default the trading day before. */
  readonly date?: TimeLike | null;
  /** Of a table: 1 (default) each row is a day, 0 each column. */
  readonly axis?: 0 | 1;
  /** Gaps become the mean of their industry in this classification. */
  readonly fillna?: 'jq_l1' | 'jq_l2' | 'sw_l1' | 'sw_l2' | 'sw_l3' | null;
  readonly add_constant?: boolean;
}

export interface Neutralize {
  (
    series: Series,
    how?: Exposure | readonly Exposure[] | NeutralizeOptions | null,
    ...rest: (TimeLike | number | boolean | NeutralizeOptions | null)[]
  ): Series;
  <C extends string>(
    series: DataFrame<C>,
    how?: Exposure | readonly Exposure[] | NeutralizeOptions | null,
    ...rest: (TimeLike | number | boolean | NeutralizeOptions | null)[]
  ): DataFrame<C>;
}

const readHow: Reader<readonly unknown[]> = (value, where) => {
  if (value === null) return ['jq_l1', 'market_cap'];
  if (typeof value === 'string' || isSeries(value) || isFrame(value)) return [value];
  const items = isIterable(value) ? [...value] : [];
  const fits = items.every((one) => typeof one === 'string' || isSeries(one) || isFrame(one));
  if (items.length > 0 && fits) return items;
  throw badArgument(where, `must be names like 'sw_l1', 'market_cap', or Series by code, was ${pyRepr(value)}.`);
};

/**
 * What remains of values when a linear regression on industries (as dummies) and figures is taken away. Securities without a figure,
 * and with values that are not finite, are NaN.
 */
export const neutralize: Neutralize = defineApi(
  {
    name: 'neutralize',
    phases: ANY_PHASE,
    args: {
      series: objectArgument((value: unknown) => value),
      how: optional(readHow, ['jq_l1', 'market_cap']),
      date: optional(nullable(readDay), null),
      axis: optional<0 | 1>(readAxis, 1),
      fillna: optional(nullable(oneOf(['jq_l1', 'jq_l2', 'sw_l1', 'sw_l2', 'sw_l3'])), null),
      add_constant: optional(readBoolean, false),
    },
  },
  ({ series, how, date, axis, fillna, add_constant }) => {
    if (!isSeries(series) && !isFrame(series)) {
      throw badArgument('neutralize()', 'takes a Series by code, or a table whose rows (or columns) are by code.');
    }
    const day = date ?? currentHost().dispatch().previousDate;
    const exposures = new Map<string, Exposures>();
    return lineByLine(series, axis, 'neutralize()', ({ values, labels }) => {
      const codes = (labels ?? []).map(String);
      const key = codes.join(' ');
      const known = exposures.get(key) ?? exposuresOf(how, codes, day, add_constant);
      exposures.set(key, known);
      const left = regressed(values, known);
      return fillna === null ? left : filled(left, codes, industriesOn(fillna, codes, day));
    }) as never; // the shape of what was given
  },
);

/** The columns of the regression, and which securities have a value in each. */
interface Exposures {
  readonly columns: readonly Line[];
  readonly complete: readonly boolean[];
}

function exposuresOf(how: readonly unknown[], codes: readonly string[], day: string, constant: boolean): Exposures {
  const columns = how.flatMap((one) => columnsOf(one, codes, day));
  const present = columns.filter((column) => column.some((value) => Number.isFinite(value)));
  const complete = codes.map((_, i) => present.every((column) => Number.isFinite(column[i])));
  const all = constant ? [new Float64Array(codes.length).fill(1), ...present] : present;
  return { columns: all, complete };
}

function columnsOf(one: unknown, codes: readonly string[], day: string): Line[] {
  if (isSeries(one)) return [byLabel(one.index.tolist(), (i) => cell(one[COLUMN], i), codes)];
  if (isFrame(one)) return one[DATA].map((column) => byLabel(one.index.tolist(), (i) => cell(column, i), codes));
  const name = String(one);
  if (!isClassification(name)) {
    const value = baseValues(name, codes, [day]);
    return [Float64Array.from(codes, (code) => value(code, day))];
  }
  const industries = industriesOn(name, codes, day);
  const kinds = [...new Set(industries.values())].sort();
  return kinds.map((kind) => Float64Array.from(codes, (code) => (industries.get(code) === kind ? 1 : 0)));
}

function byLabel(labels: readonly unknown[], read: (place: number) => unknown, codes: readonly string[]): Line {
  const places = new Map(labels.map((label, i): [string, number] => [String(label), i]));
  return Float64Array.from(codes, (code) => {
    const place = places.get(code);
    const value = place === undefined ? NaN : read(place);
    return typeof value === 'number' ? value : value === true ? 1 : value === false ? 0 : NaN;
  });
}

function regressed(values: Line, { columns, complete }: Exposures): Line {
  if (columns.length === 0) return values;
  const used = complete.flatMap((whole, i) => (whole && Number.isFinite(values[i]) ? [i] : []));
  const out = new Float64Array(values.length).fill(NaN);
  if (used.length < 2) return out;
  const picked = (from: Line): Line => Float64Array.from(used, (i) => from[i] ?? NaN);
  const left = residuals(columns.map(picked), picked(values));
  used.forEach((place, i) => (out[place] = left[i] ?? NaN));
  return out;
}

function filled(values: Line, codes: readonly string[], industries: ReadonlyMap<string, string>): Line {
  const sums = new Map<string, { sum: number; count: number }>();
  values.forEach((value, i) => {
    const kind = industries.get(codes[i] ?? '');
    if (kind === undefined || Number.isNaN(value)) return;
    const { sum, count } = sums.get(kind) ?? { sum: 0, count: 0 };
    sums.set(kind, { sum: sum + value, count: count + 1 });
  });
  return values.map((value, i) => {
    const mean = sums.get(industries.get(codes[i] ?? '') ?? '');
    return Number.isNaN(value) && mean !== undefined ? mean.sum / mean.count : value;
  });
}
