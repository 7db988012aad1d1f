import type { DataRequest } from '../../../src/domain/data/datasets.ts';
import { securityInfosIn } from '../../../src/domain/data/readings.ts';
import { currentHost } from '../../host.ts';
import type { TimeLike } from '../../objects/datetime/read-time.ts';
import type { DataFrame } from '../../objects/frame/types.ts';
import { SecurityInfo } from '../../objects/security-info.ts';
import { frameOfTable } from '../../objects/table-frame.ts';
import { optional, required } from '../arguments.ts';
import { OPTIONAL_DAY } from '../days.ts';
import { ANY_PHASE, defineApi } from '../define-api.ts';
import { listOf, readSecurity } from '../readers.ts';

/** Kinds of securities, as `get_all_securities` names them. */
const TYPES = [
  'stock',
  'fund',
  'index',
  'futures',
  'etf',
  'lof',
  'fja',
  'fjb',
  'QDII_fund',
  'open_fund',
  'bond_fund',
  'stock_fund',
  'money_market_fund',
  'mixture_fund',
  'options',
  'conbond',
] as const;
type SecurityType = (typeof TYPES)[number];

type SecurityColumn = 'display_name' | 'name' | 'start_date' | 'end_date' | 'type';

/** Named arguments of get_all_securities. */
export interface AllSecuritiesOptions {
  readonly types?: SecurityType | readonly SecurityType[];
  readonly date?: TimeLike | null;
}

export interface GetAllSecurities {
  (options: AllSecuritiesOptions): DataFrame<SecurityColumn>;
  (types?: SecurityType | readonly SecurityType[], date?: TimeLike | null): DataFrame<SecurityColumn>;
}

const readTypes = listOf(TYPES);

/**
 * All securities of these types (none = stocks), those listed on `date` when it is given; rows are their codes. What still
 * trades ends on 2200-01-01.
 */
export const get_all_securities: GetAllSecurities = defineApi(
  {
    name: 'get_all_securities',
    phases: ANY_PHASE,
    args: {
      types: optional(
        (value, where) => (Array.isArray(value) && value.length === 0 ? ['stock' as const] : readTypes(value, where)),
        ['stock'],
      ),
      date: OPTIONAL_DAY,
    },
  },
  ({ types, date }) => {
    const table = currentHost().data({ dataset: 'securities', params: { types, day: date } });
    return frameOfTable<SecurityColumn>(table, { days: 'timestamp', index: 'code' });
  },
);

export interface GetSecurityInfo {
  (options: { readonly code: string; readonly date?: TimeLike | null }): SecurityInfo | null;
  (code: string, date?: TimeLike | null): SecurityInfo | null;
}

/** Master data of a security, as it was on `date` when that is given; null when nobody knows it (then). */
export const get_security_info: GetSecurityInfo = defineApi(
  {
    name: 'get_security_info',
    phases: ANY_PHASE,
    args: { code: required(readSecurity), date: OPTIONAL_DAY },
  },
  ({ code, date }) => {
    const host = currentHost();
    const info = date === null ? host.securityInfo(code) : (securityInfosIn(host.data(infoOn(code, date)))[0] ?? null);
    return info === null ? null : new SecurityInfo(info);
  },
);

function infoOn(code: string, day: string): DataRequest {
  return { dataset: 'security_info', params: { securities: [code], day } };
}
