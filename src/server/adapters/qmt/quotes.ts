import type { BookLevel, DepthQuote } from '../../../domain/gateway.ts';
import { chinaInstant } from '../../../domain/time.ts';
import { priceOf } from './rows.ts';
import type { InstrumentRow, TickRow } from './sdk-rows.ts';
import { lotOf, unitOf } from './volume-units.ts';

/** The vendor's state of a security that does not trade at all today. */
const SUSPENDED = 1;

/** A reading of one security; what neither tick nor instrument tells is null. */
export function quoteOf(security: string, tick: TickRow | null, instrument: InstrumentRow | null): DepthQuote {
  const lot = lotOf(security);
  const known = {
    security,
    name: instrument?.InstrumentName ?? null,
    highLimit: priceOf(instrument?.UpStopPrice),
    lowLimit: priceOf(instrument?.DownStopPrice),
    paused: pausedOf(tick, instrument),
    isSt: stOf(instrument),
  };
  if (tick === null) return { ...known, ...NO_TICK, preClose: priceOf(instrument?.PreClose) };
  const bids = levelsOf(tick.bidPrice, tick.bidVol, lot);
  const asks = levelsOf(tick.askPrice, tick.askVol, lot);
  return {
    ...known,
    time: tickTime(tick),
    lastPrice: priceOf(tick.lastPrice),
    preClose: priceOf(tick.lastClose) ?? priceOf(instrument?.PreClose),
    dayOpen: priceOf(tick.open),
    dayHigh: priceOf(tick.high),
    dayLow: priceOf(tick.low),
    volume: tick.volume === null ? null : tick.volume * tickUnit(tick, lot),
    money: tick.amount ?? 0,
    bid1: bids[0]?.price ?? null,
    ask1: asks[0]?.price ?? null,
    bids,
    asks,
  };
}

const NO_TICK = {
  time: null,
  lastPrice: null,
  dayOpen: null,
  dayHigh: null,
  dayLow: null,
  volume: null,
  money: 0,
  bid1: null,
  ask1: null,
  bids: [],
  asks: [],
} as const;

/** Lots, says the documentation; builds that count shares show it in what was paid. */
function tickUnit({ volume, amount, lastPrice }: TickRow, lot: number): number {
  const [v, m, c] = [volume ?? Number.NaN, amount ?? Number.NaN, lastPrice ?? Number.NaN];
  return unitOf({ volume: [v], money: [m], close: [c] }, lot, lot);
}

/** Epoch ms. Builds have `time`, or `timetag` in China's time (`YYYYMMDD HH:MM:SS`), or both. */
function tickTime({ time, timetag }: TickRow): number | null {
  if (time !== null && time > 0) return time;
  const match = /^(\d{4})(\d{2})(\d{2}) (\d{2}:\d{2}:\d{2})/.exec(timetag ?? '');
  return match === null ? null : chinaInstant(`${match[1]}-${match[2]}-${match[3]}`, match[4] ?? '');
}

function levelsOf(
  prices: readonly (number | null)[] | null,
  volumes: readonly (number | null)[] | null,
  lot: number,
): BookLevel[] {
  return (prices ?? []).flatMap((price, level) => {
    const volume = volumes?.[level] ?? null;
    return price === null || price <= 0 || volume === null ? [] : [{ price, volume: volume * lot }];
  });
}

/** Days of suspension with the instrument, a state with the tick (in another field by build); null where neither tells. */
function pausedOf(tick: TickRow | null, instrument: InstrumentRow | null): boolean | null {
  const days = instrument?.InstrumentStatus ?? null;
  const state = tick === null ? null : (tick.stockStatus ?? tick.openInt);
  if ((days !== null && days >= SUSPENDED) || state === SUSPENDED) return true;
  return days === null && state === null ? null : false;
}

function stOf(instrument: InstrumentRow | null): boolean | null {
  const name = instrument?.InstrumentName ?? null;
  return name === null ? null : /ST|退/u.test(name);
}
