import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Tracker } from '../../../../src/engine/orders/reading/tracker.ts';
import { aBrokerOrder, Bench, SENT_AT } from '../orders/rows.ts';
import { accountParts, type AccountParts } from './parts.ts';

let bench: Bench;
let tracker: Tracker;
let parts: AccountParts;
beforeEach(async () => {
  bench = new Bench();
  tracker = bench.tracker();
  parts = accountParts(bench, { lists: tracker });
  await parts.reader.refresh();
  parts.reader.start();
});
afterEach(async () => {
  await parts.reader.stop();
  await tracker.stop();
  bench.close();
});

it('an open order that an answer has named as ours since the lists were read holds its money once', async () => {
  bench.hold({ state: 'sending', sentAt: SENT_AT, amount: 200 });
  // A gateway that shows no marks: until the answer comes the row is nobody's.
  bench.broker.book.push(aBrokerOrder({ amount: 200, remark: '' }));
  expect(await tracker.readNow()).toBe(true);
  expect(tracker.others().orders).toHaveLength(1);
  bench.book.news({ clientId: 'c1', event: 'live', brokerOrderId: '7' }, bench.clock.now());
  await bench.pass(10_000);
  expect(parts.account.view()).toMatchObject({ availableCash: 98_000, lockedCash: 2_000 });
});
