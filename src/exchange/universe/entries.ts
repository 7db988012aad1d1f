import type { Board } from '../../domain/market/board.ts';
import { boardOf } from '../../domain/market/board.ts';
import { finished, type Steps } from '../../domain/steps.ts';
import { parseSecurity } from '../../domain/market/symbol.ts';
import type { Exchange } from '../../domain/market/symbol.ts';
import { hashText, mix, unit } from '../../platform/random.ts';
import { marketDays } from '../trading-days.ts';
import { listingOf, moreIndices, usualSecurities } from '../listing.ts';
import { fundCodes, stockCodes } from './codes.ts';
import type { Segment, UsedCode } from './codes.ts';
import { allDays, numberAt, placeFrom } from './days.ts';
import { sectorCodeOf } from './industries.ts';
import { companyName, fundName } from './names.ts';

/** A security that is, or was, or will be listed: what is the same for every seed. */
export interface Entry {
  readonly security: string;
  readonly number: string;
  readonly exchange: Exchange;
  readonly board: Board;
  /** Without the mark of a risk warning. */
  readonly displayName: string;
  /** Initials. */
  readonly name: string;
  /** First day, `YYYY-MM-DD`, a trading day where it is invented. */
  readonly startDate: string;
  /** Number of the first day with bars. */
  readonly startIndex: number;
  /** Number of the last day on which it is traded; null = it is not delisted. */
  readonly lastIndex: number | null;
}

const BOARD_EXCHANGES = { XSHG: 'XSHG', XSHE: 'XSHE', BJ: 'BJSE' } as const;
/** What part of the companies that have been listed long enough is delisted one day, and how long that is, in trading days. */
const DELISTED = 0.06;
const SAFE_DAYS = 900;
/** Nobody is delisted before the market has been open for two years, nor later than this. */
const FIRST_END = 500;
const LAST_END = '2026-11-30';

interface Table {
  readonly stocks: readonly Entry[];
  readonly funds: readonly Entry[];
  readonly indices: readonly Entry[];
  readonly others: readonly Entry[];
  readonly byCode: ReadonlyMap<string, Entry>;
}

export type EntryList = Exclude<keyof Table, 'byCode'>;

let table: Table | null = null;

/** All securities of the paper market, each list in the order of its codes; made once. */
export function entries(): Table {
  return table ?? finished(entriesInSteps());
}

/** The same in steps. */
export function* entriesInSteps(): Steps<Table> {
  const made = table ?? (yield* makeTable());
  // Who could not wait has made it meanwhile.
  table ??= made;
  return table;
}

function* makeTable(): Steps<Table> {
  const familiar = usualSecurities().map(familiarEntry);
  const taken = new Set(familiar.map(({ security }) => security));
  const free = ({ security }: { readonly security: string }): boolean => !taken.has(security);
  const are = (...boards: readonly Board[]): Entry[] => familiar.filter(({ board }) => boards.includes(board));
  const stocks = [
    ...are('main', 'chinext', 'star', 'bse'),
    ...(yield* oneByOne(stockCodes().filter(free), stockEntry)),
  ].toSorted(byCode);
  const funds = [...are('etf', 'lof'), ...(yield* oneByOne(fundCodes().filter(free), fundEntry))].toSorted(byCode);
  const indices = [...are('index'), ...moreIndices().map(familiarEntry)].toSorted(byCode);
  const others = are('convertible', 'repo').toSorted(byCode);
  const all = [...stocks, ...funds, ...indices, ...others];
  return { stocks, funds, indices, others, byCode: new Map(all.map((entry) => [entry.security, entry])) };
}

function* oneByOne(codes: readonly UsedCode[], make: (code: UsedCode, nth: number) => Entry): Steps<Entry[]> {
  const made: Entry[] = [];
  for (const code of codes) {
    made.push(make(code, made.length));
    yield;
  }
  return made;
}

function byCode(a: Entry, b: Entry): number {
  return a.security < b.security ? -1 : 1;
}

function familiarEntry(security: string): Entry {
  const listing = listingOf(security);
  if (listing === null) throw new TypeError(`${security} is not in the list`);
  const { displayName, name, startDate } = listing;
  const { number, exchange } = parseSecurity(security);
  const startIndex = Math.max(0, marketDays().upTo(startDate));
  return {
    security,
    number,
    exchange,
    board: boardOf(security),
    displayName,
    name,
    startDate,
    startIndex,
    lastIndex: null,
  };
}

function stockEntry(code: UsedCode, nth: number): Entry {
  const { security } = code;
  const hash = mix(hashText(security), 81);
  const names = companyName(nth, sectorCodeOf(security, code.segment.board), mix(hash, 1));
  return listed(code, hash, names, lastDay);
}

function fundEntry(code: UsedCode, nth: number): Entry {
  const kind = code.segment.board === 'etf' ? 'ETF' : 'LOF';
  return listed(code, mix(hashText(code.security), 82), fundName(nth, kind), () => null);
}

function listed(
  { security, number, segment, place }: UsedCode,
  hash: number,
  { displayName, name }: Pick<Entry, 'displayName' | 'name'>,
  lastOf: (startIndex: number, hash: number) => number | null,
): Entry {
  const { suffix, board, inOrder } = segment;
  const { first, last } = spanOf(segment);
  const random = unit(mix(hash, 2));
  const part = inOrder ? 0.94 * place + 0.06 * random : random;
  const at = Math.round(first + (last - first) * part);
  const startDate = allDays()[at] ?? segment.last;
  const startIndex = Math.max(0, numberAt(at));
  return {
    security,
    number,
    exchange: BOARD_EXCHANGES[suffix],
    board,
    displayName,
    name,
    startDate,
    startIndex,
    lastIndex: lastOf(startIndex, hash),
  };
}

const spans = new Map<Segment, { readonly first: number; readonly last: number }>();

/** Places of the days between which the securities of a segment were listed. */
function spanOf(segment: Segment): { readonly first: number; readonly last: number } {
  const span = spans.get(segment) ?? { first: placeFrom(segment.first), last: placeFrom(segment.last) };
  spans.set(segment, span);
  return span;
}

function lastDay(startIndex: number, hash: number): number | null {
  if (unit(mix(hash, 3)) >= DELISTED) return null;
  const [first, last] = [Math.max(startIndex + SAFE_DAYS, FIRST_END), numberAt(placeFrom(LAST_END))];
  return first >= last ? null : Math.round(first + (last - first) * Math.sqrt(unit(mix(hash, 4))));
}
