import { sharesOn } from '../company/shares.ts';
import { isListedOn } from '../instrument.ts';
import { anchorIndex } from '../instruments.ts';
import type { Market } from '../market.ts';

/** How the logarithms of what all companies are worth lie on the anchor day, and the line through the cubes of their standard scores. */
interface Curve {
  readonly mean: number;
  readonly deviation: number;
  readonly offset: number;
  readonly slope: number;
}

const curves = new WeakMap<Market, Curve>();

/** What is left of the cube of a size (a standard score of the logarithm of a worth) when the part that its size explains is taken out. */
export function nonLinearSize(market: Market, logOfWorth: number): number {
  const { mean, deviation, offset, slope } = curveOf(market);
  const score = (logOfWorth - mean) / deviation;
  return score ** 3 - offset - slope * score;
}

function curveOf(market: Market): Curve {
  const known = curves.get(market);
  if (known !== undefined) return known;
  const day = anchorIndex(market.days);
  const sizes = market
    .stocks()
    .filter((stock) => isListedOn(stock, day))
    .map((stock) => Math.log(stock.anchorPrice * sharesOn(stock, day).total));
  const average = (of: (size: number) => number): number =>
    sizes.reduce((sum, size) => sum + of(size), 0) / sizes.length;
  const mean = average((size) => size);
  const deviation = Math.sqrt(average((size) => (size - mean) ** 2));
  // Of standard scores the line through the cubes has their mean as its offset, and the mean of the fourth powers as its slope.
  const power = (n: number): number => average((size) => ((size - mean) / deviation) ** n);
  const curve = { mean, deviation, offset: power(3), slope: power(4) };
  curves.set(market, curve);
  return curve;
}
