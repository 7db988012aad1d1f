import { expect, onTestFinished } from 'vitest';
import type { LogLine } from '../../../runtime/host.ts';
import type { RunnerOptions } from '../../../src/engine/strategy/runner.ts';
import type { DispatchResult } from '../../../src/engine/strategy/types.ts';
import { createWorld, type World } from '../../unit/engine/orders/world.ts';
import { FakeEngine } from '../../unit/engine/strategy/fake-engine.ts';
import { start, type Running } from '../../unit/engine/strategy/running.ts';

export const BEGUN = 'it begins';
const LIMIT = { style: { kind: 'limit', limitPrice: 9.9 } } as const;

/** Why a hook was ended by hand. */
export const PRESSED = 'Ctrl-C was pressed twice';

interface Trial {
  /** Code of the hook. */
  readonly body: string;
  /** Code before it. */
  readonly head?: string;
  /** It never ends: it is ended when all was shown. */
  readonly endless?: boolean;
  readonly limits?: Partial<Pick<RunnerOptions, 'memoryLimitMb' | 'hookTimeoutMs'>>;
}

interface Outcome {
  readonly end: DispatchResult;
  readonly running: Running;
}

/** Of a million lines the first ones are enough. */
class ForgetfulEngine extends FakeEngine {
  override log(line: LogLine): void {
    if (this.lines.length < 100) super.log(line);
  }
}

/**
 * Runs a hook that misbehaves beside an engine with two open orders. Shown each time: the broker's lists are read on, a fill is
 * taken, a command (cancel) is carried out, and what the strategy does reaches no order: nothing is placed, nothing else
 * cancelled, and the order that is open stays open and followed.
 */
export function trial({ body, head = '', endless = false, limits = {} }: Trial): Promise<Outcome> {
  const source = `${head}\nfunction initialize() {}\nfunction misbehave() { log.info('${BEGUN}'); ${body} }`;
  return trialOf((options) => start(source, { ...options, ...limits }), 'main.ts', endless);
}

/** The same of a strategy that `begin` starts, and whose task `misbehave` says first that it begins. */
export async function trialOf(
  begin: (options: { readonly engine: FakeEngine; readonly endNow: AbortSignal }) => Promise<Running>,
  module: string,
  endless: boolean,
): Promise<Outcome> {
  const world = await createWorld();
  onTestFinished(() => world.close());
  await world.settle(world.order({ ...LIMIT, quantity: 300 }));
  await world.settle(world.order(LIMIT));
  const end = new AbortController();
  const engine = new ForgetfulEngine();
  const running = await begin({ engine, endNow: end.signal });
  let over = false;
  const result = running.task('misbehave', module).finally(() => {
    over = true;
  });
  await expect.poll(() => engine.texts, { timeout: 30_000 }).toContain(BEGUN);
  await goesOn(world);
  if (endless) {
    expect(over).toBe(false);
    end.abort(PRESSED);
  }
  const outcome = { end: await result, running };
  await untouched(world);
  return outcome;
}

function filled(world: World): readonly (readonly [string, number])[] {
  return world.trading.book.views().map((order) => [order.state, order.filled]);
}

async function goesOn(world: World): Promise<void> {
  const { broker, trading } = world;
  const orders = broker.orders.bind(broker);
  let readings = 0;
  broker.orders = () => {
    readings += 1;
    return orders();
  };
  broker.fill('1000', 100);
  await world.pass(12_000);
  expect(readings).toBeGreaterThan(1);
  expect(filled(world)).toEqual([
    ['accepted', 100],
    ['accepted', 0],
  ]);
  const [, second] = trading.book.views();
  await world.settle(trading.desk.cancel(second?.orderId ?? ''));
  expect(filled(world)[1]).toEqual(['canceled', 0]);
}

async function untouched(world: World): Promise<void> {
  world.broker.fill('1000', 100);
  await world.pass(12_000);
  expect(filled(world)[0]).toEqual(['accepted', 200]);
  expect(world.broker.placed).toHaveLength(2);
  expect(world.broker.cancels).toEqual(['1001']);
}
