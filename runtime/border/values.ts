import type {
  AccountView,
  IntentState,
  OrderRequest,
  OrderStyle,
  OrderView,
  PositionView,
  StopPrice,
  SubView,
  TradeView,
} from '../../src/domain/order/types.ts';
import { INTENT_STATES } from '../../src/domain/order/types.ts';
import { DATASET_NAMES } from '../../src/domain/data/datasets.ts';
import type { DataRequest } from '../../src/domain/data/datasets.ts';
import type { DataTable } from '../../src/domain/data/table.ts';
import type { Quote, SecurityInfo } from '../../src/domain/trading.ts';
import {
  anything,
  columns,
  column,
  dictOf,
  finite,
  flag,
  listOf,
  nullable,
  number,
  optional,
  record,
  text,
  variants,
  word,
} from './shape.ts';
import type { Shape } from './shape.ts';
import type {
  HistoryBlock,
  HistoryRequest,
  KeptSetting,
  KeptState,
  KeptVariable,
  LogLine,
  MoveRequest,
  SubConfig,
  TaskRegistration,
} from './types.ts';

// The shape of each value that crosses. What a strategy sends must be finite; what the engine reports may be NaN where its source was.

const stop = optional(record<StopPrice>({ mode: word('stop_loss', 'take_profit'), price: finite }));
const style = variants<'kind', OrderStyle>('kind', {
  limit: record({ kind: word('limit'), limitPrice: finite, stop }),
  market: record({ kind: word('market'), limitPrice: nullable(finite), stop }),
});
const side = word('buy', 'sell');

export const orderRequest = record<OrderRequest>({
  kind: word('amount', 'target', 'value', 'target_value'),
  security: text,
  quantity: finite,
  style,
  waitTimeout: nullable(finite),
  remark: nullable(text),
  keep: nullable(flag),
  pindex: optional(number),
});

/** A sub-portfolio as it is asked for. */
export const subConfig = record<SubConfig>({ type: word('stock'), cash: finite });
export const moveRequest = record<MoveRequest>({ from: nullable(finite), to: nullable(finite), cash: finite });

export const historyRequest = record<HistoryRequest>({
  securities: listOf(text),
  unit: text,
  count: nullable(finite),
  start: nullable(finite),
  end: nullable(finite),
  fields: listOf(text),
  skipPaused: flag,
  fillPaused: flag,
  adjust: word('pre', 'post', 'none'),
  includeToday: flag,
  aligned: flag,
  running: flag,
});

export const taskRegistration = record<TaskRegistration>({
  module: text,
  name: text,
  frequency: word('daily', 'weekly', 'monthly'),
  time: text,
  ordinal: nullable(finite),
  referenceSecurity: nullable(text),
  force: flag,
  late: word('skip', 'run'),
});

export const keptVariable = record<KeptVariable>({
  part: word('g', 'context', 'module'),
  name: text,
  text: nullable(text),
});

export const keptState = record<KeptState>({
  variables: listOf(keptVariable),
  settings: listOf(record<KeptSetting>({ name: text, value: anything })),
});

export const logLine = record<LogLine>({
  level: word('debug', 'info', 'warning', 'error'),
  source: word('strategy', 'order', 'history', 'system'),
  text,
  time: finite,
});

const intentState = word<IntentState>(...INTENT_STATES);

export const orderView = record<OrderView>({
  orderId: text,
  brokerOrderIds: listOf(text),
  security: text,
  side,
  amount: number,
  filled: number,
  price: nullable(number),
  avgCost: nullable(number),
  commission: nullable(number),
  style,
  state: intentState,
  reason: nullable(text),
  unknown: flag,
  addTime: number,
  pindex: optional(number),
});

export const tradeView = record<TradeView>({
  tradeId: text,
  orderId: text,
  security: text,
  side,
  amount: number,
  price: number,
  time: number,
  commission: nullable(number),
  tax: nullable(number),
});

const positionView = record<PositionView>({
  security: text,
  name: nullable(text),
  amount: number,
  closeableAmount: number,
  lockedAmount: number,
  todayAmount: number,
  avgCost: nullable(number),
  price: nullable(number),
  value: nullable(number),
  initTime: nullable(number),
  transactTime: nullable(number),
});

const figures = {
  availableCash: number,
  lockedCash: number,
  transferableCash: nullable(number),
  totalValue: number,
  startingCash: number,
  positions: listOf(positionView),
};

export const accountView = record<AccountView>({
  version: number,
  asOf: number,
  ...figures,
  subs: optional(listOf(record<SubView>({ type: word('stock'), ...figures }))),
  aside: optional(number),
});

export const quote = record<Quote>({
  security: text,
  time: nullable(number),
  lastPrice: nullable(number),
  preClose: nullable(number),
  dayOpen: nullable(number),
  highLimit: nullable(number),
  lowLimit: nullable(number),
  bid1: nullable(number),
  ask1: nullable(number),
  volume: nullable(number),
  paused: nullable(flag),
  isSt: nullable(flag),
  name: nullable(text),
});

export const securityInfo = record<SecurityInfo>({
  security: text,
  displayName: text,
  name: text,
  type: text,
  startDate: nullable(text),
  endDate: nullable(text),
});

export const historyBlock = record<HistoryBlock>({ security: text, time: column, columns: dictOf(column) });

/** Its parameters are checked where it is answered, against the definition of the data set. */
export const dataRequest: Shape<DataRequest> = record<{ dataset: string; params: unknown }>({
  dataset: word(...DATASET_NAMES),
  params: anything,
}) as Shape<unknown> as Shape<DataRequest>;

export const dataTable = record<DataTable>({ rows: number, columns });
