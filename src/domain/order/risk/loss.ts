import { moneyText } from '../../number-text.ts';
import type { RiskLimits } from './limits.ts';
import type { Denial } from './rule.ts';

/** What the account was worth, CNY: what losses are reckoned from. */
export interface EquityMarks {
  /** `YYYY-MM-DD` of `first`. */
  readonly day: string;
  /** The first value of that day. */
  readonly first: number;
  /** The best value since the instance's first day, or since a person let it go on after a loss. */
  readonly best: number;
}

/** The marks with one more value of the whole account. A figure that cannot be one (not finite, not above 0) changes nothing. */
export function marked(marks: EquityMarks | null, day: string, value: number): EquityMarks | null {
  if (!Number.isFinite(value) || value <= 0) return marks;
  if (marks === null) return { day, first: value, best: value };
  const first = marks.day === day ? marks.first : value;
  const best = Math.max(marks.best, value);
  return first === marks.first && best === marks.best && marks.day === day ? marks : { day, first, best };
}

/** Which losses are too large: one that stops for the day says nothing of one that stops for longer. */
export function lossDenials(
  { maxDailyLoss, maxDrawdown }: RiskLimits,
  marks: EquityMarks,
  value: number,
): readonly Denial[] {
  const denials: Denial[] = [];
  const loss = percentBelow(value, marks.first);
  if (maxDailyLoss !== null && loss >= maxDailyLoss) {
    const text = `limit daily_loss: ${moneyText(value)} is ${loss.toFixed(2)} % below the day's first ${moneyText(marks.first)}, ${maxDailyLoss} % stop (MAX_DAILY_LOSS_RATIO).`;
    denials.push({ rule: 'daily_loss', text });
  }
  const drawdown = percentBelow(value, marks.best);
  if (maxDrawdown !== null && drawdown >= maxDrawdown) {
    const text = `limit drawdown: ${moneyText(value)} is ${drawdown.toFixed(2)} % below the best ${moneyText(marks.best)}, ${maxDrawdown} % stop (MAX_DRAWDOWN_RATIO).`;
    denials.push({ rule: 'drawdown', text });
  }
  return denials;
}

function percentBelow(value: number, mark: number): number {
  return ((mark - value) / mark) * 100;
}
