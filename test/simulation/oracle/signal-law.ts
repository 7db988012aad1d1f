import { isUnwatched } from '../../../src/engine/follow/order-end.ts';
import { isFinal } from '../../../src/domain/order/state.ts';
import { chinaDay } from '../../../src/domain/time.ts';
import { canCancel } from '../../../src/domain/market/session.ts';
import type { Receipt, Signal, SignalEnd } from '../../../src/domain/follow/signal.ts';
import type { SignalRow } from '../../../src/domain/follow/row.ts';
import type { OrderRow } from '../../../src/domain/order/rows.ts';
import { FINAL_STATUSES, tagOf } from './exchange-orders.ts';
import type { World } from '../world/world.ts';
import type { Process } from '../world/process.ts';

/** Market ms by which what is to be done about a signal may be late. */
const GRACE_MS = 40_000;

/** What was promised of each signal: one end, which never changes; nothing ordered twice; nothing forgotten that was acknowledged. */
export class SignalLaw {
  readonly #world: World;
  readonly #stamped = new Map<string, Signal>();
  readonly #acknowledged = new Set<string>();
  readonly #ends = new Map<string, string>();

  constructor(world: World) {
    this.#world = world;
  }

  stamped(id: string, make: () => Signal): Signal {
    const signal = this.#stamped.get(id) ?? make();
    this.#stamped.set(id, signal);
    return signal;
  }

  answered(signal: Signal, receipt: Receipt, process: Process): void {
    this.#acknowledged.add(signal.id);
    if (receipt.kind === 'refused') {
      this.#ended(signal.id, { kind: 'refused', filled: 0, reason: receipt.reason });
      return;
    }
    void this.#hear(signal.id, receipt.end, process);
  }

  /** As of a settled world. */
  problems(): string[] {
    return [...this.#acknowledged].flatMap((id) => {
      const row = this.#world.ledger.signals.get(`alpha:${id}`);
      if (row === null) return [`signal ${id} was acknowledged, and is not in the ledger`];
      return [...this.#overdue(row), ...this.#ordered(row)];
    });
  }

  /** An order leaves: a source that goes both ways must not trade with itself. */
  places({ clientId }: { readonly clientId: string }): void {
    const { ledger, witness, market } = this.#world;
    const open = ledger.intentsOf(chinaDay(market.now())).filter(({ state }) => !isFinal(state));
    const own = open.find((intent) => intent.clientId === clientId);
    if (own === undefined || !this.#isSignal(own.orderId)) return;
    const other = open.find(
      ({ security, side, orderId }) => security === own.security && side !== own.side && this.#isSignal(orderId),
    );
    if (other !== undefined) witness.violate(`${own.remark} goes against ${other.remark}, which is ${other.state}`);
  }

  #isSignal(orderId: string): boolean {
    return this.#world.ledger.order(orderId)?.requestKey.startsWith('signal:') === true;
  }

  async #hear(id: string, end: Promise<SignalEnd>, process: Process): Promise<void> {
    const told = await end;
    if (process.alive) this.#ended(id, told);
  }

  #ended(id: string, end: SignalEnd): void {
    const text = JSON.stringify([end.kind, end.filled]);
    const known = this.#ends.get(id);
    if (known !== undefined && known !== text)
      this.#world.witness.violate(`signal ${id} has ended as ${known}, and again as ${text}`);
    this.#ends.set(id, text);
    const row = this.#world.ledger.signals.get(`alpha:${id}`);
    if (row !== null && row.phase !== 'done')
      this.#world.witness.violate(`signal ${id} was told as ended, and is ${row.phase} in the ledger`);
  }

  #overdue(row: SignalRow): string[] {
    const now = this.#world.market.now();
    if (row.phase === 'done') return row.end === null ? [`signal ${row.id} is done without an end`] : [];
    if (row.phase === 'waiting') {
      const since = Math.max(row.freshFrom, row.firstOrderedAt ?? 0);
      return now > since + 30_000 + GRACE_MS
        ? [`signal ${row.id} waits on and on: ${row.waitsFor ?? 'for nothing'}`]
        : [];
    }
    const order = this.#world.ledger.orderOfKey(`signal:${row.key}:${row.attempt}`);
    if (order === null || order.phase === 'done') return [`signal ${row.id} is ordered, and its order is over`];
    const isLate = row.quoteAt !== null && now > row.quoteAt + GRACE_MS && canCancel(now, row.security);
    return isLate && order.cancelWhy === null ? [`nobody looks at the order of signal ${row.id}`] : [];
  }

  /** The exchange's own book: what it has of a signal is never more than was asked for, and what its end says. */
  #ordered(row: SignalRow): string[] {
    const { witness, ledger } = this.#world;
    const orders = this.#ordersOf(row.id);
    const intents = orders.flatMap(({ orderId }) => ledger.intentsOfOrder(orderId));
    const tags = new Set(intents.map(({ tag }) => tag));
    const own = [...witness.orders.values()].filter((order) => tags.has(tagOf(order) ?? ''));
    const filled = own.reduce((sum, order) => sum + order.filled, 0);
    const most = own.reduce((sum, order) => sum + (FINAL_STATUSES.has(order.status) ? order.filled : order.amount), 0);
    const asked = row.asked ?? 0;
    if (most > asked) return [`signal ${row.id} asked for ${asked}, and the exchange has ${most} of it`];
    // The follower was dead at its close: the holdings show it, and its end says so.
    if (intents.some(isUnwatched))
      return row.reason?.includes('nobody watched its close') === true
        ? []
        : [`signal ${row.id} does not say that its close was not seen`];
    const isSure = row.phase === 'done' && own.every(({ status }) => FINAL_STATUSES.has(status));
    return isSure && filled !== row.filled
      ? [`signal ${row.id} ended with ${row.filled} filled, the exchange has ${filled}`]
      : [];
  }

  #ordersOf(id: string): OrderRow[] {
    const prefix = `signal:alpha:${id}`;
    return this.#world.ledger
      .ordersSince(0)
      .filter(({ requestKey }) => requestKey.startsWith(`${prefix}:`) || requestKey.startsWith(`${prefix}#`));
  }
}
