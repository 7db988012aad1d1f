import { closeTicks } from '../daily-close.ts';
import type { Instrument } from '../instrument.ts';
import { noise } from './draws.ts';

/** By how much the price of a fund may be off its value. */
const PREMIUM = 0.003;

/** Net value of a share of a fund at the end of a trading day, CNY: near its close. */
export function fundValue(fund: Instrument, index: number): number {
  const close = (closeTicks(fund, index) * fund.tickMills) / 1000;
  return Math.round((close / (1 + PREMIUM * noise(fund.key, 214, index))) * 1e4) / 1e4;
}
