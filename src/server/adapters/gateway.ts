import type { DataRequest, DatasetName } from '../../domain/data/datasets.ts';
import type { DataTable } from '../../domain/data/table.ts';
import type {
  DepthQuote,
  Dividend,
  GatewayAccount,
  GatewayHealth,
  GatewayOrder,
  GatewayPosition,
  GatewayTrade,
} from '../../domain/gateway.ts';
import type { Bars, BarsRequest, SecurityInfo, Side } from '../../domain/trading.ts';
import type { Broker } from '../../venues/broker.ts';
import type { AccountConfig } from '../account-types.ts';
import type { OperationName } from '../operations.ts';
import type { TerminalData } from './terminal-data.ts';
import type { Scenario } from './scenario.ts';

/** An order to be entered, after the server's own steps. */
export interface NewOrder {
  /** As the gateway spells it; empty = none was named, which only the reference market enters. */
  readonly security: string;
  readonly side: Side;
  readonly amount: number;
  /** `limit` or `market`; the reference market enters any word. */
  readonly style: string;
  /** The limit or the protected price; null = none was given. */
  readonly price: number | null;
  readonly remark: string;
  readonly strategyName: string;
  /** What only a credit account does, by name; absent = a plain buy or sell. */
  readonly operation?: OperationName;
  /** What the reference market is told to make of it. */
  readonly scenario: Scenario | null;
}

/** `requested`: taken by the counter, the order's rows tell the rest; `refused`: unknown, final, or not now (`text` says why). */
export interface CancelReply {
  readonly kind: 'requested' | 'refused';
  readonly text: string;
}

/** One account behind the port. Its reads are what a client's `Broker` reads: whole lists, or a failure. */
export interface AccountBroker extends Pick<Broker, 'account' | 'positions' | 'orders' | 'trades'> {
  account(): Promise<GatewayAccount>;
  positions(): Promise<readonly GatewayPosition[]>;
  /** Of the current trading day, oldest first. */
  orders(): Promise<readonly GatewayOrder[]>;
  trades(): Promise<readonly GatewayTrade[]>;
  /** Null when there is no such order. */
  order(orderId: string): Promise<GatewayOrder | null>;
  /**
   * Enters an order and tells its id through `entered`, in the very turn in which it exists where the gateway is `inProcess`.
   * Failed without that call: a refusal (`protocol/refusals.ts`) proves that nothing was entered; any other failure of a gateway
   * that is not in this process, and no answer at all, leave it open.
   */
  submit(order: NewOrder, entered: (orderId: string) => void): Promise<GatewayOrder>;
  /** A failure whose details say `sent: false` proves that the counter heard nothing. */
  cancel(orderId: string): Promise<CancelReply>;
  /** Keeps the sub-account's label with these orders; absent where the gateway keeps none. */
  label?(orderIds: readonly string[], subAccountId: string): Promise<void>;
}

/** An account's book at this very instant: what faults may look at where it lies in this process. */
export interface BookView {
  accountNow(): GatewayAccount;
  /** Oldest first. */
  ordersNow(): readonly GatewayOrder[];
}

/** Quotes that come by themselves as the market moves. */
export interface LiveQuotes {
  /** What is wanted from now on, canonical; all else is wanted no more. */
  watch(securities: readonly string[]): void;
  /** Returns the unsubscriber. */
  onQuote(listener: (quote: DepthQuote) => void): () => void;
}

/** A change of an account that the counter tells by itself; its lists stay the truth. */
export interface AccountEvent {
  /** Alias of the account. */
  readonly accountKey: string;
  readonly order?: GatewayOrder;
  readonly trade?: GatewayTrade;
}

/** The market side of the port, in a client `Provider`'s own terms. A malformed security throws BtError BAD_SECURITY. */
export interface MarketData {
  quote(security: string): Promise<DepthQuote>;
  bars(request: BarsRequest): Promise<Bars>;
  /** `YYYY-MM-DD`, ascending, both ends included. */
  tradeDays(start: string, end: string): Promise<readonly string[]>;
  securityInfo(security: string): Promise<SecurityInfo>;
  /** Those of JoinQuant's types that were listed on a day (null = ever); absent where the gateway does not tell. */
  securities?(types: readonly string[], day: string | null): Promise<readonly SecurityInfo[]>;
  dividends?(security: string): Promise<readonly Dividend[]>;
  /** Absent where quotes must be asked for. */
  readonly live?: LiveQuotes;
  /** What only a terminal has, in its own tables; absent where there is none. */
  readonly terminal?: TerminalData;
  /** Lists, fundamentals, factors; absent where the gateway has none. Only what was known at `asOf`, epoch ms. */
  readonly tables?: {
    readonly datasets: ReadonlySet<DatasetName>;
    table(request: DataRequest, asOf: number): Promise<DataTable>;
  };
}

/**
 * The port behind the server: a market in this process today, a terminal behind a bridge tomorrow. Each call may take its time,
 * fail (BtError), or never be answered; the request's own limit ends the wait for it.
 */
export interface Gateway {
  /** Its orders live in this process and are kept (or lost) together with the server's idempotency keys. */
  readonly inProcess: boolean;
  /** Its credit accounts know their operations by name; absent = it has plain buys and sells only. */
  readonly operations?: true;
  readonly data: MarketData;
  /** Always the same object for an account. */
  broker(account: AccountConfig): AccountBroker;
  health(): Promise<GatewayHealth>;
  /** Orders and fills as the counter tells of them, late, twice or out of order; absent where it tells nothing. Returns the unsubscriber. */
  onAccountEvent?(listener: (event: AccountEvent) => void): () => void;
}
