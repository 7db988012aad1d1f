import type { SessionIdentity } from './account-types.ts';
import type { Subscriptions } from './subscriptions.ts';

/** What an action may know about the session that asks. */
export interface SessionView {
  readonly id: string;
  readonly peer: string;
  readonly identity: SessionIdentity;
  readonly subscriptions: Subscriptions;
}

/** Gives the signal that ends a request's waits early (it never undoes anything). Made when asked for: few requests wait. */
export type SignalSource = () => AbortSignal;
