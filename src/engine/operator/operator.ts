import { tagIn } from '../../domain/order/remark.ts';
import type { OrderRequest } from '../../domain/order/types.ts';
import type { BrokerOrder } from '../../domain/trading.ts';
import { chinaDay } from '../../domain/time.ts';
import type { IntentRow, OrderRow } from '../../domain/order/rows.ts';
import type { Clock } from '../../platform/clock.ts';
import type { ControlRequest } from '../../platform/control-socket.ts';
import { newClientId, shortId } from '../../platform/ids.ts';
import type { Log } from '../../platform/log.ts';
import type { Broker } from '../../venues/broker.ts';
import type { OrderBook } from '../orders/book/order-book.ts';
import type { Tracker } from '../orders/reading/tracker.ts';
import { checkVerdict, filledByHand, refuse, unknownIntent, verdictOf, type Verdict } from './verdict.ts';

export interface OperatorParts {
  readonly broker: Broker;
  readonly book: OrderBook;
  readonly tracker: Tracker;
  readonly clock: Clock;
  readonly log: Log;
  /** Reads the account again: what the ledger owns has changed. */
  readonly reread: () => void;
}

/** What a person may tell a running engine: each command is checked against the broker's own list and logged. */
export class Operator {
  readonly #parts: OperatorParts;

  constructor(parts: OperatorParts) {
    this.#parts = parts;
  }

  /** Runs one command of the control socket; the text is shown to whoever asked. */
  async handle({ command, values }: ControlRequest): Promise<string> {
    const id = values['id'] ?? '';
    switch (command) {
      case 'resolve':
        return this.resolve(id, verdictOf(values));
      case 'adopt':
        return this.adopt(id);
      default:
        throw refuse(
          'UNKNOWN_COMMAND',
          `The running engine does not know the command "${command}". Use the same version of bt for both.`,
        );
    }
  }

  /** Ends the doubt about an order: it is that one of the broker's, or it never came to be. */
  async resolve(id: string, verdict: Verdict): Promise<string> {
    const { book, clock, tracker, log } = this.#parts;
    const intent = unknownIntent(book.intents(), id);
    checkVerdict(intent, verdict);
    if (verdict.kind === 'filled') return this.#settleFilled(intent, verdict);
    if (verdict.kind === 'not_placed') {
      await this.#mustBeAbsent(intent);
      book.news(
        { clientId: intent.clientId, event: 'not_placed', reason: 'the operator says that it was not placed' },
        clock.now(),
      );
      log.warning(`Order ${intent.remark} is settled by the operator: not placed.`);
      return `${intent.remark} is settled as not placed; ${intent.security} may be traded again.`;
    }
    const row = await this.#row(verdict.brokerOrderId);
    const owner = book.intents().find((other) => other.brokerOrderId === row.orderId && other.day === intent.day);
    if (owner !== undefined)
      throw refuse('ORDER_TAKEN', `Order ${row.orderId} is ${owner.remark} already. Name another one.`);
    if (row.security !== intent.security || (row.side !== null && row.side !== intent.side)) {
      throw refuse(
        'ORDER_MISMATCH',
        `Order ${row.orderId} is ${row.side ?? '?'} ${row.security}, ${intent.remark} is ${intent.side} ${intent.security}. Name another one.`,
      );
    }
    book.news({ clientId: intent.clientId, event: 'live', brokerOrderId: row.orderId, reason: null }, clock.now());
    log.warning(`Order ${intent.remark} is settled by the operator: it is ${row.orderId}.`);
    await tracker.readNow();
    return `${intent.remark} is ${row.orderId}: ${book.intent(intent.clientId).state}, ${book.intent(intent.clientId).filled} filled.`;
  }

  #settleFilled(intent: IntentRow, verdict: Extract<Verdict, { kind: 'filled' }>): string {
    const { book, clock, log, reread } = this.#parts;
    const { news, fills } = filledByHand(intent, book.fillsOfIntent(intent.clientId), verdict);
    book.reading([news], fills, clock.now());
    log.warning(`Order ${intent.remark} of ${intent.day} is settled by the operator: ${verdict.shares} filled.`);
    reread();
    return `${intent.remark} is settled: ${verdict.shares} of ${intent.amount} filled; ${intent.security} may be traded again.`;
  }

  /** Takes an order of another instance (or of a person) into this ledger: from now on it is tracked and can be cancelled. */
  async adopt(brokerOrderId: string): Promise<string> {
    const { book, clock, tracker, log } = this.#parts;
    const row = await this.#row(brokerOrderId);
    const today = chinaDay(clock.now());
    const owner = book.intents().find((intent) => intent.brokerOrderId === row.orderId && intent.day === today);
    if (owner !== undefined) throw refuse('ORDER_TAKEN', `Order ${row.orderId} is ours already (${owner.remark}).`);
    const { order, intent } = adoptedRows(row, today, clock.now(), new Set(book.intents().map(({ tag }) => tag)));
    book.add(order, [intent], false);
    book.news({ clientId: intent.clientId, event: 'send', sentAt: intent.updatedAt }, clock.now());
    book.news({ clientId: intent.clientId, event: 'live', brokerOrderId: row.orderId }, clock.now());
    log.warning(`Order ${row.orderId} (${row.security}) is adopted by the operator.`);
    await tracker.readNow();
    return `${row.orderId} is adopted as ${order.orderId}: ${book.view(order.orderId).state}, ${book.view(order.orderId).filled} filled.`;
  }

  async #row(brokerOrderId: string): Promise<BrokerOrder> {
    const orders = await this.#parts.broker.orders();
    const row = orders.find((order) => order.orderId === brokerOrderId);
    if (row !== undefined) return row;
    const known = orders.map((order) => order.orderId).join(', ');
    throw refuse(
      'NO_SUCH_ORDER',
      `The broker has no order ${brokerOrderId} today; it has ${known === '' ? 'none' : known}.`,
    );
  }

  /** A person can be wrong too: what the broker shows under our mark was placed. */
  async #mustBeAbsent(intent: IntentRow): Promise<void> {
    const shown = (await this.#parts.broker.orders()).find((order) => tagIn(order.remark) === intent.tag);
    if (shown === undefined) return;
    throw refuse(
      'ORDER_EXISTS',
      `The broker shows ${intent.remark} as order ${shown.orderId}: it was placed. Write --as ${shown.orderId}.`,
    );
  }
}

function adoptedRows(
  row: BrokerOrder,
  day: string,
  now: number,
  used: ReadonlySet<string>,
): { readonly order: OrderRow; readonly intent: IntentRow } {
  const { side, limitPrice, security, amount } = row;
  if (side === null || limitPrice === null) {
    const text = `The broker does not say the side and price of order ${row.orderId}; it cannot be adopted.`;
    throw refuse('ORDER_UNCLEAR', text);
  }
  const given = tagIn(row.remark);
  const common = { orderId: newClientId(), day, security, side, amount };
  const order: OrderRow = {
    ...common,
    request: adoptedRequest(security, side === 'buy' ? amount : -amount, limitPrice),
    parked: false,
    denied: null,
    createdAt: row.createdAt ?? now,
  };
  const unsent = {
    state: 'planned',
    reason: 'adopted by the operator',
    brokerOrderId: null,
    filled: 0,
    sentAt: null,
  } as const;
  const tag = given === null || used.has(given) ? shortId() : given;
  const identity = { clientId: newClientId(), tag, remark: row.remark, price: limitPrice, style: 'limit' } as const;
  return { order, intent: { ...common, ...identity, ...unsent, updatedAt: order.createdAt } };
}

function adoptedRequest(security: string, quantity: number, limitPrice: number): OrderRequest {
  const style = { kind: 'limit', limitPrice } as const;
  return { kind: 'amount', security, quantity, style, waitTimeout: 0, remark: null, keep: true };
}
