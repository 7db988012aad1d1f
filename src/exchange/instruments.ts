import type { Board } from '../domain/market/board.ts';
import { boardOf, isTradable } from '../domain/market/board.ts';
import { parseSecurity } from '../domain/market/symbol.ts';
import { tickUnits } from '../domain/market/tick.ts';
import { chinaInstant } from '../domain/time.ts';
import { hashText, mix, unit } from '../platform/random.ts';
import type { BoardProfile } from './board-profile.ts';
import { walkHeight } from './daily-close.ts';
import type { Instrument } from './instrument.ts';
import { BOARD_PROFILES, RISK_WARNING_SWING } from './board-profile.ts';
import { listingOf } from './listing.ts';
import { exRightsOf } from './ex-rights.ts';
import { ownDays, suspensionsOf } from './suspensions.ts';
import type { TradingDays } from './trading-days.ts';

/** Fewer lots than this could not give every minute of a day its trade. */
const MIN_DAILY_LOTS = 4000;

/** Prices are near those of the table at the start of 2026 and wander off on both sides of it. */
const ANCHOR_DAY = '2026-01-05';

/** The instrument behind a security written in any known way; BtError BAD_SECURITY when it is malformed. */
export function createInstrument(text: string, seed: number, days: TradingDays): Instrument {
  const { security, number, exchange } = parseSecurity(text);
  const board = boardOf(security);
  const key = mix(hashText(security), seed);
  const common = {
    security,
    exchange,
    board,
    key,
    type: BOARD_PROFILES[board].type,
    tradable: isTradable(security),
    tickMills: tickUnits(security) / 10,
  };
  const listing = listingOf(security);
  const anchor = firstIndex(ANCHOR_DAY, days);
  if (listing === null) {
    const own = invented(number, board, key, days);
    return { ...common, ...own, anchorHeight: walkHeight(key, ownDays(own.suspensions, anchor)) };
  }
  const { displayName, name, startDate } = listing;
  return {
    ...common,
    anchorHeight: walkHeight(key, anchor),
    displayName,
    name,
    startDate,
    startIndex: firstIndex(startDate, days),
    warnedFrom: null,
    anchorPrice: listing.price,
    swing: listing.swing ?? BOARD_PROFILES[board].swing,
    dailyLots: Math.max(MIN_DAILY_LOTS, Math.round(listing.dailyShares / 100)),
    wild: false,
    suspensions: [],
    exRights: [],
  };
}

const NAMES: Partial<Readonly<Record<Board, string>>> = {
  etf: '模拟ETF',
  lof: '模拟LOF',
  convertible: '模拟转债',
  repo: '模拟回购',
  index: '模拟指数',
};

type Common = 'security' | 'exchange' | 'board' | 'key' | 'type' | 'tradable' | 'tickMills' | 'anchorHeight';
type Invented = Omit<Instrument, Common>;

/** A plausible security for a code without a familiar name: everything follows from its board, the code and the seed. */
function invented(number: string, board: Board, key: number, days: TradingDays): Invented {
  const profile = BOARD_PROFILES[board];
  const isSt = board === 'main' && unit(mix(key, 11)) < 0.03;
  const name = `${NAMES[board] ?? '模拟股份'}${number}`;
  const anchorPrice = onLogScale(isSt ? [4, 7] : profile.prices, unit(mix(key, 12)));
  const turnover = onLogScale(profile.turnover, unit(mix(key, 13)));
  const startIndex = inventedStart(profile, unit(mix(key, 14)), days);
  const suspensions = profile.company ? suspensionsOf(key, days.list.length) : [];
  return {
    displayName: name,
    name: `MN${number}`,
    startDate: days.day(startIndex),
    startIndex,
    warnedFrom: isSt ? warnedFrom(key, startIndex, days) : null,
    anchorPrice,
    swing: isSt ? RISK_WARNING_SWING : profile.swing,
    dailyLots: Math.max(MIN_DAILY_LOTS, Math.round(turnover / anchorPrice / 100)),
    wild: profile.company,
    suspensions,
    exRights: profile.company ? exRightsOf(key, startIndex, suspensions, days) : [],
  };
}

/** Half of those under risk warning have been so since they were listed, the others got it on some day of the last three years. */
function warnedFrom(key: number, startIndex: number, days: TradingDays): number {
  const random = unit(mix(key, 15));
  if (random < 0.5) return startIndex;
  const first = Math.max(startIndex, firstIndex('2024-01-02', days));
  return first + Math.floor((2 * random - 1) * (days.list.length - first));
}

/** Listed some time between the board's opening and the start of 2024. */
function inventedStart(profile: BoardProfile, random: number, days: TradingDays): number {
  const first = firstIndex(profile.opened, days);
  const last = firstIndex('2024-01-02', days);
  return Math.max(0, first + Math.floor((last - first) * random));
}

/** Number of the trading day on or before a day; 0 when the table begins later. */
function firstIndex(day: string, days: TradingDays): number {
  return Math.max(0, days.indexWithin(chinaInstant(day, '00:00')));
}

function onLogScale([low, high]: readonly [number, number], random: number): number {
  return low * (high / low) ** random;
}
