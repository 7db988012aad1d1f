import * as z from 'zod';

/** Missing is null, whether the SDK leaves a field out, says None or NaN. */
function maybe<T extends z.ZodType>(type: T): z.ZodType<z.output<T> | null> {
  return type.nullish().transform((value) => value ?? null);
}

const number = maybe(z.number());
const text = maybe(z.string());

export const ASSET = z.object({
  cash: number,
  frozen_cash: number,
  market_value: number,
  total_asset: number,
});

export const POSITION = z.object({
  stock_code: z.string(),
  volume: number,
  can_use_volume: number,
  open_price: number,
  avg_price: number,
  market_value: number,
  frozen_volume: number,
});

export const ORDER = z.object({
  stock_code: z.string(),
  order_id: z.string(),
  order_sysid: text,
  order_time: number,
  order_type: number,
  order_volume: number,
  price_type: number,
  price: number,
  traded_volume: number,
  traded_price: number,
  order_status: number,
  status_msg: text,
  strategy_name: text,
  order_remark: text,
});

export const TRADE = z.object({
  stock_code: z.string(),
  order_type: number,
  traded_id: z.string(),
  traded_time: number,
  traded_price: number,
  traded_volume: number,
  order_id: z.string(),
  order_remark: text,
  commission: number,
});

export const ORDER_ERROR = z.object({
  account_id: text,
  order_id: text,
  error_id: number,
  error_msg: text,
  order_remark: text,
});

export const ACCOUNT_STATUS = z.object({ account_id: text, status: number });

export const CONNECTED = z.object({
  connect: z.number(),
  accounts: z.array(z.object({ id: z.string(), subscribe: number })),
});

const levels = maybe(z.array(number));

export const TICK = z.object({
  time: number,
  timetag: text,
  lastPrice: number,
  open: number,
  high: number,
  low: number,
  lastClose: number,
  amount: number,
  volume: number,
  stockStatus: number,
  openInt: number,
  askPrice: levels,
  bidPrice: levels,
  askVol: levels,
  bidVol: levels,
});

const day = maybe(z.union([z.string(), z.number()]));

export const INSTRUMENT = z.object({
  InstrumentName: text,
  PreClose: number,
  UpStopPrice: number,
  DownStopPrice: number,
  InstrumentStatus: number,
  PriceTick: number,
  FloatVolume: number,
  TotalVolume: number,
  // As older builds spell it.
  FloatVolumn: number,
  TotalVolumn: number,
  OpenDate: day,
  CreateDate: day,
  ExpireDate: day,
});

export const FRAME = z.object({
  index: z.array(z.string()),
  columns: z.record(z.string(), z.array(z.union([z.number(), z.string(), z.null()]))),
});

export type AssetRow = z.output<typeof ASSET>;
export type PositionRow = z.output<typeof POSITION>;
export type OrderRow = z.output<typeof ORDER>;
export type TradeRow = z.output<typeof TRADE>;
export type OrderErrorRow = z.output<typeof ORDER_ERROR>;
export type TickRow = z.output<typeof TICK>;
export type InstrumentRow = z.output<typeof INSTRUMENT>;
export type Frame = z.output<typeof FRAME>;
