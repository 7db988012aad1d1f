import {
  DividendsEvent,
  LimitOrderStyle,
  MarketOrderStyle,
  Order,
  Portfolio,
  Position,
  SecurityCurrentData,
  SecurityInfo,
  SecurityUnitData,
  StopLimitOrderStyle,
  StopMarketOrderStyle,
  SubPortfolio,
  Tick,
  Trade,
} from '../../../../../runtime/foreign.ts';

/**
 * What an attribute is in Python: whole numbers and others stay what they are, a missing `float` is NaN, any other None. `positions`:
 * a dict of positions by code. `=other`: the same as another attribute. `list:Class`: plain objects with the look of that class.
 */
export type Kind =
  | 'text'
  | 'int'
  | 'float'
  | 'flag'
  | 'time'
  | 'date'
  | 'any'
  | 'positions'
  | `=${string}`
  | `list:${string}`;
export type Kinds = Readonly<Record<string, Kind>>;

export interface Look {
  /** Null: of plain objects, which belong to no class. */
  readonly type: { readonly prototype: object } | null;
  /** Attributes in the order in which their values cross. */
  readonly kinds: Kinds;
}

const ORDER: Kinds = {
  order_id: 'text',
  security: 'text',
  status: 'any',
  add_time: 'time',
  is_buy: 'flag',
  amount: 'int',
  filled: 'int',
  price: 'float',
  avg_cost: 'float',
  side: 'text',
  action: 'text',
  commission: 'float',
  style: 'any',
  pindex: 'int',
  unknown: 'flag',
  reason: 'text',
  broker_order_ids: 'any',
};

const TRADE: Kinds = {
  trade_id: 'text',
  order_id: 'text',
  security: 'text',
  time: 'time',
  amount: 'int',
  price: 'float',
  is_buy: 'flag',
  commission: 'float',
  tax: 'float',
};

const POSITION: Kinds = {
  security: 'text',
  price: 'float',
  total_amount: 'int',
  closeable_amount: 'int',
  locked_amount: 'int',
  today_amount: 'int',
  value: 'float',
  avg_cost: 'float',
  acc_avg_cost: 'float',
  hold_cost: 'float',
  init_time: 'time',
  transact_time: 'time',
  side: 'text',
  pindex: 'int',
  amount: '=closeable_amount',
  sellable_amount: '=closeable_amount',
  name: 'text',
};

const PORTFOLIO: Kinds = {
  available_cash: 'float',
  cash: '=available_cash',
  transferable_cash: 'float',
  locked_cash: 'float',
  total_value: 'float',
  portfolio_value: '=total_value',
  positions_value: 'float',
  starting_cash: 'float',
  inout_cash: 'float',
  returns: 'float',
  margin: 'float',
  positions: 'positions',
  long_positions: '=positions',
  short_positions: 'positions',
};

const CURRENT_DATA: Kinds = {
  security: 'text',
  last_price: 'float',
  high_limit: 'float',
  low_limit: 'float',
  day_open: 'float',
  paused: 'flag',
  is_st: 'flag',
  name: 'text',
  industry_code: 'text',
};

const UNIT_DATA: Kinds = {
  security: 'text',
  open: 'float',
  close: 'float',
  high: 'float',
  low: 'float',
  volume: 'float',
  money: 'float',
  avg: 'float',
  price: '=avg',
  pre_close: 'float',
  returns: 'float',
  high_limit: 'float',
  low_limit: 'float',
  paused: 'flag',
  factor: 'float',
};

const SECURITY_INFO: Kinds = {
  code: 'text',
  display_name: 'text',
  name: 'text',
  type: 'text',
  start_date: 'date',
  end_date: 'date',
  parent: 'text',
};

const LEVELS: Kinds = Object.fromEntries(
  ['a', 'b'].flatMap((side) =>
    [1, 2, 3, 4, 5].flatMap((level) =>
      ['p', 'v'].map((field): [string, Kind] => [`${side}${level}_${field}`, 'float']),
    ),
  ),
);

const TICK: Kinds = {
  code: 'text',
  datetime: 'time',
  current: 'float',
  open: 'float',
  high: 'float',
  low: 'float',
  volume: 'float',
  money: 'float',
  position: 'float',
  ...LEVELS,
};

const SUB_PORTFOLIO: Kinds = {
  ...PORTFOLIO,
  type: 'text',
  pindex: 'int',
  net_value: 'float',
  total_liability: 'float',
  cash_liability: 'float',
  sec_liability: 'float',
  interest: 'float',
  available_margin: 'float',
  maintenance_margin_rate: 'float',
};
const EVENT: Kinds = { name: 'text', pindex: 'int', security: 'text', side: 'text', dividends: 'list:Dividend' };
const DIVIDEND: Kinds = { date: 'date', scale_factor: 'float', bonus_pre_tax: 'float', bonus_post_tax: 'float' };

/** The objects of the runtime that Python gives a look of their own, by the name of their class there. */
export const LOOKS: Readonly<Record<string, Look>> = {
  Order: { type: Order, kinds: ORDER },
  Trade: { type: Trade, kinds: TRADE },
  Position: { type: Position, kinds: POSITION },
  Portfolio: { type: Portfolio, kinds: PORTFOLIO },
  SubPortfolio: {
    type: SubPortfolio,
    kinds: SUB_PORTFOLIO,
  },
  SecurityCurrentData: { type: SecurityCurrentData, kinds: CURRENT_DATA },
  SecurityUnitData: { type: SecurityUnitData, kinds: UNIT_DATA },
  SecurityInfo: { type: SecurityInfo, kinds: SECURITY_INFO },
  Tick: { type: Tick, kinds: TICK },
  DividendsEvent: { type: DividendsEvent, kinds: EVENT },
  Dividend: { type: null, kinds: DIVIDEND },
  LimitOrderStyle: { type: LimitOrderStyle, kinds: { limit_price: 'float' } },
  MarketOrderStyle: { type: MarketOrderStyle, kinds: { limit_price: 'any' } },
  StopMarketOrderStyle: { type: StopMarketOrderStyle, kinds: { mode: 'text', stop_price: 'float' } },
  StopLimitOrderStyle: {
    type: StopLimitOrderStyle,
    kinds: { mode: 'text', stop_price: 'float', limit_price: 'float' },
  },
};

/** The table as Python is told it: attributes with their kinds, in the order of their values. */
export function classTable(): Readonly<Record<string, readonly (readonly [string, Kind])[]>> {
  return Object.fromEntries(Object.entries(LOOKS).map(([name, { kinds }]) => [name, Object.entries(kinds)]));
}
