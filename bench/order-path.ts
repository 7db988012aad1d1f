import { join } from 'node:path';
import { waitForBook } from '../src/engine/orders/order-wait.ts';
import { dialSocket } from '../src/net/socket-transport.ts';
import type { Dial } from '../src/net/transport.ts';
import { BareLog, LOG_PAGE_BYTES } from './bare-log.ts';
import { startGateway } from './bt.ts';
import type { Figure, Row, Target } from './figure.ts';
import { numberText } from './figure.ts';
import { newOrder, SECURITY } from './new-order.ts';
import { MORNING, startOrderPath } from './order-path-run.ts';
import type { OrderPathRun } from './order-path-run.ts';
import { ROOT, temporaryFolder } from './processes.ts';
import { spreadOf } from './stats.ts';
import type { Spread } from './stats.ts';

const ORDERS = 300;
/** Until everything is compiled and the write-ahead log has been written round once. */
const WARM_UP = 100;
const TIMES = 3;

/**
 * How long an order waits inside the engine: from an intent that is written down to its bytes at the socket, which includes the
 * durable record that it is being sent; and from the strategy's call, which includes a quote from the gateway and the record of the
 * plan. Beside a bare write of one page with an `fdatasync` in the same folder.
 */
export const figure: Figure = {
  async run() {
    const gateway = await startGateway(MORNING);
    const stamp = new WriteStamp();
    const run = await startOrderPath(gateway.settings, stamp.dial);
    const bare = new BareLog(join(temporaryFolder(join(ROOT, '.bt')), 'bare'));
    const steps = [await placing(run, stamp), calling(run, stamp), () => Promise.resolve(bareWrite(bare))];
    const [placed = [], called = [], floor = []] = await inTurn(steps);
    bare.close();
    await run.stop();
    const beside = { what: 'write + fdatasync', spread: spreadOf(floor) };
    const common = { unit: 'ms', shape: 'samples', floor: beside } as const;
    const spread = spreadOf(placed);
    const target = times(spread, beside.spread);
    return [
      { ...common, what: 'intent to bytes on the socket, recorded', spread, target },
      { ...common, what: 'the same, from the call (quote, plan, record)', spread: spreadOf(called), target: null },
    ] satisfies Row[];
  },
};

/** The worse of p50 and p99 decides. */
function times(ours: Spread, floor: Spread): Target {
  const measured = Math.max(ours.p50 / floor.p50, ours.p99 / floor.p99);
  const text = `p50 and p99 ≤ ${TIMES} × the floor`;
  return { text, measured, is: 'at most', limit: TIMES, shown: `${numberText(measured)} ×` };
}

/** Milliseconds of each step, all taken in turn; the first rounds do not count. */
export async function inTurn(steps: readonly (() => Promise<number>)[]): Promise<number[][]> {
  const samples = steps.map((): number[] => []);
  for (let order = -WARM_UP; order < ORDERS; order += 1) {
    for (const [index, step] of steps.entries()) {
      const ms = await step();
      if (order >= 0) samples[index]?.push(ms);
    }
  }
  return samples;
}

/** Places one intent and waits for its answer; resolves with the ms until its bytes were written. */
export async function placing(
  { trading, venue, clock }: OrderPathRun,
  stamp: WriteStamp,
): Promise<() => Promise<number>> {
  const { book } = trading;
  const price = (await venue.provider.offers.quotes.quote(SECURITY))?.ask1 ?? null;
  if (price === null) throw new Error(`${SECURITY} has no price`);
  return async () => {
    const { row, intent } = newOrder(price);
    book.enter(row, [intent], clock.now());
    // Its driver has taken it, and nothing is written before this turn ends.
    const began = performance.now();
    const state = (): string => book.intent(intent.clientId).state;
    await waitForBook(book, clock, Number.POSITIVE_INFINITY, () => state() !== 'planned' && state() !== 'sending');
    if (state() !== 'accepted') throw new Error(`an order could not be placed: it is ${state()}`);
    return stamp.after(began);
  };
}

function calling({ trading }: OrderPathRun, stamp: WriteStamp): () => Promise<number> {
  const { request } = newOrder(0).row;
  return async () => {
    const began = performance.now();
    const view = await trading.desk.submit({ ...request, waitTimeout: 0 });
    if (view === null) throw new Error('an order was refused');
    return stamp.after(began);
  };
}

function bareWrite(bare: BareLog): number {
  const began = performance.now();
  bare.write(LOG_PAGE_BYTES);
  return performance.now() - began;
}

/** Notes when an order was handed to the socket. */
export class WriteStamp {
  #at = Number.NaN;

  readonly dial: Dial = (endpoint, handlers) => {
    const transport = dialSocket(endpoint, handlers);
    return {
      write: (data) => {
        transport.write(data);
        const now = performance.now();
        if (data.includes('"broker.place_order"')) this.#at = now;
      },
      destroy: () => {
        transport.destroy();
      },
    };
  };

  /** Ms from `began` to the order written since. */
  after(began: number): number {
    if (!(this.#at >= began)) throw new Error('no order was written');
    return this.#at - began;
  }
}
