import type { ParamsOf } from '../../domain/data/datasets.ts';
import { numbers, tableOf, texts } from '../../domain/data/table.ts';
import type { DataTable } from '../../domain/data/table.ts';
import { BtError } from '../../domain/errors.ts';
import { chinaDay, chinaInstant } from '../../domain/time.ts';
import { nameOn } from '../instrument.ts';
import type { Listed } from '../instrument.ts';
import type { Market } from '../market.ts';
import { knownDay } from './day-of.ts';

/** Day on which what has no end is said to end, as JoinQuant writes it. */
const NEVER = '2200-01-01';

/** What of the market has a type; nobody lists the others here. */
const LISTS: Readonly<Record<string, (market: Market) => readonly Listed[]>> = {
  stock: (market) => market.listed('stocks'),
  fund: (market) => market.listed('funds'),
  etf: (market) => ofType(market.listed('funds'), 'etf'),
  lof: (market) => ofType(market.listed('funds'), 'lof'),
  index: (market) => market.listed('indices'),
  conbond: (market) => ofType(market.listed('others'), 'conbond'),
  repo: (market) => ofType(market.listed('others'), 'repo'),
  // Structured funds: there are none any more.
  fja: () => [],
  fjb: () => [],
};

/** What is listed, or was listed on a day. */
export function securities(market: Market, { types, day }: ParamsOf<'securities'>, asOf: number): DataTable {
  const asked = knownDay(day, asOf);
  const found = new Map([...new Set(types)].flatMap((type) => listOf(market, type)).map((one) => [one.security, one]));
  const listed = [...found.values()].filter((one) => isKnown(one, market, asked, day !== null));
  return tableFor(market, listed, asked, chinaDay(asOf));
}

/** The same about given securities; those not listed on the day are left out. */
export function securityInfo(
  market: Market,
  { securities: codes, day }: ParamsOf<'security_info'>,
  asOf: number,
): DataTable {
  const asked = knownDay(day, asOf);
  const found = codes.map((code) => market.instrument(code)).filter(({ startDate }) => startDate <= asked);
  return tableFor(market, found, asked, chinaDay(asOf));
}

/** Last day of a security, `YYYY-MM-DD`; NEVER while it is not known to end. */
export function endDate({ lastIndex }: Listed, market: Market, today: string): string {
  const last = lastIndex === null ? NEVER : market.days.day(lastIndex);
  return last > today ? NEVER : last;
}

function isKnown(one: Listed, market: Market, day: string, isListed: boolean): boolean {
  if (one.startDate > day) return false;
  return !isListed || one.lastIndex === null || market.days.day(one.lastIndex) >= day;
}

function tableFor(market: Market, found: readonly Listed[], day: string, today: string): DataTable {
  const index = market.days.upTo(day);
  return tableOf({
    code: texts(found.map((one) => one.security)),
    display_name: texts(found.map((one) => nameOn(one, index))),
    name: texts(found.map((one) => one.name)),
    start_date: numbers(
      'day',
      found.map(({ startDate }) => dayInstant(startDate)),
    ),
    end_date: numbers(
      'day',
      found.map((one) => dayInstant(endDate(one, market, today))),
    ),
    type: texts(found.map((one) => one.type)),
  });
}

function listOf(market: Market, type: string): readonly Listed[] {
  // A name that every object has is no list.
  const list = Object.hasOwn(LISTS, type) ? LISTS[type] : undefined;
  if (list !== undefined) return list(market);
  throw new BtError(
    'NOT_SERVED',
    `The paper market has no list of "${type}": ask for ${Object.keys(LISTS).join(', ')}.`,
    { fault: 'strategy' },
  );
}

function ofType(list: readonly Listed[], type: string): Listed[] {
  return list.filter((one) => one.type === type);
}

const instants = new Map<string, number>();

/** Midnight of a day; days repeat. */
function dayInstant(day: string): number {
  const instant = instants.get(day) ?? chinaInstant(day, '00:00');
  instants.set(day, instant);
  return instant;
}
