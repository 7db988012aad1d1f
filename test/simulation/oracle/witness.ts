import { BtError, errorMessage } from '../../../src/domain/errors.ts';
import type { SessionPhase } from '../../../src/domain/market/session.ts';
import { settlementDays } from '../../../src/domain/market/settlement.ts';
import type { AccountView, IntentState } from '../../../src/domain/order/types.ts';
import type { ExchangeOrder, PaperExchange } from '../../../src/exchange/types.ts';
import type { Alarm, AlarmCode } from '../../../src/engine/events.ts';
import type { LogEntry } from '../../../src/platform/log.ts';
import type { FaultKind, Plan } from '../plan/types.ts';
import { UNIVERSE } from '../plan/universe.ts';
import type { Call } from './alarms.ts';
import { tagOf } from './exchange-orders.ts';

/** Alarms that say that the ledger was wrong about an order. */
const NEVER: ReadonlySet<AlarmCode> = new Set<AlarmCode>(['ORDER_ADOPTED', 'ORDER_ANSWERED_OTHERWISE']);
/** What is never said, whatever it is about. */
const NEVER_SAID: readonly RegExp[] = [/orders bear the mark of/, /Please report this/];

/** Of an order; `parked` = it waits for its window and has no intents yet. */
export type OrderState = IntentState | 'parked';
/** Of a moment; `no trading day` = a weekend or holiday. */
export type DayPhase = SessionPhase | 'no trading day';

/** Watches a world from the exchange's side while it runs, and keeps what the judge needs at the end. */
export class Witness {
  readonly violations: string[] = [];
  readonly alarms: Call[] = [];
  /** Fault kind → states of the orders there were when it struck. */
  readonly strikes: { readonly kind: FaultKind; readonly states: readonly OrderState[]; readonly phase: DayPhase }[] =
    [];
  /** Every order that was ever in the book, whatever became of the book. */
  readonly orders = new Map<string, ExchangeOrder>();
  /** The server forgot everything once. */
  forgotten = false;
  keepsRows = false;
  readonly #foreignSecurities = new Set<string>();
  /** Lowest and highest holding of each security that can have been believed so far. */
  readonly #range = new Map<string, { low: number; high: number }>(
    UNIVERSE.map(({ security, held }) => [security, { low: held, high: held }]),
  );
  readonly #positions: Plan['positions'];
  #lives = 0;
  #nights = false;

  constructor(positions: Plan['positions']) {
    this.#positions = positions;
  }

  /** `keepsRows`: what it lists since is right, though its ids are given away a second time. */
  amnesia(keepsRows: boolean): void {
    this.keepsRows = keepsRows;
    this.forgotten = true;
    this.#lives += 1;
  }

  foreign(security: string): void {
    this.#foreignSecurities.add(security);
  }

  struck(kind: FaultKind, states: readonly OrderState[], phase: DayPhase): void {
    this.strikes.push({ kind, states, phase });
  }

  /** Takes the book as it is now. */
  look(exchange: PaperExchange): void {
    for (const order of exchange.orders('default'))
      this.orders.set(`${this.#lives}/${order.tradingDay}/${order.orderId}`, order);
    for (const { security, amount } of exchange.positions('default')) this.#held(security, amount);
  }

  /** Shares of all orders that had been filled when it last looked. */
  traded(): number {
    return [...this.orders.values()].reduce((sum, order) => sum + order.filled, 0);
  }

  /** Shares that orders of ours have bought of each security, less those they have sold; as of the last look. */
  bought(): Map<string, number> {
    const amounts = new Map<string, number>();
    for (const order of this.orders.values()) {
      if (tagOf(order) === null) continue;
      const shares = order.side === 'buy' ? order.filled : -order.filled;
      amounts.set(order.security, (amounts.get(order.security) ?? 0) + shares);
    }
    return amounts;
  }

  /** Of them, those bought on a day (`YYYY-MM-DD`) that may be sold on a later one only. */
  unsettled(day: string): Map<string, number> {
    const amounts = new Map<string, number>();
    for (const order of this.orders.values()) {
      const { security, side, filled, tradingDay } = order;
      if (tagOf(order) === null || side === 'sell' || tradingDay !== day || settlementDays(security, day) === 0)
        continue;
      amounts.set(security, (amounts.get(security) ?? 0) + filled);
    }
    return amounts;
  }

  /** A projection that a strategy may read on that day: no holding of it was never true. */
  view(view: AccountView, exchange: PaperExchange | null, day: string): void {
    if (exchange === null || this.forgotten) return;
    if (this.#positions === 'own') {
      this.#ownView(view, exchange, day);
      return;
    }
    this.#replay(exchange);
    for (const [security, { low, high }] of this.#range) {
      if (this.#foreignSecurities.has(security)) continue;
      const shown = view.positions.find((position) => position.security === security)?.amount ?? 0;
      if (shown < low || shown > high)
        this.violate(`the strategy is shown ${shown} ${security}; it can have been ${low} to ${high} so far`);
    }
  }

  /** A cancel leaves the engine; the remark of its order, or null when it is not at the exchange. */
  cancels(request: string, exchange: PaperExchange | null): string | null {
    const id = /"order_id":"([^"]*)"/.exec(request)?.[1] ?? '';
    const order = exchange?.order('default', id) ?? null;
    if (order !== null && tagOf(order) === null) this.violate(`order ${id} of somebody else is to be cancelled`);
    return order?.remark ?? null;
  }

  alarm(alarm: Alarm, at: number): void {
    this.alarms.push({ ...alarm, at, over: null });
    // The answer to an order of yesterday comes when its day has been closed.
    const late = this.#nights && /\[非交易时间\]/.test(alarm.text);
    if (!late && NEVER.has(alarm.code)) this.violate(alarm.text);
  }

  /** What an alarm was about is over; of every alarm when the engine has gone that called (`what` null). */
  allClear(what: Pick<Alarm, 'code' | 'subject'> | null, at: number): void {
    for (const alarm of this.alarms)
      if (what === null || (alarm.code === what.code && alarm.subject === what.subject)) alarm.over ??= at;
  }

  threw(name: string, error: unknown): void {
    if (error instanceof BtError && error.fault !== 'bug') return;
    this.violate(`${name} threw ${errorMessage(error)}`);
  }

  /** A night passes: what was under way is of yesterday. */
  night(): void {
    this.#nights = true;
  }

  log({ level, text }: LogEntry): void {
    if (level !== 'error' && level !== 'warning') return;
    if (NEVER_SAID.some((pattern) => pattern.test(text))) this.violate(text);
  }

  violate(text: string): void {
    if (!this.violations.includes(text)) this.violations.push(text);
  }

  #ownView(view: AccountView, exchange: PaperExchange, day: string): void {
    this.look(exchange);
    const bought = new Map<string, number>();
    for (const order of this.orders.values()) {
      if (order.side === 'buy' && tagOf(order) !== null)
        bought.set(order.security, (bought.get(order.security) ?? 0) + order.filled);
    }
    const unsettled = this.unsettled(day);
    for (const { security, amount, closeableAmount } of view.positions) {
      const most = bought.get(security) ?? 0;
      if (amount > most) this.violate(`the strategy is shown ${amount} ${security} of its own; it has bought ${most}`);
      // What others hold in the account may be sold, and is not the strategy's to sell.
      const free = most - (unsettled.get(security) ?? 0);
      if (closeableAmount > free)
        this.violate(
          `the strategy is shown ${closeableAmount} ${security} as closeable; before today it bought ${free}`,
        );
    }
  }

  /**
   * What the strategy may believe of today: the day's first holding and any part of the day's fills, for it may know of one
   * order's fills before it knows of another's.
   */
  #replay(exchange: PaperExchange): void {
    const held = new Map(exchange.positions('default').map(({ security, amount }) => [security, amount]));
    for (const { security } of UNIVERSE) {
      const trades = exchange.trades('default').filter((trade) => trade.security === security);
      const sum = (side: 'buy' | 'sell'): number =>
        trades.reduce((total, trade) => total + (trade.side === side ? trade.amount : 0), 0);
      const morning = (held.get(security) ?? 0) - sum('buy') + sum('sell');
      this.#held(security, morning - sum('sell'));
      this.#held(security, morning + sum('buy'));
    }
  }

  #held(security: string, amount: number): void {
    const range = this.#range.get(security);
    if (range === undefined) this.#range.set(security, { low: amount, high: amount });
    else {
      range.low = Math.min(range.low, amount);
      range.high = Math.max(range.high, amount);
    }
  }
}
