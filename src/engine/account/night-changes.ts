import type { SubBonus, SubTally } from '../../domain/order/sub-tally.ts';
import { closedDay, openedDay } from '../../domain/market/session.ts';
import type { BrokerPosition } from '../../domain/trading.ts';
import type { HoldingRow } from '../../ledger/rows.ts';

/** A holding that was changed by a night and not by a trade. */
export interface NightChange {
  readonly day: string;
  readonly security: string;
  readonly from: number;
  readonly to: number;
  /** Shares that the owner has more (fewer: negative) by it; null = the market has traded since the last reading, and they may be anybody's. */
  readonly own: number | null;
}

/**
 * Holdings of which the owner has a part and that differ from the last reading before the day opened without a trade (a counter books a night when it
 * likes, also at 8:00 of a run that has read all night). A bonus or a
 * split changes each share alike, so his part grows with the whole. Any other difference may be somebody else's, who traded while
 * nobody looked, and so may this one where the last reading is of before the close: it is left alone.
 */
export function nightChanges({
  day,
  lastTradingDay,
  known,
  positions,
  isTraded,
  owned,
}: {
  readonly day: string;
  /** The last one before `day`. */
  readonly lastTradingDay: string;
  readonly known: ReadonlyMap<string, HoldingRow>;
  readonly positions: readonly BrokerPosition[];
  /** Whether it was traded since that reading, by anybody as far as known. */
  readonly isTraded: (before: HoldingRow) => boolean;
  readonly owned: ReadonlyMap<string, number>;
}): NightChange[] {
  return positions.flatMap(({ security, amount: to }) => {
    const before = known.get(security);
    const own = owned.get(security) ?? 0;
    if (before === undefined || openedDay(before.readAt) >= day || own <= 0) return [];
    const from = before.amount;
    if (from <= 0 || to === from || isTraded(before)) return [];
    // So many, or so many and a half, for ten; a rest of a share is not given.
    const percent = (to * 100) / from;
    const isBonus = Math.abs(percent - Math.round(percent / 5) * 5) * from < 100;
    if (!isBonus) return [];
    const change = Math.floor((Math.min(own, from) / from) * to) - own;
    if (change === 0) return [];
    return [{ day, security, from, to, own: closedDay(before.readAt) >= lastTradingDay ? change : null }];
  });
}

/** Shares by security that sub-portfolios other than the first hold. */
export function sharesOf(tallies: ReadonlyMap<number, SubTally>): Map<string, number> {
  const sum = new Map<string, number>();
  for (const { shares } of tallies.values())
    for (const [security, { amount }] of shares) sum.set(security, (sum.get(security) ?? 0) + amount);
  return sum;
}

/** What of these changes is each sub-portfolio's: its part grows with the whole. */
export function bonusesOf(changes: readonly NightChange[], tallies: ReadonlyMap<number, SubTally>): SubBonus[] {
  return changes.flatMap(({ day, security, from, to, own }) =>
    [...tallies].flatMap(([pindex, { shares }]) => {
      const held = Math.min(shares.get(security)?.amount ?? 0, from);
      const change = Math.floor((held / from) * to) - held;
      return own === null || change === 0 ? [] : [{ day, pindex, security, shares: change }];
    }),
  );
}

/** For a person. */
export function nightText({ security, from, to, own }: NightChange): string {
  if (own === null)
    return `${security} was ${from} when it was last read, before the close of the last trading day, and is ${to} now, without a trade that was seen: a bonus, a split, a transfer, or somebody else's trade. Nothing of the difference counts as this strategy's own.`;
  return `${security} was ${from} at the end of the last trading day and is ${to} now, without a trade: a bonus, a split, or a transfer. ${own > 0 ? `${own} more` : `${-own} fewer`} of it count as this strategy's own.`;
}
