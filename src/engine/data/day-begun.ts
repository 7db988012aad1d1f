import type { AdjustMode, Quote } from '../../domain/trading.ts';
import { isMade, withColumns, withRow, type BarTable } from './bar-table.ts';
import type { DataRouter } from './data-router.ts';

/** What a quote tells of a day before anything is traded on it. */
const TOLD: ReadonlySet<string> = new Set(['paused', 'high_limit', 'low_limit', 'pre_close']);

interface Asked {
  readonly security: string;
  /** Label of the day. */
  readonly today: number;
  readonly fields: readonly string[];
  readonly adjust: AdjustMode;
  readonly fillPaused: boolean;
  readonly data: Pick<DataRouter, 'quote'>;
}

/**
 * The rows with one of a day that has begun and of which the source has none yet: the quote knows whether it is suspended, its limits and
 * the close before; nothing is traded yet, so prices and volumes are missing. Of a suspended one the volume is 0, and its price stands.
 */
export async function withDayBegun(rows: BarTable, asked: Asked): Promise<BarTable> {
  const { security, today, fields, adjust, fillPaused, data } = asked;
  const isAsked = !fillPaused || fields.some((field) => TOLD.has(field));
  const quote = isAsked ? await data.quote(security) : null;
  const told: Readonly<Record<string, number>> = {
    paused: flagOf(quote?.paused ?? null),
    ...(quote?.paused === true ? { volume: 0, money: 0 } : {}),
    // These are raw prices, which are today's own; adjusted as of the first day they are others.
    ...(quote === null || adjust === 'post' ? {} : pricesOf(quote)),
  };
  // What is made of the other rows where the source has no such column stays to be made.
  const names = fields.filter((field) => field in told && (!isMade(field) || rows.time.length === 0));
  const added = [...names, 'volume'].filter((name) => !(name in rows.columns));
  const nothing = new Float64Array(rows.time.length).fill(Number.NaN);
  const wider = withColumns(rows, Object.fromEntries(added.map((name) => [name, nothing])));
  return withRow(wider, today, (name) => told[name] ?? Number.NaN);
}

function flagOf(flag: boolean | null): number {
  return flag === null ? Number.NaN : Number(flag);
}

function pricesOf({ highLimit, lowLimit, preClose }: Quote): Readonly<Record<string, number>> {
  const known = { high_limit: highLimit, low_limit: lowLimit, pre_close: preClose };
  return Object.fromEntries(Object.entries(known).map(([name, price]) => [name, price ?? Number.NaN]));
}
