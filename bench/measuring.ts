import { RunMeter } from '../src/cli/metrics/run-meter.ts';
import type { OrderView } from '../src/domain/order/types.ts';
import type { IntentState } from '../src/domain/order/types.ts';
import { Events, type EngineEvent } from '../src/engine/events.ts';
import { createInstruments } from '../src/metrics/instruments.ts';
import type { Figure, Row } from './figure.ts';
import { atMost } from './figure.ts';
import { newOrder } from './new-order.ts';
import { percentile, spreadOf } from './stats.ts';

const ORDERS = 2_000;
const WARM_UP = 2_000;
const MOST_MICROSECONDS = 50;
/** What a commit, a call and a fill take is not of interest here. */
const SOME_MS = 1;

/** What measuring costs an order from its call to its end (`--metrics`): its events, two commits, its call and the hand-over; beside the same events with nobody listening. */
export const figure: Figure = {
  run() {
    const measured = new Events();
    const meter = new RunMeter(createInstruments());
    measured.on((event) => meter.hear(event));
    const unheard = new Events();
    const ours: number[] = [];
    const floor: number[] = [];
    for (let index = -WARM_UP; index < ORDERS; index += 1) {
      const [with_, without] = [life(measured, meter, index), life(unheard, null, index)];
      if (index < 0) continue;
      ours.push(with_);
      floor.push(without);
    }
    return Promise.resolve([
      {
        what: 'an order measured from call to end',
        unit: 'µs',
        shape: 'samples',
        spread: spreadOf(ours),
        floor: { what: 'nobody listens', spread: spreadOf(floor) },
        target: atMost(MOST_MICROSECONDS, 'µs', 'p99', percentile(ours, 0.99)),
      } satisfies Row,
    ]);
  },
};

/** Microseconds of one order's life. */
function life(events: Events, meter: RunMeter | null, index: number): number {
  const { intent: planned } = newOrder(10);
  const intent = { ...planned, clientId: `c${index}` };
  const order = { orderId: intent.orderId, side: intent.side } as OrderView; // all that is read of it
  const to = (state: IntentState): EngineEvent => ({
    kind: 'order',
    order,
    intent,
    from: null,
    to: state,
    reason: null,
    by: null,
  });
  const began = performance.now();
  meter?.committed('forced', SOME_MS, true);
  events.emit(to('planned'));
  meter?.committed('forced', SOME_MS, true);
  events.emit(to('sending'));
  meter?.handedOver(intent.clientId);
  events.emit(to('accepted'));
  events.emit(to('filled'));
  events.emit({ kind: 'fill', fill: fillOf(intent.clientId), intent, listed: 100 });
  meter?.answered('placeOrder', SOME_MS, true);
  return (performance.now() - began) * 1_000;
}

function fillOf(clientId: string): Extract<EngineEvent, { kind: 'fill' }>['fill'] {
  const of = { day: '2026-07-06', brokerOrderId: '1', tradeId: 't1', ordinal: 1, time: 0 };
  return { ...of, clientId, amount: 100, price: 10, commission: null, tax: null };
}
