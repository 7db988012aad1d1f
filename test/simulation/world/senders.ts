import { roundToTick, tickSize } from '../../../src/domain/market/tick.ts';
import type { Signal, SignalSink } from '../../../src/domain/follow/signal.ts';
import type { PlannedSignal } from '../plan/types.ts';
import type { Engine } from './engine.ts';
import type { World } from './world.ts';

/** Stamps a signal once, and hands over the same bytes each time. */
export function deliver(world: World, planned: PlannedSignal): void {
  const { engine, signals } = world;
  const desk = engine?.signals ?? null;
  // Nobody answers: the next delivery tries again.
  if (engine === null || desk === null || !engine.ready) return;
  const signal = signals.stamped(planned.id, () => stamp(world, planned));
  world.note('sender', `hands over ${signal.id}: ${signal.side} ${signal.amount} ${signal.security}`);
  world.struck('order called');
  const take = world.takeOf(engine, desk);
  void handOver(world, engine, signal, take);
}

async function handOver(world: World, engine: Engine, signal: Signal, take: SignalSink['take']): Promise<void> {
  try {
    const receipt = await take(signal);
    if (!engine.process.alive) return;
    world.note('sender', `${signal.id} is ${receipt.kind}`);
    world.signals.answered(signal, receipt, engine.process);
  } catch {
    world.note('sender', `${signal.id} is not taken`);
  }
}

function stamp(world: World, { id, at, security, side, amount, limit, isClosing }: PlannedSignal): Signal {
  const quote = world.gateway.exchange?.tick(security).quote;
  const last = quote?.lastPrice ?? quote?.preClose ?? null;
  const price = limit === null || last === null ? null : roundToTick(last * (1 + limit), tickSize(security), 'nearest');
  // Its age is what has passed since it was stamped, on its sender's clock.
  const sentAt = Math.round(world.market.now() - (world.time.now() - at));
  const receivedAt = world.market.now();
  return {
    strategy: 'alpha',
    id,
    security,
    side,
    amount,
    price,
    sentAt,
    receivedAt,
    isClosing,
    picture: null,
    raw: id,
  };
}
