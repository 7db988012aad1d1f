import type {
  DispatchContext,
  HistoryBlock,
  HistoryRequest,
  LogLine,
  TaskRegistration,
} from '../../../runtime/host.ts';
import type { AccountView, OrderRequest, OrderView, TradeView } from '../../domain/order/types.ts';
import type { Quote, SecurityInfo } from '../../domain/trading.ts';
import type { HookName } from './hooks.ts';

/** A strategy made ready to run: one file of JavaScript beside its source map. */
export interface StrategyBundle {
  /** The author's file, absolute. */
  readonly entry: string;
  /** The entry's module path as registrations name it: its file name. */
  readonly entryModule: string;
  /** The bundle to import, absolute. */
  readonly path: string;
  /** Hash of the author's code (all local files, wherever they lie): changes exactly when the code does. */
  readonly hash: string;
  /** The local files it is made of, absolute. */
  readonly inputs: readonly string[];
  /** True when nothing had to be built. */
  readonly cached: boolean;
}

/** One call into the strategy. Dispatches run one at a time, in the order given. */
export type Dispatch =
  | { readonly kind: 'hook'; readonly name: HookName; readonly context: DispatchContext }
  | { readonly kind: 'task'; readonly module: string; readonly name: string; readonly context: DispatchContext };

/** What went wrong in the author's code; `stack` holds the author's files only, at their own lines. */
export interface StrategyError {
  readonly code: string;
  readonly message: string;
  readonly stack: string;
  /** `file:line:column` of the author's innermost frame, the file as seen from the working directory; null when there is none. */
  readonly location: string | null;
}

/** The strategy is gone: it ended itself (`exit`), or it was killed or crashed (`lost`). No dispatch runs afterwards. */
export type StrategyEnd =
  | { readonly kind: 'exit'; readonly code: number }
  | { readonly kind: 'lost'; readonly reason: string };

export type DispatchResult =
  | { readonly kind: 'ok' }
  | { readonly kind: 'error'; readonly error: StrategyError }
  | StrategyEnd;

/**
 * The engine's answers to a strategy's calls: StrategyHost, with promises. `dispatch` is the context of the hook that calls.
 * A BtError that rejects is thrown in the strategy with its code; anything else becomes ENGINE_FAULT there.
 */
export interface AsyncHost {
  account(dispatch: DispatchContext): Promise<AccountView>;
  placeOrder(request: OrderRequest, dispatch: DispatchContext): Promise<OrderView | null>;
  cancelOrder(orderId: string, dispatch: DispatchContext): Promise<OrderView | null>;
  orders(dispatch: DispatchContext): Promise<readonly OrderView[]>;
  trades(dispatch: DispatchContext): Promise<readonly TradeView[]>;
  quotes(securities: readonly string[], dispatch: DispatchContext): Promise<readonly (Quote | null)[]>;
  history(request: HistoryRequest, dispatch: DispatchContext): Promise<readonly HistoryBlock[]>;
  securityInfo(security: string, dispatch: DispatchContext): Promise<SecurityInfo | null>;
  tradeDays(
    start: string | null,
    end: string | null,
    count: number | null,
    dispatch: DispatchContext,
  ): Promise<readonly string[]>;
  register(task: TaskRegistration, dispatch: DispatchContext): Promise<void>;
  unscheduleAll(dispatch: DispatchContext): Promise<void>;
  setting(name: string, value: unknown, dispatch: DispatchContext): Promise<void>;
  /** The strategy does not wait for it; it must not throw. */
  log(line: LogLine): void;
}
