import type { GatewayOrder } from '../../domain/gateway.ts';
import type { JsonObject } from '../../protocol/json.ts';
import type { SessionIdentity } from '../account-types.ts';
import type { Memory } from '../book-store.ts';

/** What a fault may do to the whole server. */
export interface ServerControl {
  /** Drops every connection, forgets what it is told to, and comes back after so many wall ms. */
  restart(memory: Memory, downMs: number): void;
  dropConnections(): void;
  /** The orders of the account a request acts on, at this instant. */
  orders(payload: JsonObject, identity: SessionIdentity): readonly GatewayOrder[];
}
