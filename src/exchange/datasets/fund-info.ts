import { DATASETS } from '../../domain/data/datasets.ts';
import type { ParamsOf } from '../../domain/data/datasets.ts';
import type { DataTable } from '../../domain/data/table.ts';
import { chinaInstant, DAY } from '../../domain/time.ts';
import { mix, unit } from '../../platform/random.ts';
import { sharesOn } from '../company/shares.ts';
import type { Instrument } from '../instrument.ts';
import type { Market } from '../market.ts';
import { netValueOn } from '../universe/net-value.ts';
import { knownDay, knownIndex, lastClosed, unknownName } from './day-of.ts';
import { tableOfRows } from './rows.ts';

/** Days from a fund's founding to its listing. */
const FOUNDED_BEFORE = 21;
const HEAVY = 10;

/** What a listed fund tells of itself; no row before it is listed. */
export function fundInfo(market: Market, { security, day }: ParamsOf<'fund_info'>, asOf: number): DataTable {
  const instrument = market.instrument(security);
  const { type, displayName, startDate, key } = instrument;
  if (type !== 'etf' && type !== 'lof')
    throw unknownName('listed fund', security, `get_all_securities(['fund']) lists them.`);
  if (startDate > knownDay(day, asOf)) return tableOfRows(DATASETS.fund_info.columns, []);
  const index = Math.max(0, Math.min(knownIndex(market, day, asOf), lastClosed(market, asOf)));
  const shares = sharesOn(instrument, index).total;
  const stocks = Math.round(90 + 9 * unit(mix(key, 92)));
  return tableOfRows(DATASETS.fund_info.columns, [
    {
      fund_name: `${displayName}${type === 'etf' ? '交易型开放式指数证券投资基金' : '证券投资基金(LOF)'}`,
      fund_type: '股票型',
      fund_establishment_day: chinaInstant(startDate, '00:00') - FOUNDED_BEFORE * DAY,
      fund_manager: managerOf(displayName),
      fund_management_fee: `${type === 'etf' ? 0.5 : 1.5}%`,
      fund_custodian_fee: `${type === 'etf' ? 0.1 : 0.25}%`,
      fund_status: '正常申购赎回',
      fund_size: `${((shares * netValueOn(instrument, index)) / 1e8).toFixed(2)}亿元`,
      fund_share: shares,
      fund_asset_allocation_proportion: `股票 ${stocks}%, 现金 ${100 - stocks}%`,
      heavy_hold_stocks: heavyStocks(market, instrument, index).join(','),
      heavy_hold_stocks_proportion: Math.round((25 + 30 * unit(mix(key, 93))) * 100) / 100,
      heavy_hold_bond: '',
      heavy_hold_bond_proportion: 0,
    },
  ]);
}

/** The name of a fund ends with its manager's. */
function managerOf(displayName: string): string {
  const name = /(?:ETF|LOF)(.+)$/u.exec(displayName)?.[1] ?? displayName.slice(0, 2);
  return `${name}基金管理有限公司`;
}

/** Of the three hundred largest companies. */
function heavyStocks(market: Market, { key }: Instrument, index: number): string[] {
  const members = market.indexes.members('000300.XSHG', index) ?? [];
  const first = Math.floor(unit(mix(key, 94)) * members.length);
  return Array.from({ length: HEAVY }, (_, nth) => members[(first + nth * 17) % members.length]?.security ?? '');
}
