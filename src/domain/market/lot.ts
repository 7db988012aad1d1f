import type { Side } from '../trading.ts';
import type { Board } from './board.ts';
import { boardOf } from './board.ts';

export interface LotRule {
  /** Smallest buy, and smallest sell that is not the rest of a holding. */
  readonly minBuy: number;
  /** Amounts above the smallest grow by this. */
  readonly step: number;
  /** Largest limit order; 0 = cannot be ordered. */
  readonly maxLimit: number;
  /** Largest market order. */
  readonly maxMarket: number;
}

const HUNDREDS: LotRule = { minBuy: 100, step: 100, maxLimit: 1_000_000, maxMarket: 1_000_000 };
const TENS: LotRule = { minBuy: 10, step: 10, maxLimit: 1_000_000, maxMarket: 1_000_000 };

// Shares; units for funds; 张 (100 CNY face) for bonds and repos.
// Sources: SSE trading mechanism page (100, 1,000,000); STAR 200+1, 100,000/50,000 (SSE STAR rules via secondary sources);
// ChiNext 300,000/150,000, BSE 100+1 and convertibles 10 [M].
const LOTS: Readonly<Record<Board, LotRule>> = {
  main: HUNDREDS,
  chinext: { minBuy: 100, step: 100, maxLimit: 300_000, maxMarket: 150_000 },
  star: { minBuy: 200, step: 1, maxLimit: 100_000, maxMarket: 50_000 },
  bse: { minBuy: 100, step: 1, maxLimit: 1_000_000, maxMarket: 1_000_000 },
  etf: HUNDREDS,
  lof: HUNDREDS,
  convertible: TENS,
  b_share: HUNDREDS,
  repo: TENS,
  index: { minBuy: 100, step: 100, maxLimit: 0, maxMarket: 0 },
  other: HUNDREDS,
};

/** Order sizes of the security's board. */
export function lotRule(security: string): LotRule {
  return LOTS[boardOf(security)];
}

/** Largest amount that may be bought and is not above `amount`; 0 when that is below the minimum (or not a number). */
export function roundBuyAmount(security: string, amount: number): number {
  const rule = lotRule(security);
  return rule.maxLimit === 0 ? 0 : floorToRule(whole(amount), rule);
}

/**
 * Largest amount that may be sold, at most `amount` and `closeable`. Selling all that is closeable takes the odd tail along
 * in the same order (250 of 250 → 250), a part goes down to the step (150 of 250 → 100). Nothing closeable means 0, never "all".
 */
export function roundSellAmount(security: string, amount: number, closeable: number): number {
  const available = whole(closeable);
  const wanted = Math.min(whole(amount), available);
  if (wanted === available) return available;
  return floorToRule(wanted, lotRule(security));
}

/** Whether the exchange takes this as one order. A sell may be whole lots, all that is closeable, or lots with the whole odd tail. */
export function isValidAmount(security: string, side: Side, amount: number, closeable: number): boolean {
  const rule = lotRule(security);
  if (!Number.isInteger(amount) || amount <= 0 || amount > rule.maxLimit) return false;
  if (side === 'sell' && amount > closeable) return false;
  if (floorToRule(amount, rule) === amount) return true;
  return side === 'sell' && (amount === closeable || (rule.step > 1 && amount % rule.step === closeable % rule.step));
}

/** Orders of at most `max` that an amount needs. */
export function piecesOf(amount: number, max: number): number {
  return Math.ceil(amount / max);
}

/**
 * Cuts an already rounded amount into orders of at most `max` (a rule's maxLimit or maxMarket), largest first, each allowed by
 * itself: a last piece below the minimum is filled up from the one before it. Empty when nothing may be ordered.
 */
export function splitAmount(security: string, amount: number, max: number): number[] {
  const { minBuy, step } = lotRule(security);
  if (!(amount > 0) || max < 2 * minBuy) return [];
  const pieces = Array.from({ length: piecesOf(amount, max) - 1 }, () => max);
  const rest = amount - pieces.length * max;
  const previous = pieces.pop();
  if (previous === undefined) return [rest];
  const missing = rest < minBuy ? Math.ceil((minBuy - rest) / step) * step : 0;
  return [...pieces, previous - missing, rest + missing];
}

function floorToRule(amount: number, { minBuy, step }: LotRule): number {
  return amount < minBuy ? 0 : minBuy + Math.floor((amount - minBuy) / step) * step;
}

/** Whole shares; a quotient like 299.99999999 stands for 300. Not a number and negative → 0. */
function whole(amount: number): number {
  return Number.isFinite(amount) && amount > 0 ? Math.floor(amount + 1e-6) : 0;
}
