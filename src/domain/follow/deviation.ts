import { lotRule, roundBuyAmount } from '../market/lot.ts';
import type { FollowRules } from './rules.ts';
import type { SourcePicture } from './signal.ts';
import { sourceWorth } from './sizing.ts';

/** One security in which the source and we differ, or could. */
export interface DeviationRow {
  readonly security: string;
  /** Shares that the rules make of the source's; null = they do not say (mode fixed, where both hold some). */
  readonly wanted: number | null;
  readonly held: number;
  /** Why they differ, in words; null = they do not. */
  readonly why: string | null;
  /** Shares that would correct it (sells negative); null = it cannot, or need not be. */
  readonly correction: number | null;
  /** Of the source's picture that says what is wanted, epoch ms; null = of a version of bt that did not keep it. */
  readonly pictureAt: number | null;
}

export interface DeviationInputs {
  readonly rules: FollowRules;
  readonly picture: SourcePicture;
  /** What the strategy holds. */
  readonly held: ReadonlyMap<string, { readonly amount: number; readonly closeable: number }>;
  /** CNY: its part of the account. */
  readonly totalValue: number;
  /** CNY a share; null = not known. */
  readonly priceOf: (security: string) => number | null;
  /** How its last signal in a security ended, in words; null = there was none. */
  readonly lastEnd: (security: string) => string | null;
  /** A signal of it is still under way. */
  readonly isOpen: (security: string) => boolean;
  /** Its source has told a signal of it after the picture: what that shows of it is of before. */
  readonly isOutdated: (security: string) => boolean;
}

/** The source's picture by the strategy's rules, against what we hold: every security of either, by code. Pure. */
export function deviations(inputs: DeviationInputs): DeviationRow[] {
  const { picture, held } = inputs;
  const shown = picture.positions.filter(({ amount }) => amount > 0).map(({ security }) => security);
  return [...new Set([...shown, ...held.keys()])].toSorted().map((security) => row(security, inputs));
}

function row(security: string, inputs: DeviationInputs): DeviationRow {
  const { held, lastEnd, isOpen, isOutdated } = inputs;
  const own = held.get(security) ?? { amount: 0, closeable: 0 };
  const wanted = wantedShares(security, own.amount, inputs);
  const base = { security, wanted, held: own.amount, pictureAt: inputs.picture.at };
  if (wanted === null || wanted === own.amount) return { ...base, why: null, correction: null };
  if (isOpen(security)) return { ...base, why: 'a signal of it is still under way', correction: null };
  if (isOutdated(security))
    return { ...base, why: 'a signal of it came after the picture of its source', correction: null };
  const refused = ruleAgainst(security, wanted > own.amount ? 'buy' : 'sell', inputs.rules);
  if (refused !== null) return { ...base, why: refused, correction: null };
  const why = lastEnd(security) ?? 'no signal of it has come';
  const correction = wanted > own.amount ? buyable(security, wanted - own.amount) : -sellable(wanted, own);
  return { ...base, why, correction: correction === 0 ? null : correction };
}

/** Whole lots, as a buy would have them; what is held beyond the last lot by an odd tail is no difference. */
function wantedShares(security: string, held: number, inputs: DeviationInputs): number | null {
  const { rules, picture, totalValue, priceOf } = inputs;
  const source = picture.positions.find((position) => position.security === security)?.amount ?? 0;
  if (source === 0) return 0;
  const price = priceOf(security);
  const lots = (shares: number): number => {
    const whole = roundBuyAmount(security, shares);
    return held > whole && held - whole < lotRule(security).minBuy && held <= shares ? held : whole;
  };
  switch (rules.mode) {
    case 'ratio':
      return lots(source * rules.ratio);
    case 'fixed':
      if (held > 0 || price === null) return null;
      return lots((rules.fixedValue ?? 0) / price);
    case 'mirror':
      if (price === null || picture.totalValue === null || picture.totalValue <= 0) return null;
      return lots((sourceWorth(picture, security, price) / picture.totalValue) * (totalValue / price));
  }
}

function ruleAgainst(security: string, side: 'buy' | 'sell', { sides, deny, allow, name }: FollowRules): string | null {
  if (sides !== 'both' && sides !== side) return `${side}s are not followed: "sides" of ${name} is ${sides}`;
  if (deny.includes(security)) return `it is in "deny" of ${name}`;
  return allow.length > 0 && !allow.includes(security) ? `it is not in "allow" of ${name}` : null;
}

function buyable(security: string, shares: number): number {
  return roundBuyAmount(security, shares);
}

function sellable(wanted: number, own: { readonly amount: number; readonly closeable: number }): number {
  return Math.min(own.amount - wanted, own.closeable);
}
