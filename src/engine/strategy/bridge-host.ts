import type {
  DispatchContext,
  HistoryBlock,
  HistoryRequest,
  LogLine,
  RunParams,
  StrategyHost,
  TaskRegistration,
} from '../../../runtime/host.ts';
import type { AccountView, OrderRequest, OrderView, TradeView } from '../../domain/order/types.ts';
import type { Quote, SecurityInfo } from '../../domain/trading.ts';
import type { BridgeClient } from './bridge-client.ts';
import { unpackHistory } from './history-block.ts';
import type { PackedHistory } from './history-block.ts';

/** StrategyHost inside the strategy's thread: each method is one call over the border, except what is known here. */
export class BridgeHost implements StrategyHost {
  readonly runParams: RunParams;
  readonly #bridge: BridgeClient;
  #dispatch: DispatchContext;
  #account: AccountView | null = null;
  #accountVersion = 0;

  constructor(bridge: BridgeClient, runParams: RunParams, load: DispatchContext) {
    this.#bridge = bridge;
    this.runParams = runParams;
    this.#dispatch = load;
  }

  /** Called by the thread's loop before each dispatch; what runs between dispatches sees the last one. */
  enter(dispatch: DispatchContext): void {
    this.#dispatch = dispatch;
  }

  dispatch(): DispatchContext {
    return this.#dispatch;
  }

  account(): AccountView {
    // Read before the call: a change that comes during it shows next time.
    const version = this.#bridge.accountVersion();
    if (this.#account === null || version !== this.#accountVersion) {
      this.#account = this.#bridge.call('account', []) as AccountView;
      this.#accountVersion = version;
    }
    return this.#account;
  }

  placeOrder(request: OrderRequest): OrderView | null {
    return this.#bridge.call('placeOrder', [request]) as OrderView | null;
  }

  cancelOrder(orderId: string): OrderView | null {
    return this.#bridge.call('cancelOrder', [orderId]) as OrderView | null;
  }

  orders(): readonly OrderView[] {
    return this.#bridge.call('orders', []) as readonly OrderView[];
  }

  trades(): readonly TradeView[] {
    return this.#bridge.call('trades', []) as readonly TradeView[];
  }

  quotes(securities: readonly string[]): readonly (Quote | null)[] {
    return this.#bridge.call('quotes', [securities]) as readonly (Quote | null)[];
  }

  history(request: HistoryRequest): readonly HistoryBlock[] {
    return unpackHistory(this.#bridge.call('history', [request]) as PackedHistory);
  }

  securityInfo(security: string): SecurityInfo | null {
    return this.#bridge.call('securityInfo', [security]) as SecurityInfo | null;
  }

  tradeDays(start: string | null, end: string | null, count: number | null): readonly string[] {
    return this.#bridge.call('tradeDays', [start, end, count]) as readonly string[];
  }

  register(task: TaskRegistration): void {
    this.#bridge.call('register', [task]);
  }

  unscheduleAll(): void {
    this.#bridge.call('unscheduleAll', []);
  }

  setting(name: string, value: unknown): void {
    this.#bridge.call('setting', [name, value]);
  }

  log(line: LogLine): void {
    this.#bridge.post('log', [line]);
  }
}
