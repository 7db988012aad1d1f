import type { JsonObject } from '../../protocol/json.ts';
import type { SessionIdentity } from '../accounts.ts';
import type { Memory } from '../book-store.ts';
import type { FaultPlan } from './plan.ts';

export interface FaultOptions {
  readonly plan: FaultPlan;
  /** Told of each fault in the turn in which it happens. */
  readonly onFault?: (event: FaultEvent) => void;
}

/** One fault that happened. */
export interface FaultEvent {
  /** Counts from 1. */
  readonly number: number;
  readonly kind: string;
  /** What of it, like `after REQUEST_TIMEOUT`; empty for a kind that has one form. */
  readonly variant: string;
  /** Place in the plan, from 0. */
  readonly index: number;
  /** The request it befell: `broker.place_order` and so on, `ping` or `handshake`. */
  readonly action: string;
  readonly session: string;
  /** The request's id as sent. */
  readonly id: unknown;
  /** Market time, epoch ms. */
  readonly time: number;
  /**
   * Status words of the orders concerned, each once: of the one order that was placed, cancelled or asked for, else of all of the
   * account's day; `none` stands for no order.
   */
  readonly states: readonly string[];
}

export interface FaultReport {
  /** By kind. */
  readonly counts: Readonly<Record<string, number>>;
  /** By kind and form, like `error/after REQUEST_TIMEOUT`. */
  readonly variants: Readonly<Record<string, number>>;
  /** The latest, oldest first. */
  readonly last: readonly FaultEvent[];
}

/** What a fault may do to the whole server. */
export interface ServerControl {
  /** Drops every connection, forgets what it is told to, and comes back after so many wall ms. */
  restart(memory: Memory, downMs: number): void;
  dropConnections(): void;
  /** Order rows of the account a request acts on. */
  orders(payload: JsonObject, identity: SessionIdentity): JsonObject[];
}
