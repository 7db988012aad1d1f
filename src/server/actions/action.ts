import type { Clock } from '../../platform/clock.ts';
import type { Log } from '../../platform/log.ts';
import type { JsonObject } from '../../protocol/json.ts';
import type { ResolvedAccount } from '../account-types.ts';
import type { AccountRouter } from '../accounts.ts';
import type { Gateway } from '../adapters/gateway.ts';
import type { Dialect } from '../dialects/dialect.ts';
import type { MarketRoom } from '../fit-order.ts';
import type { IdempotencyCache } from '../idempotency.ts';
import type { History } from '../monitor/history.ts';
import type { OrderRisk } from '../order-risk.ts';
import type { SessionView, SignalSource } from '../session-view.ts';

/** Which half of the protocol is answered. */
export interface ServedSides {
  readonly data: boolean;
  readonly broker: boolean;
}

/** What the actions work on: one for the whole server. */
export interface ActionServices {
  readonly gateway: Gateway;
  readonly dialect: Dialect;
  /** Market time: what requests mean by now, and how long they wait. */
  readonly clock: Clock;
  readonly accounts: AccountRouter;
  readonly idempotency: IdempotencyCache;
  /** Null when order limits are off. */
  readonly risk: OrderRisk | null;
  readonly marketRoom: MarketRoom;
  readonly sides: ServedSides;
  /** Null: nobody keeps one. */
  readonly history: History | null;
  /** Null: what accounts hold does not go into the log. */
  readonly accountLog: Log | null;
  /** A rehearsal: said in every answer. */
  readonly dryRun: boolean;
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

/** Resolves with the payload of the answer. */
export type Action = (call: ActionCall) => Promise<unknown>;

/** A broker action, with the account it acts on. */
export type BrokerAction = (call: ActionCall, account: ResolvedAccount) => Promise<unknown>;
