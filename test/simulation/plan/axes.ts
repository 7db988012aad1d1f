/** What worlds can have besides faults of network, gateway and process. */
export const AXES = [
  // Several trading days with nights, a weekend and lunches, the engine killed and started on other days.
  'days',
  // Orders before the auction, in the calls, at the edges of lunch and close, on a Saturday.
  'hours',
  // Other people trade on the account, now and then or every few seconds, and move cash.
  'others',
  // A month or more in one life of the engine.
  'months',
  // Rows as gateways give them now and then: of no amount, price or known status, of an unknown code, twice.
  'rows',
  // Cash figures that lag behind, or know nothing of what open orders hold.
  'counters',
  // A gateway that hangs, counts its order ids anew, or shows another account.
  'gateway',
  // Orders that wait for a price.
  'stops',
  // The exchange behind a bridge that dies and hangs, with the gateway's record between client and exchange.
  'outside',
  // A person kills, pauses and resumes; a limit of orders a day.
  'operator',
  // Signals of a source are followed: repeated, late, in another order, played again by somebody else.
  'signals',
  // Orders and fills are pushed: late, twice, in another order, of other accounts, before the answer to the request.
  'stream',
] as const;
export type Axis = (typeof AXES)[number];

/** What is demanded besides what the judge of the settled world demands. */
export const LAWS = [
  // What the strategy is shown is right, or an alarm, a doubt or a closed gate says that it may not be.
  'view',
  // Every parked or waiting order reaches the end that its row says.
  'ends',
  // No call of the strategy hangs beyond its wait and a grace, whatever the gateway does.
  'calls',
  // Nothing is kept for ever: the book forgets days that are over.
  'memory',
  // An order with a stop is triggered once, by a price that its security traded at and that meets it, and nothing of it is sent before.
  'stops',
  // Nothing is placed after a kill or a pause was acknowledged, and no more a day than the limit says.
  'stopped',
] as const;
export type Law = (typeof LAWS)[number];

/** Of these each world can be made to have some; as a part of the others they come upon few. */
export const FORCIBLE = ['operator', 'signals', 'stream'] as const satisfies readonly Axis[];
export type Forcible = (typeof FORCIBLE)[number];

export interface Scope {
  readonly axes: ReadonlySet<Axis>;
  readonly laws: ReadonlySet<Law>;
  /** What each world has, whatever its seed would draw; months are too long for it. Null or absent = what is drawn. */
  readonly forced?: Forcible | null;
}

export const EVERYTHING: Scope = { axes: new Set(AXES), laws: new Set(LAWS) };

/**
 * Whether the cash that is shown reckons with the fees that open buys hold, as the counter does. Until it does, cash may be off
 * by the fees of own orders.
 */
export const COUNTS_FEES: boolean = true;

/** Whether an order of an earlier day that a gateway carries out days later is told. Until it is, nothing is asked of it. */
export const TELLS_LATE_ORDERS: boolean = true;

/** What `npm test` and a plain `npm run simulate` run. */
export const IN_FORCE: Scope = EVERYTHING;

/** Every world has signals. */
export const FOLLOWED: Scope = { ...IN_FORCE, forced: 'signals' };

/** In every world orders and fills are pushed. */
export const STREAMED: Scope = { ...IN_FORCE, forced: 'stream' };

/** As `namesOf` reads it. */
export function textOf(names: ReadonlySet<string>): string {
  return names.size === 0 ? 'none' : [...names].join(',');
}

/** `all`, `none`, or names separated by commas. Null when one of them is none. */
export function namesOf<T extends string>(text: string, known: readonly T[]): ReadonlySet<T> | null {
  if (text === 'all') return new Set(known);
  if (text === 'none') return new Set();
  const chosen = text.split(',').map((name) => known.find((each) => each === name.trim()));
  const found = chosen.filter((name) => name !== undefined);
  return found.length === chosen.length ? new Set(found) : null;
}
