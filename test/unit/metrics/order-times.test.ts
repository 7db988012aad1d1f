import { beforeEach, expect, test } from 'vitest';
import { createInstruments, type Instruments } from '../../../src/metrics/instruments.ts';
import { OrderTimes } from '../../../src/metrics/order-times.ts';

let now = 0;
let of: Instruments;
let times: OrderTimes;
beforeEach(() => {
  now = 0;
  of = createInstruments();
  times = new OrderTimes(of, () => now);
});

async function sums(): Promise<Record<string, number>> {
  const all = await of.registry.getMetricsAsJSON();
  const found = all.flatMap(({ name, values }) =>
    (values as { readonly metricName?: string; readonly value: number; readonly labels: { outcome?: string } }[])
      .filter(({ metricName }) => metricName === `${name}_sum` || metricName === `${name}_count`)
      .map(({ metricName = '', value, labels }) => [`${metricName}${labels.outcome ?? ''}`, value] as const),
  );
  return Object.fromEntries(found.filter(([name, value]) => name.startsWith('bt_order_') && value !== 0));
}

test('each stage of a wire order is timed, in seconds', async () => {
  times.written('a');
  now = 2;
  times.handedOver('a');
  now = 42;
  times.accepted('a');
  now = 1_042;
  times.ended('a', 'filled');
  expect(await sums()).toEqual({
    bt_order_send_seconds_sum: 0.002,
    bt_order_send_seconds_count: 1,
    bt_order_accept_seconds_sum: 0.04,
    bt_order_accept_seconds_count: 1,
    bt_order_end_seconds_sumfilled: 1,
    bt_order_end_seconds_countfilled: 1,
  });
  expect(times.size).toBe(0);
});

test('one that a list shows as filled before its answer comes was taken; one that is rejected was not', async () => {
  for (const id of ['a', 'b']) {
    times.written(id);
    times.handedOver(id);
  }
  now = 500;
  times.ended('a', 'filled');
  times.ended('b', 'rejected');
  expect(await sums()).toMatchObject({ bt_order_accept_seconds_sum: 0.5, bt_order_accept_seconds_count: 1 });
});

test('one that was under way when the run began is not timed', async () => {
  times.accepted('before');
  times.ended('before', 'filled');
  expect(await sums()).toEqual({});
});

test('plans that never end do not pile up', () => {
  for (let index = 0; index < 20_010; index += 1) times.written(`c${index}`);
  expect(times.size).toBe(20_000);
});
