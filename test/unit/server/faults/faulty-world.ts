import type { JsonObject } from '../../../../src/protocol/json.ts';
import { parseFaultPlan } from '../../../../src/server/faults/index.ts';
import type { FaultEvent, ServerOptions } from '../../../../src/server/index.ts';
import type { WireClient } from '../../../wire/wire-client.ts';
import { FakeTimers } from '../../platform/fake-timers.ts';
import { listeningLog, payloadOf, rowsOf, startWorld } from '../world.ts';
import type { World } from '../world.ts';

export interface FaultyWorld extends World {
  readonly timers: FakeTimers;
  readonly events: FaultEvent[];
  readonly lines: string[];
}

/** A server with these faults and wall time that stands still. */
export async function faulty(
  faults: readonly JsonObject[],
  options: Partial<ServerOptions> = {},
  seed = 1,
): Promise<FaultyWorld> {
  const timers = new FakeTimers();
  const events: FaultEvent[] = [];
  const { log, lines } = listeningLog();
  const plan = parseFaultPlan({ seed, faults });
  const onFault = (event: FaultEvent): void => {
    events.push(event);
  };
  const world = await startWorld({ timers, accessLog: false, faults: { plan, onFault }, ...options }, log);
  return { ...world, timers, events, lines };
}

/** A limit order that stays open. */
export function order(more: JsonObject = {}): JsonObject {
  const style = { type: 'limit', price: 6.05 };
  return { security: '518880.XSHG', side: 'BUY', amount: 100, style, wait_timeout: 0, ...more };
}

/** Order rows, read by another client, whom the faults of these tests do not befall. */
export async function ordersSeenBy(client: WireClient): Promise<JsonObject[]> {
  return rowsOf(await client.request('broker.list_orders'));
}

export function place(client: WireClient, more: JsonObject = {}): Promise<JsonObject> {
  return client.request('broker.place_order', order(more));
}

export { payloadOf, rowsOf };
