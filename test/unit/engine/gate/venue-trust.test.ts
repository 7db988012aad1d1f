import { expect, test } from 'vitest';
import { Events } from '../../../../src/engine/events.ts';
import { VenueTrust } from '../../../../src/engine/gate/venue-trust.ts';
import { collectLog } from '../orders/rows.ts';
import { logEvents } from '../../../../src/engine/events-log.ts';
import type { LogEntry } from '../../../../src/platform/log.ts';
import type { VenueHealth } from '../../../../src/venues/broker.ts';

const HEALTH: VenueHealth = { stub: true, backendReady: true, detail: '', clock: null };

test('a gateway that rehearses is told as one at the start, and when it comes back as another', () => {
  const events = new Events();
  const lines: LogEntry[] = [];
  logEvents(events, collectLog(lines));
  const trust = new VenueTrust({ events, allowRealOrders: false });
  trust.judge(HEALTH);
  expect(lines).toEqual([]);
  trust.judge({ ...HEALTH, dryRun: true });
  trust.judge({ ...HEALTH, dryRun: true });
  trust.judge(HEALTH);
  expect(lines.map(({ level, text }) => [level, text])).toEqual([
    ['warning', expect.stringMatching(/^DRY RUN: this gateway answers orders as placed and sends none/u)],
    ['warning', 'This gateway is no dry run any more: orders are sent'],
  ]);
});
