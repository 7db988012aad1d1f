import type { SignalRow } from './row.ts';
import { rotationMs, SELLS_FIRST_MS, type FollowRules } from './rules.ts';

type Turn = Pick<SignalRow, 'strategy' | 'side' | 'freshFrom' | 'key' | 'origin'>;

/**
 * Until when a buy waits for the sells of its rotation (market time), or null: for those that may still come, then for those that are
 * under way (`open`: signals that have not ended). Sells wait for nobody.
 */
export function sellsFirstUntil(
  buy: Turn,
  open: Iterable<Turn>,
  rules: Pick<FollowRules, 'rotationSeconds'>,
  now: number,
): number | null {
  const window = rotationMs(rules);
  if (buy.side === 'sell' || window === 0) return null;
  const closes = buy.freshFrom + window;
  if (now < closes) return closes;
  const latest = buy.freshFrom + SELLS_FIRST_MS;
  if (now >= latest) return null;
  for (const { strategy, side, freshFrom } of open)
    if (strategy === buy.strategy && side === 'sell' && freshFrom <= closes) return latest;
  return null;
}
