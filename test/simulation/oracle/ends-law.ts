import { canCancel, canSendOrder, isContinuous, nextSendTimeOfDay } from '../../../src/domain/market/session.ts';
import { isFinal } from '../../../src/domain/order/state.ts';
import type { IntentState } from '../../../src/domain/order/types.ts';
import type { IntentRow, OrderRow } from '../../../src/domain/order/rows.ts';
import { exchangeCalendar } from '../../../src/domain/market/calendar.ts';
import { chinaDay, chinaText } from '../../../src/domain/time.ts';
import { CONNECTION_TIMES } from '../../../src/net/connection-types.ts';
import { DEFAULT_LIMITS } from '../../../src/engine/live-options.ts';
import { tagIn } from '../../../src/domain/order/remark.ts';
import type { World } from '../world/world.ts';
import { isAbout } from './alarms.ts';
import { waitsForPrice } from './stop-law.ts';
import { closeOf, continuousMs } from './continuous.ts';

/**
 * Virtual ms of a ready engine with an open gate within which a row's next step is taken. A link that dies without a word while it
 * is asked for prices is noticed only then, and nothing can be planned before.
 */
const STEP_GRACE_MS = CONNECTION_TIMES.silenceMs + 25_000;
/** Market ms by which a wait may end after it seems to: its order is sent after it was called. */
const WAIT_SLACK_MS = 1_500;
/** Market ms after the close by which the counter and we know how the day ended. */
const CLOSE_SLACK_MS = 60_000;
const OPEN_STATES: ReadonlySet<string> = new Set(['planned', 'sending', 'accepted', 'canceling']);

/** After so long an order of a signal is ordered anew, market ms (`world/followed`). */
const SIGNAL_WAIT_MS = 3_000;

/** Every parked or waiting order reaches the end that its row says, also across restarts. */
export class EndsLaw {
  readonly #world: World;
  readonly #since = new Map<string, { readonly at: number; readonly text: string }>();
  readonly #asked = new Set<string>();
  readonly #cancelled = new Set<string>();
  readonly #days = new Set<string>();

  constructor(world: World) {
    this.#world = world;
  }

  /** The strategy asks for the end of an order, or replaces what is open in a security. */
  asks(...names: string[]): void {
    for (const name of names) this.#asked.add(name);
  }

  /** A call to cancel an order has returned: it is to end, now or when cancels are taken again. */
  toEnd(orderId: string): void {
    this.#cancelled.add(orderId);
  }

  /** The engine asks the exchange to cancel an order of ours. */
  cancels(remark: string): void {
    const order = this.#orderOf(remark);
    if (order === null) return;
    if (this.#asked.has(order.orderId) || this.#asked.has(order.security)) return;
    // A signal's order is ordered anew when nobody fills it: not before it was open for so long.
    if (order.requestKey.startsWith('signal:')) {
      const isOvertaken = order.cancelWhy?.startsWith('a later ') === true;
      if (!isOvertaken && this.#world.market.now() - order.createdAt < SIGNAL_WAIT_MS)
        this.#world.witness.violate(`${remark} of a signal is cancelled before its time`);
      return;
    }
    const wait = waitOf(order);
    const name = `${remark} (${order.request.style.kind}, wait ${wait ?? 'none'})`;
    if (wait === null) this.#world.witness.violate(`${name} is cancelled although it is to stay open`);
    else {
      // A wait begins with its call: the link may be down when its turn to be sent comes.
      const now = this.#world.market.now();
      const traded = continuousMs(order.createdAt, now);
      if (traded < wait * 1000 || now < (order.waitUntil ?? now))
        this.#world.witness.violate(`${name} is cancelled after ${(traded / 1000).toFixed(1)} s of trading`);
    }
  }

  look(): void {
    const { engine, market, ledger, gateway } = this.#world;
    const now = market.now();
    this.#days.add(chinaDay(now));
    if (engine?.ready !== true || engine.trading.gate.reason() !== null || gateway.exchange === null) {
      this.#since.clear();
      return;
    }
    const current = new Map<string, string>();
    for (const day of [...this.#days].slice(-2)) {
      const orders = ledger.ordersOf(day);
      if (orders.length === 0) continue;
      const intents = Map.groupBy(ledger.intentsOf(day), ({ orderId }) => orderId);
      for (const order of orders)
        for (const [key, text] of this.#unfinished(order, intents.get(order.orderId) ?? [], now))
          current.set(key, text);
    }
    this.#age(current);
  }

  /** What is still to be done: it must not stay so for long. */
  pending(): string[] {
    return [...this.#since.values()].map(({ text }) => text);
  }

  #age(current: ReadonlyMap<string, string>): void {
    const { time, witness } = this.#world;
    for (const key of this.#since.keys()) if (!current.has(key)) this.#since.delete(key);
    for (const [key, text] of current) {
      const since = this.#since.get(key) ?? { at: time.now(), text };
      this.#since.set(key, since);
      if (time.now() - since.at >= STEP_GRACE_MS) witness.violate(text);
    }
  }

  *#unfinished(order: OrderRow, intents: readonly IntentRow[], now: number): Generator<readonly [string, string]> {
    const name = `${order.orderId} (${order.request.style.kind} ${order.security} of ${chinaText(order.createdAt)})`;
    if (intents.length === 0) {
      yield* this.#parked(order, name, now);
      return;
    }
    for (const intent of intents) {
      if (intent.sentAt !== null && chinaDay(intent.sentAt) !== order.day)
        this.#world.witness.violate(`${name} was sent on another day, ${chinaText(intent.sentAt)}`);
      if (intent.sentAt !== null && !isSendingTime(intent.sentAt))
        this.#world.witness.violate(`${name} was sent while no exchange takes orders, ${chinaText(intent.sentAt)}`);
      if (!isFinal(intent.state)) yield* this.#open(order, intent, name, now);
    }
  }

  *#parked(order: OrderRow, name: string, now: number): Generator<readonly [string, string]> {
    const { orderId, opensAt, denied, createdAt, day } = order;
    const over = now >= closeOf(createdAt);
    if (denied !== null) {
      if (opensAt !== null && /bt stopped|restart/i.test(denied) && !over)
        this.#world.witness.violate(`${name} was parked, and dropped by a restart before its day was over: ${denied}`);
      return;
    }
    const trades = exchangeCalendar().isTradingDay(day);
    if (over || !trades) yield [`${orderId} waits`, `${name} still waits although its day is over`];
    if (waitsForPrice(order)) {
      const { stops, stopped } = this.#world.watch;
      if (trades && !over && !stopped.holds && isContinuous(now) && stops.isThere(order, now))
        yield [`${orderId} stop`, `${name} was not triggered although its price is there`];
      return;
    }
    const opens = nextSendTimeOfDay(createdAt);
    if (trades && !over && opens !== null && now >= opens && canSendOrder(now))
      yield [`${orderId} parked`, `${name} was not sent although its window is open`];
  }

  *#open(order: OrderRow, intent: IntentRow, name: string, now: number): Generator<readonly [string, string]> {
    const { witness } = this.#world;
    const { remark, state, clientId } = intent;
    if (witness.alarms.some((alarm) => isAbout(alarm, remark))) return;
    if (OPEN_STATES.has(state) && now > closeOf(order.createdAt) + CLOSE_SLACK_MS)
      yield [`${clientId} over`, `${name} is ${state} although its day is over`];
    if (this.#cancelled.has(order.orderId) && isThere(state) && canCancel(now) && order.day === chinaDay(now))
      yield [`${clientId} cancel`, `${name} is ${state} although the strategy cancelled it and cancels are taken`];
    const wait = waitOf(order);
    if (wait === null || wait === 0 || state === 'unknown' || !canCancel(now)) return;
    if (continuousMs(intent.sentAt ?? order.triggeredAt ?? order.createdAt, now) < wait * 1000 + WAIT_SLACK_MS) return;
    yield [`${clientId} wait`, `${name} is ${state} although its wait of ${wait} s is over and cancels are taken`];
  }

  #orderOf(remark: string): OrderRow | null {
    const { ledger, market } = this.#world;
    const tag = tagIn(remark);
    const intent = ledger.intentsOf(chinaDay(market.now())).find((each) => each.tag === tag);
    return intent === undefined ? null : ledger.order(intent.orderId);
  }
}

function isThere(state: IntentState): boolean {
  return state === 'accepted' || state === 'canceling';
}

function isSendingTime(instant: number): boolean {
  return canSendOrder(instant) && exchangeCalendar().isTradingDay(chinaDay(instant));
}

/** Seconds of trading after which what is open of an order is to be cancelled; null = it stays open. */
export function waitOf({ request }: OrderRow): number | null {
  const { style, waitTimeout, keep } = request;
  const market = style.kind === 'market';
  if (keep ?? !market) return null;
  const seconds = waitTimeout ?? (market ? DEFAULT_LIMITS.maxWaitSeconds : 0);
  return seconds > 0 ? seconds : null;
}
