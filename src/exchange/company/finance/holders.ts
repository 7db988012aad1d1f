import { DAY } from '../../../domain/time.ts';
import { mix, unit } from '../../../platform/random.ts';
import { closeTicks } from '../../daily-close.ts';
import type { Instrument } from '../../instrument.ts';
import { booksOf } from '../books.ts';
import { between, curve, noise } from '../draws.ts';
import { endIndex, endMs, publishedOn } from '../quarters.ts';
import { sharesOn } from '../shares.ts';
import { companyCells, perCompany, rowId, type EventContext } from './event-table.ts';
import { reportsOf } from './statements.ts';

const RANKS = 10;
const SURNAMES = '王李张刘陈杨黄赵周吴徐孙马朱胡林郭何高罗';
const GIVEN = '伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂文辉建华';
const FUNDS = [
  '沪深300交易型开放式指数',
  '中证500指数增强',
  '优势企业混合型',
  '价值精选混合型',
  '红利低波动',
  '成长先锋股票型',
];
const KEEPERS = ['中国工商银行', '中国建设银行', '招商银行', '中国银行', '中国农业银行'];
/** CNY that a holder has in one company, about. */
const STAKE = [40_000, 160_000] as const;

interface Holder {
  readonly name: string;
  readonly kind: string;
  readonly kindId: number;
}

/** Who holds a place in the list of a company; most stay for years. */
function holderOf(key: number, rank: number, quarter: number): Holder {
  const stay = 4 + Math.floor(12 * unit(mix(mix(key, 171), rank)));
  const hash = mix(mix(mix(key, 172), rank), Math.floor(quarter / stay));
  if (rank === 2) return { name: '香港中央结算有限公司', kind: '其他机构', kindId: 307_099 };
  if (unit(hash) < 0.45) return { name: personName(hash), kind: '自然人', kindId: 307_001 };
  const keeper = KEEPERS[Math.floor(unit(mix(hash, 1)) * KEEPERS.length)] ?? '';
  const fund = FUNDS[Math.floor(unit(mix(hash, 2)) * FUNDS.length)] ?? '';
  return { name: `${keeper}股份有限公司－${fund}证券投资基金`, kind: '证券投资基金', kindId: 307_009 };
}

export function personName(hash: number): string {
  const letter = (label: number, letters: string): string =>
    letters[Math.floor(unit(mix(hash, label)) * letters.length)] ?? '';
  return letter(3, SURNAMES) + letter(4, GIVEN) + (unit(mix(hash, 5)) < 0.6 ? letter(6, GIVEN) : '');
}

/** The ten largest have no more than this of it. */
const MOST = 0.82;

/** What part of the shares the holder of a rank has: each less than the one before. */
function partsOf(key: number, quarter: number, largest: number): readonly number[] {
  let part = largest * (1 + 0.05 * curve(key, 173, 8, quarter));
  const parts = Array.from({ length: RANKS }, (_, rank) => {
    const held = part;
    part *= between(key, 174 + rank, 0.4, 0.85);
    return held;
  });
  const all = parts.reduce((sum, one) => sum + one, 0);
  return all > MOST ? parts.map((one) => (one * MOST) / all) : parts;
}

export const STK_SHAREHOLDER_FLOATING_TOP10 = perCompany<'STK_SHAREHOLDER_FLOATING_TOP10'>(
  function* rowsOf(context, company) {
    for (const { quarter, shares } of ends(context, company)) {
      const parts = partsOf(company.key, quarter, between(company.key, 185, 0.05, 0.45));
      for (const [at, part] of parts.entries()) {
        const number = Math.round(shares.circulating * part);
        yield () => ({
          ...holderCells(company, quarter, at + 1),
          share_number: number,
          share_ratio: (100 * number) / shares.total,
        });
      }
    }
  },
);

export const STK_SHAREHOLDER_TOP10 = perCompany<'STK_SHAREHOLDER_TOP10'>(function* rowsOf(context, company) {
  for (const { quarter, shares } of ends(context, company)) {
    const parts = partsOf(company.key, quarter, between(company.key, 186, 0.12, 0.5));
    for (const [at, part] of parts.entries()) {
      const number = Math.round(shares.total * part);
      const pledged = at === 0 ? Math.round(number * Math.max(0, between(company.key, 187, -0.6, 0.6))) : 0;
      yield () => ({
        ...holderCells(company, quarter, at + 1),
        share_number: number,
        share_ratio: (100 * number) / shares.total,
        share_pledge: pledged,
        share_freeze: 0,
        share_pledge_freeze: pledged,
      });
    }
  }
});

function holderCells(company: Instrument, quarter: number, rank: number) {
  const holder = holderOf(company.key, rank, quarter);
  return {
    id: rowId(company, quarter * 100 + rank),
    ...companyCells(company),
    end_date: endMs(quarter),
    pub_date: publishedOn(company.key, quarter),
    change_reason_id: 306_019,
    change_reason: '定期报告',
    shareholder_rank: rank,
    shareholder_name: holder.name,
    shareholder_class_id: holder.kindId,
    shareholder_class: holder.kind,
    sharesnature_id: 308_007,
    sharesnature: '流通A股',
  };
}

/** The quarters of reports in which a company was listed, with its shares. */
function* ends(context: EventContext, company: Instrument) {
  const { days } = context.market;
  const books = booksOf(company, days);
  for (const quarter of reportsOf(context, books, books.first + 3)) {
    const index = endIndex(quarter, days);
    if (index >= company.startIndex) yield { quarter, index, shares: sharesOn(company, index) };
  }
}

/** More money in a company, more holders; they come when its price falls. */
export const STK_HOLDER_NUM = perCompany<'STK_HOLDER_NUM'>(function* rowsOf(context, company) {
  for (const { quarter, index, shares } of ends(context, company)) {
    const value = (closeTicks(company, index) * company.tickMills * shares.circulating) / 1000;
    const stake = between(company.key, 188, ...STAKE) * (1 + 0.2 * curve(company.key, 189, 6, quarter));
    const holders = Math.max(2000, Math.round(value / stake));
    yield {
      id: rowId(company, quarter),
      code: company.security,
      end_date: endMs(quarter),
      pub_date: publishedOn(company.key, quarter),
      share_holders: holders,
      a_share_holders: holders,
      a_share_proportion: 100 / holders,
    };
  }
});

/** A holder who pledges, now and then; the release is told when it has come. */
export const STK_SHARES_PLEDGE = perCompany<'STK_SHARES_PLEDGE'>(function* rowsOf(context, company) {
  const { market, known, index, within } = context;
  const pledges = Math.floor(5 * unit(mix(company.key, 190)) ** 2);
  for (let nth = 0; nth < pledges; nth += 1) {
    const hash = mix(mix(company.key, 191), nth);
    const at = company.startIndex + Math.floor(unit(hash) * (market.days.list.length - company.startIndex));
    const start = market.days.midnight(at);
    const published = start + 2 * DAY;
    if (
      at > Math.min(index, company.lastIndex ?? index) ||
      published > known ||
      !within('pub_date', published) ||
      !within('start_date', start)
    )
      continue;
    const { total } = sharesOn(company, at);
    const number = Math.round(total * between(hash, 1, 0.005, 0.08));
    const end = start + Math.round(between(hash, 2, 180, 720)) * DAY;
    yield {
      id: rowId(company, nth + 1),
      code: company.security,
      company_name: companyCells(company).company_name,
      pub_date: published,
      pledgor: personName(hash),
      pledgee: '模拟证券股份有限公司',
      pledge_item: '股票质押式回购',
      pledge_number: number,
      pledge_total_ratio: (100 * number) / total,
      start_date: start,
      end_date: end,
      ...(end <= known && noise(hash, 3, 0) > -0.8 ? { unpledged_date: end, unpledged_number: number } : {}),
      is_buy_back: 1,
    };
  }
});
