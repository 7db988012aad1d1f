import { collector } from './collector.ts';
import { once, quietMost } from './figure.ts';
import type { Figure, Row } from './figure.ts';
import { openStage } from './market-data-stage.ts';
import type { Stage } from './market-data-stage.ts';
import { STRATEGY } from './market-data-strategy.ts';
import { spreadOf } from './stats.ts';

const ROUNDS = 15;
const MEMORY_LIMIT = 60;

/** A question of a strategy: what it costs the first time in a process, and from then on; ms. */
interface Question {
  readonly name: string;
  readonly what: string;
  /** Values in the answer, for the floor. */
  readonly values: number;
  readonly firstLimit: number | null;
  readonly limit: number;
}

/** In the order in which they are asked: the first ones pay for what the market makes but once. */
const QUESTIONS: readonly Question[] = [
  { name: 'securities', what: "get_all_securities('stock')", values: 5_000 * 5, firstLimit: 60, limit: 10 },
  { name: 'screen', what: 'get_fundamentals of the whole market × 20', values: 5_000 * 20, firstLimit: 150, limit: 20 },
  { name: 'another', what: 'the same of another day', values: 5_000 * 20, firstLimit: null, limit: 150 },
  { name: 'closes', what: "history(250, '1d', 'close', 300 codes)", values: 300 * 250, firstLimit: null, limit: 60 },
  { name: 'current', what: 'get_current_data() of 300 codes', values: 300 * 8, firstLimit: null, limit: 20 },
  { name: 'factors', what: 'get_factor_values of 300 × 3 × 20', values: 300 * 3 * 20, firstLimit: 200, limit: 20 },
];

/** The questions for data that strategies ask most, from the strategy's call to its table, through border and wire on the paper market. */
export const figure: Figure = {
  async run() {
    const gc = collector();
    const stage = await openStage(STRATEGY);
    const before = heldAfter(gc);
    const rows: Row[] = [];
    for (const question of QUESTIONS) rows.push(...(await askedAgain(stage, question)));
    const grown = (heldAfter(gc) - before) / 1e6;
    await stage.stop();
    return [...rows, once('what the market keeps of it in memory', 'MB', grown, MEMORY_LIMIT)];
  },
};

async function askedAgain(stage: Stage, { name, what, values, firstLimit, limit }: Question): Promise<Row[]> {
  const [first = Number.NaN] = await stage.ask(name);
  const text = JSON.stringify(Array.from({ length: values }, (_, at) => Math.round(1e4 * Math.sin(at)) / 100));
  const mine: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    mine.push(...(await stage.ask(name)));
    const began = performance.now();
    JSON.parse(text);
    bare.push(performance.now() - began);
  }
  const again: Row = {
    what: firstLimit === null ? what : `${what}, again`,
    unit: 'ms',
    shape: 'runs',
    spread: spreadOf(mine),
    floor: { what: 'JSON.parse of as many numbers', spread: spreadOf(bare) },
    target: quietMost(limit, 'ms', mine),
  };
  return firstLimit === null ? [again] : [once(`${what}, the first time`, 'ms', first, firstLimit), again];
}

/** Bytes in use by this process: the engine's data and the gateway with its market. */
function heldAfter(gc: () => void): number {
  gc();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
