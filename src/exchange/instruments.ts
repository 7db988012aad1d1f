import type { Board } from '../domain/market/board.ts';
import { boardOf } from '../domain/market/board.ts';
import { parseSecurity } from '../domain/market/symbol.ts';
import { tickUnitsOf } from '../domain/market/tick.ts';
import { hashText, mix, unit } from '../platform/random.ts';
import { BOARD_PROFILES, RISK_WARNING_SWING } from './board-profile.ts';
import type { BoardProfile } from './board-profile.ts';
import { exRightsOf } from './ex-rights.ts';
import type { Instrument, Listed } from './instrument.ts';
import { listingOf } from './listing.ts';
import { endOf, suspensionsOf } from './suspensions.ts';
import type { Suspension } from './suspensions.ts';
import type { TradingDays } from './trading-days.ts';
import { entries } from './universe/entries.ts';
import type { Entry } from './universe/entries.ts';
import { isEverWarned, warningsOf } from './universe/warnings.ts';
import { heightOn } from './walk.ts';

/** Fewer lots than this could not give every minute of a day its trade. */
const MIN_DAILY_LOTS = 4000;

/** Prices are near those of the table at the start of 2026 and wander off on both sides of it. */
const ANCHOR_DAY = '2026-01-05';

/** The instrument behind a security written in any known way; BtError BAD_SECURITY when it is malformed. */
export function createInstrument(text: string, seed: number, days: TradingDays): Instrument {
  const { security } = parseSecurity(text);
  return instrumentOf(entries().byCode.get(security) ?? strange(security, seed, days), seed, days);
}

/** The instrument of a security that is in the list. */
export function instrumentOf(entry: Entry, seed: number, days: TradingDays): Instrument {
  const { security, exchange, board, displayName, name, startDate, startIndex, lastIndex } = entry;
  const profile = BOARD_PROFILES[board];
  const key = mix(hashText(security), seed);
  const listing = listingOf(security);
  const wild = profile.company && listing === null;
  const suspensions = wild ? suspensionsOf(key, days.list.length).filter((one) => isInLife(one, entry)) : [];
  const life = { key, startIndex, lastIndex };
  const marketKey = wild ? mix(hashText('market'), seed) : null;
  const ended = lastIndex === null ? suspensions : [...suspensions, endOf(lastIndex)];
  const prices = listing === null ? invented(key, board, wild && isEverWarned(life)) : familiar(listing, profile);
  return {
    security,
    exchange,
    board,
    displayName,
    name,
    type: profile.type,
    startDate,
    startIndex,
    lastIndex,
    warnings: wild ? warningsOf(life, days) : [],
    tradable: board !== 'index',
    tickMills: tickUnitsOf(board, exchange) / 10,
    key,
    marketKey,
    wild,
    suspensions: ended,
    exRights: wild ? exRightsOf(key, life, suspensions, days) : [],
    basket: null,
    anchorPrice: prices.anchorPrice,
    swing: prices.swing,
    dailyLots: prices.dailyLots,
    anchorHeight: heightOn({ key, marketKey, suspensions: ended }, anchorIndex(days)),
  };
}

/** What lists tell of a security that is in the list: as its instrument has it, at a fraction of the cost. */
export function listedOf(entry: Entry, seed: number, days: TradingDays): Listed {
  const { security, exchange, board, displayName, name, startDate, startIndex, lastIndex } = entry;
  const { type, company } = BOARD_PROFILES[board];
  const wild = company && listingOf(security) === null;
  const key = wild ? mix(hashText(security), seed) : 0;
  const warnings = wild ? warningsOf({ key, startIndex, lastIndex }, days) : [];
  return { security, exchange, displayName, name, type, startDate, startIndex, lastIndex, warnings };
}

/** Days before its end in which a company is not suspended: the walk must have caught up by then. */
const LAST_DAYS = 40;

function isInLife({ from, to }: Suspension, { startIndex, lastIndex }: Entry): boolean {
  return from > startIndex && (lastIndex === null || to < lastIndex - LAST_DAYS);
}

type Prices = Pick<Instrument, 'anchorPrice' | 'swing' | 'dailyLots'>;

function familiar(
  {
    price,
    swing,
    dailyShares,
  }: { readonly price: number; readonly swing: number | null; readonly dailyShares: number },
  profile: BoardProfile,
): Prices {
  const dailyLots = Math.max(MIN_DAILY_LOTS, Math.round(dailyShares / 100));
  return { anchorPrice: price, swing: swing ?? profile.swing, dailyLots };
}

/** Plausible prices: everything follows from the board, the code and the seed. */
function invented(key: number, board: Board, isWarned: boolean): Prices {
  const profile = BOARD_PROFILES[board];
  const isCalm = isWarned && (board === 'main' || board === 'b_share');
  const anchorPrice = onLogScale(isCalm ? [4, 7] : profile.prices, unit(mix(key, 12)));
  const turnover = onLogScale(profile.turnover, unit(mix(key, 13)));
  const dailyLots = Math.max(MIN_DAILY_LOTS, Math.round(turnover / anchorPrice / 100));
  return { anchorPrice, swing: isCalm ? RISK_WARNING_SWING : profile.swing, dailyLots };
}

const NAMES: Partial<Readonly<Record<Board, string>>> = {
  etf: '模拟ETF',
  lof: '模拟LOF',
  convertible: '模拟转债',
  repo: '模拟回购',
  index: '模拟指数',
};

/** A code that is not in the list: a plausible security all the same, which no list shows. */
function strange(security: string, seed: number, days: TradingDays): Entry {
  const { number, exchange } = parseSecurity(security);
  const board = boardOf(security);
  const startIndex = inventedStart(BOARD_PROFILES[board], unit(mix(mix(hashText(security), seed), 14)), days);
  return {
    security,
    number,
    exchange,
    board,
    displayName: `${NAMES[board] ?? '模拟股份'}${number}`,
    name: `MN${number}`,
    startDate: days.day(startIndex),
    startIndex,
    lastIndex: null,
  };
}

/** Listed some time between the board's opening and the start of 2024. */
function inventedStart(profile: BoardProfile, random: number, days: TradingDays): number {
  const first = dayIndex(profile.opened, days);
  const last = dayIndex('2024-01-02', days);
  return Math.max(0, first + Math.floor((last - first) * random));
}

let anchor: number | null = null;

/** Number of the day on which prices are those of the list. */
export function anchorIndex(days: TradingDays): number {
  anchor ??= dayIndex(ANCHOR_DAY, days);
  return anchor;
}

/** Number of the trading day on or before a day; 0 when the table begins later. */
function dayIndex(day: string, days: TradingDays): number {
  return Math.max(0, days.upTo(day));
}

function onLogScale([low, high]: readonly [number, number], random: number): number {
  return low * (high / low) ** random;
}
