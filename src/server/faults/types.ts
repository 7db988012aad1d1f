/** Which requests a fault befalls: all that are named here must fit, and what is left out fits always. */
export interface Selector {
  /** One or several actions; absent = those of the kind. */
  readonly action?: string | readonly string[] | undefined;
  /** Fields of the payload: equal, or containing a text. */
  readonly match?: Readonly<Record<string, Wanted>> | undefined;
  /** Market time from which and before which. */
  readonly from?: string | undefined;
  readonly until?: string | undefined;
  /** The n-th request that fits all of the above, from 1; or several of them. */
  readonly nth?: number | readonly number[] | undefined;
  /** Of those that fit, this share, by the seed. */
  readonly probability?: number | undefined;
  /** At most so often. */
  readonly times?: number | undefined;
}

export type Wanted = string | number | boolean | { readonly contains: string };

/** A fault as a plan writes it: plain JSON. */
export type FaultSpec = Selector & { readonly kind: string } & Readonly<Record<string, unknown>>;

/** What goes wrong: plain JSON, so that a plan can be printed, kept and read again. */
export interface FaultPlan {
  /** Where the plan is from, for messages: a file, or `seed 7`. */
  readonly name: string;
  /** Decides what the probabilities of the plan leave open. */
  readonly seed: number;
  readonly faults: readonly FaultSpec[];
}

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
