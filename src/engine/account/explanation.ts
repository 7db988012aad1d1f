import { movesShares } from '../../domain/market/repo.ts';
import type { BrokerPosition } from '../../domain/trading.ts';
import type { ForeignTrade } from '../orders/reading/foreign-trades.ts';

/** Trades of others that a reading of the positions contains. */
export interface Explanation {
  /** All of them, by key. */
  readonly foreign: ReadonlySet<string>;
  /** Those that the reading before it did not contain. */
  readonly trades: readonly ForeignTrade[];
}

/**
 * How the positions follow from what was expected and from trades of others (in the order of the list): of each security the first
 * so many of them. A list and the positions are never of one moment, so any number will do. Null = nothing explains them.
 */
export function explainedBy(
  expected: ReadonlyMap<string, number>,
  positions: readonly BrokerPosition[],
  trades: readonly ForeignTrade[],
  before: ReadonlySet<string>,
): Explanation | null {
  const read = new Map(positions.map(({ security, amount }) => [security, amount]));
  const bySecurity = Map.groupBy(trades, ({ security }) => security);
  const contained: ForeignTrade[] = [];
  for (const security of new Set([...expected.keys(), ...read.keys(), ...bySecurity.keys()])) {
    // What is lent is no holding, whatever a counter lists of it: all of it has been traded.
    if (!movesShares(security)) {
      contained.push(...(bySecurity.get(security) ?? []));
      continue;
    }
    const part = leading(bySecurity.get(security) ?? [], (read.get(security) ?? 0) - (expected.get(security) ?? 0));
    if (part === null) return null;
    contained.push(...part);
  }
  return { foreign: new Set([...before, ...contained.map(({ key }) => key)]), trades: contained };
}

/** The longest beginning of the trades that makes exactly this difference; null when none does. */
function leading(trades: readonly ForeignTrade[], difference: number): readonly ForeignTrade[] | null {
  let sum = 0;
  let found: number | null = difference === 0 ? 0 : null;
  for (const [index, { side, amount }] of trades.entries()) {
    if (side === null) break;
    sum += side === 'buy' ? amount : -amount;
    if (sum === difference) found = index + 1;
  }
  return found === null ? null : trades.slice(0, found);
}
