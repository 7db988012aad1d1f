import { badArgument, objectArgument, optional } from '../api/arguments.ts';
import type { Reader } from '../api/arguments.ts';
import { ANY_PHASE, defineApi } from '../api/define-api.ts';
import { isIterable, nullable, readBoolean, readFinite } from '../api/readers.ts';
import { lineByLine } from './shapes.ts';
import type { Cleaning, Line } from './shapes.ts';

/** 0: each column by itself, 1: each row. */
export const readAxis: Reader<0 | 1> = (value, where) => {
  if (value === 0 || value === 1) return value;
  throw badArgument(where, 'must be 0 (each column by itself) or 1 (each row).');
};

/** Two numbers, from and to; NaN or null = no bound. */
const readBounds: Reader<readonly [number, number]> = (value, where) => {
  const items = isIterable(value) ? [...value] : [];
  const [from = NaN, to = NaN] = items.map((one) => (typeof one === 'number' ? one : NaN));
  if (items.length === 2) return [from, to];
  throw badArgument(where, 'must be a list of two numbers, like [0.05, 0.95].');
};

/** Anything; the shapes are looked at later. */
const readData: Reader<unknown> = (value) => value;

interface Common {
  /** Values beyond the bounds become the bound (default), or NaN. */
  readonly inclusive?: boolean;
  /** Infinite values become NaN before (default true). */
  readonly inf2nan?: boolean;
  /** Of a table: 1 (default) each row by itself, 0 each column. */
  readonly axis?: 0 | 1;
}

const SHARED = {
  inclusive: optional(readBoolean, true),
  inf2nan: optional(readBoolean, true),
  axis: optional<0 | 1>(readAxis, 1),
};

function finiteOf(values: Line): Line {
  return values.filter((value) => Number.isFinite(value));
}

function withoutInfinite(values: Line): Line {
  return values.map((value) => (Number.isFinite(value) ? value : NaN));
}

function meanAndDeviation(values: Line): readonly [number, number] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return [mean, Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length)];
}

function clip(values: Line, low: number, high: number, inclusive: boolean): Line {
  return values.map((value) => {
    if (value < low) return inclusive ? low : NaN;
    if (value > high) return inclusive ? high : NaN;
    return value;
  });
}

export interface WinsorizeOptions extends Common {
  /** The outermost values inside mean ± scale × standard deviation are the bounds. */
  readonly scale?: number | null;
  /** The bounds themselves. */
  readonly range?: readonly [number, number] | null;
  /** Bounds as shares of the values in order, like [0.05, 0.95]. */
  readonly qrange?: readonly [number, number] | null;
}

/** Values beyond bounds become the bound; one of `scale`, `range` and `qrange` says which. Where nothing is finite nothing changes. */
export const winsorize: Cleaning<WinsorizeOptions> = defineApi(
  {
    name: 'winsorize',
    phases: ANY_PHASE,
    args: {
      series: objectArgument(readData),
      scale: optional(nullable(readFinite), null),
      range: optional(nullable(readBounds), null),
      qrange: optional(nullable(readBounds), null),
      ...SHARED,
    },
  },
  ({ series, scale, range, qrange, inclusive, inf2nan, axis }) => {
    if ([scale, range, qrange].filter((one) => one !== null).length !== 1) {
      throw badArgument('winsorize()', 'takes one of scale, range and qrange.');
    }
    if (qrange?.some((share) => !(share >= 0 && share <= 1)) === true) {
      throw badArgument('winsorize() qrange', 'must be two shares from 0 to 1, like [0.05, 0.95].');
    }
    return lineByLine(series, axis, 'winsorize()', ({ values }) => {
      const finite = finiteOf(values);
      if (finite.length === 0) return values;
      const cells = inf2nan ? withoutInfinite(values) : values;
      const [low, high] =
        range ?? (qrange === null ? outermost(cells, finite, scale ?? NaN) : quantiles(cells, qrange));
      return clip(cells, low, high, inclusive);
    }) as never; // the shape of what was given
  },
);

function outermost(cells: Line, finite: Line, scale: number): readonly [number, number] {
  const [mean, deviation] = meanAndDeviation(finite);
  const above = cells.filter((value) => value > mean - scale * deviation);
  const below = cells.filter((value) => value < mean + scale * deviation);
  return [above.reduce((a, b) => Math.min(a, b), Infinity), below.reduce((a, b) => Math.max(a, b), -Infinity)];
}

/** The first value that stays and the last one, when the shares outside are cut off. */
function quantiles(cells: Line, [from, to]: readonly [number, number]): readonly [number, number] {
  const sorted = cells.filter((value) => !Number.isNaN(value)).sort();
  // A share of a count is meant exactly: 0.07 of 100 is 7.
  const cut = (share: number): number => Math.floor(share * sorted.length + 1e-9);
  return [sorted[cut(from)] ?? NaN, sorted[sorted.length - cut(1 - to) - 1] ?? NaN];
}

export interface WinsorizeMedOptions extends Common {
  readonly scale?: number;
}

/** Bounds are the median ± scale × the median distance from it. */
export const winsorize_med: Cleaning<WinsorizeMedOptions> = defineApi(
  {
    name: 'winsorize_med',
    phases: ANY_PHASE,
    args: { series: objectArgument(readData), scale: optional(readFinite, 1), ...SHARED },
  },
  ({ series, scale, inclusive, inf2nan, axis }) =>
    lineByLine(series, axis, 'winsorize_med()', ({ values }) => {
      if (finiteOf(values).length === 0) return values;
      const cells = inf2nan ? withoutInfinite(values) : values;
      const present = cells.filter((value) => !Number.isNaN(value));
      const middle = median(present);
      const distance = median(present.map((value) => Math.abs(value - middle)));
      return clip(cells, middle - scale * distance, middle + scale * distance, inclusive);
    }) as never, // the shape of what was given
);

function median(values: Line): number {
  const sorted = values.slice().sort();
  const half = sorted.length / 2;
  const upper = sorted[Math.floor(half)] ?? NaN;
  return Number.isInteger(half) ? (upper + (sorted[half - 1] ?? NaN)) / 2 : upper;
}

export interface StandardlizeOptions {
  readonly inf2nan?: boolean;
  readonly axis?: 0 | 1;
}

/** Distance from the mean in standard deviations (over n); infinite values stay when `inf2nan` is false. */
export const standardlize: Cleaning<StandardlizeOptions> = defineApi(
  {
    name: 'standardlize',
    phases: ANY_PHASE,
    args: { series: objectArgument(readData), inf2nan: SHARED.inf2nan, axis: SHARED.axis },
  },
  ({ series, inf2nan, axis }) =>
    lineByLine(series, axis, 'standardlize()', ({ values }) => {
      const cells = inf2nan ? withoutInfinite(values) : values;
      const finite = finiteOf(cells);
      if (finite.length === 0) return cells;
      const [mean, deviation] = meanAndDeviation(finite);
      return cells.map((value) => (Number.isFinite(value) ? (value - mean) / deviation : value));
    }) as never, // the shape of what was given
);
