import { mix, unit } from '../../platform/random.ts';
import type { Instrument } from '../instrument.ts';
import { familiarShares } from './familiar-shares.ts';

/** Shares of a company on a trading day; the tradable ones are part of all of them. NaN where nothing has shares. */
export interface Shares {
  readonly total: number;
  readonly circulating: number;
}

/** A day from which there are other numbers of shares, until the next one. */
export interface ShareStep extends Shares {
  /** Number of the trading day. */
  readonly index: number;
  readonly reason: 'start' | 'unlock' | 'bonus';
}

/** Shares of the first holders become tradable about one and about three years after the listing. */
const UNLOCKS = [
  { after: 243, part: 0.35 },
  { after: 729, part: 1 },
] as const;
/** What part of the tradable shares changes hands on an average day. */
const DAILY_TURNOVER = [0.005, 0.04] as const;
const FUND_TURNOVER = 0.05;
/** Companies whose founders' shares are all tradable, and the least part that is at last. */
const WHOLE = 0.45;
const LEAST_AT_LAST = 0.55;
const NONE: Shares = { total: Number.NaN, circulating: Number.NaN };
const FUNDS: ReadonlySet<string> = new Set(['etf', 'lof']);

const known = new WeakMap<Instrument, readonly ShareStep[]>();

/** Shares on a trading day; before the listing as on its first day. */
export function sharesOn(instrument: Instrument, index: number): Shares {
  return stepOn(shareSteps(instrument), index);
}

/** The same from the steps. */
export function stepOn(steps: readonly ShareStep[], index: number): Shares {
  let found: Shares = steps[0] ?? NONE;
  for (const step of steps) {
    if (step.index > index) break;
    found = step;
  }
  return found;
}

/** All changes of the number of shares, ascending; the first is the listing's. Empty for what has no shares. */
export function shareSteps(instrument: Instrument): readonly ShareStep[] {
  const found = known.get(instrument);
  if (found !== undefined) return found;
  const steps = makeSteps(instrument);
  known.set(instrument, steps);
  return steps;
}

function makeSteps(instrument: Instrument): readonly ShareStep[] {
  const { startIndex, dailyLots, exRights, type } = instrument;
  if (FUNDS.has(type)) {
    const total = Math.round((dailyLots * 100) / FUND_TURNOVER);
    return [{ index: startIndex, total, circulating: total, reason: 'start' }];
  }
  if (type !== 'stock') return [];
  const last = lastShares(instrument);
  const rights = exRights.filter(({ index, bonus }) => index > startIndex && bonus > 0);
  const growth = rights.reduce((product, { bonus }) => product * (1 + bonus), 1);
  const atLast = last.circulating / last.total;
  const unlocks = unlocksOf(instrument, atLast);
  const days = unlocks.map(({ index }) => index);
  for (const { index } of rights) if (!days.includes(index)) days.push(index);
  days.sort((a, b) => a - b);
  let total = Math.round(last.total / growth);
  let part = unlocks[0]?.part ?? atLast;
  return days.map((index) => {
    const unlocked = unlocks.find((one) => one.index === index)?.part;
    part = unlocked ?? part;
    const bonus = rights.find((right) => right.index === index)?.bonus;
    total = Math.round(total * (1 + (bonus ?? 0)));
    const circulating = Math.round(total * part);
    return {
      index,
      total,
      circulating,
      reason: index === startIndex ? 'start' : bonus === undefined ? 'unlock' : 'bonus',
    };
  });
}

/** Days with the part of the shares that is tradable from then on. What was listed before the first day of the table has all of it. */
function unlocksOf(
  { key, startIndex }: Instrument,
  atLast: number,
): { readonly index: number; readonly part: number }[] {
  if (startIndex <= 0) return [{ index: startIndex, part: atLast }];
  const first = atLast * (0.15 + 0.2 * unit(mix(key, 61)));
  const later = UNLOCKS.map(({ after, part }) => ({
    index: startIndex + after,
    part: first + (atLast - first) * part,
  }));
  return [{ index: startIndex, part: first }, ...later];
}

/** The shares when all that will be has been unlocked and given. */
function lastShares({ security, key, dailyLots }: Instrument): Shares {
  const familiar = familiarShares(security);
  if (familiar !== null) return familiar;
  const [low, high] = DAILY_TURNOVER;
  const circulating = Math.round((dailyLots * 100) / (low * (high / low) ** unit(mix(key, 62))));
  const random = unit(mix(key, 63));
  const part = random < WHOLE ? 1 : LEAST_AT_LAST + (1 - LEAST_AT_LAST) * ((random - WHOLE) / (1 - WHOLE));
  return { circulating, total: Math.round(circulating / part) };
}
