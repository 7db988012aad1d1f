import type { AccountView, OrderRequest, OrderView, PositionView, TradeView } from '../../../src/domain/order/types.ts';
import type { DataRequest } from '../../../src/domain/data/datasets.ts';
import type { DataTable } from '../../../src/domain/data/table.ts';
import type { Quote, SecurityInfo } from '../../../src/domain/trading.ts';
import { chinaInstant } from '../../../src/domain/time.ts';
import { bindHost } from '../../../runtime/host.ts';
import type {
  DispatchContext,
  FunctionRegistry,
  HistoryBlock,
  HistoryRequest,
  LogLine,
  MoveRequest,
  RunParams,
  StrategyHost,
  SubConfig,
  TaskRegistration,
} from '../../../runtime/host.ts';

export const DAY = '2026-07-06';

/** A strategy host in memory: answers what a test sets and remembers what it was asked. */
export class FakeHost implements StrategyHost {
  readonly runParams: RunParams = { type: 'live', frequency: 'minute', startDate: '2026-07-01' };
  context: DispatchContext = {
    logicalTime: chinaInstant(DAY, '09:35'),
    tradingDay: DAY,
    previousDate: '2026-07-03',
    phase: 'task',
  };
  accountView: AccountView = account([]);
  orderViews: OrderView[] = [];
  tradeViews: TradeView[] = [];
  quoteViews = new Map<string, Quote>();
  infos = new Map<string, SecurityInfo>();
  days: string[] = [];
  /** Answers history() per security; the default has no bars. */
  bars: (security: string, request: HistoryRequest) => HistoryBlock = (security) => block(security, [], {});
  /** Answers placeOrder(). */
  answer: (request: OrderRequest) => OrderView | null = (request) => orderView({ security: request.security });

  /** Answers data(). */
  table: (request: DataRequest) => DataTable = () => ({ rows: 0, columns: new Map() });

  readonly tablesAsked: DataRequest[] = [];
  readonly files = new Map<string, Uint8Array>();
  readonly placed: OrderRequest[] = [];
  readonly cancelled: string[] = [];
  readonly divided: SubConfig[] = [];
  readonly moves: MoveRequest[] = [];
  readonly asked: HistoryRequest[] = [];
  readonly quoted: string[] = [];
  readonly dayQuestions: unknown[][] = [];
  readonly tasks: TaskRegistration[] = [];
  readonly settings: [string, unknown][] = [];
  /** What is subscribed, as it was asked. */
  readonly subscribed: string[] = [];
  readonly lines: LogLine[] = [];
  unscheduled = 0;

  dispatch(): DispatchContext {
    return this.context;
  }

  account(): AccountView {
    return this.accountView;
  }

  placeOrder(request: OrderRequest): OrderView | null {
    this.placed.push(request);
    return this.answer(request);
  }

  placeOrders(requests: readonly OrderRequest[]): readonly (OrderView | null)[] {
    return requests.map((request) => this.placeOrder(request));
  }

  setSubPortfolios(configs: readonly SubConfig[]): void {
    this.divided.push(...configs);
  }

  moveCash(move: MoveRequest): void {
    this.moves.push(move);
  }

  cancelOrder(orderId: string): OrderView | null {
    this.cancelled.push(orderId);
    const found = this.orderViews.find((view) => view.orderId === orderId);
    return found === undefined ? null : { ...found, state: 'canceled' };
  }

  orders(): readonly OrderView[] {
    return this.orderViews;
  }

  trades(): readonly TradeView[] {
    return this.tradeViews;
  }

  quotes(securities: readonly string[]): readonly (Quote | null)[] {
    this.quoted.push(...securities);
    return securities.map((security) => this.quoteViews.get(security) ?? null);
  }

  history(request: HistoryRequest): readonly HistoryBlock[] {
    this.asked.push(request);
    return request.securities.map((security) => this.bars(security, request));
  }

  securityInfo(security: string): SecurityInfo | null {
    return this.infos.get(security) ?? null;
  }

  data(request: DataRequest): DataTable {
    this.tablesAsked.push(request);
    return this.table(request);
  }

  tradeDays(start: string | null, end: string | null, count: number | null): readonly string[] {
    this.dayQuestions.push([start, end, count]);
    return this.days;
  }

  readFile(path: string): Uint8Array {
    const content = this.files.get(path);
    if (content === undefined) throw new Error(`no ${path}`);
    return content;
  }

  writeFile(path: string, content: Uint8Array, append: boolean): void {
    const before = append ? (this.files.get(path) ?? new Uint8Array()) : new Uint8Array();
    this.files.set(path, Uint8Array.of(...before, ...content));
  }

  kept(): null {
    return null;
  }

  keep(): void {
    // nothing outlives a test
  }

  register(task: TaskRegistration): void {
    this.tasks.push(task);
  }

  unscheduleAll(): void {
    this.unscheduled += 1;
  }

  subscribe(securities: readonly string[]): void {
    this.subscribed.push(...securities);
  }

  unsubscribe(securities: readonly string[]): void {
    for (const security of securities) this.subscribed.splice(this.subscribed.indexOf(security), 1);
  }

  unsubscribeAll(): void {
    this.subscribed.length = 0;
  }

  /** What send_message was told; `hears`: whether somebody is told. */
  readonly messages: string[] = [];
  hears = false;

  message(text: string): boolean {
    this.messages.push(text);
    return this.hears;
  }

  passTime(): void {
    // no time passes here
  }

  setting(name: string, value: unknown): void {
    this.settings.push([name, value]);
  }

  dataFailed(): void {
    // who asks is told by what is thrown
  }

  log(line: LogLine): void {
    this.lines.push(line);
  }

  /** Texts logged, of one level or of all. */
  texts(level?: LogLine['level']): string[] {
    return this.lines.filter((line) => level === undefined || line.level === level).map((line) => line.text);
  }
}

/** A fresh host, bound; only functions in `declared` count as declared at the top level. */
export function bindFake(declared: readonly unknown[] = []): FakeHost {
  const host = new FakeHost();
  const functions: FunctionRegistry = (fn) =>
    typeof fn === 'function' && declared.includes(fn) ? { module: 'strategy.ts', name: fn.name } : null;
  bindHost(host, functions);
  return host;
}

export function orderView(fields: Partial<OrderView> = {}): OrderView {
  return {
    orderId: '101',
    brokerOrderIds: ['b-1'],
    security: '000001.XSHE',
    side: 'buy',
    amount: 100,
    filled: 0,
    price: null,
    avgCost: null,
    commission: null,
    style: { kind: 'market', limitPrice: null },
    state: 'accepted',
    reason: null,
    unknown: false,
    addTime: chinaInstant(DAY, '09:35'),
    ...fields,
  };
}

export function tradeView(fields: Partial<TradeView> = {}): TradeView {
  return {
    tradeId: 't1',
    orderId: '101',
    security: '000001.XSHE',
    side: 'buy',
    amount: 100,
    price: 10.5,
    time: chinaInstant(DAY, '09:35:02'),
    commission: 5,
    tax: 0.01,
    ...fields,
  };
}

export function position(fields: Partial<PositionView> = {}): PositionView {
  return {
    security: '000001.XSHE',
    name: '平安银行',
    amount: 1000,
    closeableAmount: 600,
    lockedAmount: 200,
    todayAmount: 200,
    avgCost: 10,
    price: 11,
    value: 11_000,
    initTime: null,
    transactTime: null,
    ...fields,
  };
}

let versions = 0;

export function account(positions: readonly PositionView[], fields: Partial<AccountView> = {}): AccountView {
  versions += 1;
  return {
    version: versions,
    asOf: chinaInstant(DAY, '09:34:59'),
    availableCash: 80_000,
    lockedCash: 1000,
    transferableCash: null,
    totalValue: 110_000,
    startingCash: 100_000,
    positions,
    ...fields,
  };
}

export function quote(security: string, fields: Partial<Quote> = {}): Quote {
  return {
    security,
    time: null,
    lastPrice: 10.5,
    preClose: 10,
    dayOpen: 10.1,
    highLimit: 11,
    lowLimit: 9,
    bid1: 10.49,
    ask1: 10.5,
    volume: 1_000_000,
    paused: false,
    isSt: false,
    name: '平安银行',
    ...fields,
  };
}

/** Daily or minute bars: labels as China times, columns as plain numbers. */
export function block(
  security: string,
  times: readonly string[],
  columns: Readonly<Record<string, readonly number[]>>,
): HistoryBlock {
  const time = Float64Array.from(times, (text) => {
    const [day = '', clock = '00:00'] = text.split(' ');
    return chinaInstant(day, clock);
  });
  const entries = Object.entries(columns).map(([name, values]) => [name, Float64Array.from(values)] as const);
  return { security, time, columns: Object.fromEntries(entries) };
}
