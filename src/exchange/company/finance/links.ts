import { mix, unit } from '../../../platform/random.ts';
import { dayShape } from '../../day-shape.ts';
import { isListedOn, type Instrument } from '../../instrument.ts';
import type { Market } from '../../market.ts';
import { between, curve, noise } from '../draws.ts';
import { familiarShares } from '../familiar-shares.ts';
import { sharesOn } from '../shares.ts';
import { nameKnown, perCompany, rowId, type EventContext, type EventRow } from './event-table.ts';

/** The four links with their first day and the quota of a day, 亿. The quota was raised on 2018-05-01. */
const LINKS = [
  { id: 310_001, name: '沪股通', since: '2014-11-17', before: 130, quota: 520, size: 26 },
  { id: 310_002, name: '深股通', since: '2016-12-05', before: 130, quota: 520, size: 25 },
  { id: 310_003, name: '港股通(沪)', since: '2014-11-17', before: 105, quota: 420, size: 14 },
  { id: 310_004, name: '港股通(深)', since: '2016-12-05', before: 105, quota: 420, size: 11 },
] as const;
const RAISED = '2018-05-01';
/** Holdings are told since this day. */
const HOLDINGS = '2017-03-17';
/** Companies that can be bought from Hong Kong, beside the familiar ones. */
const LINKED = 0.35;
/** Companies among which the ten most traded are, and how many these are. */
const LARGEST = 40;
const RANKS = 10;

/** Of the seed alone, for what no single company stands for. */
export function marketKey(market: Market): number {
  return market.instrument('000001.XSHG').key;
}

/** What went through each link on a day: it grows over the years, and more is bought than sold in good times. */
export function* STK_ML_QUOTA(context: EventContext): Generator<EventRow<'STK_ML_QUOTA'>> {
  const { market } = context;
  const root = marketKey(market);
  for (const { id, name, since, before, quota, size } of LINKS) {
    const key = mix(root, id);
    const first = market.days.from(since);
    for (const index of context.tradingDays('day', first)) {
      const growth = 1 + (index - first) / 120;
      const volume = size * growth * (1 + 0.4 * curve(key, 1, 40, index) + 0.3 * noise(key, 2, index));
      const net = volume * (0.1 * curve(key, 3, 20, index) + 0.08 * noise(key, 4, index) + 0.015);
      const daily = market.days.day(index) < RAISED ? before : quota;
      const [buy, sell] = [(volume + net) / 2, (volume - net) / 2];
      yield {
        id: index * 10 + (id % 10),
        day: market.days.midnight(index),
        link_id: id,
        link_name: name,
        currency_id: id < 310_003 ? 110_001 : 110_003,
        currency: id < 310_003 ? '人民币' : '港元',
        buy_amount: round(buy),
        buy_volume: Math.round(buy * 2400),
        sell_amount: round(sell),
        sell_volume: Math.round(sell * 2400),
        sum_amount: round(buy) + round(sell),
        sum_volume: Math.round(buy * 2400) + Math.round(sell * 2400),
        quota_daily: daily,
        quota_daily_balance: round(Math.min(daily, Math.max(0, daily - (round(buy) - round(sell))))),
      };
    }
  }
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** The link through which a company is bought; null = it cannot be. */
function linkOf({ security, key }: Instrument): (typeof LINKS)[number] | null {
  const link = security.endsWith('XSHG') ? LINKS[0] : security.endsWith('XSHE') ? LINKS[1] : null;
  return familiarShares(security) !== null || unit(mix(key, 193)) < LINKED ? link : null;
}

/** What is held through the links: it changes slowly, and is a small part of what can be traded. */
export const STK_HK_HOLD_INFO = perCompany<'STK_HK_HOLD_INFO'>(function* rowsOf(context, company) {
  const link = linkOf(company);
  if (link === null) return;
  const { market } = context;
  const { key, security, startIndex, lastIndex } = company;
  const most = between(key, 194, 0.3, 9);
  for (const index of context.tradingDays('day', Math.max(startIndex + 1, market.days.from(HOLDINGS)))) {
    if (lastIndex !== null && index > lastIndex) return;
    const part = most * (0.7 + 0.25 * curve(key, 195, 120, index) + 0.04 * curve(key, 196, 7, index));
    const number = Math.round((sharesOn(company, index).circulating * part) / 100);
    yield {
      id: rowId(company, index),
      day: market.days.midnight(index),
      link_id: link.id,
      link_name: link.name,
      code: security,
      name: nameKnown(context, company),
      share_number: number,
      share_ratio: part,
    };
  }
});

/** The ten most traded of a day and link: drawn from the largest, with a part of the money of their day. */
export function* STK_EL_TOP_ACTIVATE(context: EventContext): Generator<EventRow<'STK_EL_TOP_ACTIVATE'>> {
  const { market } = context;
  for (const link of LINKS.slice(0, 2)) {
    const large = largest(market, link.id);
    for (const index of context.tradingDays('day', market.days.from(link.since)))
      yield* topTen(context, link, large, index);
  }
}

function largest(market: Market, link: number): readonly Instrument[] {
  const value = (one: Instrument): number => one.anchorPrice * sharesOn(one, market.days.list.length).total;
  return market
    .stocks()
    .filter((one) => linkOf(one)?.id === link)
    .toSorted((a, b) => value(b) - value(a))
    .slice(0, LARGEST);
}

function* topTen(
  context: EventContext,
  { id, name }: (typeof LINKS)[number],
  large: readonly Instrument[],
  index: number,
): Generator<EventRow<'STK_EL_TOP_ACTIVATE'>> {
  const { days } = context.market;
  const traded = large
    .filter((company) => isListedOn(company, index - 1) && isListedOn(company, index))
    .map((company) => ({ company, money: moneyThrough(context.market, company, index) }))
    .toSorted((a, b) => b.money - a.money)
    .slice(0, RANKS);
  for (const [at, { company, money }] of traded.entries()) {
    const buy = Math.round(money * (0.5 + 0.2 * noise(company.key, 198, index)));
    yield {
      id: (index * 10 + (id % 10)) * 100 + at,
      day: days.midnight(index),
      link_id: id,
      link_name: name,
      rank: at + 1,
      code: company.security,
      name: nameKnown(context, company),
      exchange_code: id === 310_001 ? 705_001 : 705_002,
      exchange_name: id === 310_001 ? '上海证券交易所' : '深圳证券交易所',
      buy,
      sell: Math.round(money) - buy,
      total: Math.round(money),
    };
  }
}

/** A part of what was paid for a share on the day, CNY. */
function moneyThrough({ days }: Market, company: Instrument, index: number): number {
  const { lotTicks } = dayShape(company, index, days);
  return (lotTicks * company.tickMills * (0.06 + 0.03 * noise(company.key, 197, index))) / 10;
}
