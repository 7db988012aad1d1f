// What a runner of strategies in another language takes from the runtime: the classes of the objects that cross, tables as they lie in
// memory, and what queries are rebuilt from.
export { apiEntries } from './api/define-api.ts';
export type { ApiEntry } from './api/define-api.ts';
export { Factor } from './factors/factor.ts';
export type { ExtraData, FactorData } from './factors/factor.ts';
export { createBarData, SecurityUnitData } from './objects/bar-data.ts';
export type { BarData } from './objects/bar-data.ts';
export { Bytes } from './objects/bytes.ts';
export { context } from './objects/context.ts';
export { createCurrentData, SecurityCurrentData } from './objects/current-data.ts';
export { date } from './objects/datetime/date.ts';
export { chinaDateTime } from './objects/datetime/china-time.ts';
export { TimeOfDay } from './objects/datetime/time-of-day.ts';
export { timedelta } from './objects/datetime/timedelta.ts';
export { DictMethods } from './objects/dict.ts';
export { DividendsEvent } from './objects/dividends-event.ts';
export { bools, floats, ints, objects, times } from './objects/frame/column/column.ts';
export type { Column as TableColumn } from './objects/frame/column/column.ts';
export { columnFrom } from './objects/frame/column/dtypes.ts';
// The classes put themselves into the factory when they load.
import './objects/frame/data-frame.ts';
export { g } from './objects/g.ts';
export { OPTIMIZER_PARTS } from './optimizer/parts.ts';
export { makeFrame, makeLevels, makeRange, makeSeries } from './objects/frame/factory.ts';
export { isFrame, isIndex, isSeries } from './objects/frame/is-table.ts';
export { createPanel, PanelMethods } from './objects/frame/panel.ts';
export { COLUMN, DATA, NAMES } from './objects/frame/store.ts';
export type { DataFrame, Index } from './objects/frame/types.ts';
export {
  LimitOrderStyle,
  MarketOrderStyle,
  StopLimitOrderStyle,
  StopMarketOrderStyle,
} from './objects/order-styles.ts';
export { Order } from './objects/order.ts';
export { OrderStatus } from './objects/order-status.ts';
export { Portfolio, SubPortfolio } from './objects/portfolio.ts';
export { Position } from './objects/position.ts';
export { PositionsMethods } from './objects/positions.ts';
export { SecurityInfo } from './objects/security-info.ts';
export { Tick } from './objects/tick.ts';
export { Trade } from './objects/trade.ts';
export { Column, Ordered } from './query/column.ts';
export { Query } from './query/query.ts';
export { tableName } from './query/table.ts';
