import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Duplex } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { quietTimes } from './figure.ts';
import type { Figure, Row } from './figure.ts';
import { percentile, quietRatio, spreadOf } from './stats.ts';
import { askTask, idleEngine, Lines, measureCalls, startStrategy } from './strategy-process.ts';

/** Microseconds of each call of one round. */
type Calls = readonly number[];
interface Caller {
  round(): Promise<Calls>;
  end(): Promise<unknown>;
}

const CALLS = 200;
/** Fresh processes each time: where the system puts a pair lasts as long as the pair. */
const PAIRS = 5;
const ROUNDS = 12;
/** Between two calls, ms: called without a pause the engine would never sleep, which no strategy sees. */
const PAUSE = 0.1;
const FACTOR = 2;

const STRATEGY = `
import { get_orders, log } from 'jqdata';
export function initialize() {}
${measureCalls(CALLS, PAUSE)}`;

/**
 * What one call from a strategy into the engine takes, all of the runtime included (`get_orders()` without orders), beside the
 * barest call between two processes: a byte there and a byte back.
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
    floor: { what: 'bare pipe', spread: spreadOf(p50(floor)) },
    target: quietTimes(FACTOR, 'the pipe', factor),
  };
}

function everyCall(ours: readonly Calls[], floor: readonly Calls[]): Row {
  return {
    what: 'call of a strategy, every one',
    unit: 'µs',
    shape: 'samples',
    spread: spreadOf(ours.flat()),
    floor: { what: 'bare pipe', spread: spreadOf(floor.flat()) },
    target: null,
  };
}

async function strategyCalls(): Promise<Caller> {
  const lines = new Lines();
  const runner = await startStrategy(STRATEGY, idleEngine({ log: lines.take }));
  return {
    round: async () => (await askTask(runner, lines, 'measure')).map((ms) => ms * 1000),
    end: () => runner.stop(),
  };
}

function bareCalls(): Caller {
  const file = fileURLToPath(new URL('./peers/bare-bridge.ts', import.meta.url));
  const child = spawn(process.execPath, [file, String(CALLS), String(PAUSE)], {
    stdio: ['ignore', 'inherit', 'inherit', 'pipe', 'pipe', 'pipe', 'pipe'],
  });
  const [start, calls, answers, spent] = child.stdio.slice(3) as [Duplex, Duplex, Duplex, Duplex];
  calls.on('data', () => answers.write('x'));
  const lines = createInterface({ input: spent })[Symbol.asyncIterator]();
  const round = async (): Promise<Calls> => {
    start.write('x');
    const { value } = await lines.next();
    return (JSON.parse(value ?? '[]') as number[]).map((ms) => ms * 1000); // our own peer writes nothing else
  };
  return { round, end: () => Promise.resolve(child.kill()) };
}
