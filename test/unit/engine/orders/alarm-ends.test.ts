import { afterEach, describe, expect, it } from 'vitest';
import { createWorld, type World } from './world.ts';

let world: World;
afterEach(async () => {
  await world.close();
});

const limit = { kind: 'limit', limitPrice: 9.9 } as const;

const alarms = (): string[] =>
  world.happened.flatMap((event) =>
    event.kind === 'alarm'
      ? [`! ${event.alarm.code} ${event.alarm.subject ?? ''}`]
      : event.kind === 'all_clear'
        ? [`ok ${event.code} ${event.subject ?? ''}`]
        : [],
  );

describe('an alarm about an order ends when that is over', () => {
  it('an unconfirmed cancel whose order then ends is cleared', async () => {
    world = await createWorld();
    const order = await world.settle(world.order({ style: limit }), 2_000);
    world.broker.onCancel = () => ({ kind: 'refused', reason: 'no' });
    await world.settle(world.trading.desk.cancel(order?.orderId ?? ''), 30_000);
    expect(alarms()).toEqual([`! CANCEL_UNCONFIRMED ${world.trading.book.intents()[0]?.remark}`]);
    world.broker.drop('1000');
    await world.pass(120_000);
    expect(alarms().length).toBe(2);
  });

  it('an order of unknown fate that is found is cleared', async () => {
    world = await createWorld();
    world.broker.onPlace = () => ({ kind: 'unknown', code: 'X', reason: 'lost', answered: false });
    await world.settle(world.order({ style: limit }), 30_000);
    await world.pass(15_000);
    const [request] = world.broker.placed;
    if (request !== undefined) world.broker.enter(request);
    await world.pass(40_000);
    const remark = request?.remark;
    expect(alarms()).toEqual([`! ORDER_UNKNOWN ${remark}`, `ok ORDER_UNKNOWN ${remark}`]);
  });
});
