import { MessageChannel, Worker } from 'node:worker_threads';
import type { Figure, Row } from './figure.ts';
import { percentile, quietRatio, spreadOf } from './stats.ts';
import { askTask, idleEngine, Lines, startStrategy } from './strategy-thread.ts';

/** Microseconds of each call of one round. */
type Calls = readonly number[];
interface Caller {
  round(): Promise<Calls>;
  end(): Promise<unknown>;
}

const CALLS = 200;
/** Fresh threads each time: where the system puts a pair lasts as long as the pair. */
const PAIRS = 5;
const ROUNDS = 12;
/** Between two calls, ms: called without a pause the engine's thread would never sleep, which no strategy sees. */
const PAUSE = 0.1;
const FACTOR = 1.5;

/** `performance` is the machine's own time: the strategy's `Date` shows the market's. */
const STRATEGY = `
import { get_orders, log } from 'jqdata';
export function initialize() {}
function measure() {
  const spent = new Float64Array(${CALLS});
  for (let index = 0; index < ${CALLS}; index += 1) {
    const began = performance.now();
    get_orders();
    spent[index] = performance.now() - began;
    for (const end = performance.now() + ${PAUSE}; performance.now() < end;);
  }
  log.info(JSON.stringify([...spent]));
}`;

/**
 * What one call from a strategy into the engine takes, all of the runtime included (`get_orders()` without orders), beside the
 * barest call between two threads: postMessage, Atomics.wait, receiveMessageOnPort.
 */
export const figure: Figure = {
  async run() {
    const ours: Calls[] = [];
    const floor: Calls[] = [];
    for (let pair = 0; pair < PAIRS; pair += 1) {
      const strategy = await strategyCalls();
      const bare = bareCalls();
      await bare.round();
      await strategy.round();
      for (let round = 0; round < ROUNDS; round += 1) {
        floor.push(await bare.round());
        ours.push(await strategy.round());
      }
      await Promise.all([strategy.end(), bare.end()]);
    }
    return [typical(ours, floor), everyCall(ours, floor)];
  },
};

function typical(ours: readonly Calls[], floor: readonly Calls[]): Row {
  const p50 = (rounds: readonly Calls[]): number[] => rounds.map((calls) => percentile(calls, 0.5));
  const factor = quietRatio(p50(ours), p50(floor), 'lowest');
  return {
    what: `call of a strategy, p50 of ${CALLS} in a row`,
    unit: 'µs',
    shape: 'runs',
    spread: spreadOf(p50(ours)),
    floor: { what: 'bare worker bridge', spread: spreadOf(p50(floor)) },
    target: {
      text: `≤ ${FACTOR} × the bridge\nin the quiet quarter`,
      measured: factor,
      is: 'at most',
      limit: FACTOR,
      shown: `${factor.toFixed(2)} ×`,
    },
  };
}

function everyCall(ours: readonly Calls[], floor: readonly Calls[]): Row {
  return {
    what: 'call of a strategy, every one',
    unit: 'µs',
    shape: 'samples',
    spread: spreadOf(ours.flat()),
    floor: { what: 'bare worker bridge', spread: spreadOf(floor.flat()) },
    target: null,
  };
}

async function strategyCalls(): Promise<Caller> {
  const lines = new Lines();
  const worker = await startStrategy(STRATEGY, idleEngine({ log: lines.take }));
  return {
    round: async () => (await askTask(worker, lines, 'measure')).map((ms) => ms * 1000),
    end: () => worker.stop(),
  };
}

function bareCalls(): Caller {
  const { port1, port2 } = new MessageChannel();
  const shared = new Int32Array(new SharedArrayBuffer(4));
  port1.on('message', (number: number) => {
    port1.postMessage(number);
    Atomics.store(shared, 0, number);
    Atomics.notify(shared, 0);
  });
  const worker = new Worker(new URL('./peers/bare-bridge.ts', import.meta.url), {
    workerData: { port: port2, shared, calls: CALLS, pause: PAUSE },
    transferList: [port2],
  });
  const round = (): Promise<Calls> =>
    new Promise((resolve, reject) => {
      worker.once('error', reject);
      worker.once('message', (spent: Float64Array) => {
        worker.off('error', reject);
        resolve(Array.from(spent, (ms) => ms * 1000));
      });
      worker.postMessage('go', []);
    });
  return { round, end: () => worker.terminate() };
}
