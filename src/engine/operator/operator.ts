import { couldBe } from '../../domain/order/match.ts';
import { tagIn } from '../../domain/order/remark.ts';
import type { OrderRequest } from '../../domain/order/types.ts';
import type { EngineAnswer } from '../../domain/status/engine-status.ts';
import type { BrokerOrder } from '../../domain/trading.ts';
import { chinaDay } from '../../domain/time.ts';
import type { IntentRow, OrderRow } from '../../domain/order/rows.ts';
import { stateText } from '../../domain/words/order-state.ts';
import type { Clock } from '../../platform/clock.ts';
import type { ControlReply, ControlRequest } from '../../platform/control-socket.ts';
import { newClientId, shortId } from '../../platform/ids.ts';
import type { Broker } from '../../venues/broker.ts';
import type { Events } from '../events.ts';
import type { OrderBook } from '../orders/book/order-book.ts';
import { newOrder } from '../orders/new-order.ts';
import type { Tracker } from '../orders/reading/tracker.ts';
import { kill, pause, resume, type RiskControls } from './risk-commands.ts';
import { cancelOrders, type CancelParts } from './cancel-orders.ts';
import { checkVerdict, filledByHand, refuse, unknownIntent, verdictOf, type Verdict } from './verdict.ts';

export interface OperatorParts {
  readonly broker: Broker;
  readonly book: OrderBook;
  readonly tracker: Tracker;
  readonly clock: Clock;
  readonly events: Events;
  /** Whether an order of whatever day bears the tag. */
  readonly isTagUsed: (tag: string) => boolean;
  /** Whose an adopted order becomes. */
  readonly owner: string;
  /** Reads the account again: what the ledger owns has changed. */
  readonly reread: () => void;
  /** Lets a halted strategy go on; false when it was not halted. */
  readonly resume: () => boolean;
  readonly risk: RiskControls;
  readonly driver: CancelParts['driver'];
  readonly timers: CancelParts['timers'];
  /** What the engine says of itself. */
  readonly report: { answer(): EngineAnswer };
}

/** What a person may tell a running engine: each command is checked against the broker's own list and logged. */
export class Operator {
  readonly #parts: OperatorParts;

  constructor(parts: OperatorParts) {
    this.#parts = parts;
  }

  /** Runs one command of the control socket; the text is shown to whoever asked. */
  async handle({ command, values }: ControlRequest): Promise<ControlReply> {
    const id = values['id'] ?? '';
    switch (command) {
      case 'resolve':
        return this.resolve(id, verdictOf(values));
      case 'adopt':
        return this.adopt(id);
      case 'resume':
        return resume(values, this.#parts.risk, this.#parts.resume);
      case 'kill':
        return kill(values, this.#parts.risk, this.#parts.events);
      case 'pause':
        return pause(values, this.#parts.risk);
      case 'cancel':
        return cancelOrders(values, this.#parts);
      case 'status':
        return { data: this.#parts.report.answer() };
      default:
        throw refuse(
          'UNKNOWN_COMMAND',
          `The running engine does not know the command "${command}". Use the same version of bt for both.`,
        );
    }
  }

  /** Ends the doubt about an order: it is that one of the broker's, or it never came to be. */
  async resolve(id: string, verdict: Verdict): Promise<string> {
    const { book, clock, tracker } = this.#parts;
    const intent = unknownIntent(book.intents(), id);
    checkVerdict(intent, verdict);
    if (intent.state === 'sending' && verdict.kind === 'not_placed')
      throw refuse(
        'BAD_VERDICT',
        `${intent.remark} is being sent, and its answer may still come. Try again in a minute.`,
      );
    if (verdict.kind === 'filled') return this.#settleFilled(intent, verdict);
    if (verdict.kind === 'not_placed') {
      await this.#mustBeAbsent(intent);
      book.news(
        { clientId: intent.clientId, event: 'not_placed', reason: 'the operator says that it was not placed' },
        clock.now(),
      );
      this.#told(intent.orderId, `Order ${intent.remark} is settled by the operator: not placed.`);
      return `${intent.remark} is settled as not placed; ${intent.security} may be traded again.`;
    }
    const row = await this.#row(verdict.brokerOrderId);
    const owner = ownerOf(book.intents(), row, intent.day);
    if (owner !== undefined && tagIn(row.remark) !== intent.tag)
      throw refuse('ORDER_TAKEN', `Order ${row.orderId} is ${owner.remark} already. Name another one.`);
    if (row.security !== intent.security || (row.side !== null && row.side !== intent.side)) {
      throw refuse(
        'ORDER_MISMATCH',
        `Order ${row.orderId} is ${row.side ?? '?'} ${row.security}, ${intent.remark} is ${intent.side} ${intent.security}. Name another one.`,
      );
    }
    book.news({ clientId: intent.clientId, event: 'live', brokerOrderId: row.orderId, reason: null }, clock.now());
    this.#told(intent.orderId, `Order ${intent.remark} is settled by the operator: it is ${row.orderId}.`);
    await tracker.readNow();
    return `${intent.remark} is ${row.orderId}: ${stateText(book.intent(intent.clientId).state)}, ${book.intent(intent.clientId).filled} filled.`;
  }

  #settleFilled(intent: IntentRow, verdict: Extract<Verdict, { kind: 'filled' }>): string {
    const { book, clock, reread } = this.#parts;
    const { news, fills } = filledByHand(intent, book.fillsOfIntent(intent.clientId), verdict);
    book.reading([news], fills, clock.now());
    this.#told(
      intent.orderId,
      `Order ${intent.remark} of ${intent.day} is settled by the operator: ${verdict.shares} filled.`,
    );
    reread();
    return `${intent.remark} is settled: ${verdict.shares} of ${intent.amount} filled; ${intent.security} may be traded again.`;
  }

  /** Takes an order of another instance (or of a person) into this ledger: from now on it is tracked and can be cancelled. */
  async adopt(brokerOrderId: string): Promise<string> {
    const { book, clock, tracker } = this.#parts;
    const row = await this.#row(brokerOrderId);
    const today = chinaDay(clock.now());
    const owner = ownerOf(book.intents(), row, today);
    if (owner !== undefined) throw refuse('ORDER_TAKEN', `Order ${row.orderId} is ours already (${owner.remark}).`);
    const { owner: taker, isTagUsed } = this.#parts;
    const { order, intent } = adoptedRows(row, { day: today, now: clock.now(), isTagUsed, owner: taker });
    book.enter(order, [intent], clock.now());
    this.#told(order.orderId, `Order ${row.orderId} (${row.security}) is adopted by the operator.`);
    await tracker.readNow();
    return `${row.orderId} is adopted as ${order.orderId}: ${stateText(book.view(order.orderId).state)}, ${book.view(order.orderId).filled} filled.`;
  }

  #told(orderId: string, text: string): void {
    this.#parts.events.emit({ kind: 'operator', orderId, text });
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

/** The order of ours that the row is; a gateway that counts from the beginning again shows another one under an id we know. */
function ownerOf(intents: readonly IntentRow[], row: BrokerOrder, day: string): IntentRow | undefined {
  return intents.find((intent) => intent.brokerOrderId === row.orderId && intent.day === day && couldBe(intent, row));
}

const NO_WAIT = { maxWaitSeconds: 0 };

interface Adoption {
  readonly day: string;
  readonly now: number;
  readonly isTagUsed: (tag: string) => boolean;
  readonly owner: string;
}

function adoptedRows(
  row: BrokerOrder,
  { day, now, isTagUsed, owner }: Adoption,
): { readonly order: OrderRow; readonly intent: IntentRow } {
  const { side, limitPrice, security, amount } = row;
  if (side === null || limitPrice === null) {
    const text = `The broker does not say the side and price of order ${row.orderId}; it cannot be adopted.`;
    throw refuse('ORDER_UNCLEAR', text);
  }
  const given = tagIn(row.remark);
  const createdAt = row.createdAt ?? now;
  const request = adoptedRequest(security, side === 'buy' ? amount : -amount, limitPrice);
  const asked = newOrder(request, { owner, rules: NO_WAIT, requestKey: null, placedIn: null, now: createdAt });
  const order: OrderRow = { ...asked, day, side, amount, phase: 'working' };
  // It is at the broker: nothing of it is ever sent from here.
  const live = {
    state: 'accepted',
    reason: 'adopted by the operator',
    brokerOrderId: row.orderId,
    filled: 0,
    sentAt: createdAt,
    cancels: 0,
  } as const;
  const tag = given === null || isTagUsed(given) ? shortId() : given;
  const identity = { clientId: newClientId(), tag, remark: row.remark, price: limitPrice, style: 'limit' } as const;
  const same = { orderId: order.orderId, day, security, side, amount };
  return { order, intent: { ...same, ...identity, ...live, updatedAt: createdAt } };
}

function adoptedRequest(security: string, quantity: number, limitPrice: number): OrderRequest {
  const style = { kind: 'limit', limitPrice } as const;
  return { kind: 'amount', security, quantity, style, waitTimeout: 0, remark: null, keep: true };
}
