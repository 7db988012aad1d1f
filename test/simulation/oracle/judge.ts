import { holdOf } from '../../../src/domain/order/reserves.ts';
import { restOf } from '../../../src/domain/order/intent.ts';
import { isFinal, isOpen } from '../../../src/domain/order/state.ts';
import type { IntentState } from '../../../src/domain/order/types.ts';
import { addDays, chinaDay } from '../../../src/domain/time.ts';
import type { ExchangeOrder, PaperExchange } from '../../../src/exchange/types.ts';
import type { IntentRow } from '../../../src/domain/order/rows.ts';
import { isAbout } from './alarms.ts';
import { tagOf } from './exchange-orders.ts';
import { TELLS_LATE_ORDERS } from '../plan/axes.ts';
import { hasOdd } from '../plan/odd.ts';
import type { Plan } from '../plan/types.ts';
import type { World } from '../world/world.ts';

/** What a settled intent must be, by the exchange's status. */
const EXPECTED: Readonly<Record<number, IntentState>> = {
  53: 'canceled',
  54: 'canceled',
  56: 'filled',
  57: 'rejected',
};

/**
 * What is not as it must be once everything is quiet; the exchange's own book is the truth. Empty = all promises kept.
 * While a world still settles this changes from look to look.
 */
export function judge(world: World): string[] {
  const { gateway, engine, witness } = world;
  const { exchange } = gateway;
  if (exchange === null) return ['the gateway is down'];
  if (engine === null || !engine.ready) return ['the engine has not come up'];
  witness.look(exchange);
  const closed = engine.trading.gate.reason();
  return [
    ...(closed === null ? [] : [`the gate is closed: ${closed}`]),
    ...(engine.calls === 0 ? [] : [`${engine.calls} strategy calls have not returned`]),
    ...twice(world),
    ...(world.outside?.client.problems() ?? []),
    ...world.signals.problems(),
    ...orders(world, exchange),
    ...(world.plan.laws.has('ends') ? world.watch.ends.pending() : []),
    ...account(world, exchange),
  ];
}

/** No intent is more than one order, whatever happened to the book meanwhile. */
function twice({ witness }: World): string[] {
  const seen = new Map<string, number>();
  for (const order of witness.orders.values()) {
    const tag = tagOf(order);
    if (tag !== null) seen.set(tag, (seen.get(tag) ?? 0) + 1);
  }
  return [...seen]
    .filter(([, count]) => count > 1)
    .map(([tag, count]) => `bt:${tag} is ${count} orders at the exchange`);
}

/** Every order of ours is known as it is, and every intent is what the exchange says it is. */
function orders(world: World, exchange: PaperExchange): string[] {
  const today = chinaDay(world.market.now());
  const intents = world.ledger.intentsOf(today);
  const known = daysOf(world).flatMap((day) => world.ledger.intentsOf(day));
  const byTag = new Map(known.map((intent) => [intent.tag, intent]));
  const problems: string[] = [];
  const shown = new Set<string>();
  for (const order of exchange.orders('default')) {
    const tag = tagOf(order);
    const intent = tag === null ? undefined : byTag.get(tag);
    if (tag === null || order.tradingDay !== today) continue;
    shown.add(tag);
    if (intent === undefined) problems.push(`order ${order.orderId} (${order.remark}) is not in the ledger`);
    // Sent before a night and executed behind it: its day was over, and mostly the exchange says no.
    else if (intent.day === today) problems.push(...compare(world, intent, order, exchange));
    else if (TELLS_LATE_ORDERS && order.status !== 57 && !alarmed(world, intent))
      problems.push(`${intent.remark} of ${intent.day} was carried out today, and nobody has been told`);
  }
  for (const intent of intents) if (!shown.has(intent.tag)) problems.push(...withoutOrder(world, intent));
  return problems;
}

/** From the world's first day to today, however many there are in between. */
function daysOf({ plan, market }: World): string[] {
  const today = chinaDay(market.now());
  // An order of an earlier day is at the exchange only as a late one: two weeks are far more than enough.
  const first = [plan.day, addDays(today, -14)].toSorted().at(-1) ?? today;
  const days: string[] = [];
  for (let day = first; day <= today; day = addDays(day, 1)) days.push(day);
  return days;
}

function compare(world: World, intent: IntentRow, order: ExchangeOrder, exchange: PaperExchange): string[] {
  const name = `${intent.remark} (order ${order.orderId}, ${order.status})`;
  // Without remarks two alike orders cannot be told apart, and a book begun anew gives ids away a second time.
  const { forgotten, keepsRows } = world.witness;
  const doubtful = hidesRemarks(world.plan) || (forgotten && !keepsRows);
  if (intent.state === 'unknown' && doubtful && alarmed(world, intent)) return [];
  const expected = EXPECTED[order.status] ?? 'accepted';
  const problems: string[] = [];
  if (intent.state !== expected) problems.push(`${name} is ${intent.state} in the ledger, ${expected} at the exchange`);
  if (intent.brokerOrderId !== order.orderId && intent.state !== 'rejected')
    problems.push(`${name} has the broker id ${intent.brokerOrderId ?? 'none'} in the ledger`);
  const fills = world.ledger.fillsOf(intent.day).filter(({ clientId }) => clientId === intent.clientId);
  const trades = exchange.trades('default').filter(({ orderId }) => orderId === order.orderId);
  const amount = (rows: readonly { readonly amount: number }[]): number =>
    rows.reduce((sum, row) => sum + row.amount, 0);
  if (amount(fills) !== amount(trades) || fills.length !== trades.length)
    problems.push(
      `${name} has ${fills.length} fills of ${amount(fills)} in the ledger, ${trades.length} of ${amount(trades)} at the exchange`,
    );
  if (intent.filled !== order.filled)
    problems.push(`${name} is filled ${intent.filled}, ${order.filled} at the exchange`);
  return problems;
}

function hidesRemarks({ traits, stub }: Plan): boolean {
  const modes = stub?.faults.filter(({ kind }) => kind === 'remark').map(({ mode }) => mode) ?? [];
  return traits.remark === 'none' || modes.includes('missing') || modes.includes('default');
}

/** An intent without an order: it never was one, or somebody has been called. */
function withoutOrder(world: World, intent: IntentRow): string[] {
  const { remark, state } = intent;
  const name = `${remark} is ${state} in the ledger and not at the exchange`;
  if (state === 'planned' || state === 'sending') return [`${remark} is still ${state}`];
  if (state === 'unknown') return alarmed(world, intent) ? [] : [`${name}, without an alarm`];
  if (state === 'accepted' || state === 'canceling')
    return world.witness.forgotten && alarmed(world, intent) ? [] : [name];
  // Ended, and its book may be gone; while the book was never lost, only an order can have been filled.
  if (isFinal(state) && intent.filled > 0 && !world.witness.forgotten && intent.day === chinaDay(world.market.now()))
    return [name];
  return [];
}

function alarmed({ witness }: World, { remark }: IntentRow): boolean {
  return witness.alarms.some((alarm) => isAbout(alarm, remark));
}

/** What a strategy reads is what the exchange holds. */
function account(world: World, exchange: PaperExchange): string[] {
  const view = world.engine?.trading.account.view() ?? null;
  if (view === null) return ['the account is not known'];
  const problems: string[] = [];
  const truth = exchange.account('default');
  const reserved = reservedOf(world, exchange);
  const missing = truth.availableCash - view.availableCash;
  // What others hold is the counter's to say, and one that freezes nothing does not.
  const unsaid = hasOdd(world.plan, 'no-freeze') ? heldByOthers(exchange) : 0;
  if (missing < -0.011 - unsaid || missing > reserved.cash + 0.011)
    problems.push(`available cash is ${view.availableCash}, ${truth.availableCash} at the exchange`);
  const doubtful = new Set(
    world.ledger
      .intentsOf(chinaDay(world.market.now()))
      .filter((intent) => isAskedAbout(world, intent))
      .map(({ security }) => security),
  );
  const held = new Map(holdings(world, exchange).map((position) => [position.security, position]));
  const shown = new Map(view.positions.map((position) => [position.security, position]));
  for (const security of new Set([...held.keys(), ...shown.keys()])) {
    if (doubtful.has(security) || isStrange(world, security)) continue;
    const [ours, theirs] = [shown.get(security), held.get(security)];
    if ((ours?.amount ?? 0) !== (theirs?.amount ?? 0))
      problems.push(`${ours?.amount ?? 0} ${security} are shown, ${theirs?.amount ?? 0} held`);
    const [shownFree, free] = [ours?.closeableAmount ?? 0, theirs?.closeableAmount ?? 0];
    if (shownFree > free || shownFree < free - (reserved.shares.get(security) ?? 0))
      problems.push(`${shownFree} ${security} are shown as closeable, ${free} are`);
  }
  return problems;
}

/** A holding that the gateway shows and the exchange does not know. */
function isStrange({ plan }: World, security: string): boolean {
  return hasOdd(plan, 'unknown-code') && security.startsWith('799999');
}

/**
 * An own order about which a person has been asked: what of its security is the strategy's is not known. Also one that was taken by
 * a gateway that has lost its lists since: nothing but a list tells what it bought.
 */
function isAskedAbout(world: World, intent: IntentRow): boolean {
  const isLost = world.witness.forgotten && isOpen(intent.state);
  return world.plan.positions === 'own' && (intent.state === 'unknown' || isLost) && alarmed(world, intent);
}

interface Holding {
  readonly security: string;
  readonly amount: number;
  readonly closeableAmount: number;
}

/**
 * What of the exchange's positions is the strategy's: all, or what orders of its own have bought and nobody has sold. Of that it
 * may sell what it did not buy today and what no open sell of its own freezes: that others may sell theirs is no help.
 */
function holdings({ plan, witness, market }: World, exchange: PaperExchange): Holding[] {
  const positions = exchange.positions('default');
  if (plan.positions === 'all')
    return positions.map(({ security, amount, closeableAmount }) => ({ security, amount, closeableAmount }));
  const [bought, unsettled] = [witness.bought(), witness.unsettled(chinaDay(market.now()))];
  const frozen = frozenByOwn(exchange);
  return positions.map(({ security, amount, closeableAmount }) => {
    const own = Math.max(0, Math.min(amount, bought.get(security) ?? 0));
    const settled = Math.max(0, own - (unsettled.get(security) ?? 0) - (frozen.get(security) ?? 0));
    return { security, amount: own, closeableAmount: Math.min(closeableAmount, settled) };
  });
}

/** Shares of each security that open sells of ours freeze. */
function frozenByOwn(exchange: PaperExchange): Map<string, number> {
  const frozen = new Map<string, number>();
  for (const order of exchange.orders('default')) {
    const { security, frozenAmount } = order;
    if (tagOf(order) !== null) frozen.set(security, (frozen.get(security) ?? 0) + frozenAmount);
  }
  return frozen;
}

function heldByOthers(exchange: PaperExchange): number {
  const orders = exchange.orders('default').filter((order) => tagOf(order) === null);
  return orders.reduce((sum, order) => sum + order.frozenCash, 0);
}

/** What orders of unknown fate, which the exchange does not have, may hold back in the strategy's eyes. */
function reservedOf(world: World, exchange: PaperExchange): { cash: number; shares: Map<string, number> } {
  const tags = new Set(exchange.orders('default').map(tagOf));
  const reserved = { cash: 0, shares: new Map<string, number>() };
  for (const intent of world.ledger.intentsOf(chinaDay(world.market.now()))) {
    const rest = reservedRest(world, intent, tags);
    if (rest === 0) continue;
    const { security, side, price, day } = intent;
    if (side === 'buy') reserved.cash += holdOf([{ security, side, rest, price, day, filledMoney: 0 }]);
    else reserved.shares.set(security, (reserved.shares.get(security) ?? 0) + rest);
  }
  return reserved;
}

/**
 * Shares of an intent that may be held back. A gateway that lost its book may have called one filled and not have listed its trades:
 * what they were is known nowhere any more, and a person has been asked.
 */
function reservedRest(world: World, intent: IntentRow, tags: ReadonlySet<string | null>): number {
  if (tags.has(intent.tag) && intent.state !== 'unknown') return 0;
  if (!isFinal(intent.state)) return intent.amount;
  if (!world.witness.forgotten || !alarmed(world, intent)) return 0;
  const fills = world.ledger.fillsOf(intent.day).filter(({ clientId }) => clientId === intent.clientId);
  return restOf(intent, fills);
}
