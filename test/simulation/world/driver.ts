import { errorMessage } from '../../../src/domain/errors.ts';
import { roundToTick, tickSize } from '../../../src/domain/market/tick.ts';
import type { OrderRequest } from '../../../src/domain/order/types.ts';
import { chinaDay, chinaText, parseChinaTime } from '../../../src/domain/time.ts';
import type { Call, ForeignOrder, TimedFault } from '../plan/types.ts';
import type { World } from './world.ts';

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
      const { calls, foreign, timedFaults, skips } = world.plan;
      for (const call of calls) at(call.at, () => place(world, call));
      for (const order of foreign) at(order.at, () => placeForeign(world, order));
      for (const fault of timedFaults) at(fault.at, () => strikeAt(world, fault));
      for (const skip of skips) at(skip.at, () => skipTo(world, skip.to));
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
    const chosen = orders[call.pick % Math.max(1, orders.length)];
    if (chosen === undefined) return;
    world.note('strategy', `cancel_order(${chosen.orderId})`);
    void follow(world, `cancel ${chosen.orderId}`, engine.cancel(chosen.orderId));
    return;
  }
  const request = requestOf(world, call);
  if (request === null) return;
  const { kind, security, quantity, style, waitTimeout } = request;
  const name = `order ${kind} ${security} ${quantity} ${style.kind} ${style.limitPrice ?? ''} wait ${waitTimeout ?? '-'}`;
  world.note('strategy', name);
  void follow(world, name, engine.submit(request));
}

async function follow(
  world: World,
  name: string,
  work: Promise<{ readonly state: string; readonly filled: number } | null>,
): Promise<void> {
  const process = world.engine?.process;
  try {
    const view = await work;
    if (process?.alive !== true) return;
    world.note('strategy', `${name} → ${view === null ? 'null' : `${view.state}, filled ${view.filled}`}`);
  } catch (error) {
    if (process?.alive !== true) return;
    world.note('strategy', `${name} threw ${errorMessage(error)}`);
    world.witness.threw(name, error);
  }
}

/** Null when nothing is known of the security: the gateway is down, and so is the strategy's source of prices. */
function requestOf(world: World, { request, limit }: Extract<Call, { kind: 'order' }>): OrderRequest | null {
  if (limit === null) return { ...request, style: { kind: 'market', limitPrice: null } };
  const quote = world.gateway.exchange?.tick(request.security).quote;
  const last = quote?.lastPrice ?? quote?.preClose ?? null;
  if (last === null) return null;
  const limitPrice = roundToTick(last * (1 + limit), tickSize(request.security), 'nearest');
  return { ...request, style: { kind: 'limit', limitPrice } };
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
    case 'clock-jump':
      world.market.jump(ms);
  }
}

function skipTo(world: World, to: string): void {
  const instant = parseChinaTime(to);
  if (instant === null || instant <= world.market.now()) return;
  world.note('world', `market time moves on to ${chinaText(instant)}`);
  const { exchange } = world.gateway;
  if (exchange !== null) world.witness.look(exchange);
  if (chinaDay(instant) !== chinaDay(world.market.now())) world.witness.night();
  world.market.jump(instant - world.market.now());
}
