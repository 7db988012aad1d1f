import type { AccountView, OrderRequest, OrderView, TradeView } from '../../src/domain/order/types.ts';
import type { DataRequest } from '../../src/domain/data/datasets.ts';
import type { DataTable } from '../../src/domain/data/table.ts';
import type { Quote, SecurityInfo } from '../../src/domain/trading.ts';
import { packHistory, unpackHistory } from './packed-history.ts';
import { packTable, unpackTable } from './packed-table.ts';
import { anything, bytes, finite, flag, listOf, nothing, nullable, text } from './shape.ts';
import type { Shape } from './shape.ts';
import type {
  DispatchContext,
  HistoryBlock,
  HistoryRequest,
  KeptState,
  KeptVariable,
  LogLine,
  MoveRequest,
  SubConfig,
  TaskRegistration,
} from './types.ts';
import {
  accountView,
  dataRequest,
  dataTable,
  historyBlock,
  historyRequest,
  keptState,
  keptVariable,
  logLine,
  moveRequest,
  orderRequest,
  orderView,
  quote,
  securityInfo,
  subConfig,
  taskRegistration,
  tradeView,
} from './values.ts';

/** Another form in which a result travels. */
export interface Packing<R> {
  pack(result: R): unknown;
  unpack(message: unknown): R;
}

/** One call over the border, as the bridge handles it. */
export interface Call {
  readonly args: readonly Shape<unknown>[];
  readonly result: Shape<unknown>;
  /** `posted`: the strategy goes on at once and hears of no failure. */
  readonly reply: 'awaited' | 'posted';
  /** Null = as it is, cloned. */
  readonly packing: Packing<unknown> | null;
  /** The last answer serves until the account's version changes. */
  readonly keptWithAccount: boolean;
}

interface TypedCall<A extends readonly unknown[], R> extends Call {
  /** Never there: the call as a function. */
  readonly type?: (...args: A) => R;
}
type Shapes<A extends readonly unknown[]> = { readonly [I in keyof A]: Shape<A[I]> };
interface Rest<R> {
  readonly packing?: Packing<R>;
  readonly keptWithAccount?: boolean;
}

function call<A extends readonly unknown[], R>(args: Shapes<A>, result: Shape<R>, rest: Rest<R> = {}): TypedCall<A, R> {
  return { args, result, reply: 'awaited', packing: null, keptWithAccount: false, ...rest };
}

function post<A extends readonly unknown[]>(args: Shapes<A>): TypedCall<A, void> & { readonly reply: 'posted' } {
  return { args, result: nothing, reply: 'posted', packing: null, keptWithAccount: false };
}

/**
 * Every call of a strategy into the engine, once: the strategy's host, the engine's answers, the bridge between them and the
 * checks of what crosses are made from this table. A new call is a line here and its answer in `engine/live-calls.ts`.
 */
export const CALLS = {
  /** Last projection. */
  account: call<[], AccountView>([], accountView, { keptWithAccount: true }),
  /** Null = refused here with the reason logged, nothing sent. */
  placeOrder: call<[request: OrderRequest], OrderView | null>([orderRequest], nullable(orderView)),
  /** Several at once, each as by placeOrder, waited for together. */
  placeOrders: call<[requests: readonly OrderRequest[]], readonly (OrderView | null)[]>(
    [listOf(orderRequest)],
    listOf(nullable(orderView)),
  ),
  /** Null when no such order of ours exists. */
  cancelOrder: call<[orderId: string], OrderView | null>([text], nullable(orderView)),
  /** Divides the account into sub-portfolios, once in a life. */
  setSubPortfolios: call<[configs: readonly SubConfig[]], void>([listOf(subConfig)], nothing),
  /** Moves money between sub-portfolios, or between one and what is put aside. Throws when there is not so much; then nothing was moved. */
  moveCash: call<[move: MoveRequest], void>([moveRequest], nothing),
  /** Orders of the current trading day, oldest first. */
  orders: call<[], readonly OrderView[]>([], listOf(orderView)),
  trades: call<[], readonly TradeView[]>([], listOf(tradeView)),
  /** In the order asked; null = the venue does not know the security. */
  quotes: call<[securities: readonly string[]], readonly (Quote | null)[]>([listOf(text)], listOf(nullable(quote))),
  /** One table per security, in the order asked. */
  history: call<[request: HistoryRequest], readonly HistoryBlock[]>([historyRequest], listOf(historyBlock), {
    packing: { pack: packHistory, unpack: unpackHistory },
  }),
  securityInfo: call<[security: string], SecurityInfo | null>([text], nullable(securityInfo)),
  /** Lists, fundamentals, factors: what was known at the logical time of the running hook. */
  data: call<[request: DataRequest], DataTable>([dataRequest], dataTable, {
    packing: { pack: packTable, unpack: unpackTable },
  }),
  /**
   * `YYYY-MM-DD`, ascending, inclusive; count counts back from end (null = the logical day), or with a start from there on, as far as the
   * calendar goes.
   */
  tradeDays: call<[start: string | null, end: string | null, count: number | null], readonly string[]>(
    [nullable(text), nullable(text), nullable(finite)],
    listOf(text),
  ),
  register: call<[task: TaskRegistration], void>([taskRegistration], nothing),
  unscheduleAll: call<[], void>([], nothing),
  /** Ticks of these go to handle_tick from now on. Throws what the venue answers (too many …); then none of them is added. */
  subscribe: call<[securities: readonly string[]], void>([listOf(text)], nothing),
  unsubscribe: call<[securities: readonly string[]], void>([listOf(text)], nothing),
  unsubscribeAll: call<[], void>([], nothing),
  /** set_option, set_benchmark, set_order_cost …: recorded, and applied where live trading knows the setting. */
  setting: call<[name: string, value: unknown], void>([text, anything], nothing),
  /** A file of the strategy's. */
  readFile: call<[path: string], Uint8Array>([text], bytes),
  writeFile: call<[path: string, content: Uint8Array, append: boolean], void>([text, bytes, flag], nothing),
  /** What an earlier run left, asked once when the module has loaded; null = this is the first. */
  kept: call<[], KeptState | null>([], nullable(keptState)),
  /** What a dispatch has changed of g and context; comes before its end is told. */
  keep: post<[changes: readonly KeptVariable[]]>([listOf(keptVariable)]),
  /** A call for data threw in the strategy, which may catch it: what was asked, the code and the words of the error. */
  dataFailed: post<[what: string, code: string, message: string]>([text, text, text]),
  /** To the author's phone; false = nobody can be told. */
  message: call<[text: string], boolean>([text], flag),
  /** So many ms of market time pass: asked by the strategy's process itself where the strategy waits on a clock that stands still. */
  passTime: call<[ms: number], void>([finite], nothing),
  log: post<[line: LogLine]>([logLine]),
} as const;

export type Calls = typeof CALLS;
export type CallName = keyof Calls;

/** The table, by names that come from outside: undefined for what is no call. */
export function findCall(name: string): Call | undefined {
  return BY_NAME.get(name);
}

/** What `make` gives, for each line of the table. */
export function callsBy<T>(make: (name: CallName) => T): Record<CallName, T> {
  const names = Object.keys(CALLS) as CallName[];
  return Object.fromEntries(names.map((name) => [name, make(name)])) as Record<CallName, T>; // by the same table
}

/** True for a call that nobody waits for. */
export function isPosted(name: CallName): boolean {
  return CALLS[name].reply === 'posted';
}

const BY_NAME: ReadonlyMap<string, Call> = new Map<string, Call>(Object.entries(CALLS));

/** The calls as the strategy makes them: each returns, or throws BtError. */
export type StrategyCalls = { readonly [K in CallName]: NonNullable<Calls[K]['type']> };

/**
 * The calls as the engine answers them; `dispatch` is the context of the hook that calls. A BtError that rejects is thrown in
 * the strategy with its code; anything else becomes ENGINE_FAULT there. What is posted must not throw.
 */
export type EngineCalls = { readonly [K in CallName]: Answer<Calls[K]> };

type Answer<C extends Call> =
  C extends TypedCall<infer A, infer R>
    ? (...args: [...A, dispatch: DispatchContext]) => C['reply'] extends 'posted' ? void : Promise<R>
    : never;
