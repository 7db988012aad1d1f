import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { errorCode } from '../../../../../src/domain/errors.ts';
import type { Fact } from '../../../../../src/domain/order/life-types.ts';
import { PlanningTurn } from '../../../../../src/engine/orders/planning/planning-turn.ts';
import type { OrderPlanner } from '../../../../../src/engine/orders/planning/order-planner.ts';
import { anOrderRow, Bench, deferred, type Deferred } from '../rows.ts';

let bench: Bench;
let turn: PlanningTurn;
/** Plans that have begun, by order, and are not answered yet. */
let plans: Map<string, Deferred<Fact | null>>;
/** How each order's turn ended. */
let ends: Map<string, string>;

beforeEach(() => {
  bench = new Bench();
  [plans, ends] = [new Map(), new Map()];
  const plan: OrderPlanner['plan'] = ({ orderId }) => {
    const answer = deferred<Fact | null>();
    plans.set(orderId, answer);
    return answer.promise;
  };
  const { book, clock, timers } = bench;
  const planner = { plan, isTarget: () => false } as unknown as OrderPlanner;
  turn = new PlanningTurn({ book, planner, clock, timers, cancelOpen: () => Promise.resolve() });
});
afterEach(() => bench.close());

function take(...orderIds: string[]): void {
  for (const orderId of orderIds) {
    bench.book.enter(anOrderRow({ orderId, phase: 'new' }), [], bench.clock.now());
    turn.take(orderId).then(
      () => ends.set(orderId, 'planned'),
      (error: unknown) => ends.set(orderId, String(errorCode(error))),
    );
  }
}

describe('planning under a gateway that does not answer', () => {
  it('ends 25 s after an order’s turn has come, and 40 s after it was asked for, however many wait before it', async () => {
    take('o1', 'o2', 'o3', 'o4', 'o5');
    await bench.pass(24_900);
    expect([...ends]).toEqual([]);
    await bench.pass(200);
    expect([...ends.keys()]).toEqual(['o1']);
    await bench.pass(14_800);
    expect([...ends.keys()]).toEqual(['o1']);
    await bench.pass(200);
    expect([...ends]).toEqual(['o1', 'o2', 'o3', 'o4', 'o5'].map((orderId) => [orderId, 'PLAN_TIMEOUT']));
    // Those whose time was over before their turn came are not looked at.
    expect([...plans.keys()]).toEqual(['o1', 'o2']);
  });

  it('takes the time it needs when those before it are planned', async () => {
    take('o1', 'o2');
    await bench.pass(10_000);
    plans.get('o1')?.resolve(null);
    await bench.pass(24_900);
    expect([...ends]).toEqual([['o1', 'planned']]);
    await bench.pass(200);
    expect([...ends.keys()]).toEqual(['o1', 'o2']);
  });
});
