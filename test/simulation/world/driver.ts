import { errorMessage } from '../../../src/domain/errors.ts';
import { roundToTick, tickSize } from '../../../src/domain/market/tick.ts';
import type { OrderRequest } from '../../../src/domain/order/types.ts';
import { chinaDay, chinaText, DAY, parseChinaTime } from '../../../src/domain/time.ts';
import { DEFAULT_LIMITS } from '../../../src/engine/live-options.ts';
import { FINAL_STATUSES, tagOf } from '../oracle/exchange-orders.ts';
import { LATEST } from '../plan/types.ts';
import type { Call, ForeignCancel, ForeignOrder, Odd, Skip, TimedFault, Transfer } from '../plan/types.ts';
import type { Engine } from './engine.ts';
import { operate } from './operate.ts';
import { deliver } from './senders.ts';
import type { World } from './world.ts';

/** Steps of one passage at most; what a world waits for in steps of half a second must not hold it up. */
const MOST_STEPS = 60;
/** Virtual ms at each. */
const STEP_MS = 40;

/** Makes the plan happen: strategy calls, other people's orders, faults by the clock. */
export interface Driver {
  begin(): void;
  /** Nothing more is begun. */
  end(): void;
}

export function drive(world: World): Driver {
  let ended = false;
  const at = (instant: number, work: () => void): void => {
    world.time.after(instant, () => {
      if (!ended) work();
    });
  };
  return {
    begin() {
      const { calls, foreign, foreignCancels, transfers, timedFaults, skips, restarts, odd, operator } = world.plan;
      for (const call of calls) at(call.at, () => place(world, call));
      for (const order of foreign) at(order.at, () => placeForeign(world, order));
      for (const fault of timedFaults) at(fault.at, () => strikeAt(world, fault));
      for (const skip of skips) at(skip.at, () => skipTo(world, skip));
      for (const cancel of foreignCancels) at(cancel.at, () => cancelForeign(world, cancel));
      for (const transfer of transfers) at(transfer.at, () => transferCash(world, transfer));
      for (const restart of restarts) at(restart.at, () => world.killEngine(restart));
      for (const each of world.plan.outside?.keyed ?? []) at(each.at, () => world.outside?.place(each));
      for (const each of odd) at(each.from, () => beginOdd(world, each));
      for (const act of operator) at(act.at, () => operate(world, act));
      for (const signal of world.plan.signals)
        for (const instant of signal.deliveries) at(instant, () => deliver(world, signal));
    },
    end() {
      ended = true;
    },
  };
}

function place(world: World, call: Call): void {
  const { engine } = world;
  if (engine === null || !engine.ready) return;
  if (call.kind === 'cancel') {
    const orders = engine.trading.book.views();
    const chosen = orders.at(call.pick === LATEST ? -1 : call.pick % Math.max(1, orders.length));
    if (chosen === undefined) return;
    world.note('strategy', `cancel_order(${chosen.orderId})`);
    world.watch.ends.asks(chosen.orderId);
    void cancel(world, engine, chosen.orderId);
    return;
  }
  const request = requestOf(world, call);
  if (request === null) return;
  const { kind, security, quantity, style, waitTimeout } = request;
  const stop = style.stop === undefined ? '' : ` ${style.stop.mode} ${style.stop.price}`;
  const name = `order ${kind} ${security} ${quantity} ${style.kind} ${style.limitPrice ?? ''}${stop} wait ${waitTimeout ?? '-'}`;
  world.note('strategy', name);
  const replaces = kind === 'target' || kind === 'target_value';
  if (replaces) world.watch.ends.asks(security);
  const seconds = waitTimeout ?? (style.kind === 'market' ? DEFAULT_LIMITS.maxWaitSeconds : 0);
  world.struck('order called');
  void follow(world, { name, waitSeconds: seconds, cancels: replaces || seconds > 0 }, engine.submit(request));
}

async function cancel(world: World, engine: Engine, orderId: string): Promise<void> {
  await follow(world, { name: `cancel ${orderId}`, waitSeconds: 0, cancels: true }, engine.cancel(orderId));
  if (engine.process.alive) world.watch.ends.toEnd(orderId);
}

async function follow(
  world: World,
  { name, waitSeconds, cancels }: { readonly name: string; readonly waitSeconds: number; readonly cancels: boolean },
  work: Promise<{ readonly state: string; readonly filled: number } | null>,
): Promise<void> {
  const process = world.engine?.process;
  // The call may have killed it.
  const returned =
    process?.alive === true ? world.watch.calls.begin(name, waitSeconds, cancels) : (): void => undefined;
  try {
    const view = await work;
    if (process?.alive !== true) return;
    world.note('strategy', `${name} → ${view === null ? 'null' : `${view.state}, filled ${view.filled}`}`);
  } catch (error) {
    if (process?.alive !== true) return;
    world.note('strategy', `${name} threw ${errorMessage(error)}`);
    world.witness.threw(name, error);
  } finally {
    returned();
  }
}

/** Null when nothing is known of the security: the gateway is down, and so is the strategy's source of prices. */
function requestOf(world: World, { request, limit, stop }: Extract<Call, { kind: 'order' }>): OrderRequest | null {
  if (limit === null && stop === undefined) return { ...request, style: { kind: 'market', limitPrice: null } };
  const quote = world.gateway.exchange?.tick(request.security).quote;
  const last = quote?.lastPrice ?? quote?.preClose ?? null;
  if (last === null) return null;
  const at = (distance: number): number => roundToTick(last * (1 + distance), tickSize(request.security), 'nearest');
  const waits = stop === undefined ? {} : { stop: { mode: stop.mode, price: at(stop.distance) } };
  if (limit === null) return { ...request, style: { kind: 'market', limitPrice: null, ...waits } };
  return { ...request, style: { kind: 'limit', limitPrice: at(limit), ...waits } };
}

function placeForeign(world: World, order: ForeignOrder): void {
  const { exchange } = world.gateway;
  if (exchange === null) return;
  const quote = exchange.tick(order.security).quote;
  const last = quote.lastPrice ?? quote.preClose;
  if (last === null) return;
  const { orderId } = exchange.place('default', {
    security: order.security,
    side: order.side,
    amount: order.amount,
    price: roundToTick(last * (1 + order.limit), tickSize(order.security), 'nearest'),
    style: 'limit',
    remark: order.remark,
    strategyName: '',
  });
  world.note('foreign', `${order.side} ${order.amount} ${order.security} is order ${orderId}`);
  world.struck(order.side === 'buy' ? 'other buys' : 'other sells');
  world.witness.foreign(order.security);
}

function strikeAt(world: World, { kind, ms }: TimedFault): void {
  world.struck(kind);
  world.note('fault', `${kind}, ${Math.round(ms)} ms`);
  switch (kind) {
    case 'block':
      world.network.block(ms);
      return;
    case 'reset-all':
      world.network.resetAll();
      return;
    case 'token-change':
      world.mischief.refuseHandshakes(ms);
      world.network.resetAll();
      // Somebody corrects the token and starts it again.
      world.time.after(ms, () => world.restartEngine(1_000));
      return;
    case 'hang':
      world.network.hang(ms);
      return;
    case 'clock-jump':
      world.market.jump(ms);
  }
}

function cancelForeign(world: World, { pick }: ForeignCancel): void {
  const { exchange } = world.gateway;
  const open = (exchange?.orders('default') ?? []).filter(
    (order) => tagOf(order) === null && !FINAL_STATUSES.has(order.status),
  );
  const chosen = open[pick % Math.max(1, open.length)];
  if (exchange === null || chosen === undefined) return;
  const { kind } = exchange.cancel('default', chosen.orderId);
  world.note('foreign', `cancels order ${chosen.orderId}: ${kind}`);
  world.struck('other cancels');
}

function transferCash(world: World, { cny }: Transfer): void {
  const moved = world.gateway.exchange?.transfer('default', cny) ?? false;
  if (!moved) return;
  world.note('foreign', `${cny > 0 ? 'deposits' : 'withdraws'} ${Math.abs(cny)}`);
  world.struck(cny > 0 ? 'deposit' : 'withdrawal');
}

function beginOdd(world: World, { kind, from, until }: Odd): void {
  world.note('fault', `from now on: ${kind}`);
  if (kind !== 'other-account') return;
  // Another account shows only after a new login.
  world.network.resetAll();
  if (until !== null) world.time.after(until - from, () => world.network.resetAll());
}

function skipTo(world: World, { to, through }: Skip): void {
  const instant = parseChinaTime(to);
  if (instant === null || instant <= world.market.now()) return;
  world.note('world', `market time moves on to ${chinaText(instant)}`);
  const { exchange } = world.gateway;
  if (exchange !== null) world.witness.look(exchange);
  if (chinaDay(instant) !== chinaDay(world.market.now())) {
    world.witness.night();
    world.struck(instant - world.market.now() > DAY ? 'weekend' : 'night');
  }
  if (through) passTo(world, instant, MOST_STEPS);
  else world.market.jump(instant - world.market.now());
}

/** Market time goes from one instant that somebody waits for to the next, and stays at each long enough for an answer. */
function passTo(world: World, target: number, steps: number): void {
  const { market, time } = world;
  const now = market.now();
  if (now >= target) return;
  const due = market.nextDue();
  const next = steps === 0 || due === null || due > target ? target : Math.max(due, now + 1);
  world.watch.observe(true);
  // What a day has done is to be seen before it ends: the engine reads each day's end.
  if (world.gateway.exchange !== null) world.witness.look(world.gateway.exchange);
  market.jump(next - now);
  if (next < target) time.after(STEP_MS, () => passTo(world, target, steps - 1));
}
