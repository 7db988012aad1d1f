import { mix, unit } from '../../platform/random.ts';
import type { Instrument } from '../instrument.ts';
import type { TradingDays } from '../trading-days.ts';
import { between, logNormal, normal } from './draws.ts';
import { QUARTERS, quarterAt } from './quarters.ts';
import { sectorOf, type Sector } from './sector.ts';
import { sharesOn, shareSteps } from './shares.ts';

/** Quarters `from` and after it, before `to`. */
export interface Spell {
  readonly from: number;
  readonly to: number;
}

/** What a company is like: constant for a seed. Money in CNY. */
export interface Profile {
  readonly sector: Sector;
  /** Root of everything random about its accounts. */
  readonly key: number;
  /** Growth of the revenue in a quarter, as a logarithm. */
  readonly growth: number;
  /** Revenue of an average quarter at the anchor. */
  readonly revenue: number;
  /** What part of the revenue is left for the owners in a good quarter. */
  readonly margin: number;
  /** Quarters in which it loses. */
  readonly losing: readonly Spell[];
  readonly tax: number;
  /** What the others own of its subsidiaries, as a part of what its own shareholders have. */
  readonly minority: number;
  /** Liabilities as a part of all assets. */
  readonly leverage: number;
  /** Equity of the shareholders at the anchor. */
  readonly equity: number;
  /** Share capital and capital reserve together: bonus issues move from the one to the other. */
  readonly paidIn: number;
  readonly surplus: number;
  /** By what a quarter of the year is multiplied; they add up to 4. */
  readonly season: readonly [number, number, number, number];
}

/** What companies that pay out pay in a usual year, of their market value. */
const PAID_OUT = 0.015;

/** The last quarter of 2025: prices and shares are anchored at the start of 2026. */
export const ANCHOR = 91;

interface Range {
  readonly pe: readonly [median: number, sigma: number, low: number, high: number];
  readonly roe: readonly [median: number, sigma: number, low: number, high: number];
  readonly margin: readonly [median: number, sigma: number, low: number, high: number];
  readonly leverage: readonly [number, number];
}

const RANGES: Readonly<Record<Sector, Range>> = {
  general: {
    pe: [26, 0.6, 6, 180],
    roe: [0.085, 0.5, 0.015, 0.35],
    margin: [0.085, 0.7, 0.01, 0.5],
    leverage: [0.15, 0.68],
  },
  bank: {
    pe: [6, 0.15, 4, 9],
    roe: [0.1, 0.15, 0.06, 0.16],
    margin: [0.36, 0.1, 0.25, 0.45],
    leverage: [0.915, 0.935],
  },
  securities: {
    pe: [20, 0.25, 10, 45],
    roe: [0.075, 0.2, 0.04, 0.13],
    margin: [0.33, 0.15, 0.2, 0.45],
    leverage: [0.74, 0.82],
  },
  insurance: {
    pe: [9, 0.2, 6, 16],
    roe: [0.12, 0.2, 0.07, 0.2],
    margin: [0.1, 0.2, 0.05, 0.16],
    leverage: [0.87, 0.92],
  },
};

export function profileOf(instrument: Instrument, days: TradingDays): Profile {
  const key = mix(instrument.key, 72);
  const sector = sectorOf(instrument);
  const { pe, roe, margin, leverage } = RANGES[sector];
  const shares = shareSteps(instrument).at(-1)?.total ?? sharesOn(instrument, 0).total;
  const profit = (instrument.anchorPrice * shares) / draw(key, 1, pe);
  const part = draw(key, 3, margin);
  const returns = draw(key, 2, roe);
  const equity = Math.round(profit / returns);
  const paid = instrument.exRights.length === 0 ? 0 : PAID_OUT * (instrument.anchorPrice * shares);
  return {
    sector,
    key,
    growth: growthOf(returns, paid / profit, normal(key, 4)),
    revenue: profit / part / 4,
    margin: part,
    losing: losingSpells(instrument, key, sector, days),
    tax: unit(mix(key, 5)) < 0.4 ? 0.15 : 0.25,
    minority: unit(mix(key, 6)) < 0.35 ? 0 : between(key, 7, 0.005, 0.12),
    leverage: between(key, 8, ...leverage),
    equity,
    paidIn: Math.max(Math.round(shares * 1.02), Math.round(equity * between(key, 9, 0.25, 0.55))),
    surplus: Math.round(equity * 0.04),
    season: seasonOf(key),
  };
}

/** So many quarters before a risk warning its reason begins. */
const BEFORE_WARNING = 8;

/** A warning ends in May, because the year before was a better one. */
const BEFORE_ITS_END = 5;

/** A third of the companies have a bad time once, one of twenty since some time; a risk warning comes of losses and stays as long. */
function losingSpells(
  { warnings, lastIndex }: Instrument,
  key: number,
  sector: Sector,
  days: TradingDays,
): readonly Spell[] {
  const lastDay = days.list.length - 1;
  const warned = warnings.map(({ from, to }) => ({
    from: quarterAt(days.midnight(Math.min(from, lastDay))) - BEFORE_WARNING,
    to: to >= lastDay || lastIndex !== null ? QUARTERS : quarterAt(days.midnight(to)) - BEFORE_ITS_END,
  }));
  const random = unit(mix(key, 10));
  if (warned.length > 0 || sector !== 'general' || random > 0.4) return warned;
  if (random < 0.05) return [{ from: QUARTERS - Math.floor(between(key, 11, 6, 24)), to: QUARTERS }];
  const from = Math.floor(between(key, 12, 0, QUARTERS));
  return [{ from, to: from + Math.floor(between(key, 13, 4, 13)) }];
}

function seasonOf(key: number): readonly [number, number, number, number] {
  const first = between(key, 14, 0.65, 1.05);
  const second = between(key, 15, 0.85, 1.15);
  const third = between(key, 16, 0.85, 1.1);
  return [first, second, third, 4 - first - second - third];
}

function draw(
  key: number,
  label: number,
  [median, sigma, low, high]: readonly [number, number, number, number],
): number {
  return logNormal(key, label, median, sigma, [low, high]);
}

/** A company grows by what it earns and does not pay out. */
function growthOf(returns: number, paid: number, luck: number): number {
  return (Math.min(0.13, Math.max(0.005, returns * (1 - paid))) + 0.02 * luck) / 4;
}
