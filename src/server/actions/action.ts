import type { JsonObject } from '../../protocol/json.ts';
import type { ResolvedAccount } from '../accounts.ts';
import type { AccountRouter } from '../accounts.ts';
import type { MarketAdapter } from '../adapters/adapter.ts';
import type { IdempotencyCache } from '../idempotency.ts';
import type { OrderRisk } from '../order-risk.ts';
import type { SessionView, SignalSource } from '../requests.ts';

/** What the actions work on: one for the whole server. */
export interface ActionServices {
  readonly market: MarketAdapter;
  readonly accounts: AccountRouter;
  readonly idempotency: IdempotencyCache;
  /** Null when order limits are off. */
  readonly risk: OrderRisk | null;
  /** Wall seconds since the start. */
  uptime(): number;
  sessions(): number;
  /** Resolves when everything that changed so far is durable. */
  persist(): Promise<void>;
}

/** One request on its way. */
export interface ActionCall {
  readonly payload: JsonObject;
  readonly session: SessionView;
  /** The method's name as it was called, for the text of an action that is not implemented. */
  readonly method: string;
  /** Ends waits early. */
  readonly signal: SignalSource;
  readonly services: ActionServices;
}

export type Action = (call: ActionCall) => unknown;

/** A broker action, with the account it acts on. */
export type BrokerAction = (call: ActionCall, account: ResolvedAccount) => unknown;
