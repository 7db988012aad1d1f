import { Rng } from '../platform/random.ts';
import type { PathPoint } from './bridge.ts';
import { bridge } from './bridge.ts';
import { TICKS_PER_MINUTE } from './grid.ts';

/** What the ticks of a minute must add up to. Prices in ticks of the security. */
export interface MinuteBar {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly lots: number;
  readonly lotTicks: number;
}

/** Its prices alone. */
export type MinutePrices = Omit<MinuteBar, 'lots' | 'lotTicks'>;

/** The 21 readings of a minute, 0 … 20: number 0 is the reading before it. Volumes are running sums from the minute's start. */
export interface MinuteTicks {
  readonly price: Int32Array;
  readonly lots: Int32Array;
  readonly lotTicks: Float64Array;
}

/** Part of the first minute's volume that trades in the opening auction at 09:25. */
const AUCTION_SHARE = 0.4;

/** Lots of the opening auction among those of the day's first minute. */
export function auctionLots(firstMinuteLots: number): number {
  return Math.floor(firstMinuteLots * AUCTION_SHARE);
}

/** Their prices alone, which its volume has no part in. */
export function minutePrices(bar: MinutePrices, key: number): Int32Array {
  return drawPrices(bar, new Rng(key));
}

/**
 * The ticks inside a minute bar: they begin at its open, end at its close and meet its high and low.
 * `auction`: lots that traded at the open before the first tick.
 */
export function minuteTicks(bar: MinuteBar, auction: number, key: number): MinuteTicks {
  const rng = new Rng(key);
  const { open, close } = bar;
  const price = drawPrices(bar, rng);
  const lots = new Int32Array(TICKS_PER_MINUTE + 1);
  const lotTicks = new Float64Array(TICKS_PER_MINUTE + 1);
  const weight = Float64Array.from(lots, (_, tick) => (tick === 0 ? 0 : 0.2 + rng.next() ** 2));
  const total = weight.reduce((a, b) => a + b, 0);
  let passed = 0;
  let money = auction * open;
  lots[0] = auction;
  lotTicks[0] = money;
  for (let tick = 1; tick <= TICKS_PER_MINUTE; tick += 1) {
    passed += weight[tick] ?? 0;
    lots[tick] = auction + Math.round(((bar.lots - auction) * passed) / total);
    money += ((lots[tick] ?? 0) - (lots[tick - 1] ?? 0)) * (price[tick] ?? close);
    lotTicks[tick] = money;
  }
  scaleMoney(lotTicks, auction * open, bar.lotTicks);
  return { price, lots, lotTicks };
}

/** Stretches the running money behind the auction so that it ends at the minute's; it stays integer and never falls. */
function scaleMoney(lotTicks: Float64Array, auction: number, end: number): void {
  const rough = (lotTicks[TICKS_PER_MINUTE] ?? 0) - auction;
  if (rough <= 0) {
    lotTicks[TICKS_PER_MINUTE] = end;
    return;
  }
  for (let tick = 1; tick <= TICKS_PER_MINUTE; tick += 1) {
    lotTicks[tick] = auction + Math.round((((lotTicks[tick] ?? 0) - auction) * (end - auction)) / rough);
  }
}

function drawPrices(bar: MinutePrices, rng: Rng): Int32Array {
  const { high, low } = bar;
  const sigma = high === low ? 0 : Math.max(0.3, (high - low) / 7);
  return bridge(extremePoints(bar, rng), TICKS_PER_MINUTE, { low, high, sigma }, rng);
}

function extremePoints({ open, high, low, close }: MinutePrices, rng: Rng): PathPoint[] {
  const first = 1 + rng.int(TICKS_PER_MINUTE - 1);
  const other = 1 + rng.int(TICKS_PER_MINUTE - 2);
  const second = other < first ? other : other + 1;
  const points: PathPoint[] = [{ at: 0, height: open }];
  if (high > open && high > close) points.push({ at: first, height: high });
  if (low < open && low < close) points.push({ at: second, height: low });
  points.sort((a, b) => a.at - b.at);
  points.push({ at: TICKS_PER_MINUTE, height: close });
  return points;
}
