import type { HistoryBlock } from '../runtime/host.ts';
import { quietTimes } from './figure.ts';
import type { Row } from './figure.ts';
import { quietRatio, spreadOf } from './stats.ts';
import { askTask, idleEngine, Lines, startStrategy, TEN_O_CLOCK } from './strategy-process.ts';
import { codeText } from './table-data.ts';

const CODES = 300;
const DAYS = 250;
const DAY_MS = 86_400_000;
const ROUNDS = 25;
const FACTOR = 2;
const FIELDS = ['open', 'close', 'high', 'low', 'volume', 'money'] as const;

/** `performance` is the machine's own time: the strategy's `Date` shows the market's. */
const STRATEGY = `
import { get_price, log } from 'jqdata';
const codes = ${JSON.stringify(Array.from({ length: CODES }, (_, i) => codeText(i)))};
export function initialize() {}
function measure() {
  const began = performance.now();
  const table = get_price(codes, { count: ${DAYS}, panel: false });
  const spent = performance.now() - began;
  if (table.length !== ${CODES * DAYS}) throw new Error('rows are missing');
  log.info(JSON.stringify([spent]));
}`;

/**
 * `get_price` of 300 codes × 250 days, from the columns a provider holds to a DataFrame in the strategy's process, beside
 * `JSON.parse` of the same numbers.
 */
export async function pricesOfMany(): Promise<Row> {
  const blocks = providerBlocks();
  const text = JSON.stringify(blocks.map(({ columns }) => Object.values(columns).map((column) => Array.from(column))));
  const lines = new Lines();
  const runner = await startStrategy(STRATEGY, idleEngine({ log: lines.take, history: () => Promise.resolve(blocks) }));
  const mine: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    mine.push(...(await askTask(runner, lines, 'measure')));
    const began = performance.now();
    JSON.parse(text);
    bare.push(performance.now() - began);
  }
  await runner.stop();
  const ratio = quietRatio(mine, bare, 'lowest');
  return {
    what: `get_price of ${CODES} codes × ${DAYS} days`,
    unit: 'ms',
    shape: 'runs',
    spread: spreadOf(mine),
    floor: { what: 'JSON.parse of the numbers', spread: spreadOf(bare) },
    target: quietTimes(FACTOR, 'JSON.parse', ratio),
  };
}

function providerBlocks(): HistoryBlock[] {
  const time = Float64Array.from({ length: DAYS }, (_, i) => TEN_O_CLOCK - (DAYS - i) * DAY_MS);
  return Array.from({ length: CODES }, (_, c) => ({
    security: codeText(c),
    time: time.slice(),
    columns: Object.fromEntries(
      FIELDS.map((field, f) => [
        field,
        Float64Array.from({ length: DAYS }, (_, i) => Math.round(1e4 * Math.sin(c + i + f)) / 100),
      ]),
    ),
  }));
}
