// The module `jqlib.optimizer` of a strategy.
import { refusal } from '../refusal.ts';

export {
  AnnualProfitConstraint,
  AnnualStdConstraint,
  Bound,
  ExposureConstraint,
  IndustriesConstraint,
  IndustryBound,
  IndustryConstraint,
  MarketConstraint,
  MaxFactorValue,
  MaxProfit,
  MaxScore,
  MaxSharpeRatio,
  MinFactorValue,
  MinScore,
  MinTrackingError,
  MinVariance,
  RiskParity,
  WeightConstraint,
  WeightEqualConstraint,
} from '../optimizer/parts.ts';
export { portfolio_optimizer } from '../optimizer/portfolio-optimizer.ts';

function unserved(name: string): (...values: readonly unknown[]) => never {
  const advice = 'Use the other constraints of jqlib.optimizer, or check the weights that it gives.';
  return refusal(name, advice, `jqlib.optimizer.${name}`);
}

export const BarraConstraint = unserved('BarraConstraint');
export const IndustriesDeviationConstraint = unserved('IndustriesDeviationConstraint');
export const IndustryDeviationConstraint = unserved('IndustryDeviationConstraint');
export const MaxDrawdownConstraint = unserved('MaxDrawdownConstraint');
export const RatioConstraint = unserved('RatioConstraint');
export const TrackingErrorConstraint = unserved('TrackingErrorConstraint');
export const TurnoverConstraint = unserved('TurnoverConstraint');
