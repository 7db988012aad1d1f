import { dividendsIn } from '../../../src/domain/data/readings.ts';
import { numbersOf, textsOf } from '../../../src/domain/data/table.ts';
import type { DataTable } from '../../../src/domain/data/table.ts';
import { chinaDay } from '../../../src/domain/time.ts';
import { currentHost } from '../../host.ts';
import type { TimeLike } from '../../objects/datetime/read-time.ts';
import { required } from '../arguments.ts';
import { OPTIONAL_DAY, today } from '../days.ts';
import { ANY_PHASE, defineApi } from '../define-api.ts';
import { readSecurity } from '../readers.ts';

/** What a fund tells of itself; proportions in %, shares as a number, the rest as texts. */
export interface FundInfo {
  readonly fund_name: string | null;
  readonly fund_type: string | null;
  /** `YYYY-MM-DD`. */
  readonly fund_establishment_day: string | null;
  readonly fund_manager: string | null;
  readonly fund_management_fee: string | null;
  readonly fund_custodian_fee: string | null;
  readonly fund_status: string | null;
  readonly fund_size: string | null;
  readonly fund_share: number | null;
  readonly fund_asset_allocation_proportion: string | null;
  readonly heavy_hold_stocks: readonly string[];
  readonly heavy_hold_stocks_proportion: number | null;
  readonly heavy_hold_bond: readonly string[];
  readonly heavy_hold_bond_proportion: number | null;
}

export interface GetFundInfo {
  (options: { readonly security: string; readonly date?: TimeLike | null }): FundInfo | null;
  (security: string, date?: TimeLike | null): FundInfo | null;
}

/** What is known of a listed fund on a day; null before it was listed. */
export const get_fund_info: GetFundInfo = defineApi(
  { name: 'get_fund_info', phases: ANY_PHASE, args: { security: required(readSecurity), date: OPTIONAL_DAY } },
  ({ security, date }) => {
    const table = currentHost().data({ dataset: 'fund_info', params: { security, day: date } });
    return table.rows === 0 ? null : infoOf(table);
  },
);

function infoOf(table: DataTable): FundInfo {
  const text = (name: string): string | null => textsOf(table, name)[0] ?? null;
  const number = (name: string): number | null => {
    const value = numbersOf(table, name)[0];
    return value === undefined || Number.isNaN(value) ? null : value;
  };
  const list = (name: string): string[] => (text(name) ?? '').split(',').filter((item) => item !== '');
  const day = number('fund_establishment_day');
  return {
    fund_name: text('fund_name'),
    fund_type: text('fund_type'),
    fund_establishment_day: day === null ? null : chinaDay(day),
    fund_manager: text('fund_manager'),
    fund_management_fee: text('fund_management_fee'),
    fund_custodian_fee: text('fund_custodian_fee'),
    fund_status: text('fund_status'),
    fund_size: text('fund_size'),
    fund_share: number('fund_share'),
    fund_asset_allocation_proportion: text('fund_asset_allocation_proportion'),
    heavy_hold_stocks: list('heavy_hold_stocks'),
    heavy_hold_stocks_proportion: number('heavy_hold_stocks_proportion'),
    heavy_hold_bond: list('heavy_hold_bond'),
    heavy_hold_bond_proportion: number('heavy_hold_bond_proportion'),
  };
}

/** A payment by the day from which the price is without it, for each ten shares held. */
export interface SplitDividend {
  readonly security: string;
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly security_type: 'stock';
  /** Shares after it for each share before it. */
  readonly scale_factor: number;
  /** CNY before tax for `per_base` shares. */
  readonly bonus_pre_tax: number;
  readonly per_base: 10;
}

export interface GetSplitDividend {
  (options: {
    readonly security: string;
    readonly start_date?: TimeLike | null;
    readonly end_date?: TimeLike | null;
  }): SplitDividend[];
  (security: string, start_date?: TimeLike | null, end_date?: TimeLike | null): SplitDividend[];
}

/** What a company has paid out from `start_date` to `end_date` (default: from the beginning to the logical day). */
export const get_split_dividend: GetSplitDividend = defineApi(
  {
    name: 'get_split_dividend',
    phases: ANY_PHASE,
    args: {
      security: required(readSecurity),
      start_date: OPTIONAL_DAY,
      end_date: OPTIONAL_DAY,
    },
  },
  ({ security, start_date: start, end_date }) => {
    const params = { securities: [security], start, end: end_date ?? today() };
    const table = currentHost().data({ dataset: 'dividends', params });
    return dividendsIn(table).map(({ day, type, scale, cash, per }): SplitDividend => ({
      security,
      date: day,
      security_type: type,
      scale_factor: scale,
      bonus_pre_tax: cash,
      per_base: per,
    }));
  },
);
