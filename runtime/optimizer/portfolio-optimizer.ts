import { badArgument, optional, required } from '../api/arguments.ts';
import type { Reader } from '../api/arguments.ts';
import { today } from '../api/days.ts';
import { ANY_PHASE, defineApi } from '../api/define-api.ts';
import { isIterable, readBoolean, readFinite, readSecurityList } from '../api/readers.ts';
import { readDay } from '../objects/datetime/read-time.ts';
import type { TimeLike } from '../objects/datetime/read-time.ts';
import { floats } from '../objects/frame/column/column.ts';
// The classes put themselves into the factory when they load.
import '../objects/frame/data-frame.ts';
import { makeSeries } from '../objects/frame/factory.ts';
import { Index } from '../objects/frame/index/index.ts';
import type { Series } from '../objects/frame/types.ts';
import { speak } from '../objects/speak.ts';
import { pyRepr } from '../text/python-text.ts';
import { Look } from './look.ts';
import { Bound, partOf } from './parts.ts';
import type { OptimizerPart, Part, Role } from './parts.ts';
import { feasibleOf, targetOf } from './plan.ts';
import { lastWholeDay } from './returns.ts';
import { solve } from './solver/solve.ts';
import type { Solution } from './solver/solve.ts';

export interface OptimizerOptions {
  /** The last day whose prices count; that of now does when its trading is over. */
  readonly date?: TimeLike;
  readonly securities?: string | Iterable<string>;
  readonly target?: OptimizerPart;
  readonly constraints?: OptimizerPart | readonly OptimizerPart[];
  /** Default `[Bound(0, 1)]`; of several the narrowest counts. */
  readonly bounds?: OptimizerPart | readonly OptimizerPart[];
  /** The sum of the weights, where no constraint says it; default `[0, 1]`. */
  readonly default_port_weight_range?: readonly [number, number];
  /** How near the best value the weights must come. */
  readonly ftol?: number;
  /** False: weights of 0 when there are none. */
  readonly return_none_if_fail?: boolean;
}

export interface PortfolioOptimizer {
  (
    date: TimeLike,
    securities: string | Iterable<string>,
    target: OptimizerPart,
    constraints: OptimizerPart | readonly OptimizerPart[],
    options?: OptimizerOptions,
  ): Series | null;
  (
    date: TimeLike,
    securities: string | Iterable<string>,
    target: OptimizerPart,
    constraints: OptimizerPart | readonly OptimizerPart[],
    bounds: OptimizerPart | readonly OptimizerPart[],
    ...rest: (readonly [number, number] | number | boolean | OptimizerOptions)[]
  ): Series | null;
  (options: OptimizerOptions): Series | null;
}

const SHOWN: Readonly<Record<Role, string>> = {
  target: 'MinVariance(), MaxProfit(), MaxSharpeRatio(), RiskParity() …',
  constraint: 'WeightConstraint(), AnnualStdConstraint(), IndustryConstraint() …',
  bound: 'Bound() or IndustryBound()',
};

function readPart(role: Role): Reader<Part> {
  return (value, where) => {
    const part = partOf(value);
    if (part?.role === role) return part;
    const given = typeof value === 'function' ? `${value.name} without its brackets` : pyRepr(value);
    throw badArgument(where, `must be ${SHOWN[role]} of jqlib.optimizer, was ${given}.`);
  };
}

function readParts(role: Role): Reader<readonly Part[]> {
  const read = readPart(role);
  return (value, where) => {
    if (value === null) return [];
    return isIterable(value) ? [...value].map((one) => read(one, where)) : [read(value, where)];
  };
}

const readRange: Reader<readonly [number, number]> = (value, where) => {
  const items = isIterable(value) ? [...value] : [];
  const [low, high] = items.map((one) => readFinite(one, where));
  if (items.length === 2 && low !== undefined && high !== undefined && low <= high) return [low, high];
  throw badArgument(where, `must be two numbers, the lower one first, was ${pyRepr(value)}.`);
};

const readTolerance: Reader<number> = (value, where) => {
  const tolerance = readFinite(value, where);
  if (tolerance > 0) return tolerance;
  throw badArgument(where, `must be above 0, was ${tolerance}.`);
};

const readDate: Reader<string> = (value, where) => {
  const day = readDay(value, where);
  if (day <= today()) return day;
  throw badArgument(where, `is ${day}, a day that has not come: pass context.previous_date.`);
};

/** The finest that the arithmetic of doubles holds. */
const FINEST = 1e-11;

/** The best weights by code; null, with a warning, when none satisfy the constraints. */
export const portfolio_optimizer: PortfolioOptimizer = defineApi(
  {
    name: 'portfolio_optimizer',
    phases: ANY_PHASE,
    args: {
      date: required(readDate),
      securities: required(readSecurityList),
      target: required(readPart('target')),
      constraints: required(readParts('constraint')),
      bounds: optional(readParts('bound'), []),
      default_port_weight_range: optional(readRange, [0, 1] as const),
      ftol: optional(readTolerance, 1e-9),
      return_none_if_fail: optional(readBoolean, true),
    },
  },
  (a) => {
    const codes = a.securities;
    const weights = (values: Float64Array): Series => makeSeries<number>(floats(values), new Index(codes));
    const day = lastWholeDay(a.date);
    const everywhere = partOf(Bound());
    const bounds = a.bounds.length > 0 || everywhere === null ? a.bounds : [everywhere];
    const found: Solution =
      day === null || codes.length === 0
        ? { problem: 'there are no securities, or no days of trading before: give some' }
        : solutionOn(new Look(codes, day), a, bounds);
    if ('weights' in found) return weights(found.weights);
    speak('strategy', 'warning', `portfolio_optimizer(): ${found.problem}.`);
    return a.return_none_if_fail ? null : weights(new Float64Array(codes.length));
  },
);

interface Asked {
  readonly target: Part;
  readonly constraints: readonly Part[];
  readonly default_port_weight_range: readonly [number, number];
  readonly ftol: number;
}

function solutionOn(look: Look, asked: Asked, bounds: readonly Part[]): Solution {
  const { target, constraints, default_port_weight_range: range, ftol } = asked;
  const feasible = feasibleOf(target, constraints, bounds, look, range);
  return solve(targetOf(target, look), feasible, Math.max(ftol, FINEST));
}
