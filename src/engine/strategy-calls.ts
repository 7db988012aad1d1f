import type { DispatchContext } from '../../runtime/host.ts';
import { BtError } from '../domain/errors.ts';
import type { OrderRow } from '../domain/order/rows.ts';
import { chinaText } from '../domain/time.ts';
import type { InstanceState } from '../ledger/instance-state.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { CallRow } from '../ledger/rows.ts';
import type { Log } from '../platform/log.ts';
import { moveText } from './account/subs/sub-plan.ts';
import type { Events } from './events.ts';

const INITIALIZE = 'initialize';

/** What writes a call down, durable with the commit of its first order. */
export interface CallSink {
  callBegins(call: CallRow): void;
}

/** A call into the strategy that runs, or waits for its turn. */
export interface StrategyCall extends CallRow {
  isWritten: boolean;
  hasEnded: boolean;
}

/**
 * Which call into the strategy an order comes from. A call is written down before its first order, and `initialize` before it runs;
 * its end is kept with what it has changed. So a restart knows what was cut off after it had ordered, whatever the clock has done.
 */
export class StrategyCalls {
  readonly #sink: CallSink;
  readonly #known = new WeakMap<DispatchContext, StrategyCall>();

  constructor(sink: CallSink) {
    this.#sink = sink;
  }

  begin({ id, name, beganAt }: CallRow): StrategyCall {
    const call = { id, name, beganAt, isWritten: false, hasEnded: false };
    if (name === INITIALIZE) this.#write(call);
    return call;
  }

  /** What is asked for under this context is asked for by that call. */
  runs(context: DispatchContext, call: StrategyCall): void {
    this.#known.set(context, call);
  }

  /** The id of the call that is about to order; null for one that has ended. Throws LEDGER_WRITE_FAILED: then it must not order. */
  ordering(context: DispatchContext): string | null {
    const call = this.#known.get(context);
    if (call === undefined || call.hasEnded) return null;
    if (!call.isWritten) this.#write(call);
    return call.id;
  }

  #write(call: StrategyCall): void {
    this.#sink.callBegins(call);
    call.isWritten = true;
  }
}

/** What a call has ordered and may have been sent, and the money that it has moved, in words. */
export function orderTexts(ledger: Pick<Ledger, 'ordersOfCall' | 'subs'>, id: string): string[] {
  const orders = ledger.ordersOfCall(id).filter(({ denied }) => denied === null);
  return [
    ...orders.map(orderText),
    ...ledger.subs.movesOfCall(id).map((move) => `a move of ${moveText(move)} at ${chinaText(move.at).slice(11)}`),
  ];
}

/**
 * Refuses to run an `initialize` again that was cut off, or failed, after it had ordered: it would order again. Throws
 * INITIALIZE_CUT_OFF.
 */
export function checkInitialize(ledger: Ledger, life: InstanceState): void {
  if (life.hasBegun()) return;
  const orders = initializes(ledger).flatMap(({ id }) => orderTexts(ledger, id));
  if (orders.length === 0) return;
  throw new BtError(
    'INITIALIZE_CUT_OFF',
    `initialize has placed orders and did not come to its end: ${orders.join(', ')}. It is not run again by itself, for it would place them again. ` +
      `Look at these orders and what they have bought or sold; then start with --fresh, which runs initialize anew.`,
    { fault: 'strategy' },
  );
}

/**
 * Says which calls of earlier runs were cut off after they had ordered: what they changed of g is not kept, so the strategy may not
 * know of these orders. A task whose record says that it began is told with it.
 */
export function tellCutOff(ledger: Ledger, life: InstanceState, events: Events, log: Log): void {
  const calls = ledger.state.openCalls();
  const told = calls.filter((call) => tell(call, ledger, events));
  const anew = !life.hasBegun() && calls.some(({ name }) => name === INITIALIZE);
  if (anew && told.every(({ name }) => name !== INITIALIZE))
    log.info('initialize did not come to its end at an earlier start; it had ordered nothing and runs again.');
  // Until a life begins its `initialize` stays written: a start that is cut off here must not make it run again.
  const over = calls.filter(
    ({ name }) => life.hasBegun() || name !== INITIALIZE || !told.some((each) => each.name === name),
  );
  if (over.length > 0) life.keep({ variables: [], settings: new Map(), endedCalls: over.map(({ id }) => id) });
}

/** False when there is nothing to tell. */
function tell({ id, name, beganAt }: CallRow, ledger: Ledger, events: Events): boolean {
  const orders = orderTexts(ledger, id);
  if (orders.length === 0 || ledger.trigger(id)?.outcome === 'started') return false;
  events.emit({ kind: 'call_cut_off', call: name, beganAt, orders });
  return true;
}

/** The line about a call that was cut off. */
export function cutOffText(call: string, beganAt: number, orders: readonly string[]): string {
  return `${call} of ${chinaText(beganAt)} did not come to its end after it had ordered ${orders.join(', ')}. ${AS_BEFORE}`;
}

/** What the author has to know of it. */
export const AS_BEFORE =
  'g, and what is registered, are as before that call: a guard of the strategy may not know of these orders.';

function initializes(ledger: Ledger): CallRow[] {
  return ledger.state.openCalls().filter(({ name }) => name === INITIALIZE);
}

function orderText({ orderId, side, amount, security, createdAt }: OrderRow): string {
  return `${side} ${amount} ${security} at ${chinaText(createdAt).slice(11)} (${orderId})`;
}
