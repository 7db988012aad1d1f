import { errorMessage, faultOf } from '../../domain/errors.ts';
import type { Effect } from '../../domain/order/life-types.ts';
import type { OrderRow } from '../../domain/order/rows.ts';
import type { Clock } from '../../platform/clock.ts';
import type { TimerSource } from '../../platform/timers.ts';
import type { Events } from '../events.ts';
import type { OrderBook } from './book/order-book.ts';
import { CancelTries } from './cancel-tries.ts';
import { OrderTimers } from './order-timers.ts';
import type { OrderPlanner } from './planning/order-planner.ts';
import { PlanningTurn } from './planning/planning-turn.ts';
import { PriceWatch, type PriceWatchOptions } from './price-watch.ts';
import type { Tracker } from './reading/tracker.ts';
import type { Canceler } from './sending/canceler.ts';
import type { Placer } from './sending/placer.ts';
import { UnderWay } from './under-way.ts';

/** Wall ms after which an order that waited for its window is planned again when a quote could not be had. */
const REPLAN_MS = 2_000;

export interface DriverOptions extends Pick<PriceWatchOptions, 'prices' | 'onTick' | 'quoteMaxAgeMs' | 'stopped'> {
  readonly book: OrderBook;
  readonly planner: OrderPlanner;
  readonly placer: Placer;
  readonly canceler: Canceler;
  readonly tracker: Tracker;
  readonly clock: Clock;
  readonly timers: TimerSource;
  readonly events: Events;
  /** Why trading waits for the moment, or null. */
  readonly waits: () => string | null;
  readonly onFatal: (error: unknown) => void;
}

/**
 * Carries out what `domain/order/life` says is to be done, and is the only holder of timers of orders. It holds nothing that the
 * rows do not: made anew after a restart it goes on where the last one died.
 */
export class OrderDriver {
  readonly #options: DriverOptions;
  readonly #timers: OrderTimers;
  readonly #prices: PriceWatch;
  readonly #underWay: UnderWay;
  readonly #planning: PlanningTurn;
  /** What planning an order threw, until its caller takes it. */
  readonly #failures = new Map<string, unknown>();
  readonly #tries: CancelTries;
  #started = false;
  #stopped = false;

  constructor(options: DriverOptions) {
    this.#options = options;
    this.#tries = new CancelTries(options.timers);
    this.#timers = new OrderTimers({ ...options, look: (orderId) => this.look(orderId) });
    this.#prices = new PriceWatch({ ...options, tell: (orderId, price) => this.#priced(orderId, price) });
    this.#underWay = new UnderWay({ ...options, onEnd: (orderId) => this.look(orderId) });
    this.#planning = new PlanningTurn({ ...options, cancelOpen: (order) => this.#cancelOpen(order) });
    options.book.driveWith((orderId, effects) => this.#run(orderId, effects));
  }

  /** Begins, with whatever the ledger holds; before this nothing is carried out. */
  start(): void {
    this.#started = true;
    this.lookAtAll();
  }

  /** Looks at every order of which something may still happen: at the start, and when trading goes on. */
  lookAtAll(): void {
    const { book } = this.#options;
    for (const { order } of book.unfinished()) this.look(order.orderId);
  }

  look(orderId: string): void {
    this.#guarded(() => this.#options.book.look(orderId, this.#options.clock.now()));
  }

  /** Somebody wants it cancelled; carried out as soon as the exchange takes cancels. Throws LEDGER_WRITE_FAILED only. */
  cancel(orderId: string, why: string, insists: boolean): void {
    const { book, clock } = this.#options;
    // Asked for now: what was refused before does not keep it waiting.
    for (const { clientId } of book.life(orderId)?.intents ?? []) this.#tries.forget(clientId);
    book.advance(orderId, [{ kind: 'cancel', why, insists }], clock.now());
  }

  /** Resolves when a new order is not being planned any more: it has a plan, or it failed. */
  async planned(orderId: string): Promise<void> {
    await this.#underWay.of('plan', orderId);
  }

  /** Resolves when no cancel of the order is under way. */
  async cancelsUnderWay(orderId: string): Promise<void> {
    for (let work = this.#cancelWork(orderId); work.length > 0; work = this.#cancelWork(orderId))
      await Promise.all(work);
  }

  /** True while no cancel of the order is under way. */
  isQuiet(orderId: string): boolean {
    return this.#cancelWork(orderId).length === 0;
  }

  /** What planning an order threw, once: it is its caller's to know. */
  takeFailure(orderId: string): unknown {
    const failure = this.#failures.get(orderId) ?? null;
    this.#failures.delete(orderId);
    return failure;
  }

  /** Nothing more is carried out in this run. */
  isHalted(): boolean {
    return this.#stopped;
  }

  /** Begins nothing more: the ledger cannot be written, and what is tried again would fail again, at once and for ever. */
  halt(): void {
    this.#stopped = true;
    this.#timers.stop();
    this.#prices.stop();
    this.#options.canceler.stop();
  }

  /** Carries out nothing more; resolves when cancels and plannings have ended. An answer to an order is not waited for: the ledger knows. */
  async stop(): Promise<void> {
    this.halt();
    this.#options.placer.stop();
    await this.#underWay.ended(['plan', 'cancel']);
  }

  #run(orderId: string, effects: readonly Effect[]): void {
    if (!this.#started || this.#stopped) return;
    this.#timers.endWake(orderId);
    this.#prices.pause(orderId);
    for (const effect of effects) {
      switch (effect.kind) {
        case 'plan':
          if (this.#mayPlan(orderId)) this.#underWay.once('plan', orderId, orderId, () => this.#plan(orderId));
          break;
        case 'place':
          this.#underWay.once('place', orderId, orderId, () => this.#place(orderId));
          break;
        case 'cancel':
          this.#cancelOne(orderId, effect.clientId, effect.why);
          break;
        case 'watch':
          this.#prices.watch(orderId);
          break;
        case 'wake':
          this.#timers.wake(orderId, effect.at);
          break;
        case 'finish':
          this.#timers.endRetry(orderId);
          this.#prices.forget(orderId);
          break;
        case 'tell':
          break;
      }
    }
  }

  /** The security of an order trades at that price. */
  #priced(orderId: string, price: number): void {
    const { book, clock } = this.#options;
    this.#guarded(() => book.advance(orderId, [{ kind: 'price', price }], clock.now()));
  }

  /** A call is told at once that trading waits; an order for a later window waits for that too. */
  #mayPlan(orderId: string): boolean {
    if (this.#options.book.life(orderId)?.order.phase === 'new') return true;
    return this.#options.waits() === null && !this.#timers.isRetried(orderId);
  }

  async #plan(orderId: string): Promise<void> {
    try {
      await this.#planning.take(orderId);
    } catch (error) {
      this.#notPlanned(orderId, error);
    }
  }

  /** A call hears what went wrong; an order that waited for its window tries again while its day lasts. */
  #notPlanned(orderId: string, error: unknown): void {
    const { book, clock, events } = this.#options;
    const order = book.life(orderId)?.order;
    if (order === undefined || order.phase === 'done') return;
    const text = errorMessage(error);
    const passes = faultOf(error) === 'network' || faultOf(error) === 'venue';
    if (order.phase === 'parked' && passes) {
      const note = `A waiting order cannot be planned yet: ${text}`;
      events.note('warning', orderId, note);
      this.#timers.retry(orderId, REPLAN_MS);
      return;
    }
    if (order.phase === 'new') this.#failures.set(orderId, error);
    this.#guarded(() => book.advance(orderId, [{ kind: 'denied', reason: text }], clock.now()));
  }

  /** A target starts from what is held: what its sub-portfolio ordered in its security before it is cancelled first, as JoinQuant does; what cannot be counts in. */
  async #cancelOpen(target: OrderRow): Promise<void> {
    const { book, planner } = this.#options;
    const orders = book.unfinished().map(({ order }) => order);
    const until = orders.findIndex(({ orderId }) => orderId === target.orderId);
    const own = orders.slice(0, until).filter((order) => planner.isReplacedBy(order, target));
    const open = own.filter(({ phase }) => phase === 'working' || phase === 'parked');
    for (const { orderId } of open) this.cancel(orderId, 'an order_target call replaces it', false);
    await Promise.all(open.map(({ orderId }) => this.cancelsUnderWay(orderId)));
    for (const { orderId } of open) this.#cancelFailed(orderId);
  }

  async #place(orderId: string): Promise<void> {
    const { intents = [] } = this.#options.book.life(orderId) ?? {};
    await this.#options.placer.send(intents.filter(({ state }) => state === 'planned'));
  }

  #cancelOne(orderId: string, clientId: string, why: string): void {
    const { canceler, book } = this.#options;
    if (!this.#tries.mayTry(clientId)) return;
    this.#underWay.once('cancel', clientId, orderId, async () => {
      const done = await canceler.cancel(clientId, why);
      if (done) {
        this.#tries.forget(clientId);
        return;
      }
      const wait = this.#tries.failed(clientId);
      if (book.life(orderId)?.order.cancelInsists === true) this.#timers.retry(orderId, wait);
      else this.#cancelFailed(orderId);
    });
  }

  /** Who does not insist gives the cancel up. */
  #cancelFailed(orderId: string): void {
    const { book, clock } = this.#options;
    const order = book.life(orderId)?.order;
    if (order?.phase !== 'working' || order.cancelWhy === null || order.cancelInsists) return;
    this.#guarded(() => book.advance(orderId, [{ kind: 'cancel_failed' }], clock.now()));
  }

  #cancelWork(orderId: string): Promise<void>[] {
    const { intents } = this.#options.book.life(orderId) ?? { intents: [] };
    return intents.flatMap(({ clientId }) => this.#underWay.of('cancel', clientId) ?? []);
  }

  #guarded(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#options.onFatal(error);
    }
  }
}
