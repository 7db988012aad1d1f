import { BtError, errorMessage } from '../../domain/errors.ts';
import { toQmtCode } from '../../domain/market/symbol.ts';
import { amountText, priceText } from '../../domain/number-text.ts';
import type { BrokerAccount, BrokerOrder, BrokerPosition, BrokerTrade } from '../../domain/trading.ts';
import type { TimerSource } from '../../platform/timers.ts';
import { isJsonObject } from '../../protocol/json.ts';
import type { Broker, CancelOutcome, PlaceOutcome, PlaceRequest, VenueHealth, VenueStatus } from '../broker.ts';
import type { QmtHttpConfig } from './config.ts';
import type { Link } from './link.ts';
import { cancelOutcomeOf, placeOutcomeOf, placeOutcomeOfError, reasonOf } from './outcomes.ts';
import { accountOf, ordersOf, positionsOf, priced, tradesOf } from './rows.ts';
import type { WrapperOrder } from './rows.ts';

/** An order older than this must not go out behind another one: its price was made for an earlier market. */
const PLACE_QUEUE_MS = 30_000;
/** Wall ms between two attempts of a read while the wrapper is away. */
const READ_RETRY_MS = 250;
/** Orders of one process whose outcome is kept, so that none is placed twice. */
const MOST_PLACED = 10_000;

/**
 * The trading side of the Sanic wrapper around xtquant. It has neither remarks nor keys (ours takes a key): an order of unknown fate is
 * recognised by its looks, and is never sent again. A market-style order goes out as a limit at its protected price: there is nothing else.
 */
export class QmtHttpBroker implements Broker {
  readonly name = 'qmt-http';
  readonly #config: QmtHttpConfig;
  readonly #link: Link;
  readonly #timers: TimerSource;
  readonly #placed = new Map<string, Promise<PlaceOutcome>>();
  #turn: Promise<unknown> = Promise.resolve();
  #stopped = false;
  /** Fills as they were last read, for the average price of the orders. */
  #fills: readonly BrokerTrade[] = [];

  constructor(config: QmtHttpConfig, link: Link, timers: TimerSource) {
    this.#config = config;
    this.#link = link;
    this.#timers = timers;
  }

  /** Throws BtError CONNECT_FAILED, AUTH_FAILED, LOGIN_REFUSED or NO_WRAPPER. */
  start(): Promise<void> {
    return this.#link.start();
  }

  stop(): Promise<void> {
    this.#stopped = true;
    this.#link.stop();
    return Promise.resolve();
  }

  setUrgent(urgent: boolean): void {
    this.#link.setUrgent(urgent);
  }

  canPlace(): boolean {
    return this.#link.isUp;
  }

  /** One at a time, each on a connection of its own: without that connection nothing was sent. */
  place(request: PlaceRequest): Promise<PlaceOutcome> {
    const known = this.#placed.get(request.clientId);
    if (known !== undefined) return known;
    const asked = this.#timers.monotonic();
    const outcome = this.#turn.then(() => this.#place(request, asked));
    this.#turn = outcome;
    this.#placed.set(request.clientId, outcome);
    const [oldest] = this.#placed.keys();
    if (this.#placed.size > MOST_PLACED && oldest !== undefined) this.#placed.delete(oldest);
    return outcome;
  }

  async #place({ clientId, security, side, amount, price }: PlaceRequest, asked: number): Promise<PlaceOutcome> {
    if (!Number.isSafeInteger(amount) || amount <= 0 || !Number.isFinite(price) || price <= 0) {
      return notSent(`amount ${amountText(amount)} at ${priceText(price)} is no order`);
    }
    if (!this.canPlace()) return notSent(this.#stopped ? 'the venue was stopped' : 'the wrapper is away');
    const waited = this.#timers.monotonic() - asked;
    if (waited > PLACE_QUEUE_MS) return notSent(`it waited ${Math.round(waited / 1000)} s behind another order`);
    try {
      const reply = await this.#link.ask({
        path: '/place_order',
        parameters: { stock_code: toQmtCode(security), direction: side, volumn: String(amount), price: String(price) },
        // The original passes over it.
        headers: { 'Idempotency-Key': clientId },
        fresh: true,
        timeoutMs: this.#config.timeoutMs,
      });
      if (reply.status === 409) this.#link.needsLogin();
      return placeOutcomeOf(reply);
    } catch (error) {
      return placeOutcomeOfError(error);
    }
  }

  async cancel(orderId: string, isOurs: () => boolean = () => true): Promise<CancelOutcome> {
    if (!isOurs()) return { kind: 'refused', reason: `${orderId} may be another order by now; nothing was sent` };
    const parameters = { order_id: orderId };
    const timeoutMs = this.#config.timeoutMs;
    try {
      return cancelOutcomeOf(await this.#link.ask({ path: '/cancel_order', parameters, fresh: true, timeoutMs }));
    } catch (error) {
      return { kind: 'unknown', reason: errorMessage(error) };
    }
  }

  async account(): Promise<BrokerAccount> {
    return accountOf(await this.#read('/query/assets'), this.#config.accountId);
  }

  async positions(): Promise<readonly BrokerPosition[]> {
    return positionsOf(await this.#read('/query/holding'));
  }

  /** With the average price of each, from its fills: they are asked for when there is something new. */
  async orders(): Promise<readonly BrokerOrder[]> {
    const orders = ordersOf(await this.#read('/query/order'));
    if (orders.some((order) => order.filled > 0 && priced(order, this.#fills).avgPrice === null)) {
      this.#fills = tradesOf(await this.#read('/query/trade'), orders);
    }
    return orders.map((order) => priced(order, this.#fills));
  }

  /** Fills first: the orders that they name are then in the list that is read after them. */
  async trades(): Promise<readonly BrokerTrade[]> {
    const body = await this.#read('/query/trade');
    const orders: readonly WrapperOrder[] =
      Array.isArray(body) && body.length === 0 ? [] : ordersOf(await this.#read('/query/order'));
    this.#fills = tradesOf(body, orders);
    return this.#fills;
  }

  async health(): Promise<VenueHealth> {
    await this.#read('/query/assets');
    const detail = this.#link.simulated ? 'stub' : 'ready';
    return { stub: this.#link.simulated, backendReady: true, detail, clock: null };
  }

  onStatus(listener: (status: VenueStatus) => void): () => void {
    return this.#link.onStatus(listener);
  }

  /** Tries on while the wrapper is away, as long as a request may take. An answer that says no is no answer to wait for. */
  async #read(path: string): Promise<unknown> {
    const until = this.#timers.monotonic() + this.#config.timeoutMs;
    for (;;) {
      const left = until - this.#timers.monotonic();
      try {
        const { status, body } = await this.#link.ask({
          path,
          parameters: {},
          fresh: false,
          timeoutMs: Math.max(1, left),
        });
        if (status === 200 && body !== undefined) return body;
        if (status === 409) this.#link.needsLogin();
        throw refusedRead(path, status, body);
      } catch (error) {
        const isAway = error instanceof BtError && error.fault === 'network' && !this.#stopped;
        if (!isAway || until - this.#timers.monotonic() <= READ_RETRY_MS) throw error;
      }
      await new Promise<void>((resolve) => this.#timers.after(READ_RETRY_MS, resolve));
    }
  }
}

function notSent(why: string): PlaceOutcome {
  return { kind: 'rejected', code: 'NOT_SENT', reason: `The order was not sent: ${why}.`, orderId: null };
}

function refusedRead(path: string, status: number, body: unknown): BtError {
  const why = reasonOf(status, isJsonObject(body) ? body : {});
  const text = `The wrapper did not tell ${path}: ${why}. Look at its log, and whether the terminal is logged in.`;
  return new BtError(`HTTP_${status}`, text, { fault: 'venue' });
}
