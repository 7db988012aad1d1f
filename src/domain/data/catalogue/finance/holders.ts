import { defineTable } from '../column.ts';
import type { Columns } from '../column.ts';
import { COMPANY } from './heads.ts';

// From memory, but for the columns that the corpus reads.

/** One of the ten largest holders. */
const TOP_HOLDER = {
  id: ['int', null, 'running number'],
  company_name: ['text', null, 'name of the company'],
  company_id: ['int', null, 'company'],
  code: ['text', null, 'security'],
  end_date: ['day', null, 'day of the list'],
  pub_date: ['day', null, 'published'],
  change_reason_id: ['int', null, 'reason of a change'],
  change_reason: ['text', null, 'reason in words'],
  shareholder_rank: ['int', null, 'rank'],
  shareholder_name: ['text', null, 'holder'],
  shareholder_name_en: ['text', null, 'holder in English'],
  shareholder_id: ['int', null, "holder's number"],
  shareholder_class_id: ['int', null, 'kind of holder'],
  shareholder_class: ['text', null, 'kind in words'],
  share_number: ['float', 'shares', 'shares held'],
  share_ratio: ['float', '%', 'of all shares'],
  sharesnature_id: ['int', null, 'kind of shares'],
  sharesnature: ['text', null, 'kind in words'],
} as const satisfies Columns;

/** The ten largest holders. */
export const STK_SHAREHOLDER_TOP10 = defineTable(
  { database: 'finance', rows: 'event' },
  {
    ...TOP_HOLDER,
    share_pledge_freeze: ['float', 'shares', 'pledged or frozen'],
    share_pledge: ['float', 'shares', 'pledged'],
    share_freeze: ['float', 'shares', 'frozen'],
  },
);

/** The ten largest holders of tradable shares. */
export const STK_SHAREHOLDER_FLOATING_TOP10 = defineTable(
  { database: 'finance', rows: 'event' },
  {
    ...TOP_HOLDER,
  },
);

/** Number of holders. */
export const STK_HOLDER_NUM = defineTable(
  { database: 'finance', rows: 'event' },
  {
    id: ['int', null, 'running number'],
    code: ['text', null, 'security'],
    end_date: ['day', null, 'day of the count'],
    pub_date: ['day', null, 'published'],
    share_holders: ['int', 'persons', 'holders'],
    a_share_holders: ['int', 'persons', 'holders of A shares'],
    a_share_proportion: ['float', '%', 'average part held by an A holder'],
    b_share_holders: ['int', 'persons', 'holders of B shares'],
    b_share_proportion: ['float', '%', 'average part held by a B holder'],
    h_share_holders: ['int', 'persons', 'holders of H shares'],
    h_share_proportion: ['float', '%', 'average part held by an H holder'],
  },
);

/** Large holders who bought or sold. */
export const STK_SHAREHOLDERS_SHARE_CHANGE = defineTable(
  { database: 'finance', rows: 'event' },
  {
    ...COMPANY,
    pub_date: ['day', null, 'published'],
    end_date: ['day', null, 'last day of the change'],
    type: ['int', null, '0 bought, 1 sold'],
    shareholder_id: ['int', null, "holder's number"],
    shareholder_name: ['text', null, 'holder'],
    change_number: ['float', 'shares', 'shares bought or sold'],
    change_ratio: ['float', '%', 'of all shares'],
    price_ceiling: ['text', null, 'highest price'],
    after_change_ratio: ['float', '%', 'part held after it'],
  },
);

/** Pledged shares. */
export const STK_SHARES_PLEDGE = defineTable(
  { database: 'finance', rows: 'event' },
  {
    id: ['int', null, 'running number'],
    company_name: ['text', null, 'name of the company'],
    code: ['text', null, 'security'],
    pub_date: ['day', null, 'published'],
    pledgor_id: ['int', null, 'who pledges'],
    pledgor: ['text', null, 'who pledges, by name'],
    pledgee: ['text', null, 'who takes the pledge'],
    pledge_item: ['text', null, 'subject'],
    pledge_nature_id: ['int', null, 'kind of shares'],
    pledge_nature: ['text', null, 'kind in words'],
    pledge_number: ['float', 'shares', 'shares pledged'],
    pledge_total_ratio: ['float', '%', 'of all shares'],
    start_date: ['day', null, 'from'],
    end_date: ['day', null, 'until'],
    unpledged_date: ['day', null, 'released'],
    unpledged_number: ['float', 'shares', 'shares released'],
    unpledged_detail: ['text', null, 'release in words'],
    is_buy_back: ['flag', null, 'a repurchase agreement'],
  },
);

/** Frozen shares. */
export const STK_SHARES_FROZEN = defineTable(
  { database: 'finance', rows: 'event' },
  {
    id: ['int', null, 'running number'],
    code: ['text', null, 'security'],
    company_id: ['int', null, 'company'],
    company_name: ['text', null, 'name of the company'],
    pub_date: ['day', null, 'published'],
    frozen_person_id: ['int', null, 'whose shares'],
    frozen_person: ['text', null, 'whose shares, by name'],
    frozen_reason: ['text', null, 'reason'],
    frozen_share_nature_id: ['int', null, 'kind of shares'],
    frozen_share_nature: ['text', null, 'kind in words'],
    frozen_number: ['float', 'shares', 'shares frozen'],
    frozen_total_ratio: ['float', '%', 'of all shares'],
    freeze_applicant: ['text', null, 'who asked for it'],
    freeze_executor: ['text', null, 'who carried it out'],
    start_date: ['day', null, 'from'],
    end_date: ['day', null, 'until'],
    unfrozen_date: ['day', null, 'released'],
    unfrozen_number: ['float', 'shares', 'shares released'],
    unfrozen_detail: ['text', null, 'release in words'],
  },
);

/** Changes of the number of shares. */
export const STK_CAPITAL_CHANGE = defineTable(
  { database: 'finance', rows: 'event' },
  {
    ...COMPANY,
    change_date: ['day', null, 'changed'],
    pub_date: ['day', null, 'published'],
    change_reason_id: ['int', null, 'reason'],
    change_reason: ['text', null, 'reason in words'],
    share_total: ['float', '10k shares', 'all shares'],
    share_non_trade: ['float', '10k shares', 'not listed'],
    share_start: ['float', '10k shares', 'of founders'],
    share_nation: ['float', '10k shares', 'of the state'],
    share_nation_legal: ['float', '10k shares', 'of companies of the state'],
    share_instate_legal: ['float', '10k shares', 'of Chinese companies'],
    share_outstate_legal: ['float', '10k shares', 'of foreign companies'],
    share_natural: ['float', '10k shares', 'of persons'],
    share_raised: ['float', '10k shares', 'of companies that subscribed'],
    share_inside: ['float', '10k shares', 'of employees'],
    share_convert: ['float', '10k shares', 'converted'],
    share_perferred: ['float', '10k shares', 'preferred; spelt so'],
    share_limited: ['float', '10k shares', 'not tradable yet'],
    share_limited_nation: ['float', '10k shares', 'of it of the state'],
    share_limited_nation_legal: ['float', '10k shares', 'of it of companies of the state'],
    share_trade_total: ['float', '10k shares', 'tradable'],
    share_rmb: ['float', '10k shares', 'tradable A shares'],
    share_b: ['float', '10k shares', 'B shares'],
    share_b_limited: ['float', '10k shares', 'B shares not tradable yet'],
    share_h: ['float', '10k shares', 'H shares'],
    share_h_limited: ['float', '10k shares', 'H shares not tradable yet'],
    share_management: ['float', '10k shares', 'of managers'],
    share_management_limited: ['float', '10k shares', 'of managers, not tradable yet'],
    share_other_trade: ['float', '10k shares', 'other tradable'],
    control_shareholder_limited: ['float', '10k shares', 'of the controlling holder, not tradable yet'],
    core_employee_limited: ['float', '10k shares', 'of employees, not tradable yet'],
  },
);
