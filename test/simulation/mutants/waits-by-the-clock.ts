import type { continuousTimeAfter } from '../../../src/domain/market/trading-hours.ts';

/** A wait is seconds of the clock, not of continuous trading. */
export const byTheClock: typeof continuousTimeAfter = (from, ms) => from + ms;
