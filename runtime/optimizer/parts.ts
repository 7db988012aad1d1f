import { badArgument, bindArguments, optional, required } from '../api/arguments.ts';
import type { ArgMap, Bound as Values, Reader } from '../api/arguments.ts';
import { isIterable, nullable, oneOf, readCount, readFinite, readSecurity, readText } from '../api/readers.ts';
import { Factor } from '../factors/factor.ts';
import { strictObject } from '../objects/attributes.ts';
import { isSeries } from '../objects/frame/is-table.ts';
import type { Series } from '../objects/frame/types.ts';
import { pyRepr } from '../text/python-text.ts';

/** What a part of an optimization is for. */
export type Role = 'target' | 'constraint' | 'bound';

/** Marks one; by symbol and not by class, because a strategy bundle may hold another copy of this module. */
const PART = Symbol.for('bt-live.optimizer-part.v1');

export interface Part {
  readonly name: string;
  readonly role: Role;
  readonly values: Readonly<Record<string, unknown>>;
}

export interface OptimizerPart {
  readonly [PART]: Part;
}

/** What goes by position; an object with names is one of the options below. */
type Positional = number | string | readonly string[] | Series | Factor | (new () => Factor) | null;
type Options<M extends ArgMap> = { readonly [K in keyof M]?: Positional };

/** Called with or without `new`; arguments by position, or by name in one object. */
interface Maker<M extends ArgMap> {
  (options: Options<M>): OptimizerPart;
  (...values: readonly Positional[]): OptimizerPart;
  new (options: Options<M>): OptimizerPart;
  new (...values: readonly Positional[]): OptimizerPart;
}

/** One part, as tests and documentation read it. */
export interface PartSpec {
  readonly name: string;
  readonly role: Role;
  readonly args: ArgMap;
}

const specs: PartSpec[] = [];

export function partSpecs(): readonly PartSpec[] {
  return specs;
}

function define<const M extends ArgMap>(name: string, role: Role, args: M): Maker<M> {
  specs.push({ name, role, args });
  // A function declaration, because `new Bound(…)` makes one too.
  function make(...given: readonly unknown[]): OptimizerPart {
    const values: Values<M> = bindArguments(name, args, given);
    const shown = `${name}(${Object.entries(values)
      .map(([key, value]) => `${key}=${pyRepr(value)}`)
      .join(', ')})`;
    return strictObject({ ...values, [PART]: { name, role, values }, toString: () => shown }, name);
  }
  Object.defineProperty(make, 'name', { value: name });
  return make as unknown as Maker<M>; // `new` of a function that returns an object gives it
}

/** The part in a value; null for anything else. */
export function partOf(value: unknown): Part | null {
  if (typeof value !== 'object' || value === null || !(PART in value)) return null;
  return value[PART] as Part; // made by `define` only
}

const readSeries: Reader<Series> = (value, where) => {
  if (isSeries(value)) return value as unknown as Series; // its cells are read one by one
  throw badArgument(where, `must be a Series by code, was ${pyRepr(value)}.`);
};

/** A factor, or the class of one. */
const readFactor: Reader<Factor> = (value, where) => {
  if (value instanceof Factor) return value;
  const made: unknown =
    typeof value === 'function' && value.prototype instanceof Factor ? Reflect.construct(value, []) : null;
  if (made instanceof Factor) return made;
  throw badArgument(where, "must be a factor: import { Factor } from 'jqfactor'; class MyFactor extends Factor { … }.");
};

const readWords: Reader<readonly string[]> = (value, where) => {
  const items: unknown[] = isIterable(value) && typeof value !== 'string' ? [...value] : [value];
  if (items.length === 0) throw badArgument(where, 'must name at least one industry.');
  return items.map((item) => readText(item, where));
};

/** Kinds of securities; `fund` stands for all kinds of funds. */
const MARKETS = [
  'stock',
  'index',
  'fund',
  'futures',
  'etf',
  'lof',
  'fja',
  'fjb',
  'open_fund',
  'bond_fund',
  'stock_fund',
  'QDII_fund',
  'money_market_fund',
  'mixture_fund',
] as const;
const CLASSIFICATIONS = ['sw_l1', 'sw_l2', 'sw_l3', 'jq_l1', 'jq_l2', 'zjw'] as const;

/** At least two returns make a deviation. */
const readDays: Reader<number> = (value, where) => {
  const days = readCount(value, where);
  if (days >= 2) return days;
  throw badArgument(where, `must be at least 2 days, was ${days}.`);
};

const readSum: Reader<number> = (value, where) => {
  const sum = readFinite(value, where);
  if (sum > 0) return sum;
  throw badArgument(where, `must be above 0, was ${sum}.`);
};

const COUNT = { count: optional(readDays, 250) };
const RANGE = { low: optional(readFinite, 0), high: optional(readFinite, 1) };
const OF_FACTOR = { factor: required(readFactor) };
const AVERAGED = { count: optional(readCount, 1) };
const LIMIT = { limit: required(readFinite) };

// Targets. `count`: days of returns before the day of the optimization.
export const MinVariance = define('MinVariance', 'target', COUNT);
export const MaxProfit = define('MaxProfit', 'target', COUNT);
export const MaxSharpeRatio = define('MaxSharpeRatio', 'target', {
  rf: optional(readFinite, 0),
  weight_sum_equal: optional(readSum, 1),
  ...COUNT,
});
export const MinTrackingError = define('MinTrackingError', 'target', { benchmark: required(readSecurity), ...COUNT });
export const RiskParity = define('RiskParity', 'target', {
  ...COUNT,
  risk_budget: optional(nullable(readSeries), null),
});
export const MaxScore = define('MaxScore', 'target', { scores: required(readSeries) });
export const MinScore = define('MinScore', 'target', { scores: required(readSeries) });
export const MaxFactorValue = define('MaxFactorValue', 'target', { ...OF_FACTOR, ...AVERAGED });
export const MinFactorValue = define('MinFactorValue', 'target', { ...OF_FACTOR, ...AVERAGED });

// Constraints.
export const WeightConstraint = define('WeightConstraint', 'constraint', RANGE);
export const WeightEqualConstraint = define('WeightEqualConstraint', 'constraint', { limit: optional(readFinite, 1) });
export const AnnualStdConstraint = define('AnnualStdConstraint', 'constraint', { ...LIMIT, ...COUNT });
export const AnnualProfitConstraint = define('AnnualProfitConstraint', 'constraint', { ...LIMIT, ...COUNT });
export const IndustryConstraint = define('IndustryConstraint', 'constraint', {
  industry_code: required(readWords),
  ...RANGE,
});
export const IndustriesConstraint = define('IndustriesConstraint', 'constraint', {
  industry_code: required(oneOf(CLASSIFICATIONS)),
  ...RANGE,
});
export const MarketConstraint = define('MarketConstraint', 'constraint', {
  market_type: required(oneOf(MARKETS)),
  ...RANGE,
});
export const ExposureConstraint = define('ExposureConstraint', 'constraint', { ...OF_FACTOR, ...RANGE, ...AVERAGED });

// Bounds.
export const Bound = define('Bound', 'bound', RANGE);
export const IndustryBound = define('IndustryBound', 'bound', { industry_code: required(readWords), ...RANGE });

/** All of them, by name: how other languages make them. */
export const OPTIMIZER_PARTS: Readonly<Record<string, (...values: never[]) => OptimizerPart>> = {
  MinVariance,
  MaxProfit,
  MaxSharpeRatio,
  MinTrackingError,
  RiskParity,
  MaxScore,
  MinScore,
  MaxFactorValue,
  MinFactorValue,
  WeightConstraint,
  WeightEqualConstraint,
  AnnualStdConstraint,
  AnnualProfitConstraint,
  IndustryConstraint,
  IndustriesConstraint,
  MarketConstraint,
  ExposureConstraint,
  Bound,
  IndustryBound,
};
