import type { JsonObject } from '../../protocol/json.ts';
import type { SessionIdentity } from '../account-types.ts';
import type { BookView } from '../adapters/gateway.ts';
import type { Memory } from '../book-store.ts';
import type { Link } from '../interceptor.ts';

/** What a fault may do to the whole server. */
export interface ServerControl {
  /** Drops every connection, forgets what it is told to, and comes back after so many wall ms. */
  restart(memory: Memory, downMs: number): void;
  dropConnections(): void;
  /** Every connection there is. */
  links(): Iterable<Link>;
  /** Alias of the account a request acts on. */
  accountKey(payload: JsonObject, identity: SessionIdentity): string;
  /** The book of that account. */
  book(payload: JsonObject, identity: SessionIdentity): BookView;
}
