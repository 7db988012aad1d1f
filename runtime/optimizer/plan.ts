import { badArgument } from '../api/arguments.ts';
import type { Series } from '../objects/frame/types.ts';
import type { Look } from './look.ts';
import type { Part } from './parts.ts';
import { annualPull, annualRisk, returnsOf } from './returns.ts';
import type { Feasible, Linear, Quadratic } from './solver/problem.ts';
import type { Target } from './solver/solve.ts';

/** The values of a part: each was read by the reader of its name. */
type Read = (name: string) => never;

function reading({ values }: Part): Read {
  return (name) => values[name] as never;
}

/** What the target asks for. */
export function targetOf(part: Part, look: Look): Target {
  const of = reading(part);
  switch (part.name) {
    case 'MinVariance':
      return { kind: 'variance', risk: look.risk(of('count')), pull: new Float64Array(look.codes.length) };
    case 'MaxProfit':
      return { kind: 'value', values: look.profits(of('count')) };
    case 'MaxSharpeRatio': {
      const [risk, profits] = [look.risk(of('count')), look.profits(of('count'))];
      return { kind: 'sharpe', risk, profits, riskFree: of('rf'), sum: of('weight_sum_equal') };
    }
    case 'MinTrackingError': {
      const returns = look.returns(of('count'));
      const [benchmark = new Float64Array(0)] = returnsOf([of('benchmark')], look.day, of('count'));
      return { kind: 'variance', risk: annualRisk(returns), pull: annualPull(returns, benchmark) };
    }
    case 'RiskParity':
      return { kind: 'parity', risk: look.risk(of('count')), budget: budgetOf(of('risk_budget'), look) };
    case 'MaxScore':
      return { kind: 'value', values: look.values(of('scores'), 'scores') };
    case 'MinScore':
      return { kind: 'value', values: look.values(of('scores'), 'scores').map((value) => -value) };
    case 'MaxFactorValue':
      return { kind: 'value', values: look.factor(of('factor'), of('count')) };
    default:
      return { kind: 'value', values: look.factor(of('factor'), of('count')).map((value) => -value) };
  }
}

/** Shares of the risk that add up to 1; none given: equal ones. */
function budgetOf(given: Series | null, look: Look): Float64Array {
  if (given === null) return look.where(() => true).map((one) => one / look.codes.length);
  const shares = look.values(given, 'risk_budget');
  const whole = shares.reduce((sum, one) => sum + one, 0);
  if (shares.every((one) => one > 0)) return shares.map((one) => one / whole);
  throw badArgument('RiskParity() risk_budget', 'must have a share above 0 for each security: leave out the others.');
}

/** All that weights must satisfy. */
export function feasibleOf(
  target: Part,
  constraints: readonly Part[],
  bounds: readonly Part[],
  look: Look,
  range: readonly [number, number],
): Feasible {
  const size = look.codes.length;
  const lower = new Float64Array(size).fill(-Infinity);
  const upper = new Float64Array(size).fill(Infinity);
  for (const bound of bounds) narrow(bound, look, lower, upper);
  const linear = constraints.flatMap((one) => linearOf(one, look));
  const whole = look.where(() => true);
  if (target.name === 'MaxSharpeRatio') {
    const sum = reading(target)('weight_sum_equal');
    linear.push({ coefficients: whole, low: sum, high: sum });
  } else if (!constraints.some(({ name }) => name === 'WeightConstraint' || name === 'WeightEqualConstraint')) {
    linear.push({ coefficients: whole, low: range[0], high: range[1] });
  }
  return { lower, upper, linear, quadratic: constraints.flatMap((one) => quadraticOf(one, look)) };
}

/** The highest of the lows and the lowest of the highs; outside an industry its bound is 0 to 1. */
function narrow(bound: Part, look: Look, lower: Float64Array, upper: Float64Array): void {
  const of = reading(bound);
  const inside = bound.name === 'Bound' ? look.where(() => true) : look.inIndustries(of('industry_code'));
  inside.forEach((belongs, i) => {
    lower[i] = Math.max(lower[i] ?? 0, belongs === 1 ? of('low') : 0);
    upper[i] = Math.min(upper[i] ?? 1, belongs === 1 ? of('high') : 1);
  });
}

function linearOf(part: Part, look: Look): Linear[] {
  const of = reading(part);
  const between = (coefficients: Float64Array): Linear => ({ coefficients, low: of('low'), high: of('high') });
  switch (part.name) {
    case 'WeightConstraint':
      return [between(look.where(() => true))];
    case 'WeightEqualConstraint':
      return [{ coefficients: look.where(() => true), low: of('limit'), high: of('limit') }];
    case 'AnnualProfitConstraint':
      return [{ coefficients: look.profits(of('count')), low: of('limit'), high: Infinity }];
    case 'IndustryConstraint':
      return [between(look.inIndustries(of('industry_code')))];
    case 'IndustriesConstraint':
      return look.byIndustry(of('industry_code')).map(between);
    case 'MarketConstraint':
      return [between(look.ofMarket(of('market_type')))];
    case 'ExposureConstraint':
      return [between(look.factor(of('factor'), of('count')))];
    default:
      return [];
  }
}

function quadraticOf(part: Part, look: Look): Quadratic[] {
  if (part.name !== 'AnnualStdConstraint') return [];
  const of = reading(part);
  const limit: number = of('limit');
  return [{ matrix: look.risk(of('count')), limit: limit > 0 ? limit ** 2 : 0 }];
}
