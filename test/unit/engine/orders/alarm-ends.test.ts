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

describe('an alarm of a reading ends when the lists are in order again', () => {
  const place = async (): Promise<string> => {
    world = await createWorld();
    await world.settle(world.order({ style: limit, waitTimeout: 0 }), 2_000);
    return world.trading.book.intents()[0]?.remark ?? '';
  };

  it('an order that is not shown, and is again', async () => {
    const remark = await place();
    const [row] = world.broker.book.splice(0);
    await world.pass(40_000);
    expect(alarms()).toEqual([`! ORDER_MISSING ${remark}`]);
    if (row !== undefined) world.broker.book.push(row);
    await world.pass(6_000);
    expect(alarms()).toEqual([`! ORDER_MISSING ${remark}`, `ok ORDER_MISSING ${remark}`]);
  });

  it('trades that did not add up, and do', async () => {
    const remark = await place();
    world.broker.set('1000', { status: 'filled', filled: 100 });
    await world.pass(20_000);
    expect(alarms()).toEqual([`! ORDER_UNLISTED ${remark}`]);
    world.broker.set('1000', { status: 'open', filled: 0 });
    world.broker.fill('1000', 100);
    await world.pass(6_000);
    expect(alarms().filter((text) => text.includes('UNLISTED'))).toEqual([
      `! ORDER_UNLISTED ${remark}`,
      `ok ORDER_UNLISTED ${remark}`,
    ]);
  });

  it('a row that contradicted the ledger, and does not any more', async () => {
    const remark = await place();
    world.broker.drop('1000');
    await world.pass(6_000);
    world.broker.set('1000', { status: 'filled', filled: 100 });
    await world.pass(6_000);
    world.broker.set('1000', { status: 'canceled', filled: 0 });
    await world.pass(6_000);
    expect(alarms()).toEqual([`! ORDER_CONTRADICTED ${remark}`, `ok ORDER_CONTRADICTED ${remark}`]);
  });
});

it('an order of yesterday that is carried out today is an alarm, not one that a list still shows', async () => {
  world = await createWorld({ start: '14:50:00' });
  await world.settle(world.order({ style: limit, waitTimeout: 0 }), 2_000);
  await world.settle(world.order({ style: limit, waitTimeout: 0 }), 2_000);
  const [late, shown] = world.trading.book.intents().map(({ remark }) => remark);
  await world.pass(11 * 60_000);
  const [row] = world.broker.book;
  if (row !== undefined)
    world.broker.book[0] = { ...row, orderId: '2001', createdAt: Date.parse('2026-07-07T09:31:00+08:00') };
  await world.clock.walk(Date.parse('2026-07-07T09:32:00+08:00'));
  await world.pass(10_000);
  expect(alarms()).toContain(`! ORDER_LATE ${late}`);
  expect(alarms()).not.toContain(`! ORDER_LATE ${shown}`);
  expect(world.lines.some(({ text }) => text.includes('write: bt adopt 2001'))).toBe(true);
});
