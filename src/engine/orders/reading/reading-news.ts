import { inEnglish } from '../../../domain/order/counter-words.ts';
import { couldBe, markedOrders, matchIntent, unmarkedOrders } from '../../../domain/order/match.ts';
import { canMove, eventOfStatus, isFinal, type IntentEvent } from '../../../domain/order/state.ts';
import { orderDoubt } from '../../../domain/order/plausible-fill.ts';
import type { BrokerOrder, BrokerTrade } from '../../../domain/trading.ts';
import type { FillRow, IntentRow } from '../../../domain/order/rows.ts';
import type { IntentNews } from '../../../domain/order/intent.ts';
import { DAY_ENDED } from '../../../domain/order/life-types.ts';
import { chinaText, ofDay } from '../../../domain/time.ts';
import { OrderIndex } from './order-index.ts';
import { ownTrades, type Impossible, type TradeTime } from './own-trades.ts';

/** Both lists of the broker, whole, requested together. */
export interface Reading {
  readonly orders: readonly BrokerOrder[];
  readonly trades: readonly BrokerTrade[];
}

/** What a reading says about our intents. */
export interface ReadingNews {
  readonly news: readonly IntentNews[];
  readonly fills: readonly FillRow[];
  /** Intents of unknown fate that the reading does not show; empty when the reading itself is in doubt. */
  readonly absent: readonly string[];
  /** Open intents whose order the broker named and does not show. */
  readonly missing: readonly string[];
  /** Orders that were thought never to have come to be, and that the broker has. */
  readonly adopted: readonly Remarkable[];
  /** Rows that contradict what we hold for certain (e.g. a cancelled order shown as filled). */
  readonly contradictions: readonly Remarkable[];
  /** What cannot be true of an order of ours; it is neither taken nor shown. */
  readonly impossible: readonly Impossible[];
  /** Orders whose trades the broker dates on another day than today, on which its list shows them. */
  readonly misdated: readonly Remarkable[];
  /** Intents whose broker id is another order now (a server that forgot its book counts again): hands off. */
  readonly contested: readonly string[];
}

/** Something about an order that somebody must look at, in words. */
export interface Remarkable {
  readonly remark: string;
  readonly text: string;
}

/** When a reading was asked for, and what that means. */
export interface ReadingTime extends TradeTime {
  /** The day's trading in a security is over: what a list shows as open will not be filled any more. */
  readonly isOver: (security: string) => boolean;
  /** What the reading before this one called contested: a list without the row of such an id does not give the id back. */
  readonly contested?: ReadonlySet<string>;
  /** The gateway shows our mark on our orders: one without it is not ours, whatever it looks like. */
  readonly marksKept?: boolean;
}

/** Pure: intents × one reading → news. Absence is never news by itself. */
export function readNews(intents: readonly IntentRow[], reading: Reading, time: ReadingTime): ReadingNews {
  const { day, isOver } = time;
  const index = new OrderIndex(reading.orders);
  // Ids are used again on other days: only today's can be taken.
  const sent = intents.filter((intent) => intent.sentAt !== null && intent.day === day);
  const { matches, owners, claimed, contested } = matchSent(sent, index, time);
  const news: IntentNews[] = [];
  const adopted: Remarkable[] = [];
  const contradictions: Remarkable[] = [];
  const impossible: Impossible[] = [];
  const english = translator();
  for (const { intent, order } of matches) {
    const { remark } = intent;
    for (const text of doubles(intent, index.of(intent))) contradictions.push({ remark, text });
    if (order === null) continue;
    const doubt = order.unreadable ?? orderDoubt(intent, order);
    if (doubt !== null) {
      const mayPass = order.unreadable !== undefined;
      impossible.push({ clientId: intent.clientId, remark, text: `${doubt} (${order.orderId})`, mayPass });
      continue;
    }
    const event = eventFor(intent, order, isOver);
    if (event === null) {
      contradictions.push(differing(intent, order));
      continue;
    }
    const wasGone = event === 'adopted' || (intent.state === 'not_placed' && event !== 'rejected');
    if (wasGone) adopted.push(differing(intent, order));
    news.push(newsOf(intent, order, event, english));
  }
  const traded = ownTrades(reading.trades, index, owners, time);
  impossible.push(...traded.impossible);
  const unseen = matches.filter(({ order }) => order === null).map(({ intent }) => intent);
  const hidden = notShown(unseen, (intent) => mayBeShown(intent, reading.trades, index, claimed));
  const misdated = misdatedIn(reading.trades, owners, day);
  return { news, fills: traded.fills, ...hidden, adopted, contradictions, impossible, misdated, contested };
}

interface Matches {
  /** Every intent with its order; null = the reading does not show it. */
  readonly matches: readonly { readonly intent: IntentRow; readonly order: BrokerOrder | null }[];
  /** Whose the trades under a broker's order id are. */
  readonly owners: ReadonlyMap<string, IntentRow>;
  /** The broker's order ids that are taken. */
  readonly claimed: ReadonlySet<string>;
  /** Intents whose id is another order now. */
  readonly contested: readonly string[];
}

function matchSent(
  sent: readonly IntentRow[],
  index: OrderIndex,
  { contested: before, marksKept = false }: ReadingTime,
): Matches {
  const anothers = new Set<string>();
  const claimed = new Set<string>();
  // A gateway may count from the beginning again within a day: whose the id is now is told by the row that has it.
  for (const intent of sent) {
    if (isAnothers(intent, index.of(intent), before)) anothers.add(intent.clientId);
    else if (intent.brokerOrderId !== null) claimed.add(intent.brokerOrderId);
  }
  const owners = new Map<string, IntentRow>();
  const matches = sent.map((intent) => {
    const rows = index.of(intent);
    const guess = !marksKept && intent.state === 'unknown';
    const order = matchIntent(intent, guess ? index.all : rows, claimed, guess);
    const orderId = order?.orderId ?? (anothers.has(intent.clientId) ? null : intent.brokerOrderId);
    if (orderId !== null) owners.set(orderId, intent);
    if (order !== null) claimed.add(order.orderId);
    return { intent, order };
  });
  return { matches, owners, claimed, contested: [...anothers] };
}

/** `mayBeThere`: something that is shown may be of it. */
function notShown(
  unseen: readonly IntentRow[],
  mayBeThere: (intent: IntentRow) => boolean,
): Pick<ReadingNews, 'absent' | 'missing'> {
  const missing = unseen.filter((intent) => intent.brokerOrderId !== null && !isFinal(intent.state)).map(clientIdOf);
  // A list without an order that the broker has named is not whole: what else it lacks means nothing.
  if (missing.length > 0) return { absent: [], missing };
  const absent = unseen.filter((intent) => intent.state === 'unknown' && !mayBeThere(intent));
  return { absent: absent.map(clientIdOf), missing };
}

const clientIdOf = (intent: IntentRow): string => intent.clientId;

/** What the broker's row is for the intent; null = a contradiction. */
function eventFor(intent: IntentRow, order: BrokerOrder, isOver: ReadingTime['isOver']): IntentEvent | null {
  const told = eventOfStatus(order.status);
  // A row with a status we cannot read still proves that the order is there.
  const event = told === 'live' && isOver(intent.security) ? 'expired' : (told ?? 'live');
  const thoughtGone = intent.brokerOrderId === null && (intent.state === 'rejected' || intent.state === 'not_sent');
  if (thoughtGone && (intent.state === 'not_sent' || event !== 'rejected')) return 'adopted';
  return canMove(intent.state, event) ? event : null;
}

function newsOf(intent: IntentRow, order: BrokerOrder, event: IntentEvent, english: typeof inEnglish): IntentNews {
  if (event === 'expired')
    return { clientId: intent.clientId, event, brokerOrderId: order.orderId, filled: order.filled, reason: DAY_ENDED };
  const ended = event === 'rejected' || event === 'canceled';
  const found = intent.state === 'unknown' || intent.state === 'not_placed' || event === 'adopted';
  // An end without words keeps what we know of it: who asked for the cancel, and why.
  const news = { clientId: intent.clientId, event, brokerOrderId: order.orderId, filled: order.filled };
  if (ended && order.statusText !== '') return { ...news, reason: english(order.statusText) };
  return found ? { ...news, reason: null } : news;
}

function differing({ remark, state }: IntentRow, { status, orderId }: BrokerOrder): Remarkable {
  return { remark, text: `${remark} is ${state} here and ${status} there (${orderId})` };
}

/** A list says the same few things of its many orders. */
function translator(): typeof inEnglish {
  const known = new Map<string, ReturnType<typeof inEnglish>>();
  return (text) => {
    const english = known.get(text) ?? inEnglish(text);
    known.set(text, english);
    return english;
  };
}

/** True when the order under the intent's id cannot be the intent, or could not be it when it was last shown. */
function isAnothers(intent: IntentRow, orders: readonly BrokerOrder[], before: ReadingTime['contested']): boolean {
  const row = orders.find((order) => order.orderId === intent.brokerOrderId);
  return row === undefined ? before?.has(intent.clientId) === true : !couldBe(intent, row);
}

/** More than one order with our mark, or another order under our id: both must be seen by somebody. */
function doubles(intent: IntentRow, orders: readonly BrokerOrder[]): string[] {
  const marked = orders.length > 1 ? markedOrders(intent, orders) : orders;
  const texts = marked.length > 1 ? [`${marked.length} orders bear the mark of ${intent.remark}`] : [];
  const row = orders.find((order) => order.orderId === intent.brokerOrderId);
  // The id of one that has ended may be used again.
  if (row !== undefined && !isFinal(intent.state) && !couldBe(intent, row))
    texts.push(
      `order ${row.orderId} was given to ${intent.remark} and is ${row.security} with the remark '${row.remark}'`,
    );
  return texts;
}

/**
 * A row that may be of it: an order without a mark (also where marks are shown: a gateway may lose some), a trade whose order the list
 * of orders does not hold (the two lists are not of one moment), or what cannot be read.
 */
function mayBeShown(
  intent: IntentRow,
  trades: readonly BrokerTrade[],
  index: OrderIndex,
  claimed: ReadonlySet<string>,
): boolean {
  const { security } = intent;
  if (unmarkedOrders(intent, index.all, claimed).length > 0) return true;
  const mayBeOf = (row: BrokerOrder | BrokerTrade): boolean =>
    row.security === security || (row.unreadable !== undefined && row.security === '');
  if (index.all.some((order) => order.unreadable !== undefined && mayBeOf(order))) return true;
  return trades.some((trade) => mayBeOf(trade) && !claimed.has(trade.orderId) && index.get(trade.orderId) === null);
}

function misdatedIn(
  trades: readonly BrokerTrade[],
  owners: ReadonlyMap<string, IntentRow>,
  day: string,
): readonly Remarkable[] {
  const isToday = ofDay(day);
  const misdated: Remarkable[] = [];
  for (const { orderId, security, time } of trades) {
    if (time === null || isToday(time)) continue;
    const owner = owners.get(orderId);
    if (owner?.security === security) misdated.push({ remark: owner.remark, text: chinaText(time) });
  }
  return misdated;
}
