import { DataFrame, pd } from '../runtime/index.ts';
import { arqueroVerbs } from './peers/arquero.ts';
import { beside, microseconds, milliseconds } from './beside.ts';
import type { Verb } from './beside.ts';
import { quietMost } from './figure.ts';
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
import { spreadOf } from './stats.ts';
import { codeData, tableData } from './table-data.ts';
import { pricesOfMany } from './table-prices.ts';

const ROUNDS = 25;
const WINDOW = 20;
const SMALL_ROWS = 240;
const SMALL_CALLS = 200;
const SMALL_LIMIT = 20;
const MEASURE = { unit: 'ms', rounds: ROUNDS, time: milliseconds };
const BARE = { ...MEASURE, of: 'typed arrays', limit: 3 };
const ARQUERO = { ...MEASURE, of: 'arquero', limit: null };

/**
 * Verbs of a table of 100,000 rows × 7 columns beside plain typed-array code for that very table, and beside arquero where it is
 * installed (`npm install --no-save arquero@7.2.1`); the tables of a minute strategy; many codes at once; memory a cell.
 */
export const figure: Figure = {
  async run() {
    const memory = memoryPerCell();
    const verbs = verbsOfTables();
    const arquero = await arqueroVerbs();
    const rows: (Row | Skipped)[] = verbs.map(([what, ours, floor]) =>
      beside({ what: named(what), ours, floor }, BARE),
    );
    for (const [what, ours] of verbs) {
      const peer = arquero?.[what];
      if (peer !== undefined) rows.push(beside({ what: named(`${what}, beside arquero`), ours, floor: peer }, ARQUERO));
    }
    if (arquero === null) rows.push({ what: 'tables beside arquero', skipped: 'npm install --no-save arquero@7.2.1' });
    return [...rows, smallTable(), columnRead(), await pricesOfMany(), memory];
  },
};

function named(what: string): string {
  return `table of 100,000 × 7: ${what}`;
}

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

/** A day of minutes, as a strategy has it each minute. */
function minuteTable(): DataFrame<'close' | 'open'> {
  const names = ['open', 'close', 'high', 'low', 'volume', 'money'];
  const index = pd.date_range('2026-07-06 09:31', { periods: SMALL_ROWS, freq: 'min' });
  const column = (c: number): Float64Array => Float64Array.from({ length: SMALL_ROWS }, (_, i) => Math.sin(i + c));
  return new DataFrame(Object.fromEntries(names.map((name, c) => [name, column(c)])), { index });
}

function smallTable(): Row {
  const table = minuteTable();
  const spent = Array.from({ length: ROUNDS }, () => microseconds(() => table.rolling(WINDOW).mean(), SMALL_CALLS));
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
  const mine = Array.from({ length: ROUNDS }, () => microseconds(() => read(table.tail(WINDOW)), SMALL_CALLS));
  const bare = Array.from({ length: ROUNDS }, () => microseconds(() => read(around(table.tail(WINDOW))), SMALL_CALLS));
  return {
    what: 'df.tail(20), two columns, one method',
    unit: 'µs',
    shape: 'runs',
    spread: spreadOf(mine),
    floor: { what: 'a Proxy for each table', spread: spreadOf(bare) },
    target: null,
  };
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
