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
