import { DataFrame, pd } from '../runtime/index.ts';
import { arqueroVerbs } from './peers/arquero.ts';
import { quietMost, quietTimes } from './figure.ts';
import type { Figure, Row, Skipped } from './figure.ts';
import {
  plainBuild,
  plainFilter,
  plainGroupMean,
  plainMerge,
  plainPivot,
  plainRollingMean,
  plainSelect,
  plainSort,
} from './plain-tables.ts';
import { quietRatio, spreadOf } from './stats.ts';
import { codeData, tableData } from './table-data.ts';
import { pricesOfMany } from './table-prices.ts';

const ROUNDS = 25;
const FACTOR = 3;
const WINDOW = 20;
const SMALL_ROWS = 240;
const SMALL_CALLS = 200;
const SMALL_LIMIT = 20;

type Verb = () => unknown;

/**
 * Verbs of a table of 100,000 rows × 7 columns beside plain typed-array code for that very table, and beside arquero where it is
 * installed (`npm install --no-save arquero@7.2.1`); the tables of a minute strategy; many codes at once; memory a cell.
 */
export const figure: Figure = {
  async run() {
    const memory = memoryPerCell();
    const verbs = verbsOfTables();
    const arquero = await arqueroVerbs();
    const rows: (Row | Skipped)[] = verbs.map(([what, ours, plain]) => besides(what, ours, plain));
    for (const [what, ours] of verbs) {
      const peer = arquero?.[what];
      if (peer !== undefined) rows.push(besides(`${what}, beside arquero`, ours, peer, null));
    }
    if (arquero === null) rows.push({ what: 'tables beside arquero', skipped: 'npm install --no-save arquero@7.2.1' });
    return [...rows, smallTable(), columnRead(), await pricesOfMany(), memory];
  },
};

function verbsOfTables(): readonly (readonly [string, Verb, Verb])[] {
  const data = tableData();
  const right = codeData();
  const table = new DataFrame<keyof typeof data>(data);
  const caps = new DataFrame(right);
  return [
    ['build', () => new DataFrame(data), () => plainBuild(data)],
    ['select', () => table.cols('open', 'close'), () => plainSelect(data)],
    ['sort', () => table.sort_values('close'), () => plainSort(data)],
    ['filter', () => table.loc(table.close.gt(0.5)), () => plainFilter(data)],
    ['groupby mean', () => table.groupby('code').mean(), () => plainGroupMean(data)],
    ['rolling mean', () => table.close.rolling(WINDOW).mean(), () => plainRollingMean(data.close, WINDOW)],
    ['pivot', () => table.pivot({ index: 'day', columns: 'code', values: 'close' }), () => plainPivot(data)],
    ['merge', () => table.merge(caps, { on: 'code', how: 'left' }), () => plainMerge(data, right)],
  ];
}

function besides(what: string, ours: Verb, floor: Verb, factor: number | null = FACTOR): Row {
  const mine: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    bare.push(milliseconds(floor));
    mine.push(milliseconds(ours));
  }
  const ratio = quietRatio(mine, bare, 'lowest');
  const peer = factor === null ? 'arquero' : 'typed arrays';
  return {
    what: `table of 100,000 × 7: ${what}`,
    unit: 'ms',
    shape: 'runs',
    spread: spreadOf(mine),
    floor: { what: peer, spread: spreadOf(bare) },
    target: factor === null ? null : quietTimes(factor, 'typed arrays', ratio),
  };
}

function milliseconds(run: Verb): number {
  const began = performance.now();
  run();
  return performance.now() - began;
}

/** A day of minutes, as a strategy has it each minute. */
function minuteTable(): DataFrame<'close' | 'open'> {
  const names = ['open', 'close', 'high', 'low', 'volume', 'money'];
  const index = pd.date_range('2026-07-06 09:31', { periods: SMALL_ROWS, freq: 'min' });
  const column = (c: number): Float64Array => Float64Array.from({ length: SMALL_ROWS }, (_, i) => Math.sin(i + c));
  return new DataFrame(Object.fromEntries(names.map((name, c) => [name, column(c)])), { index });
}

function smallTable(): Row {
  const table = minuteTable();
  const spent = Array.from({ length: ROUNDS }, () => microseconds(() => table.rolling(WINDOW).mean()));
  const spread = spreadOf(spent);
  return {
    what: 'a table of 240 × 6: rolling(20).mean()',
    unit: 'µs',
    shape: 'runs',
    spread,
    floor: null,
    target: quietMost(SMALL_LIMIT, 'µs', spent),
  };
}

/**
 * A new table, two of its columns and one method, as in a loop over minutes: through the one Proxy that stands behind all
 * tables, and with a Proxy around each table, which every method call passes too.
 */
function columnRead(): Row {
  const table = minuteTable();
  const read = (part: DataFrame<'close' | 'open'>): unknown => [part.close, part.open, part.head(1)];
  const around = (part: DataFrame<'close' | 'open'>): DataFrame<'close' | 'open'> =>
    new Proxy(part, {
      get: (target, key) => {
        if (key === 'close' || key === 'open') return target.col(key);
        const member: unknown = Reflect.get(target, key, target);
        return typeof member === 'function' ? (member.bind(target) as unknown) : member;
      },
    });
  const mine = Array.from({ length: ROUNDS }, () => microseconds(() => read(table.tail(WINDOW))));
  const bare = Array.from({ length: ROUNDS }, () => microseconds(() => read(around(table.tail(WINDOW)))));
  return {
    what: 'df.tail(20), two columns, one method',
    unit: 'µs',
    shape: 'runs',
    spread: spreadOf(mine),
    floor: { what: 'a Proxy for each table', spread: spreadOf(bare) },
    target: null,
  };
}

function microseconds(run: Verb): number {
  const all = milliseconds(() => {
    for (let call = 0; call < SMALL_CALLS; call += 1) run();
  });
  return (all / SMALL_CALLS) * 1000;
}

/** Of numbers, index and names included. */
function memoryPerCell(): Row {
  const cells = 100_000 * 6;
  const { open, high, low, close, volume, day } = tableData();
  const before = process.memoryUsage();
  const table = new DataFrame({ open, high, low, close, volume, day });
  const after = process.memoryUsage();
  const bytes = after.arrayBuffers - before.arrayBuffers + Math.max(0, after.heapUsed - before.heapUsed);
  const spread = spreadOf([bytes / Math.max(cells, table.size)]);
  return {
    what: 'memory a cell, 100,000 rows × 6 numbers',
    unit: 'bytes',
    shape: 'runs',
    spread,
    floor: { what: 'Float64Array', spread: spreadOf([Float64Array.BYTES_PER_ELEMENT]) },
    target: null,
  };
}
